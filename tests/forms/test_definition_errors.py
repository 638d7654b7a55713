"""Mistakes in a definition are said in our words: none of pydantic's sentences reaches a person."""

from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Literal, get_args

import pytest
from pydantic import BaseModel, ConfigDict, Field, StringConstraints, TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from forms.exchange.definition_errors import _PATTERNS, sentence, sentences
from forms.fields import Field as AnyField
from forms.schema import FormSchema
from models.cycle_design import CycleDesign


class Sample(BaseModel):
    model_config = ConfigDict(extra="forbid")

    name: str


def mistake(kind: Any, value: Any) -> ErrorDetails:
    with pytest.raises(ValidationError) as wrong:
        TypeAdapter(kind).validate_python(value)
    return wrong.value.errors()[0]


@pytest.mark.parametrize(
    ("kind", "value", "said"),
    [
        (Sample, {}, "Bagian ini harus ada."),
        (Sample, {"name": "a", "more": 1}, "Bagian ini tidak dikenal."),
        (Sample, [1], "Tuliskan bagian-bagiannya sebagai nama: nilai."),
        (str, 5, "Tuliskan teks; beri tanda kutip bila berupa angka, ya, atau tidak."),
        (Annotated[str, Field(max_length=3)], "abcd", "Tulis paling banyak 3 karakter."),
        (Annotated[str, Field(min_length=3)], "a", "Tulis sedikitnya 3 karakter."),
        (Annotated[str, StringConstraints(pattern="^x$")], "a", "Tulisan ini tidak mengikuti pola ^x$."),
        (Literal["once", "log"], "twice", "Pilih salah satu: once, log."),
        (int, "many", "Tuliskan bilangan bulat."),
        (int, 1.5, "Tuliskan bilangan bulat."),
        (Decimal, "18,75", "Tuliskan angka dengan titik sebelum desimal, contoh 18.75."),
        (bool, "perhaps", "Tuliskan true atau false."),
        (list[int], "x", "Tuliskan sebuah daftar."),
        (Annotated[list[int], Field(min_length=2)], [1], "Tuliskan sedikitnya 2."),
        (Annotated[list[int], Field(max_length=1)], [1, 2], "Tuliskan paling banyak 1."),
        (dict[str, int], [1], "Tuliskan bagian-bagiannya sebagai nama: nilai."),
        (Annotated[int, Field(ge=2)], 1, "Tuliskan angka paling kecil 2."),
        (Annotated[int, Field(le=20)], 21, "Tuliskan angka paling besar 20."),
        (Annotated[Decimal, Field(gt=Decimal("0.5"))], 0, "Tuliskan angka yang lebih besar daripada 0,5."),
        (Annotated[int, Field(lt=5)], 5, "Tuliskan angka yang lebih kecil daripada 5."),
        (date, "30 Januari", "Tuliskan tanggal sebagai tahun-bulan-hari, contoh 2026-01-30."),
    ],
)
def test_each_mistake_has_a_sentence(kind: Any, value: Any, said: str) -> None:
    assert str(sentence(mistake(kind, value))) == said


def test_a_mistake_without_a_sentence_is_named_by_its_code_and_not_in_english() -> None:
    assert str(sentence(mistake(bytes, 5))) == "Nilai ini tidak sesuai (bytes_type)."


def test_every_pattern_of_the_languages_has_its_own_sentence() -> None:
    """A pattern that is added to forms or cycle designs wants a sentence that says what to write."""
    found: set[str] = set()

    def walk(part: Any) -> None:
        if isinstance(part, dict):
            if isinstance(part.get("pattern"), str):
                found.add(part["pattern"])
            for one in part.values():
                walk(one)
        elif isinstance(part, list):
            for one in part:
                walk(one)

    for kind in (FormSchema, CycleDesign, *get_args(get_args(AnyField)[0])):
        walk(TypeAdapter(kind).json_schema(mode="validation"))
    # Numbers may be given as text; their pattern is pydantic's, and its mistake is that of a number.
    ours = {one for one in found if "[+-]?" not in one and "(?!" not in one}
    assert len(ours) > 4
    assert ours <= set(_PATTERNS)


def test_the_mistakes_of_a_cycle_are_said_by_place() -> None:
    stage = {
        "key": "a",
        "title": "A",
        "mode": "twice",
        "respondents": "self",
        "window": {"opens": "x", "closes": "end+0"},
    }
    with pytest.raises(ValidationError) as wrong:
        CycleDesign.model_validate({"key": "a", "title": "A", "stages": [stage], "owner": "x"})
    said = {path: str(message) for path, message in sentences(wrong.value).items()}
    assert said == {
        "stages.0.mode": "Pilih salah satu: once, log, ballot, survey, score, award, certificates.",
        "stages.0.window.opens": "Tuliskan hari terhadap awal atau akhir periode, contoh start+0 atau end-15.",
        "owner": "Bagian ini tidak dikenal.",
    }


def test_two_stages_with_one_key_are_refused_in_words() -> None:
    stage = {"key": "a", "title": "A", "mode": "once", "respondents": "self", "form": "f"}
    stage["window"] = {"opens": "start+0", "closes": "end+0"}  # type: ignore[assignment]
    with pytest.raises(ValidationError) as wrong:
        CycleDesign.model_validate({"key": "a", "title": "A", "stages": [stage, stage]})
    assert [str(one) for one in sentences(wrong.value).values()] == [
        "Dua tahap memakai kunci yang sama. Gunakan kunci yang berbeda."
    ]
