# What changed since the last edition.
since-title = Since the last edition
since-first = There is no edition before this one of which a record is kept, so that nothing can be compared.
since-blind = In this report participation was dealt out anew; it is not compared with an edition.
since-unreadable = The record of edition { TEXT("since_edition") } was written by another version of this project and cannot be read; where that edition is published again, this chapter compares with it.
since-opening = This edition is held against the record that was kept when edition { TEXT("since_edition") } was published: data, settings, methods, software, and each headline number with its verdict.

# -- effects
since-limit = Limiting reason
since-then = Edition { $edition }
since-now = Edition { $edition }
tbl-since-verdicts = Verdicts then and now
    .notes = The limiting reason is the rule that keeps a verdict from being better; where none does, the rule that it rests on.
tbl-since-effects = Effects then and now, with confidence intervals
    .notes = Each as it was published in its edition.
since-verdicts = { COUNT("since_verdicts_moved_n") ->
    [0] No verdict is another than in the last edition
    [1] One verdict is another than in the last edition
   *[other] { NUM("since_verdicts_moved_n", unit: "no") } verdicts are others than in the last edition
    }, among { NUM("since_effects_n", unit: "no") } that can be compared (@tbl-since-verdicts); @tbl-since-effects has the numbers.

# -- data
since-new = new
since-revised = revised
since-gone = gone
since-read-otherwise = same bytes, read otherwise
since-unread = same bytes, no longer read
since-file = File
since-change = Change
tbl-since-data = Raw files that differ, with their rows
    .notes = A file is revised where its bytes are others than those that the last edition read. Rows are those of the account of rows.
since-data = Raw files: { NUM("since_new_n", unit: "no") } new, { NUM("since_revised_n", unit: "no") } revised, { NUM("since_gone_n", unit: "no") } gone, { NUM("since_read_otherwise_n", unit: "no") } read otherwise, { NUM("since_unread_n", unit: "no") } no longer read, { NUM("since_same_n", unit: "no") } as they were.

# -- settings, methods, software
since-settings-key = Setting
since-methods-key = Name
since-part = Part
since-part-estimators = Estimator
since-part-rules = Rule of the verdict
since-part-topics = Topic
since-part-software = Software
tbl-since-settings = Settings that differ
tbl-since-methods = Methods and software that differ
since-settings-some = { NUM("since_settings_n", unit: "no") } settings of the study differ (@tbl-since-settings).
since-settings-none = No setting of the study differs.
since-methods-some = Methods and software differ in { NUM("since_methods_n", unit: "no") } parts (@tbl-since-methods).
since-methods-none = The same estimators, rules of the verdict, topics and versions of the software were used.
since-code-same = The code of the project (a study's own notebooks and chapters are none of it) is the same to the byte.
since-code-other = The code of the project is another; its changelog says what changed, and which headline numbers of the demonstrations that moved.

# -- where the differences come from
since-split-none = Which part of a difference comes from data, choices or code was not computed for this record of the last edition.
since-lost-absent = the bytes that the earlier edition read are not at hand, neither here nor in the history of version control
since-lost-error = it cannot be analysed so by the code of today

# -- recommendations
since-edition = Edition
since-recommendation = Recommendation
since-state = State
since-remark = Remark
since-state-done = carried out
since-state-under-way = under way
since-state-open = open
since-state-dropped = dropped
tbl-since-recommendations = Recommendations of earlier editions and what became of them
since-recommendations-told = Of { NUM("since_recommendations_n", unit: "no") } recommendations of earlier editions that the study states, { NUM("since_undone_n", unit: "no") } are not carried out yet (@tbl-since-recommendations).
since-recommendations-none = The study does not state what became of the recommendations of earlier editions.
auxiliary-since = What changed since the last edition
    .needs = the record of the last edition
