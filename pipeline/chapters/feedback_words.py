"""Wordings of the exhibits of feedback."""

from __future__ import annotations

from pipeline.chapters.words import Words, words

TRAITS: dict[str, Words] = {
    "sex": words("Jenis kelamin", "Sex"),
    "rank_group": words("Golongan", "Rank"),
    "mode": words("Moda", "Mode"),
    "active": words("Unit ikut program", "Unit takes part"),
}
VALUES: dict[str, Words] = {
    "sex_M": words("laki-laki", "male"),
    "sex_F": words("perempuan", "female"),
    "mode_paper": words("kertas", "paper"),
    "mode_web": words("daring", "web"),
    "mode_phone": words("telepon", "telephone"),
    "active_yes": words("unit ikut program", "unit takes part"),
    "active_no": words("unit belum atau tidak ikut", "unit not or not yet"),
}
ESTIMATES: dict[str, Words] = {
    "answered": words("Yang menjawab", "Those who answered"),
    "raked": words("Ditimbang (raking)", "Weighted (raking)"),
    "inverse": words("Ditimbang (kebalikan peluang)", "Weighted (inverse chance)"),
    "worst": words("Batas terburuk, tanpa model", "Worst-case bounds, no model"),
    "monotone": words("Batas bila yang diam tidak lebih tinggi", "Bounds if the silent are no higher"),
}
ADVICE: dict[str, Words] = {
    "answers": words("Jawaban yang diperlukan", "Answers needed"),
    "invite": words(
        "Undangan yang cukup, dengan tingkat jawaban sekarang", "Invitations enough at the present response"
    ),
    "invite_all": words(
        "Undang semua, dan naikkan tingkat jawaban: sekarang tidak mencukupi",
        "Invite all and raise response: at present it is not enough",
    ),
    "remind": words(
        "Ingatkan lebih dahulu kelompok yang paling kurang terwakili", "Remind first the group least represented"
    ),
    "mode_clear": words("Dahulukan moda dengan jawaban tertinggi", "Prefer the mode with the highest response"),
    "mode_open": words("Moda tertinggi, tetapi bedanya belum pasti", "Highest mode, but the difference is not certain"),
    "last_contact": words("Jawaban yang dibawa kontak terakhir", "Response that the last contact brought"),
}
