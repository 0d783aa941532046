"""Cost of pupils' files larger than memory, against what the same engine needs to scan and add them without any rule.

    .venv/bin/python -m benchmarks.pupils [ROWS …] [--kind parquet|csv|quoted] [--keep sums|rows] [--memory GB]

Each measurement runs in a process of its own with two threads. "columns" is the engine's mean of both scores by school, year
and grade, the columns that it needs and no more; "file" the same, with every column that the study names looked at once.
"rules" is the cleaning step of the pupils' files: schema, school list, duplicates, row account, sums by school, year, grade
and subject; "step" is the whole cleaning step with the other files, the standardised panel and all tables written.
Seconds are processor seconds, which other work on the machine moves less; memory is the largest of the process.
Text of kind "quoted" has names in quotation marks; with `--keep rows` pupils' rows are kept under pseudonyms, and what does
not fit into the study's memory (`--memory`, 3.5 GB unless said) is refused in words, which are printed.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.pupil_files import FORMS, HEADINGS, YEARS, generate

SIZES = (1_000_000, 10_000_000)
MEMORY_GB, RATIO = 4.0, 2.0
"""What is promised: gigabytes at most, and times the engine's own scan at most."""


def scanned(folder: Path, kind: str, *, every_column: bool) -> None:
    """The engine's own way through the files: means of both scores, no rule."""
    import duckdb

    connection = duckdb.connect()
    connection.execute("SET threads = 2; SET memory_limit = '1750MB'; SET enable_progress_bar = false")
    files = ", ".join(f"'{folder}/data/raw/nation/{year}/{FORMS[kind][0]}'" for year in YEARS)
    source = f"read_parquet([{files}], filename=true)"
    if kind != "parquet":
        source = f"read_csv([{files}], all_varchar=true, delim=';', header=true, filename=true)"
    names = [name for name in HEADINGS if name not in ("NPSN", "Kelas", "Literasi", "Numerasi")] if every_column else []
    parts = [f"avg(try_cast(replace(\"{name}\", ',', '.') AS DOUBLE))" for name in ("Literasi", "Numerasi")]
    parts += [f'max("{name}")' for name in names]
    connection.execute(
        f'SELECT "NPSN", "Kelas", filename, count(*), {", ".join(parts)} FROM {source} GROUP BY 1, 2, 3'
    ).fetchall()


def cleaned(folder: Path) -> dict[str, float]:
    """The cleaning step; processor seconds that its pupils' files took."""
    from pipeline.clean import tables
    from pipeline.clean.run import clean_study
    from pipeline.study import load_study

    study = load_study("nation", folder)
    spent, open_raw = [0.0], tables.Cleaner._raw

    def timed(self: tables.Cleaner, source: str, *rest: object) -> object:
        start = time.process_time()
        try:
            return open_raw(self, source, *rest)  # type: ignore[arg-type]
        finally:
            spent[0] += (time.process_time() - start) if source == "scores" else 0.0

    tables.Cleaner._raw = timed  # type: ignore[method-assign, assignment]
    start = time.process_time()
    made = clean_study(study, YEARS[-1], study.raw_root(folder), folder / "made")
    assert len(made.tables["panel"])
    return {"rules": spent[0], "step": time.process_time() - start}


def measured(what: str, folder: Path, kind: str) -> dict[str, float]:
    """One measurement in a process of its own: processor seconds, seconds on the clock, largest memory in GB."""
    command = [sys.executable, "-m", "benchmarks.pupils", "--one", what, str(folder), kind]
    start = time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        text = process.stdout.read()
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{what} ended with {process.returncode}")
    seconds = {"seconds": used.ru_utime + used.ru_stime, "clock": time.perf_counter() - start}
    told: dict[str, float] = json.loads(text.splitlines()[-1])
    return seconds | {"memory": used.ru_maxrss / 1e6} | told


def _one(what: str, folder: Path, kind: str) -> dict[str, float]:
    from pipeline.errors import UserError

    if what == "rules":
        try:
            return cleaned(folder)
        except UserError as refusal:
            raise SystemExit(f"Refused: {refusal}") from None
    start = time.process_time()
    scanned(folder, kind, every_column=what == "file")
    return {"scan": time.process_time() - start}


def main() -> None:
    """Measure, print a table, and say whether the promise holds."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("rows", nargs="*", type=int, default=list(SIZES))
    parser.add_argument("--kind", choices=[*FORMS], default="parquet")
    parser.add_argument("--keep", choices=["sums", "rows"], default="sums")
    parser.add_argument("--memory", type=float)
    parser.add_argument("--one", nargs=3, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.one:
        print(json.dumps(_one(given.one[0], Path(given.one[1]), given.one[2])))
        return
    head = (
        "rows",
        "kind",
        "columns s",
        "file s",
        "rules s",
        "step s",
        "rules/columns",
        "rules/file",
        "clock s",
        "memory GB",
    )
    print("| " + " | ".join(head) + " |\n|" + " ---: |" * len(head))
    for rows in given.rows:
        folder = Path(tempfile.mkdtemp(prefix="pupils-", dir=Path.cwd() / "build" if Path("build").is_dir() else None))
        try:
            generate(
                folder, rows, given.kind, {"keep": given.keep}, {"memory_gb": given.memory} if given.memory else {}
            )
            lean, every, rules = (measured(what, folder, given.kind) for what in ("columns", "file", "rules"))
        finally:
            shutil.rmtree(folder)
        cells = [lean["scan"], every["scan"], rules["rules"], rules["step"], rules["rules"] / lean["scan"]]
        cells += [rules["rules"] / every["scan"], rules["clock"], rules["memory"]]
        print(f"| {rows:,} | {given.kind} | " + " | ".join(f"{cell:.2f}" for cell in cells) + " |", flush=True)
        kept = rules["memory"] <= MEMORY_GB and rules["rules"] <= RATIO * every["scan"]
        print(
            f"{rows:,} rows: the promise ({MEMORY_GB:g} GB, {RATIO:g} times the scan) {'holds' if kept else 'does not hold'}."
        )


if __name__ == "__main__":
    main()
