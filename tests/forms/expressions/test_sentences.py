"""Expressions read out in Indonesian and English."""

import pytest

from forms.expressions import check
from forms.expressions.functions import NAMES
from forms.expressions.phrases import PHRASES
from forms.text import Text
from tests.forms.expressions.staff import FORM

LABELS: dict[str, Text | str] = {
    "status": Text(id="Status", en="Status"),
    "status.contract": Text(id="Kontrak", en="Contract"),
    "target": Text(id="Target", en="Target"),
    "agreed": Text(id="Setuju", en="Agreed"),
    "born": "Lahir",
    "results": Text(id="Hasil kerja", en="Results"),
    "results.weight": Text(id="Bobot", en="Weight"),
    "results.kind": Text(id="Jenis", en="Kind"),
    "results.kind.main": Text(id="Utama", en="Main"),
    "strengths": Text(id="Kekuatan", en="Strengths"),
    "strengths.honest": Text(id="Jujur", en="Honest"),
}
READ_OUT = [
    (
        'status == "contract" and target > 5',
        "“Status” adalah “Kontrak” dan “Target” lebih dari 5",
        "“Status” is “Contract” and “Target” is more than 5",
    ),
    (
        "sum(results.weight) == 100",
        "Jumlah “Bobot” sama dengan 100",
        "The sum of “Weight” equals 100",
    ),
    (
        'sum(r.weight for r in results if r.kind == "main") >= 50.5',
        "Jumlah “Bobot” pada setiap baris “Hasil kerja” (yang “Jenis” adalah “Utama”) paling sedikit 50,5",
        "The sum of “Weight” in every row of “Results” (those where “Kind” is “Main”) is at least 50.5",
    ),
    (
        'status in ("pns", "contract") or not given(form.target)',
        "“Status” salah satu dari “pns”, “Kontrak” atau “Target” belum diisi",
        "“Status” is one of “pns”, “Contract” or “Target” is not answered",
    ),
    (
        'born < date("2000-01-31") and (agreed or 5 < target)',
        "“Lahir” sebelum 31 Januari 2000 dan (“Setuju” dijawab ya atau “Target” lebih dari 5)",
        "“Lahir” is before 31 January 2000 and (“Agreed” is answered yes or “Target” is more than 5)",
    ),
    ('"honest" in strengths', "“Kekuatan” memuat “Jujur”", "“Strengths” includes “Honest”"),
    ("agreed == False", "“Setuju” dijawab tidak", "“Agreed” is answered no"),
    ("(target + 1) * 2 > 0", "(“Target” + 1) × 2 lebih dari 0", "(“Target” + 1) × 2 is more than 0"),
    (
        "any(r.weight > 50 for r in results)",
        "Sedikitnya satu baris “Hasil kerja” memenuhi: “Bobot” lebih dari 50",
        "At least one row of “Results” meets: “Weight” is more than 50",
    ),
    (
        "years(born, today()) >= 18",
        "Banyaknya tahun dari “Lahir” sampai hari ini paling sedikit 18",
        "The number of years from “Lahir” to today is at least 18",
    ),
    (
        'position(strengths, "honest") == 1',
        "Peringkat “Jujur” dalam “Kekuatan” sama dengan 1",
        "The rank of “Honest” in “Strengths” equals 1",
    ),
    (
        '"a" if target < 5 else "b"',
        "“a” jika “Target” kurang dari 5, selain itu “b”",
        "“a” if “Target” is less than 5, otherwise “b”",
    ),
    ("count(r for r in results)", "Banyaknya “Hasil kerja”", "The number of “Results”"),
    ("True", "Selalu", "Always"),
    ("result", "“result”", "“result”"),
]


@pytest.mark.parametrize(("source", "indonesian", "english"), READ_OUT, ids=[source for source, _, _ in READ_OUT])
def test_expressions_read_like_sentences(source: str, indonesian: str, english: str) -> None:
    expression = check(source, FORM)

    assert expression.sentence(LABELS) == indonesian
    assert expression.sentence(LABELS, "en") == english


def test_both_languages_have_all_phrases_and_every_function_one() -> None:
    assert PHRASES["id"].keys() == PHRASES["en"].keys()
    assert set(NAMES) <= PHRASES["id"].keys()
