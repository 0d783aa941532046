delivery-traits-employment = Employment
delivery-traits-level = Level of unit
delivery-traits-kecamatan = Kecamatan
delivery-values-pns = PNS (permanent)
delivery-values-pppk = PPPK (contract)
delivery-seniority-senior = Mentor is the senior
delivery-seniority-not-senior = Mentor is not the senior
delivery-seniority-not-comparable = Not comparable (PNS and PPPK, or rank unknown)
delivery-seniority-no-mentor = No mentor on record
delivery-seniority-self = Mentor of oneself
delivery-captions-tbl-delivery-years = Reach by year
delivery-captions-tbl-delivery-groups = Reach by group, last year
delivery-captions-tbl-delivery-places = Reach by kecamatan, last year
delivery-shares-that-rest-on-fewer-than = Shares that rest on fewer than { $least } persons are not shown.
tbl-delivery-attendance = Registration and attendance, all years
tbl-mentoring = Mentoring pairs: who guides whom
    .notes = Senior: of higher rank, or of the same and appointed no later. Ranks of PNS and PPPK are not ordered together.
fig-lorenz = Lorenz curve of hours, last year
    .alt = Cumulative share of hours against cumulative share of persons, with the line of perfect equality.
delivery-female = Female
delivery-rank-iv = Rank IV
delivery-years-service = Years of service
delivery-age = Age
tbl-delivery-equity = Persons reached and never reached
    .notes = Shares (0-1) of categories. A standardised difference above 0.25 means clearly different groups.
tbl-delivery-costs = Cost per participant-hour, all years
delivery-mean-jp = Mean JP
delivery-at-least-20-jp = At least 20 JP (%)
delivery-never-reached = Never reached (%)
delivery-registered = Registered
delivery-attended = Attended
delivery-no-shows = No-shows (%)
delivery-pair = The pair
delivery-pairs = Pairs
delivery-reached = Reached
delivery-never-reached-2 = Never reached
delivery-cost-million-rupiah = Cost (million rupiah)
delivery-hours-attended-jp = Hours attended (JP)
delivery-rupiah-per-participant-hour = Rupiah per participant-hour
delivery-rupiah-per-attendance = Rupiah per attendance
delivery-share-persons = Share of persons (of 1)
delivery-share-hours = Share of hours (of 1)
delivery-equal = equal
delivery-hours = hours

# -- results
delivery-title = Delivery and equity
delivery-reached-nobody = Up to the last year { NUM("delivery_never") } of the civil servants had never been reached by any activity.
delivery-minimum = In { NUM("delivery_units_minimum") } of the { $unit } staff reach { NUM("delivery_jp_minimum") } a year on average.
delivery-spread = Of all registrations, { NUM("delivery_no_show") } were not attended. Hours are spread unevenly: the Gini coefficient is { NUM("delivery_gini") } and Theil's index { NUM("delivery_theil") } [@theil1967].
delivery-spread-between = Of all registrations, { NUM("delivery_no_show") } were not attended. Hours are spread unevenly: the Gini coefficient is { NUM("delivery_gini") } and Theil's index { NUM("delivery_theil") }, of which { NUM("delivery_theil_between") } lies between units and the rest within them [@theil1967].
delivery-mentoring-pairs = **Mentoring.** Of { NUM("mentoring_pairs", unit: "no") } pairs on record, { NUM("mentoring_not_senior") } have a mentor who is not the senior.
delivery-mentoring-load = A mentor guides { NUM("mentoring_load") } persons a year on average; { NUM("mentoring_heavy") } of mentors guide more than { NUM("mentoring_most") }.
delivery-mentoring-early = On average { NUM("mentoring_sessions") } sessions were held, and { NUM("mentoring_early") } of pairs ended before their planned sessions.
delivery-costs = **Costs.** All activities cost { NUM("delivery_amount") } million rupiah. These numbers compare what activities cost, not what they bring about.
delivery-costs-hour = **Costs.** All activities cost { NUM("delivery_amount") } million rupiah, or { NUM("delivery_cost_hour") } rupiah a participant-hour. These numbers compare what activities cost, not what they bring about.

# -- tables
delivery-tables-title = Reach

# -- technical
delivery-technical = **Equity.** Gini: { MATH("delivery-1") }. Theil: { MATH("delivery-2") }, with $s_g$ unit $g$'s share of all hours [@theil1967]. *Estimand in a plain sentence:* how unevenly the last year's hours are spread over all civil servants. Standardised difference: difference of means over the root of the mean variance [@austin2009].
