"""De Chaisemartin & D'Haultfœuille (2024): units that switch, against those of the same history that did not yet."""

from __future__ import annotations

import pandas as pd

from pipeline.methods.effects import group_time
from pipeline.methods.effects.design import Design
from pipeline.methods.effects.estimate import Estimate
from pipeline.methods.effects.estimators.base import Method, RefusedError, Settings, event_study, finish
from pipeline.methods.effects.estimators.library import call
from pipeline.methods.effects.estimators.samples import complete_panel
from pipeline.methods.effects.library import diff_diff, frame


def chaisemartin_dhaultfoeuille(design: Design, settings: Settings) -> Estimate:
    """Mean of the effects at each time since the switch, weighted by the number of switchers.

    On units observed in every period. For a treatment that starts once, the effect at each time is that of Callaway &
    Sant'Anna with units not treated yet; the standard error is theirs too, because the library adds the variances over
    times as if these were independent, which they are not.

    Raises:
        RefusedError: Too few units are observed in every period, or the library's value is not the one the error belongs to.
    """
    code = "chaisemartin_dhaultfoeuille"
    balanced, notes = complete_panel(design, code)
    longest = int(balanced.data["event_time"].max()) + 1
    model = diff_diff().ChaisemartinDHaultfoeuille(placebo=False, twfe_diagnostic=False)
    result, more = call(
        balanced,
        code,
        lambda: model.fit(frame(balanced), outcome="y", unit="unit", time="time", treatment="treated", L_max=longest),
    )
    same = group_time.estimate(
        balanced, "not_yet", "reg", draws=2, level=settings.level, cluster=settings.cluster
    ).overall
    value = float(result.overall_att)
    if abs(value - same.value) > 1e-6 * max(1.0, same.se):
        raise RefusedError(
            "The effect of switchers is not that of the group-time effects, so it has no standard error here.",
            code="no_value",
            where=code,
            expected=f"{same.value:.6g}, not {value:.6g}",
        )
    rows = pd.DataFrame(
        [(k - 1, v["effect"], v["se"]) for k, v in result.event_study_effects.items()],
        columns=["event_time", "value", "se"],
    )
    event = event_study(balanced, settings, code, rows)
    return finish(balanced, settings, code, value, same.se, event=event, notes=[*notes, *more])


METHODS = (
    Method(
        code="chaisemartin_dhaultfoeuille",
        heavy=True,
        place=130,
        comparison="not_yet",
        handles_covariates=False,
        citations=("dechaisemartin2024",),
        run=chaisemartin_dhaultfoeuille,
        source="de Chaisemartin & D'Haultfœuille 2024",
        deviates="without covariates",
        held_by=("test_effects_estimators.py::test_switchers_equal_not_yet_treated_group_time_effects",),
    ),
)
