professionalism-label-qualification = Qualification (0-25)
professionalism-label-competence = Competence (0-40)
professionalism-label-performance = Performance (0-30)
professionalism-label-discipline = Discipline (0-5)
professionalism-label-index = IP ASN (0-100)
professionalism-label-index-rest = IP ASN without competence (0-60)
professionalism-arm-labels-training = First workshop or seminar
professionalism-arm-labels-mentoring = First mentoring
professionalism-arm-labels-course = First course outside the region
professionalism-captions-tbl-ip-asn-effects = Effects of first participation on civil servants' IP ASN
professionalism-captions-tbl-ip-asn-dimensions = Effects of first participation on the dimensions of IP ASN
professionalism-bands-very-high = Very high
professionalism-bands-moderate = Moderate
professionalism-bands-very-low = Very low
tbl-ip-asn = IP ASN by dimension
    .notes = Means of persons with all four dimensions scored. Coverage: share of the year's roster.
tbl-ip-asn-bands = IP ASN by category
    .notes = Categories after { $basis }; a score between two belongs to the higher one where above 60, 70, 80 or 90.
fig-ip-asn = IP ASN by dimension and year
    .alt = Stacked bars: means of the four dimensions by year.
professionalism-points-index-comparison-persons-never-on = In points of the index; comparison: about { $never } persons never on record with any activity. Standard errors by workplace. Persons count in the kind of activity they began with, or in several where they began with several.
professionalism-by-rule = Scores that hold the dimension of competence are not judged: it counts hours of training, so that training raises it by the rule of scoring.
professionalism-coverage = Coverage (%)
professionalism-points = IP ASN (points)
professionalism-band-share = { $band } (%)

# -- results
professionalism-title = Professionalism: IP ASN
professionalism-mean = In the last year the mean IP ASN was { NUM("ip_asn_mean") } of 100 ({ N("ip_asn_mean") } persons), and { NUM("ip_asn_rest_mean") } of 60 without its competence dimension. Since the first year it changed by { NUM("ip_asn_change", signed: "yes") } points, of which { NUM("ip_asn_change_competence", signed: "yes") } lie in the competence dimension. That dimension itself counts hours of training: whoever is trained gains its points by the rules of scoring, not by working better. So the score without competence is the measure here.
professionalism-mean-coverage = In the last year the mean IP ASN was { NUM("ip_asn_mean") } of 100 ({ N("ip_asn_mean") } persons; coverage { NUM("ip_asn_coverage") }), and { NUM("ip_asn_rest_mean") } of 60 without its competence dimension. Since the first year it changed by { NUM("ip_asn_change", signed: "yes") } points, of which { NUM("ip_asn_change_competence", signed: "yes") } lie in the competence dimension. That dimension itself counts hours of training: whoever is trained gains its points by the rules of scoring, not by working better. So the score without competence is the measure here.
professionalism-effects = @tbl-ip-asn-effects gives the effects of first participation, by difference-in-differences on persons.
professionalism-effects-dimensions = @tbl-ip-asn-effects gives the effects of first participation, by difference-in-differences on persons, and @tbl-ip-asn-dimensions those on each dimension.
professionalism-arm = Those who began with { $label }:
professionalism-rise = the score without competence rose by { NUM($effect) } points ({ CI($effect) }; { VERDICT_OF($effect, "verdict") }).
professionalism-rise-index = the score without competence rose by { NUM($effect) } points ({ CI($effect) }; { VERDICT_OF($effect, "verdict") }); the whole index differs by { NUM("ip_asn_index", $arm) } points, mostly by the rules of scoring.
professionalism-unwanted = the score without competence fell: { NUM($effect) } points ({ CI($effect) }).
professionalism-unwanted-index = the score without competence fell: { NUM($effect) } points ({ CI($effect) }); the whole index differs by { NUM("ip_asn_index", $arm) } points, mostly by the rules of scoring.
professionalism-not-credible = the design is not credible, and no effect is stated.
professionalism-not-credible-index = the design is not credible, and no effect is stated; the whole index differs by { NUM("ip_asn_index", $arm) } points, mostly by the rules of scoring.
professionalism-none = { VERDICT_OF($effect, "verdict") } in the score without competence: { NUM($effect) } points ({ CI($effect) }; smallest detectable { NUM($effect, "mde") }).
professionalism-none-index = { VERDICT_OF($effect, "verdict") } in the score without competence: { NUM($effect) } points ({ CI($effect) }; smallest detectable { NUM($effect, "mde") }); the whole index differs by { NUM("ip_asn_index", $arm) } points, mostly by the rules of scoring.
professionalism-not-assessable = an effect cannot be assessed, and none is stated.
professionalism-not-assessable-index = an effect cannot be assessed, and none is stated; the whole index differs by { NUM("ip_asn_index", $arm) } points, mostly by the rules of scoring.
professionalism-not-drawn = Nothing in the data says that who goes first was drawn by lot. Difference-in-differences removes lasting differences between persons, but not a reason that sends someone just as performance begins to rise. About { NUM("ip_asn_left_out", unit: "no") } persons who took part in the first year already cannot be judged.
professionalism-began-training = a workshop or seminar
professionalism-began-mentoring = mentoring
professionalism-began-course = a course outside the region

# -- tables
professionalism-tables-title = Dimensions of IP ASN

# -- technical
professionalism-technical = **IP ASN.** The sum of four dimensions: qualification (25), competence (40), performance (30), discipline (5) [@permenpanrb38-2018; @perbkn8-2019]. Without competence: the sum of the other three (at most 60). *Estimand in a plain sentence:* the mean change in the score of civil servants since they first took part in an activity, compared with never having taken part. The unit is the person, the cohort the year of first participation, the comparison persons never on record; standard errors are clustered by workplace.
