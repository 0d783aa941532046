"""The same last digits whatever the processor offers and however many threads the account asks for."""

from __future__ import annotations

import os
import subprocess
import sys

import numpy as np
import pytest

from pipeline.arithmetic import IN_FORCE, SETTINGS
from pipeline.study import ROOT

_FORCED = "OPENBLAS_CORETYPE"
_PROBE = """
import hashlib, numpy, scipy.linalg
rng = numpy.random.default_rng(0)
a, b = rng.normal(size=(300, 300)), rng.normal(size=(300, 60))
found = [a @ b, numpy.exp(b), numpy.log(abs(b)), abs(b) ** 1.7, numpy.linalg.eigh(b.T @ b)[0], scipy.linalg.qr(b)[1]]
print(hashlib.sha256(b"".join(numpy.ascontiguousarray(one).tobytes() for one in found)).hexdigest())
"""
"""Another account's wishes: code for processors of another kind, which this one knows too, and another number of threads."""
ASKED = {
    "OPENBLAS_CORETYPE": "Nehalem",
    "NPY_DISABLE_CPU_FEATURES": "X86_V3 X86_V4 AVX512_ICL",
    "OPENBLAS_NUM_THREADS": "2",
}


def digits(asked: dict[str, str], before: str = "") -> str:
    plain = {name: value for name, value in os.environ.items() if name not in SETTINGS}
    command = [sys.executable, "-c", before + _PROBE]
    done = subprocess.run(command, env=plain | asked, cwd=ROOT, capture_output=True, text=True, check=True)
    return done.stdout


@pytest.mark.skipif(_FORCED not in SETTINGS, reason="one way is set where a processor has AVX2 and its system says so")
def test_digits_do_not_hang_on_processor_or_threads() -> None:
    ours = {digits(asked, "import pipeline\n") for asked in ({}, ASKED, {"OPENBLAS_NUM_THREADS": "2"})}
    assert len(ours) == 1
    assert digits(ASKED) not in ours, "otherwise this test could not fail"


def test_every_kind_of_processor_that_the_library_knows_is_settled() -> None:
    """A version of NumPy with code for yet another kind fails here."""
    known = set(np._core._multiarray_umath.__cpu_dispatch__)
    if _FORCED in SETTINGS:
        assert known - {"X86_V3"} == set(SETTINGS["NPY_DISABLE_CPU_FEATURES"].split(","))
    assert os.environ.items() >= SETTINGS.items()


def test_a_process_that_had_loaded_the_library_before_says_how_it_counts() -> None:
    code = "import numpy, pipeline.arithmetic as a; print(a.IN_FORCE['OMP_NUM_THREADS'], a.SETTINGS['OMP_NUM_THREADS'])"
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, env=os.environ | {"OMP_NUM_THREADS": "5"}, cwd=ROOT, capture_output=True, text=True)
    assert done.stdout.split() == ["5", "1"], done.stderr
    assert IN_FORCE == SETTINGS
