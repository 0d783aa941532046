"""The files on the programme's other aims, year by year, and their truth: index, public satisfaction, survey."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pandas as pd

from pipeline.demo import service, staff, survey
from pipeline.demo.settings import GAP
from pipeline.demo.world import World
from pipeline.study.survey import Survey


@dataclass
class Aims:
    """Writes a year's files on the aims and keeps what only tests may know."""

    world: World
    teachers: pd.DataFrame
    bank: Survey
    index: list[pd.DataFrame] = field(default_factory=list)
    service: list[pd.DataFrame] = field(default_factory=list)
    waves: list[survey.Wave] = field(default_factory=list)

    def write_year(self, folder: Path, history: pd.DataFrame, period: int, count: Counter[str]) -> None:
        """Write `ip_asn.csv` and, but for the gap year, `skm.csv`, `undangan.csv` and `jawaban.csv`.

        Args:
            folder: The year's folder.
            history: Training register of all years up to this one.
            period: The year.
            count: Faults put in, by "file:fault"; added to.
        """
        index = staff.make_index(self.teachers, history, period, self.world.settings)
        open_now = self.world.schools[(self.world.schools["first"] <= period) & (self.world.schools["last"] >= period)]
        here = self.teachers.loc[self.teachers["npsn"].isin(open_now["npsn"]), "nip"]
        index = index[index["nip"].isin(here)].reset_index(drop=True)
        staff.write_index(folder / "ip_asn.csv", index, self.teachers, count)
        self.index.append(index)
        if period in GAP:
            return
        answers, truth = service.make_answers(self.world, self.teachers, history, period)
        service.write_answers(folder / "skm.csv", answers, period, self.world.settings, count)
        self.service.append(truth)
        wave = survey.make_wave(self.world, self.teachers, history, self.bank, period)
        survey.write_frame(folder / "undangan.csv", wave.frame, count)
        survey.write_answers(folder / "jawaban.csv", wave.answers, self.bank)
        self.waves.append(wave)

    def truth(self, history: pd.DataFrame) -> dict[str, Any]:
        """True effects and shares on the aims."""
        schools = pd.concat(self.service, ignore_index=True)
        cohort = schools["npsn"].map(self.world.schools.set_index("npsn")["cohort"])
        treated = (schools["period"] >= cohort).fillna(False).astype(bool)
        return {
            "ip_asn": staff.index_truth(pd.concat(self.index, ignore_index=True), history),
            "skm": {
                "att": float(schools.loc[treated, "effect"].mean()),
                "mean_share": float(schools.loc[treated, "share"].mean()),
            },
            "survey": survey.survey_truth(self.waves),
        }
