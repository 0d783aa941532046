"""What went wrong with a database, in words: never the engine's own message, which holds the connection and its password."""

from __future__ import annotations

import re

from pipeline.errors import SourceError

_NAME = r"\"?([\w.$-]+)\"?"
_CASES: tuple[tuple[str, str, str, str], ...] = (
    (r"aborted", "The database was not read: an earlier query of this run failed.", "sql_failed", ""),
    (r"password authentication failed|no password supplied", "The database refuses the name or the password.", "sql_refused",
     "Correct the connection, or ask for access."),
    (r"no pg_hba", "The database lets nobody in from this machine.", "sql_refused", "Ask for access from this machine."),
    (rf"role {_NAME} does not exist", "The database does not know this user.", "sql_refused", "Correct the connection."),
    (rf"FATAL:\s+database {_NAME} does not exist", "The server has no database of this name.", "sql_refused",
     "Correct the connection."),
    (r"could not translate host name|Connection refused|timed? ?out|timeout expired|Network is unreachable|No route to host"
     r"|Unable to connect|could not connect|server closed the connection|No such file or directory",
     "The server cannot be reached.", "sql_unreachable", "Is it running, and does the connection name its host and port?"),
    (rf"permission denied for (?:\w+ )?{_NAME}", "The user of the connection may not read {0}.", "sql_permission",
     "Ask for the right to read it (GRANT SELECT)."),
    (rf"Table with name {_NAME} does not exist", "The database has no table {0}.", "sql_table", "Correct the query."),
    (rf"(?:Schema|Catalog) with name {_NAME} does not exist|Catalog {_NAME} does not exist",
     "The database has no schema {0}.", "sql_table", "Correct the query."),
    (rf"Referenced (?:column|table) {_NAME} not found|does not have a column named {_NAME}",
     "The query names the column {0}, which is not there.", "sql_column", "Correct the query."),
    (r"Cannot open file|not a valid DuckDB database|does not exist", "The file that the connection names cannot be opened.",
     "sql_unreachable", "Correct the connection."),
    (r"Could not set lock", "Another program is writing to the DuckDB file.", "sql_unreachable",
     "Run again when it has ended."),
)  # fmt: skip


def told(message: str, place: str, connection: str, secret: str) -> SourceError:
    """The error for a query that failed.

    Args:
        message: The engine's own words; nothing of them is shown but the name of a table or column.
        place: The query.
        connection: Name of the variable that holds the connection.
        secret: What the variable holds: a name that is part of it is not shown.
    """
    for pattern, what, code, todo in _CASES:
        found = re.search(pattern, message, re.IGNORECASE)
        if found is not None:
            name = next((group for group in found.groups() if group), "")
            shown = "of the query" if not name or name in secret else repr(name)
            return _error(what.format(shown), place, connection, code, todo)
    return _error(
        "The database stopped the query.", place, connection, "sql_failed", "Try the query in a client of the database."
    )


def unset(connection: str, place: str) -> SourceError:
    """The error for a connection that no variable holds."""
    return SourceError(
        f"The environment variable {connection} holds no connection.",
        where=place,
        expected="the connection of the database in this variable: it is a secret and stands in no file",
        todo=f"export {connection}='postgresql://user:password@host/database', or the path of a DuckDB file or a folder.",
        code="sql_variable",
    )


def _error(what: str, place: str, connection: str, code: str, todo: str) -> SourceError:
    return SourceError(
        what,
        where=place,
        expected=f"a database that the connection env:{connection} opens and the query can read",
        todo=todo or "See the fault of the other query.",
        code=code,
    )
