# What is advised, by the rules of pipeline/chapters/advice.py: of the programme, of a single aim, and in the closing table.
advice-in-table = { $number }: { $advice }
advice-beside = None of its own
advice-extend = Continue; extend step by step
advice-observe = Continue under observation
advice-strengthen = Strengthen measurement first
advice-review = Review content and delivery
advice-halt = Review at once; put off extension
advice-compare = Build a comparison that can be trusted
advice-gather = Bring in more units or periods
advice-measure = Measure in the next edition
advice-hours = Put those below the hours first
advice-fear = Go on asking under protection

# -- the programme as a whole
advice-extend-programme = The programme merits continuation; taking in more participants should go step by step, so that its effect stays measurable.
advice-observe-programme = The programme merits continuation under observation; the doubts noted in @tbl-verdict should be answered in the next edition.
advice-strengthen-programme = There is not yet sufficient ground to extend the programme; measurement has to be strengthened first.
advice-review-programme = This result gives no ground to extend the programme; its content and delivery should be reviewed together with the measurement.
advice-halt-programme = The programme should be reviewed at once, and further intake put off until the cause of this result is clear.
advice-compare-programme = No decision on the programme can rest on this result; a better comparison is needed, for instance an order of entry drawn by lot.
advice-gather-programme = No decision on the programme can rest on this result; more { $unit } or more measured periods are needed before it can be assessed.
advice-select-programme = The programme merits continuation only where it is shown to work; for the other outcomes content and delivery should be reviewed (@tbl-verdict).
advice-newest = Before more are taken in, it should be found out why the newest cohort gained less than earlier ones had after the same time: { $labels }.
advice-topic-extend = what shows strong effects
advice-topic-observe = what needs watching
advice-topic-strengthen = weak findings
advice-topic-review = content and delivery
advice-topic-halt = what got worse
advice-topic-compare = better comparisons
advice-topic-gather = more units or periods
advice-topic-measure = what is not measured
advice-topic-lot = entry by lot
advice-topic-hours = hours of training
advice-topic-power = power
advice-topic-files = data files
advice-topic-survey = the staff survey
advice-topic-fear = the staff survey
advice-likewise = The same holds for these indicators: { $labels }.

# -- single aims
advice-extend-step = What serves these should be continued, and extended step by step as far as recommendation 1 lets: { $labels }.
advice-observe-step = What serves these should be continued under observation: { $labels }.
advice-strengthen-step = Measurement has to be strengthened before the programme is extended on the strength of these: { $labels }.
advice-review-step = Content and delivery of what is meant to serve these should be reviewed: { $labels }.
advice-halt-step = Why these got worse should be reviewed at once, and extension that touches them put off: { $labels }.
advice-compare-step = A comparison that can be trusted should be built for: { $labels }.
advice-gather-step = More { $unit } or periods should be brought in, so that these can be assessed: { $labels }.
advice-measure-step = These should be measured, for without that nothing can be said of them: { $labels }.
advice-to-office = *To:* the head of the programme{ $office-programme }. *By:* before the intake of { PERIOD($next) }. *Ground:* @tbl-aims. *Strength:* as its column of evidence says.
advice-to-team = *To:* the evaluation team{ $office-evaluation }. *By:* edition { $next-edition }. *Ground:* @tbl-aims. *Strength:* as its column of evidence says.
