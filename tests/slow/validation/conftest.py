"""Published data that may not be copied into the repository: read where they lie, their tests collected only there.

The folder is SHARED_DATA, or `shared/data` beside the repository.
"""

from __future__ import annotations

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
SHARED_DATA = Path(os.environ.get("SHARED_DATA", ROOT.parent / "shared" / "data"))
ACHIEVEMENT_AWARDS = SHARED_DATA / "achievement_awards_rct.csv.gz"

OFFICERS = SHARED_DATA / "pj_officer_level_balanced.csv.gz"

NEEDS = {"test_achievement_awards.py": ACHIEVEMENT_AWARDS, "test_officers.py": OFFICERS}
collect_ignore = [name for name, path in NEEDS.items() if not path.is_file()]
