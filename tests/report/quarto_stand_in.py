"""A stand-in for Quarto's command: it reads the project as Quarto does, and fails as Quarto does when told to.

It renders by the wheels' Pandoc and Typst what `_quarto.yml` says, with the body of `report.qmd` as the document and our
filter as the last one, and records how it was called. It numbers and decides nothing: what comes out right was handed
over right.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path

STACK = "\n".join(["Stack trace:", *(f"    at frame{i} (file:///opt/quarto/bin/quarto.js:{i}:1)" for i in range(20))])


def main(home: Path, arguments: list[str]) -> int:
    """What the command does with its arguments; `home` holds version and mode, and takes the record of calls."""
    if arguments == ["--version"]:
        print((home / "version").read_text())
        return 0
    if arguments[1:] == ["--version"]:
        print({"pandoc": "pandoc 3.8.3", "typst": "typst 0.14.2 (b33de9de)"}[arguments[0]])
        return 0
    here = Path.cwd()
    with (home / "calls.jsonl").open("a") as file:
        called = {"argv": arguments, "env": dict(os.environ), "cwd": str(here)}
        file.write(json.dumps(called) + "\n")
    target = arguments[arguments.index("--to") + 1]
    mode = (home / "mode").read_text()
    if mode.startswith("fail "):
        _, name, status = mode.split(" ")
        print("Starting\n" + (home / name).read_text() + "\n" + STACK, file=sys.stderr)
        return int(status)
    if mode == "killed":
        os.kill(os.getpid(), 9)
    if mode == "sleep":
        child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(120)"])
        (home / "child.partial").write_text(str(child.pid))
        (home / "child.partial").rename(home / "child")
        time.sleep(120)
    if mode == "silent":
        return 0
    return quarto(here, target)


def quarto(here: Path, target: str) -> int:
    """Render the project in `here` as Quarto would: its options, its metadata, one body, the filter behind all others."""
    import typst
    import yaml

    from pipeline.report.pandoc import pandoc_path

    project = yaml.safe_load((here / "_quarto.yml").read_text(encoding="utf-8"))
    options = project["format"][target]
    filters = [entry["path"] for entry in project["filters"] if entry["at"] == "post-finalize"]
    output = here / project["project"]["output-dir"]
    output.mkdir(exist_ok=True)
    made = {"html": output / "report.html", "typst": here / "report.typ", "docx": output / "report.docx"}[target]
    command = [pandoc_path(), "--from", "markdown", "--to", target, "--standalone", "--wrap", "none"]
    command += ["--metadata", "pagetitle=report", "--metadata", "toc-title=x", "--metadata", f"lang={project['lang']}"]
    command += ["--syntax-highlighting", project["syntax-highlighting"], "--template", options["template"]]
    command += [f"--lua-filter={path}" for path in filters]
    if "css" in options:
        command += ["--css", options["css"]]
    if "reference-doc" in options:
        command += ["--reference-doc", options["reference-doc"]]
    command += [f"--{options['html-math-method']}"] if "html-math-method" in options else []
    command += ["--embed-resources"] if options.get("embed-resources") else []
    done = subprocess.run([*command, "--output", str(made), "report.qmd"], check=False)
    if done.returncode == 0 and target == "typst":
        typst.compile(
            str(made),
            output=str(output / "report.pdf"),
            root=str(here),
            ignore_system_fonts=os.environ["TYPST_IGNORE_SYSTEM_FONTS"] == "true",
            pdf_standards=[options["pdf-standard"]],
            timestamp=int(os.environ["SOURCE_DATE_EPOCH"]),
        )
    return done.returncode
