"""A source's query: one SELECT over the tables of its database, and nothing that leads out of it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from pipeline.errors import StudyError

_FUNCTIONS = frozenset({"range", "generate_series", "unnest"})
"""Functions that stand for tables and make their rows of nothing but their arguments."""
_OWN = ("duckdb_", "pragma_", "sqlite_")
"""Beginnings of the engine's own tables, which tell of connections."""


def check_query(sql: str, place: str) -> str:
    """The query without the point at its end.

    Raises:
        StudyError: Not readable as SQL, more than one statement, no SELECT, or one that reads files, settings, or other
            databases through functions.
    """
    import duckdb

    try:
        statements = duckdb.extract_statements(sql)
    except duckdb.Error:
        raise _refused("The query cannot be read as SQL.", place, "one SELECT, in the dialect of DuckDB") from None
    if len(statements) != 1 or statements[0].type != duckdb.StatementType.SELECT:
        kinds = ", ".join(str(one.type).rpartition(".")[2] for one in statements) or "nothing"
        what = f"The query is not one SELECT: it holds {kinds}."
        raise _refused(what, place, "one SELECT: sources are read, never written")
    body = sql.strip().rstrip(";").rstrip()
    with duckdb.connect(":memory:") as parser:
        tree = json.loads(parser.execute("SELECT json_serialize_sql(?)", [body]).fetchall()[0][0])
    if tree.get("error"):
        raise _refused("The query is no plain SELECT.", place, "one SELECT, in the dialect of DuckDB")
    for node in _nodes(tree):
        kind = node.get("type")
        function = str((node.get("function") or {}).get("function_name", "")) if kind == "TABLE_FUNCTION" else ""
        table = str(node.get("table_name", "")).lower() if kind == "BASE_TABLE" else ""
        if function and function.lower() not in _FUNCTIONS:
            raise _refused(
                f"The query reads from the function {function!r}.", place, "tables and views of the database"
            )
        if table.startswith(_OWN):
            raise _refused("The query reads the engine's own tables.", place, "tables and views of the database")
    return f"{body}\n"


def _nodes(tree: Any) -> Iterator[dict[str, Any]]:
    if isinstance(tree, dict):
        yield tree
        for value in tree.values():
            yield from _nodes(value)
    elif isinstance(tree, list):
        for value in tree:
            yield from _nodes(value)


def _refused(what: str, place: str, expected: str) -> StudyError:
    return StudyError(
        what, where=place, expected=expected, todo="Correct the key `sql` of this source.", code="sql_query"
    )
