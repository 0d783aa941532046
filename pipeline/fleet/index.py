"""The page over all places of a fleet: recorded in a ledger of its own, gated as every other, written as HTML and CSV."""

from __future__ import annotations

import csv
import io
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from pipeline.audit.bounds import narrowed, too_few
from pipeline.audit.run import refuse
from pipeline.fleet.record import LINK, NAME, record
from pipeline.fleet.results import Place, strictly, thresholds_of
from pipeline.languages.catalogue import say
from pipeline.languages.message import msg
from pipeline.ledger.entries import Ledger, Results, read_ledgers, read_results
from pipeline.methods.pooling import Pooled
from pipeline.private import private_folder
from pipeline.report.doc import Doc
from pipeline.report.document import build_document
from pipeline.report.render import render
from pipeline.run.publish import publish_folder
from pipeline.study import Outcome, Study

_PAGE = {
    "name": NAME,
    "seed": 1,
    "panel": {"file": "none.csv", "unit": "unit", "period": "period", "cohort": "cohort"},
}


def outcomes_of(places: Sequence[Place]) -> list[Outcome]:
    """The outcomes that count, in the order in which the places name them; the first place's words hold."""
    found: dict[str, Outcome] = {}
    for place in places:
        for outcome in place.outcomes:
            found.setdefault(outcome.name, outcome)
    return list(found.values())


def write_index(
    places: Sequence[Place],
    studies: Sequence[Study],
    hrefs: dict[str, str],
    languages: Sequence[str],
    work: Path,
    final: Path,
) -> list[Path]:
    """Write the page in each language and the tables as CSV, in one piece.

    Args:
        places: All places, by name.
        studies: Those of them that have a report.
        hrefs: By place, the way from the page to its report with "{lang}" for the language.
        languages: The page's.
        work: A private folder to work in; emptied first.
        final: Folder of the page.

    Returns:
        The files written.

    Raises:
        DisclosureError: The page would tell what must be hidden.
    """
    shutil.rmtree(work, ignore_errors=True)
    results, draft = private_folder(work) / "results", work / "draft"
    outcomes, thresholds = outcomes_of(places), thresholds_of(studies)
    places = [strictly(place, thresholds) for place in places]
    with Ledger(NAME, results, languages=tuple(languages), thresholds=thresholds) as ledger:
        pooled = record(ledger, places, outcomes)
    recorded, shown = read_ledgers(results), read_results(results)
    refuse([*narrowed(recorded, shown, []), *too_few(shown, recorded.thresholds)])
    draft.mkdir(parents=True)
    page_study = study_of_page(places, studies, outcomes)
    for lang in languages:
        document = build_document(
            page_study, 0, lang, results, work / lang, layout=lambda doc: page(doc, pooled), root=work
        )
        made = render(document, work / lang / "made", ("html",), lang=lang, engine="embedded")
        text = made.files["html"].read_text(encoding="utf-8")
        for place in places:
            text = text.replace(f'href="{LINK}{place.study}"', f'href="{hrefs[place.study].format(lang=lang)}"')
        name = f"index{'' if len(languages) == 1 else f'-{lang}'}.html"
        (draft / name).write_text(text, encoding="utf-8")
    (draft / "places.csv").write_text(places_csv(places, shown, hrefs, languages[0]), encoding="utf-8")
    (draft / "pooled.csv").write_text(pooled_csv(shown), encoding="utf-8")
    _publish(draft, final)
    return sorted(path for path in final.iterdir() if path.is_file())


def _publish(draft: Path, final: Path) -> None:
    """Put the page beside the places' reports, which may lie in the same folder, file by file and each in one piece."""
    inside = final / "page"
    publish_folder(draft, inside)
    for path in sorted(inside.iterdir()):
        path.replace(final / path.name)
    inside.rmdir()


def study_of_page(places: Sequence[Place], studies: Sequence[Study], outcomes: Sequence[Outcome]) -> Study:
    """What the page is written with: words of its own, and the outcomes of its places."""
    from pipeline.study import LANGUAGES

    def words(name: str) -> dict[str, str]:
        return {lang: say(name, lang) for lang in LANGUAGES}

    offices = {tuple(sorted(one.report.institution.model_dump().items())) for one in studies}
    first = studies[0] if studies else None
    program: dict[str, Any] = (
        {key: getattr(first.program, key).model_dump() for key in ("label", "unit_label", "period_label")}
        if first
        else dict.fromkeys(("label", "unit_label", "period_label"), words("fleet-places"))
    )
    plain = [{"name": "none", "label": words("common-outcome")}]
    return Study.model_validate(
        {
            **_PAGE,
            "title": words("fleet-page"),
            "demonstration": any(place.demonstration for place in places),
            "report": {"institution": dict(offices.pop()) if len(offices) == 1 else words("fleet-by")},
            "program": program,
            "outcomes": [_outcome(one) for one in outcomes] or plain,
        }
    )


