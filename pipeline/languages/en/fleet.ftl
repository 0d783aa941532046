# The page of `make fleet`: one evaluation in many places.
fleet-page = One Evaluation in Many Places
fleet-by = Evaluation report pipeline
fleet-places = places
fleet-title = { $places ->
    [one] One place
   *[other] { $places } places
    }
fleet-opening = Each place has a report of its own, from which every number here is taken as it was published there; what was withheld there is in no total, in no pooled effect and in no figure.
fleet-counted = Reports were made for { NUM("fleet_made", unit: "no") } of { NUM("fleet_asked", unit: "no") } places.
fleet-all = For every place there is a report.
fleet-some = For the others the reason stands in @tbl-fleet-faults.

# -- the effects
fleet-outcome-title = { $outcome }
fleet-pooled-title = What Holds on Average, and What Would Hold in a New Place
fleet-pooled-one = Over { NUM("fleet_k", $o, unit: "no") } places the mean effect on { $phrase } is { NUM("fleet_pooled", $o) } ({ CI("fleet_pooled", $o) }).
fleet-pooled-new = In a place that was not among them the true effect would lie, with the same confidence, between { NUM("fleet_new_low", $o, unit: "no") } and { NUM("fleet_new_high", $o, unit: "no") }.
fleet-pooled-few = With two places no interval can be given for a new one.
fleet-heterogeneity = Of the variance of the estimates { NUM("fleet_i2", $o) } is more than chance would bring (I²).
fleet-not-pooled-few = The effects on { $phrase } are not pooled: fewer than two places have an estimate with a standard error.
fleet-not-pooled-apart = The effects on { $phrase } are not pooled and not drawn together: places measure them in different units, or bring them to a unit in different ways.
fleet-deviations-comparison = Each place’s effect is in standard deviations of its own comparison, and one of them is not the same number of points everywhere: this is the mean of standardised effects, comparable as far as the places’ standard deviations are alike, and a part of what differs between places may be their standard deviations.
fleet-deviations-given = Each place’s effect is in standard deviations as its own file has them; whether one is the same number of points everywhere is not known here, so that this is the mean of standardised effects and not of effects on one scale.
fleet-measure = Measured in
fleet-measure-none = { $unit }
fleet-measure-log = { $unit }, logarithm
fleet-measure-standardise = { $unit }, standardised by the place’s own comparison
fleet-pooled-left = { COUNT("fleet_left", $o) ->
    [0] No place with a report is left out.
    [1] One place with a report is left out, since its effect was withheld or could not be estimated.
   *[other] { NUM("fleet_left", $o, unit: "no") } places with a report are left out, since their effects were withheld or could not be estimated.
    }
fleet-verdicts-title = Verdicts
fleet-faults-title = Places Without a Report
fleet-faults = Everything about a fault, with what to do, is told to the person who runs the evaluation; a page that others read names its kind. Other places are not touched by it.
fleet-method = The pooled effect is that of a random-effects model: the variance between places by Paule and Mandel, interval and *p* by Hartung and Knapp with a standard error that is never below the usual one, and the interval for a new place by Higgins, Thompson and Spiegelhalter (*t* with two degrees of freedom fewer than there are places). With few places the variance between them is known poorly.
fleet-method-title = How the Effects Were Pooled

# -- tables and figures
fleet-place = Place
fleet-pooled = Pooled effect
fleet-new = A new place
fleet-new-low = New place, from
fleet-new-high = New place, to
fleet-k = Places
fleet-tau = Spread of true effects (τ)
fleet-tau2 = Variance (τ²)
fleet-i2 = I², per cent
fleet-q = Q
fleet-q-p = p of Q
fleet-fault = What happened
fleet-step = Notebook
fleet-sorted = Places, sorted by effect
tbl-fleet = Effect and verdict by place: { $outcome }
    .notes = Each place is a link to its report. The interval is that of the place's own report.
tbl-fleet-pooled = Pooled effects
tbl-fleet-heterogeneity = How much effects differ between places
tbl-fleet-verdicts = Places by verdict
tbl-fleet-faults = Places without a report
fig-fleet = Effects by place, with the pooled effect: { $outcome }
    .notes = Points with intervals are the places' effects; the diamond is the pooled effect with its interval, the bar below it the interval for a new place.
    .alt = Each place's effect with its interval, sorted by size, above the pooled effect and the interval for a new place; the numbers stand in the table.

# -- faults
fleet-fault-study = The study file does not say what it must.
fleet-fault-source = A raw file is missing, cannot be read, or breaks a rule.
fleet-fault-design = The data do not allow the comparison that the study asks for, for example because too few units took part or too few did not.
fleet-fault-render = The report could not be written.
fleet-fault-disclosure = The audit found that a person or a unit could be made out; nothing was published.
fleet-fault-step = A step of the analysis stopped.
fleet-fault-worker = The machine that made the report was lost again and again.
fleet-fault-other = Something unforeseen stopped the report.
