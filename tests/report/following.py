"""Walks a published report as a reader with doubts does: from every printed number to its cell, its data and its files."""

from __future__ import annotations

import json
import re
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import docx
from lxml import html
from pypdf import PdfReader

from pipeline.report.chains import PERIODS
from pipeline.report.data_files import FOLDER, METADATA, read_back

WITHHELD, DASH, MINUS = "[c]", "–", "\u2212"
_DIGITS = re.compile(r"[+\-\u2212]?\d[\d.,]*")


class Report:
    """A published report's folder, read once.

    Args:
        folder: `reports/<study>/<edition>/<lang>`.
        mark: The language's decimal mark.
    """

    def __init__(self, folder: Path, mark: str) -> None:
        self.folder, self.mark = folder, mark
        self.page = html.parse(str(folder / "report.html")).getroot()
        self.chains: dict[str, Any] = json.loads(self.page.get_element_by_id("chains").text)
        self.ledger: dict[str, Any] = json.loads((folder / "ledger.json").read_text(encoding="utf-8"))
        self.data = read_back(folder / FOLDER)
        self.numbers = {row["name"]: row for row in self.data["numbers"]}
        self.notebooks = {path.stem: html.parse(str(path)).getroot() for path in (folder / "notebooks").glob("*.html")}

    def maker(self, name: str) -> Mapping[str, Any]:
        """What a window says made an entry."""
        made: Mapping[str, Any] = self.chains["makers"][self.chains["entries"][name]["by"]]
        return made

    def cell(self, name: str) -> Any:
        """The notebook's cell that a window links to."""
        maker = self.maker(name)
        return self.notebooks[maker["notebook"]].get_element_by_id(f"cell-id={maker['cell']}")

    def values(self, said: str) -> list[tuple[float, int]]:
        """The numbers in a printed text, each with its decimals."""
        group = "." if self.mark == "," else ","
        found = []
        for digits in _DIGITS.findall(said):
            plain = digits.rstrip(".,").replace(group, "").replace(self.mark, ".").replace(MINUS, "-")
            found.append((float(plain), len(plain.partition(".")[2])))
        return found

    def agrees(self, said: str, value: float) -> bool:
        """Whether a printed text is this number, rounded as it is printed (or below its last digit: "< 0,001")."""
        found = self.values(said)
        if "<" in said:
            return bool(found) and value < found[-1][0]
        return any(
            abs(shown - scaled) <= 0.5000001 * 10.0**-places
            for shown, places in found
            for scaled in (value, 100 * value)
        )


def numbers_in_the_text(report: Report) -> Iterator[tuple[str, str]]:
    """(entry, printed text) of every marked number or word of the page."""
    for mark in report.page.xpath("//main//*[@data-entry]"):
        yield mark.get("data-entry"), " ".join(mark.text_content().split())


def check_number(report: Report, name: str, said: str) -> str:
    """What is wrong with a printed number, or nothing: it stands in window, CSV, ledger, provenance and notebook's cell."""
    entry, held = report.chains["entries"].get(name), report.ledger["numbers"].get(name)
    if entry is None:
        return "no window"
    if entry["kind"] == "verdict":
        return "" if entry["value"] == said and report.ledger["texts"].get(name) else "another verdict"
    if held is None or name not in report.numbers:
        return "not in ledger or CSV"
    row, told = report.numbers[name], report.ledger["provenance"]["entity"][f"ev:number/{name}"]
    if held.get("withheld"):
        hidden = said == WITHHELD and row["value"] == WITHHELD and "prov:value" not in told and "raw" not in entry
        return "" if hidden else "shown though withheld"
    if name.startswith(PERIODS) and entry["value"] != said:
        return f"the window says {entry['value']}, the text {said}"
    raw = row["value"] if name.startswith(PERIODS) and "raw" not in entry else entry["raw"]
    if not (raw == row["value"] == repr(held["value"]) == repr(told["prov:value"])):
        return "window, CSV, ledger and provenance differ"
    known = [held[key] for key in ("value", "low", "high", "p", "n") if held[key] is not None]
    if report.values(said) and not all(any(report.agrees(part, v) for v in known) for part in _parts(said)):
        return f"prints {said}, holds {known}"
    if not entry.get("what"):
        return "no sentence on what it is (a message estimand-…)"
    return "" if report.maker(name)["notebook"] == "" else _in_cell(report, name, held)


def _parts(said: str) -> list[str]:
    """Parts of a printed text that are a number each: of intervals the two ends; periods and codes not."""
    if re.search(r"\d{4}(/\d{4}|\s[QT]\d)", said):
        return []
    return [("< " if "<" in said else "") + digits for digits in _DIGITS.findall(said)]


def _in_cell(report: Report, name: str, held: Mapping[str, Any]) -> str:
    try:
        rows = report.cell(name).xpath(f".//details[contains(@class, 'numbers')]//tr[td/code[text()='{name}']]")
    except KeyError:
        return "its cell is not in the notebook"
    if not rows:
        return "its cell does not show it"
    return (
        "" if report.agrees(rows[0].xpath("td")[1].text_content(), held["value"]) else "its cell shows another number"
    )


