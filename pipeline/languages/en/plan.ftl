plan-status-revision = Revision of the plan
plan-status-deviation = Deviation
tbl-plan = Revisions of and deviations from the plan
plan-kind = Kind
plan-choice = Choice
plan-planned = Planned
plan-became = Became
plan-date = Date
