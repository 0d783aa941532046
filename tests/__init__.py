"""Tests compute on one thread, as runs do: set before the first library of arrays is loaded."""

import os

from pipeline.workers import ONE_THREAD

os.environ.update(ONE_THREAD)