def check_table(report: Report, name: str) -> str:
    """What is wrong with a printed table: each of its cells is that of CSV, window and notebook."""
    table = report.page.get_element_by_id(name.replace("_", "-"))
    printed = [[_seen(cell) for cell in row.xpath("./th|./td")] for row in table.xpath(".//tbody/tr")]
    rows = [list(row.values()) for row in report.data[name]]
    cells = report.chains["entries"][name]["cells"]["rows"]
    ledger = report.ledger["tables"][name]["rows"]
    if not (len(printed) == len(rows) == len(cells) == len(ledger)):
        return "rows differ in number"
    for said_row, row, told_row in zip(printed, rows, cells, strict=True):
        for said, value, told in zip(said_row, row, told_row, strict=True):
            if ("" if told is None else repr(told) if isinstance(told, float) else str(told)) != value:
                return f"window {told!r}, CSV {value!r}"
            if not _cell_agrees(report, said, value):
                return f"prints {said!r}, CSV {value!r}"
    shown = report.cell(name).xpath(f".//*[@data-exhibit='{name}']//tbody/tr")
    noted = [[" ".join(cell.text_content().split()) for cell in row.xpath("./td")] for row in shown]
    same = len(noted) == len(printed) and all(
        len(mine) == len(theirs) and all(map(_same_words, mine, theirs))
        for mine, theirs in zip(noted, printed, strict=True)
    )
    return "" if same else "the notebook's cell shows another table"


def _seen(cell: Any) -> str:
    """A cell's text without what only a screen reader hears."""
    return " ".join("".join(cell.xpath(".//text()[not(ancestor::*[@class='heard'])]")).split())


def _same_words(noted: str, printed: str) -> bool:
    """Whether a notebook's cell says what the report's does; citations and mathematics are typeset in the report alone."""
    return noted == printed or any(sign in noted for sign in "@$") or _letters(noted) == _letters(printed)


def _cell_agrees(report: Report, said: str, value: str) -> bool:
    if value in ("", WITHHELD):
        return said == (value or DASH) or (not said and not value)
    try:
        number = float(value)
    except ValueError:
        return _letters(said) == _letters(value)
    return report.agrees(said, number) or _letters(said) == _letters(value)


def _letters(text: str) -> str:
    """A text without what typesetting changes: blanks, quotation marks, mathematics' signs."""
    return "".join(re.findall(r"\w", re.sub(r"\$[^$]*\$|\{[^}]*\}", "", text)))


def check_figure(report: Report, name: str) -> str:
    """What is wrong with a figure's chain: it has data, and its cell shows it."""
    if not report.data.get(name):
        return "no data"
    if report.chains["entries"][name].get("csv") != f"{name}.csv":
        return "its window has no data"
    return "" if report.cell(name).xpath(f".//*[@data-exhibit='{name}']//img") else "its cell does not show it"


def check_files(report: Report, raw: Mapping[str, str]) -> list[str]:
    """What is wrong with the raw files of the windows, held against the hashes of the files themselves."""
    wrong = []
    entities = report.ledger["provenance"]["entity"]
    for source, files in report.chains["files"].items():
        for name, hash, read, kept, aside in files:
            balanced = None in (read, kept, aside) or read == kept + aside  # the row account may withhold one
            if raw.get(name) != hash or not balanced or f"ev:raw/{source}/{name}" not in entities:
                wrong.append(f"{source}: {name}")
    return wrong


def links(report: Report) -> dict[str, set[str]]:
    """Links to files beside the report, by format."""
    here = ("notebooks/", f"{FOLDER}/")
    found: dict[str, list[str]] = {"html": report.page.xpath("//a/@href"), "pdf": [], "docx": []}
    for path in report.folder.glob("*.pdf"):  # in two volumes
        marks = [m.get_object().get("/A", {}) for sheet in PdfReader(path).pages for m in sheet.get("/Annots") or ()]
        found["pdf"] += [str(mark.get("/URI")) for mark in marks]
    for path in report.folder.glob("*.docx"):
        with zipfile.ZipFile(path) as parts:
            found["docx"] += re.findall(r'Target="([^"]+)"', parts.read("word/_rels/document.xml.rels").decode())
    return {kind: {link for link in targets if link.startswith(here)} for kind, targets in found.items()}


def check_docx(report: Report) -> list[str]:
    """Tables of the DOCX whose cells are not those of the CSV."""
    tables = [table for path in report.folder.glob("*.docx") for table in docx.Document(str(path)).tables]
    told = {tuple(tuple(" ".join(c.text.split()) for c in row.cells) for row in table.rows) for table in tables}
    firsts = {rows[-1] for rows in told if rows}
    wrong = []
    for name, rows in report.data.items():
        if not name.startswith("tbl_") or _of_the_page_alone(report, name):
            continue
        last = list(rows[-1].values())
        if not any(len(f) == len(last) and all(map(lambda s, v: _cell_agrees(report, s, v), f, last)) for f in firsts):
            wrong.append(name)
    return wrong


def _of_the_page_alone(report: Report, name: str) -> bool:
    """Whether a table stands in the HTML and on no paper."""
    found = report.page.xpath(f"//table[@id='{name.replace('_', '-')}']/ancestor::div[contains(@class, 'page-only')]")
    return bool(found)


def described(report: Report) -> Path:
    """The description of the CSV files, for libraries that check it."""
    return report.folder / FOLDER / METADATA
