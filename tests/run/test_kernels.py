"""The process that forks kernels has one thread, whatever it has loaded; kernels see this project's environment only."""

from __future__ import annotations

import gc
import subprocess
import sys
from pathlib import Path

from pipeline.run.environment import clean_environment
from pipeline.run.places import CODE, NOTEBOOKS
from pipeline.run.schedule import modules_of
from pipeline.run.server import Forkserver
from pipeline.run.steps import Step


def test_the_libraries_that_are_shared_start_no_thread(tmp_path: Path) -> None:
    """A fork copies one thread only; a lock that another one holds would be held for ever."""
    steps = [Step(path.stem, path, {}) for path in sorted(NOTEBOOKS.glob("*.ipynb"))]
    modules = [name for part in modules_of(steps, "mine", tmp_path) for name in part if name]
    assert {"pipeline.chapters.data", "ipykernel.kernelapp"} <= set(modules)
    probe = (
        "import importlib, os, sys; from pipeline.run.forkserver import leave_out; leave_out()\n"
        "for name in sys.argv[1:]:\n    importlib.import_module(name)\n"
        "print(len(os.listdir('/proc/self/task')), sys.modules['polars'])"
    )
    environment = clean_environment(tmp_path, tmp_path)
    done = subprocess.run(
        [sys.executable, "-c", probe, *modules], cwd=CODE, env=environment, capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == ["1", "None"]


def test_a_report_that_only_says_words_loads_nothing_that_draws_or_checks_tables(tmp_path: Path) -> None:
    """What is loaded before its kernel can start is waited for; notebooks that draw have it loaded ahead all the same."""
    report, clean = (NOTEBOOKS / f"{name}.ipynb" for name in ("08_report", "01_clean"))
    modules = [
        name for name in next(modules_of([Step("08_report-en", report, {"lang": "en"})], "mine", tmp_path)) if name
    ]
    probe = (
        "import importlib, sys; from pipeline.run.forkserver import leave_out; leave_out()\n"
        "for name in sys.argv[1:]:\n    importlib.import_module(name)\n"
        "print(*sorted({name.partition('.')[0] for name in sys.modules}))"
    )
    environment = clean_environment(tmp_path, tmp_path, ("en",))
    done = subprocess.run(
        [sys.executable, "-c", probe, *modules], cwd=CODE, env=environment, capture_output=True, text=True, check=True
    )
    loaded = set(done.stdout.split())
    assert {"pipeline", "pandas", "fluent"} <= loaded
    assert not {"matplotlib", "pandera", "statsmodels", "diff_diff", "openpyxl"} & loaded
    drawing = next(modules_of([Step("01_clean", clean, {})], "mine", tmp_path))
    assert {"matplotlib.figure", "matplotlib.patches", "pandera.pandas"} <= set(drawing)


def test_a_kernel_collects_its_own_garbage_and_the_server_none(tmp_path: Path) -> None:
    (tmp_path / "p").mkdir()
    with Forkserver(tmp_path, tmp_path / "p", clean_environment(tmp_path, tmp_path / "p")) as server:
        server.call("tests.run.test_kernels.note_collector", tmp_path / "told", "one")
    assert (tmp_path / "told").read_text() == "True True"


def note_collector(path: str) -> None:
    """Say in a file whether garbage is collected here, and whether what was inherited is left alone."""
    Path(path).write_text(f"{gc.isenabled()} {gc.get_freeze_count() > 1000}")


def test_a_kernel_loads_no_debugger_and_may_load_what_the_server_left_out(tmp_path: Path) -> None:
    (tmp_path / "p").mkdir()
    with Forkserver(tmp_path, tmp_path / "p", clean_environment(tmp_path, tmp_path / "p")) as server:
        server.call("tests.run.test_kernels.note_debugger", tmp_path / "told", "one")
    assert (tmp_path / "told").read_text() == "False True"


def note_debugger(told: str) -> None:
    """In a process that was forked for it: whether Jupyter's kernel has a debugger, and whether polars can be loaded."""
    import ipykernel.debugger
    import polars

    Path(told).write_text(f"{ipykernel.debugger._is_debugpy_available} {polars is not None}", encoding="utf-8")


def test_nothing_of_the_account_but_what_is_named(tmp_path: Path) -> None:
    account = {
        "PATH": "/bin",
        "HOME": "/home/x",
        "EVALUATION_KEY": "k" * 16,
        "TZ": "Asia/Jakarta",
        "LC_ALL": "id_ID",
        "PYTHONSTARTUP": "/x.py",
        "PYTHONPATH": "/x",
        "MATPLOTLIBRC": "/x",
        "IPYTHONDIR": "/x",
        "JUPYTER_PATH": "/x",
        "OMP_NUM_THREADS": "7",
        "SOURCE_DATE_EPOCH": "1",
    }
    seen = clean_environment(tmp_path, tmp_path / "p", ("en",), account)
    assert {seen[name] for name in ("PATH", "HOME", "EVALUATION_KEY")} == {"/bin", "/home/x", "k" * 16}
    assert (seen["TZ"], seen["LC_ALL"], seen["OMP_NUM_THREADS"]) == ("UTC", "C.UTF-8", "1")
    assert not {"PYTHONSTARTUP", "JUPYTER_PATH", "SOURCE_DATE_EPOCH"} & seen.keys()
    assert not {"/x", "/x.py"} & set(seen.values())
    assert seen["EVALUATION_LANGUAGES"] == "en"


def test_kernels_that_start_at_once_find_their_classes_looked_up() -> None:
    """Traitlets looks up a class that a trait names by words at the first instance, and stops where two threads do so."""
    probe = (
        "import pipeline.run.execute as execute, pipeline.run.kernels as kernels\n"
        "from traitlets import Instance, Type\n"
        "from traitlets.traitlets import ClassBasedTraitType\n"
        "looked = []\n"
        "ClassBasedTraitType._resolve_string = lambda self, name: looked.append(name)\n"
        "for kind in (execute._Client, kernels.ForkedKernelManager, kernels._Client, kernels._Provisioner):\n"
        "    kind.__new__(kind)\n"
        "    traits = [t for t in kind.class_traits().values() if isinstance(t, Instance | Type)]\n"
        "    looked += [t.klass for t in traits if isinstance(t.klass, str)]\n"
        "print(looked)"
    )
    done = subprocess.run([sys.executable, "-c", probe], cwd=CODE, capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["[]"]
