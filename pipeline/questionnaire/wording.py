"""Fixed wordings of the questionnaire that are no study's own: instructions of the protected designs, yes and no."""

from __future__ import annotations

from pipeline.study.parts import Text
from pipeline.study.survey import Format, Sensitive


def text(id: str, en: str) -> Text:
    """A wording in both languages."""
    return Text(id=id, en=en)


YES, NO = text("Ya", "Yes"), text("Tidak", "No")
BATCH = text("Kelompok (tertulis pada undangan)", "Batch (printed on the invitation)")
MODE = text("Cara mengisi", "How you answer")
CONTACT = text("Undangan ke berapa yang Anda jawab?", "Which invitation are you answering?")
LETTER = text("Huruf pada kartu Anda", "Letter on your card")
MODES = {"paper": text("Kertas", "Paper"), "web": text("Daring", "Web"), "phone": text("Telepon", "Telephone")}
AGREE = text("Seberapa setuju Anda dengan pernyataan berikut?", "How far do you agree with these statements?")
NO_NAMES = text(
    "Jangan menulis nama orang, nama unit, atau nomor apa pun.",
    "Do not write names of persons or units, or any number.",
)
ALL_TRUE = text("Berapa dari pernyataan ini yang benar bagi Anda? Tulis jumlahnya saja.",
                "How many of these statements are true for you? Write only how many.")  # fmt: skip


def _throws(first: int, last: int) -> str:
    """A run of a die's numbers: "1-5", or "6" alone."""
    return str(first) if first == last else f"{first}-{last}"


def instruction(design: Format, bank: Sensitive) -> Text:
    """What the respondent reads under a design, its statements included."""
    statement = bank.statement
    lists = bank.list_items if design == "list_control" else [*bank.list_items, statement]
    if design == "direct":
        return text(f"{statement['id']} Benarkah ini bagi Anda?", f"{statement['en']} Is this true for you?")
    if design in ("list_control", "list_treatment"):
        return text(
            ALL_TRUE["id"] + " " + " ".join(f"({k}) {item['id']}" for k, item in enumerate(lists, 1)),
            ALL_TRUE["en"] + " " + " ".join(f"({k}) {item['en']}" for k, item in enumerate(lists, 1)),
        )
    if design == "forced":
        yes, no = round(6 * bank.forced_yes), round(6 * bank.forced_no)
        first, last = _throws(1, yes), _throws(7 - no, 6)
        return text(
            f"Lempar dadu; jangan tunjukkan hasilnya. Bila keluar {first}, jawab Ya apa pun kenyataannya. Bila keluar {last}"
            f", jawab Tidak. Selain itu, jawab sebenarnya: {statement['id']}",
            f"Throw a die and show it to nobody. On {first}, answer Yes whatever is true. On {last}, answer No. Otherwise "
            f"answer truly: {statement['en']}",
        )
    if design == "warner":
        most = round(6 * bank.warner)
        first, last = _throws(1, most), _throws(most + 1, 6)
        return text(
            f"Lempar dadu; jangan tunjukkan hasilnya. Bila keluar {first}, jawab apakah kalimat ini benar bagi Anda; bila "
            f"keluar {last}, jawab apakah kalimat ini tidak benar bagi Anda: {statement['id']}",
            f"Throw a die and show it to nobody. On {first}, answer whether this is true for you; on {last}, answer "
            f"whether it is not true for you: {statement['en']}",
        )
    return text(
        f"Dua kalimat: (1) {bank.innocuous['id']} (2) {statement['id']} Jawab Ya bila keduanya benar atau keduanya tidak "
        "benar bagi Anda; jawab Tidak bila hanya satu yang benar. Jangan katakan yang mana.",
        f"Two statements: (1) {bank.innocuous['en']} (2) {statement['en']} Answer Yes if both are true or neither is true "
        "for you; answer No if just one is true. Do not say which.",
    )
