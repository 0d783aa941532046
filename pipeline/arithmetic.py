"""The same last digits on every processor, however many cores it has: set before a library of arrays is loaded.

Such libraries choose their code by the processor (AVX2 here, AVX-512 there) and share sums out among threads. Each way adds
in another order, or has an exponential of its own, and ends in other last digits; a verdict that hangs on a limit would be
one here and another there. Where there is AVX2 (processors since 2013) and the system is Linux, which tells, its code is
used, whatever else there is.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

ONE_THREAD = {f"{name}_NUM_THREADS": "1" for name in ("OMP", "OPENBLAS", "MKL")}
_AVX2 = {"OPENBLAS_CORETYPE": "Haswell", "NPY_DISABLE_CPU_FEATURES": "X86_V4,AVX512_ICL,AVX512_SPR"}


def _has_avx2() -> bool:
    try:
        with Path("/proc/cpuinfo").open(encoding="ascii", errors="replace") as told:
            return "avx2" in told.read(1 << 12).split()  # all processors of a machine say the same
    except OSError:  # no Linux
        return False


SETTINGS = ONE_THREAD | (_AVX2 if _has_avx2() else {})
"""What the environment must say when the first library of arrays is loaded."""
IN_FORCE = {name: os.environ.get(name, "") for name in SETTINGS} if "numpy" in sys.modules else dict(SETTINGS)
"""What it said in this process, where that was before this project was imported."""
os.environ.update(SETTINGS)
