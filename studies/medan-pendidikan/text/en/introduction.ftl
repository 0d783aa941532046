# original: e2090120
introduction-list = introduction-background-title introduction-background introduction-claims introduction-law-title introduction-law introduction-questions-title introduction-reach-step introduction-achievement-step introduction-teaching-step introduction-aims-step introduction-answers-step introduction-strength-step introduction-scope-title introduction-scope
# original: 96134b76
introduction-background = The city of Medan runs a career-development programme for its civil servants (ASN): formal training (workshops, seminars, courses outside the region) and mentoring by senior for junior staff. It is meant to raise competence in serving the public, motivation and commitment, and through them professionalism and the quality of public service. The education case study claims that trained teachers took up more innovative methods, that pupils became more interested and active, and that achievement rose in participating schools.
introduction-claims = Claims of this kind usually rest on a comparison of before and after in participating schools alone. Such a comparison cannot tell what the programme brought about from what changed in all schools: curriculum, tests, and the recovery of learning after the pandemic. This report puts the claims to the test by comparing the change in participating schools with the change in schools that never took part.
introduction-law-title = Legal basis
introduction-law = The development of civil servants' competence is governed by the Civil Service Law [@uu20-2023] and the Government Regulation on the management of civil servants, as changed since [@pp11-2017; @pp17-2020], which ask for at least 20 hours of development (JP) a year for each permanent civil servant. Professionalism is measured after regulations of the ministry and of the Civil Service Agency [@permenpanrb38-2018; @perbkn8-2019], public satisfaction after a ministerial regulation [@permenpanrb14-2017]. The law on regional government [@uu23-2014] divides education: the city runs primary (SD) and lower secondary schools (SMP), the province upper secondary ones. Personal data are protected by law [@uu27-2022].
introduction-reach-step = Whom did training and mentoring reach?
introduction-achievement-step = How large is the programme's effect on pupils' literacy and numeracy in participating schools, and how does it grow?
introduction-teaching-step = Did teaching methods and pupils' activity change, as the theory of change supposes?
introduction-aims-step = Did motivation, professionalism and public satisfaction change, and where does the design allow no causal claim?
introduction-answers-step = Who answers the survey, who stays silent, and what do people not dare to say?
introduction-strength-step = How strong is the evidence for each answer, and which aims cannot be assessed yet?
# original: 3294e053
introduction-scope = The evaluation covers { NUM("n_units", unit: "no") } public SD and SMP in { NUM("n_clusters", unit: "no") } kecamatan, school years { PERIOD("first_period") } to { PERIOD("last_period") }. Private schools are left out because civil servant teachers mostly work in public ones, upper secondary schools because they are not the city's. The aims beyond education are read from the index of professionalism (IP ASN), an anonymous survey of civil servants and the public satisfaction survey (SKM); @tbl-aims closes aim by aim.

# -- the programme
# original: 9e707df1
background-opening-list = background-parts-title background-parts
# original: e91c268e
background-theory-list = background-links
# original: 23291a35
background-closing-list = background-size-title background-size
# original: 897e8305
background-title = The Programme and its Theory of Change
background-parts-title = The programme
background-parts = The programme has two parts. In formal training (workshops, seminars, courses outside the region) civil servants acquire knowledge and methods; in mentoring a senior accompanies a junior at work. Participation is decided by school and school year, by decree; civil servant teachers of participating schools take part in activities that the training register records with their kind, dates and hours.
# original: 36013940
background-participation = Schools enter in cohorts, and weaker schools come first. Of the { NUM("n_units", unit: "no") } schools in the panel, { NUM("n_treated", unit: "no") } ({ NUM("share_treated") }) took part and { NUM("n_never", unit: "no") } never did up to this edition. @tbl-cohorts gives their number by school year of entry.
# original: 632c2325
background-theory = @fig-theory shows what the programme is meant to move, and by which way. Training and mentoring are to add competence and motivation; these are to change how people work (professionalism, teaching methods), and that is to show in the quality of service and in pupils' activity and achievement. By Kirkpatrick's levels [@kirkpatrick2006], the chain runs from learning to behaviour and results.
background-links = Each link is measured by its own indicator and judged on its own (@tbl-indicators). Aims without an indicator in this edition are drawn with a broken line; nothing is said of them.
background-size-title = What size of effect to expect
background-size = As a yardstick, reviews of many studies in low- and middle-income countries find a median effect of about a tenth of a standard deviation on learning [@evansyuan2022; @mcewan2015]; coaching in class tends to do more than central training [@cilliers2020]. An estimate several times as large would call for doubt first. Effects on behaviour in class are usually larger than effects on achievement, since they lie closer to the training.
