# -- words of a new study, until somebody writes better ones (pipeline/start/new.py)
new-title = Evaluasi { $outcome }
new-programme = program
new-institution = Kantor …
new-unit = unit
new-quarter = triwulan
new-month = bulan
new-year = tahun
