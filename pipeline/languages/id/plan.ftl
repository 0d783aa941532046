plan-status-revision = Revisi rencana
plan-status-deviation = Penyimpangan
tbl-plan = Revisi dan penyimpangan dari rencana pra-analisis
plan-kind = Jenis
plan-choice = Pilihan
plan-planned = Rencana
plan-became = Menjadi
plan-date = Tanggal