def _outcome(outcome: Outcome) -> dict[str, Any]:
    kept = {"name": outcome.name, "label": outcome.label.model_dump(), "unit": outcome.unit, "better": outcome.better}
    phrase = getattr(outcome, "phrase", None)
    return kept | ({"phrase": phrase.model_dump()} if phrase is not None else {}) | {"decimals": outcome.decimals}


# --- what the page says -----------------------------------------------------------------------------------------------


def page(doc: Doc, pooled: dict[str, Pooled]) -> None:
    """The page."""
    doc.heading(msg("fleet-title", places=int(doc.value("fleet_asked"))), 1, "sec-fleet", ["unnumbered"])
    doc.paragraph("fleet-opening")
    doc.paragraph("fleet-counted", "fleet-some" if doc.has("tbl_fleet_faults") else "fleet-all")
    if pooled:
        doc.heading("fleet-pooled-title")
        doc.bullets(*(_told(doc, outcome, pooled) for outcome in doc.primary() if doc.has(f"tbl_fleet_{outcome.name}")))
        doc.table("tbl_fleet_pooled")
        doc.table("tbl_fleet_heterogeneity")
    for outcome in doc.primary():
        if doc.has(f"tbl_fleet_{outcome.name}"):
            doc.heading(doc.about(outcome, "fleet-outcome-title"))
            doc.paragraph(None if outcome.name in pooled else _not_pooled(doc, outcome))
            doc.figure(f"fig_fleet_{outcome.name}")
            doc.table(f"tbl_fleet_{outcome.name}")
    if doc.has("tbl_fleet_verdicts"):
        doc.heading("fleet-verdicts-title")
        doc.table("tbl_fleet_verdicts")
    if doc.has("tbl_fleet_faults"):
        doc.heading("fleet-faults-title")
        doc.paragraph("fleet-faults")
        doc.table("tbl_fleet_faults")
    if pooled:
        doc.heading("fleet-method-title")
        doc.paragraph("fleet-method")


def _told(doc: Doc, outcome: Any, pooled: dict[str, Pooled]) -> Any:
    if outcome.name not in pooled:
        return _not_pooled(doc, outcome)
    new = "fleet-pooled-new" if doc.has(f"fleet_new_low_{outcome.name}") else "fleet-pooled-few"
    own = doc.code(f"fleet_deviations_{outcome.name}")
    whose = () if own == "none" else (f"fleet-deviations-{own}",)
    said = ("fleet-pooled-one", new, "fleet-heterogeneity", *whose, "fleet-pooled-left")
    return [doc.about(outcome, name) for name in said]


def _not_pooled(doc: Doc, outcome: Any) -> Any:
    return doc.about(outcome, f"fleet-not-pooled-{doc.code(f'fleet_why_{outcome.name}')}")


# --- tables for machines ----------------------------------------------------------------------------------------------


def places_csv(places: Sequence[Place], shown: Results, hrefs: dict[str, str], lang: str) -> str:
    """One row a place and outcome, numbers as the gate lets them out; one row for a place without a report."""
    heads = "place study edition outcome unit transform verdict value low high p units report fault".split()
    rows: list[dict[str, Any]] = []
    for place in places:
        head = {"place": place.label, "study": place.study, "edition": place.edition or ""}
        if place.fault is not None:
            rows.append(head | {"fault": " ".join(place.fault.codes) or place.fault.kind})
        for outcome, effect in place.effects.items():
            table = shown.tables[f"tbl_fleet_{outcome}"].rows
            row = next(one for one in table if one["place"] == place.study)
            kept = {key: row[key] for key in ("verdict", "value", "low", "high", "p", "units")}
            where = {"outcome": outcome, "unit": effect.unit, "transform": effect.transform}
            where |= {"report": hrefs[place.study].format(lang=lang)}
            rows.append(head | where | kept)
    return _csv(heads, rows)


def pooled_csv(shown: Results) -> str:
    """The pooled effects, one row an outcome."""
    heads = "outcome k units value se low high p low_new high_new tau tau2 i2 q q_p".split()
    pooled, spread = (shown.tables.get(f"tbl_fleet_{name}") for name in ("pooled", "heterogeneity"))
    rows = [one | other for one, other in zip(pooled.rows, spread.rows, strict=True)] if pooled and spread else []
    return _csv(heads, rows)


def _csv(heads: Sequence[str], rows: Sequence[dict[str, Any]]) -> str:
    out = io.StringIO()
    writer = csv.DictWriter(out, heads, extrasaction="ignore", lineterminator="\n", restval="")
    writer.writeheader()
    writer.writerows({key: "" if value is None else value for key, value in row.items()} for row in rows)
    return out.getvalue()
