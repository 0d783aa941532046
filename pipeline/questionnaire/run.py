"""`make questionnaire`: everything that a wave of the survey needs, in one folder."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from pipeline.errors import StudyError
from pipeline.private import private_folder
from pipeline.questionnaire.assignment import Secret, assign, tokens
from pipeline.questionnaire.paper import write_paper
from pipeline.questionnaire.xlsform import write_xlsform
from pipeline.secret import secret_key
from pipeline.spreadsheets import write_csv
from pipeline.study import LANGUAGES, load_study


def make_questionnaire(
    study: str, root: Path, out: Path | None, batches: Path | None, wave: int | None = None
) -> list[Path]:
    """Write the form for servers, the forms on paper, the assignment list and the tokens.

    Args:
        study: Name of the study; its item bank is `studies/<study>/items.yml`.
        root: Folder of studies and data.
        out: Folder to write into; `build/<study>/questionnaire/` where not given.
        batches: CSV with `batch` and `forms`; taken from the newest edition's list of invited persons where not given.
        wave: Year of the wave; the one after the newest year of raw data where not given.

    Raises:
        StudyError: No item bank, or no batches to draw for.
    """
    loaded = load_study(study, root)
    if loaded.survey is None:
        raise StudyError("This study has no item bank.", where=f"studies/{study}/items.yml", todo="Write it first.")
    forms = _batches(study, root, batches)
    folder = out or root / "build" / study / "questionnaire"
    private_folder(folder)
    years = loaded.available_periods(root)
    secret = Secret(secret_key(root), study, wave or (max(years) + 1 if years else 1))
    form_id = study.replace("-", "_")
    write_xlsform(folder / "form.xlsx", loaded.survey, list(forms), form_id, str(secret.wave))
    written = [folder / "form.xlsx"]
    for lang in LANGUAGES:
        write_paper(folder / f"form-{lang}.pdf", loaded.survey, lang)
        written.append(folder / f"form-{lang}.pdf")
    if loaded.survey.sensitive is not None:
        write_csv(folder / "assignment.csv", assign(loaded.survey.sensitive, forms, secret))
        written.append(folder / "assignment.csv")
    write_csv(folder / "tokens.csv", tokens(sum(forms.values()), secret))
    return [*written, folder / "tokens.csv"]


def _batches(study: str, root: Path, given: Path | None) -> dict[str, int]:
    """Forms by batch: the file named, or the batches of the newest frame among the tidy tables."""
    if given is not None:
        try:
            table = pd.read_csv(given, dtype={"batch": str})
            return dict(zip(table["batch"].astype(str), table["forms"].astype(int).tolist(), strict=True))
        except (OSError, ValueError, KeyError) as error:
            raise StudyError(
                "The list of batches cannot be read.", where=str(given), expected="a CSV with the columns batch and forms",
                todo=f"Correct the file ({type(error).__name__}).",
            ) from None  # fmt: skip
    found = sorted((root / "data" / "processed" / study).glob("[0-9][0-9][0-9][0-9]/batches.parquet"))
    if not found:
        raise StudyError(
            "There is no list of batches to draw for.", where=f"data/processed/{study}/",
            expected="batches of an earlier wave, or a CSV with the columns batch and forms",
            todo=f"Run `make report STUDY={study}`, or give the list: make questionnaire BATCHES=file.csv",
        )  # fmt: skip
    table = pd.read_parquet(found[-1])
    last = table[table["period"] == table["period"].max()].sort_values("batch")
    return {str(batch): int(n) for batch, n in zip(last["batch"], last["n_invited"], strict=True)}
