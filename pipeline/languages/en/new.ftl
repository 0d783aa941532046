# -- words of a new study, until somebody writes better ones (pipeline/start/new.py)
new-title = Evaluation of { $outcome }
new-programme = programme
new-institution = Office of …
new-unit = units
new-quarter = quarter
new-month = month
new-year = year
