feedback-rate = Response rate RR2 (%)
tbl-response = Response rates of the survey, AAPOR definitions
    .notes = RR1, RR3, RR5: complete only; RR2, RR4, RR6: complete and partial. RR3 and RR4 estimate the share eligible among those unknown; RR5 and RR6 take it as zero.
tbl-response-groups = Response by group, last wave
    .notes = Intervals after Wilson.
fig-response =
    .alt = Points with intervals: response rate of each group.
tbl-silence = Who stays silent: model of response, last wave
    .notes = Average marginal effects of a logit; standard errors by workplace.
tbl-bounds = Means of the scales before and after weighting, and bounds without a model
    .notes = Last wave. Intervals of bounds after Imbens and Manski.
tbl-effort = Answers by level of effort
    .notes = All waves.
tbl-next-wave = Advice for the next wave
    .notes = Number of answers: for an interval of ±5 points around a share of 50 per cent, with the effect of weighting.
    .modes = Modes are judged by the intervals of their own response rates; @tbl-silence holds other traits equal and may find otherwise.
feedback-eligible = Eligible
feedback-invited = Invited
feedback-against = Against
feedback-difference-chance-points = Difference in chance (points)
feedback-from = From
feedback-to = To
feedback-answered-at-contact = Answered at contact
feedback-mean-up-this-contact = Mean up to this contact
feedback-advice = Advice
feedback-advice-persons = Persons
feedback-advice-points = Percentage points
feedback-what = Group or mode
feedback-rr = RR{ $k } (%)
feedback-traits-mode = Mode
feedback-traits-active = Unit takes part
feedback-values-mode-paper = paper
feedback-values-mode-web = web
feedback-values-mode-phone = telephone
feedback-values-active-yes = unit takes part
feedback-values-active-no = unit not or not yet
feedback-estimates-answered = Those who answered
feedback-estimates-raked = Weighted (raking)
feedback-estimates-inverse = Weighted (inverse chance)
feedback-estimates-worst = Worst-case bounds, no model
feedback-estimates-monotone = Bounds if the silent are no higher
feedback-advice-answers = Answers needed
feedback-advice-invite = Invitations enough at the present response
feedback-advice-invite-all = Invite all and raise response: at present it is not enough
feedback-advice-remind = Remind first the group least represented
feedback-advice-mode-clear = Prefer the mode with the highest response
feedback-advice-mode-open = Mode with the highest response, but its interval overlaps with the next mode's
feedback-advice-last-contact = Response that the last contact brought
feedback-of-trait = { $trait } { $value }
feedback-response-rate-per-cent = Response rate (per cent)

# -- results
feedback-title = Feedback: who answers
feedback-rates = In the last wave { NUM("response_rate") } of those invited answered (RR2, { N("response_rate") } eligible); in the first wave { NUM("response_rate_first") }. @tbl-response gives all six AAPOR definitions [@aapor2023].
feedback-silent-units = In { NUM("units_silent") } of the units that are large enough to be counted nobody answered.
feedback-silence = Few answers mislead only where the silent differ. The R-indicator is { NUM("r_indicator") } (1 means represented like a random sample) [@schouten2009], and chances to answer deviate by { NUM("response_cv") } times their mean. @tbl-silence shows who answers less often. This model sees only traits on the list of invited persons; what the silent think it does not see.
feedback-weighting = Weighting mends only what these traits tell (design effect { NUM("weight_effect") }).
feedback-bounds = Without any assumption, the mean of { $scale } among all invited is anywhere from { CI($bounds) } on a scale from 1 to { $points } [@manski1989].
feedback-bounds-next = That of { $scale } is anywhere from { CI($bounds) }.
feedback-bounds-wide = So wide is what silence leaves unknown; the interval around the mean of those who answered leaves it out.
feedback-late-differ = Those who answered after reminders answered differently (@tbl-effort), a sign that the silent differ too.
feedback-late-alike = Those who answered after reminders are not shown to have answered differently (@tbl-effort); that lessens the worry and does not remove it.
feedback-next-wave-text = @tbl-next-wave gives advice for the next wave, computed from this one.

# -- tables
feedback-tables-title = Feedback

# -- technical
feedback-technical = **Survey response.** With $I$ complete, $P$ partial, $R$ refusals, $NC$ non-contacts, $O$ other, $U$ unknown: $RR2=(I+P)/(I+P+R+NC+O+U)$ [@aapor2023]. R-indicator: $1-2S(\hat\rho)$ with $S$ the standard deviation of chances to answer from a logit, less what estimating them adds [@schouten2009]. Weights: raking makes the margins of sex, rank and planned year of entry agree with the list of invited persons [@demingstephan1940]; design effect $n\sum w^2/(\sum w)^2$ [@kish1992]. Bounds: $r\bar y+(1-r)\cdot$ the lowest or highest point [@manski1989], intervals after Imbens and Manski [@imbensmanski2004]. *Estimand in a plain sentence:* the mean answer if everybody invited had answered.
