"""How a raw file was read: the record that stands beside its table."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Furniture:
    """Rows of one rule that are no rows of the table.

    Attributes:
        rule: The rule of their form: title_row, blank_row, header_again, total_or_note or not_a_table_row.
        rows: How many.
        examples: Up to three, as "row 12" or "row 12: Jumlah"; only a known word of furniture is shown, never a cell that
            may hold a person.
    """

    rule: str
    rows: int
    examples: tuple[str, ...] = ()


@dataclass(frozen=True)
class Reading:
    """How a file was read.

    Attributes:
        file: Path as messages show it.
        kind: What the file is by its bytes, whatever its name: "xlsx", "xls", "xlsb", "ods", "html", "text", "parquet",
            "dta".
        sheet: Name of the sheet read; None where the kind has none.
        header_rows: Row numbers (from 1) of the header, top first.
        encoding: Encoding that was used; None for kinds that have none.
        separator: Character between the columns of a text; None for other kinds.
        decimals: Field -> decimal mark and how it was decided, such as "',', declared" or "'.', 12.5 in row 4".
        hidden: What the file hides, each in a phrase: sheets not read, rows and columns read though hidden.
        furniture: Rows set apart by their form, by rule.
        notes: Anything else a person should know, each in a sentence.
    """

    file: str
    kind: str
    sheet: str | None = None
    header_rows: tuple[int, ...] = ()
    encoding: str | None = None
    separator: str | None = None
    decimals: dict[str, str] = field(default_factory=dict)
    hidden: list[str] = field(default_factory=list)
    furniture: list[Furniture] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
