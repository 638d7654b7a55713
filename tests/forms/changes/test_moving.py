"""A draft that goes on to a newer version: all that can stay stays, all that does not is named."""

from collections.abc import Iterator
from datetime import date
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms import answers
from forms.changes import moved_raw, no_longer_asked
from forms.context import AnswerContext
from forms.fields import Rows
from forms.schema import FormSchema
from tests.forms.changes.versions import OPTIONS, POINTS, STATEMENTS, form, versions

CONTEXT = AnswerContext(today=date(2026, 5, 4), colleagues={"7": "Budi Santoso", "8": "Citra Lestari"})


def pieces(schema: FormSchema, raw: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Every single thing that was typed, with the question it answers."""
    for field in schema.fields():
        yield from _pieces(field, raw.get(field.key), field.key)


def _pieces(field: Any, typed: Any, path: str) -> Iterator[tuple[str, str]]:
    if typed is None or not field.answered or field.is_blank(typed):
        return
    if isinstance(field, Rows):
        for row in typed:
            for column in field.columns:
                yield from _pieces(column, row.get(column.key), f"{path}.{column.key}")
    elif isinstance(typed, dict):
        yield from ((path, f"{part} {one}") for part, one in typed.items() if one)
    elif isinstance(typed, list):
        yield from ((path, one) for one in typed)
    else:
        yield path, " ".join(typed.split())


@given(versions(), versions(), st.integers(0, 5))
def test_whatever_was_typed_is_kept_or_named(old: FormSchema, new: FormSchema, seed: int) -> None:
    raw = answers.example(old, Random(seed), CONTEXT)
    moved, lost = moved_raw(old, new, raw)
    left = list(pieces(new, moved))
    for loss in lost:
        path = ".".join(part for part in loss.path.split(".") if not part.isdigit())
        left += _pieces(loss.field, loss.typed, path)
        assert loss.words("id", CONTEXT).strip()
        assert loss.where() is not None
    gone = [piece for piece in pieces(old, raw) if piece not in left]
    # An answer may be written in another way, as the same kind of question writes it: `a` as [`a`], {choice: a}.
    kept = [(path, typed.removeprefix("choice ")) for path, typed in left]
    assert [piece for piece in gone if (piece[0], piece[1].removeprefix("choice ")) not in kept] == []


@given(versions(), versions(), st.integers(0, 5))
def test_moving_twice_is_moving_once(old: FormSchema, new: FormSchema, seed: int) -> None:
    raw = answers.example(old, Random(seed), CONTEXT)
    moved, _ = moved_raw(old, new, raw)
    if any(field.kind == "declaration" for field in old.fields()) or "declaration" in str(old.definition()):
        moved_again, _ = moved_raw(new, new, moved)
    else:
        moved_again, _ = moved_raw(old, new, moved)
    assert moved_again == moved


@given(versions(), st.integers(0, 5))
def test_going_on_to_the_same_version_changes_nothing(schema: FormSchema, seed: int) -> None:
    raw = answers.example(schema, Random(seed), CONTEXT)
    assert moved_raw(schema, schema, raw) == (raw, ())


@given(versions(), versions(), st.dictionaries(st.sampled_from(["one", "two", "three", "four"]), st.text() | st.none()))
def test_any_draft_can_go_on(old: FormSchema, new: FormSchema, raw: dict[str, Any]) -> None:
    moved, lost = moved_raw(old, new, raw)
    typed = [text for key, text in raw.items() if old.field(key) and text and not old.field(key).is_blank(text)]  # type: ignore[union-attr]
    assert len(lost) + sum(1 for key, text in moved.items() if text and not text.isspace()) >= len(typed)
    no_longer_asked(old, new, moved, CONTEXT)


def field(kind: str, **settings: Any) -> dict[str, Any]:
    return {"kind": kind, "key": "one", "label": "Satu", **settings}


@pytest.mark.parametrize(
    ("old", "new", "typed", "moved", "lost"),
    [
        (field("short_text"), field("long_text"), "Buku", "Buku", []),
        (field("long_text"), field("short_text"), "Dua\nbaris", "Dua baris", []),
        (field("number"), field("short_text"), "12,5", "12,5", []),
        (field("short_text"), field("number"), "12", None, ["Satu: 12 – jenis isian ini berubah"]),
        (field("choice", options=OPTIONS), field("choices", options=OPTIONS), "a", ["a"], []),
        (
            field("choice", options=OPTIONS),
            field("choice", options=OPTIONS[1:]),
            "a",
            None,
            ["Satu: Pilihan a – pilihan ini tidak lagi tersedia"],
        ),
        (
            field("choices", options=OPTIONS),
            field("choices", options=OPTIONS[1:]),
            ["a", "b"],
            ["b"],
            ["Satu: Pilihan a – pilihan ini tidak lagi tersedia"],
        ),
        (
            field("matrix", statements=STATEMENTS, points=POINTS),
            field("matrix", statements=STATEMENTS[1:], points=POINTS[1:]),
            {"x": "b", "y": "a", "z": "b"},
            {"z": "b"},
            [
                "Satu: Butir x: Titik b – pernyataan ini tidak lagi ditanyakan",
                "Satu: Butir y: Titik a – pilihan ini tidak lagi tersedia",
            ],
        ),
        (
            field("ranking", options=OPTIONS),
            field("ranking", options=OPTIONS[1:]),
            {"a": "2", "b": "1", "c": "", "d": ""},
            {"b": "1", "c": "", "d": ""},
            ["Satu: Pilihan a: 2 – pilihan ini tidak lagi tersedia"],
        ),
        (
            field("declaration", label="Saya jujur"),
            field("declaration", label="Saya selalu jujur"),
            "yes",
            None,
            ["Saya jujur: Disetujui – pernyataan ini berubah sehingga perlu disetujui lagi"],
        ),
        (
            field("declaration", label="Saya jujur"),
            field("declaration", label={"id": "Saya jujur", "en": "I am honest"}),
            "yes",
            "yes",
            [],
        ),
        (
            field("colleague"),
            field("colleague", disabled=True),
            "7",
            None,
            ["Satu: Budi Santoso – isian ini tidak lagi ditanyakan"],
        ),
        (
            field("short_text"),
            field("short_text", read_only=True, default='"x"'),
            "Buku",
            None,
            ["Satu: Buku – isian ini kini ditentukan oleh formulir"],
        ),
    ],
)
def test_one_answer_goes_on(old: Any, new: Any, typed: Any, moved: Any, lost: list[str]) -> None:
    kept, losses = moved_raw(form(old), form(new), {"one": typed})
    assert kept.get("one") == moved
    assert [f"{loss.where()}: {loss.words('id', CONTEXT)} – {loss.reason}" for loss in losses] == lost


def test_a_lost_column_names_each_row_it_was_filled_in() -> None:
    text, number = field("short_text"), {"kind": "number", "key": "two", "label": "Target"}
    old, new = (
        form({"kind": "rows", "key": "results", "label": "Hasil", "columns": columns})
        for columns in ([text, number], [text])
    )
    rows = [{"_id": "r1", "one": "A", "two": "5"}, {"_id": "r2", "one": "B"}, {"_id": "r3", "one": "C", "two": "7"}]
    moved, lost = moved_raw(old, new, {"results": rows})
    assert moved == {"results": [{"_id": "r1", "one": "A"}, {"_id": "r2", "one": "B"}, {"_id": "r3", "one": "C"}]}
    assert [(loss.path, loss.where().say(), loss.words("id", CONTEXT)) for loss in lost] == [
        ("results.0.two", "Target (Hasil, baris 1)", "5"),
        ("results.2.two", "Target (Hasil, baris 3)", "7"),
    ]


def test_a_row_that_is_no_longer_given_is_named_cell_by_cell() -> None:
    rows = {"kind": "rows", "key": "results", "label": "Hasil", "columns": [field("short_text")]}
    fixed = [{"key": key, "label": key.upper()} for key in ("a", "b")]
    old, new = form(rows | {"fixed": fixed}), form(rows | {"fixed": fixed[:1]})
    moved, lost = moved_raw(old, new, {"results": [{"_id": "a", "one": "x"}, {"_id": "b", "one": "y"}]})
    assert moved == {"results": [{"_id": "a", "one": "x"}]}
    assert [(loss.where().say(), loss.typed) for loss in lost] == [("Satu (Hasil, baris 2)", "y")]


def test_an_answer_that_the_new_conditions_hide_is_named_and_stays_in_the_draft() -> None:
    asks = {"kind": "yes_no", "key": "asks", "label": "Perlu?"}
    old, new = form(asks, field("short_text")), form(asks, field("short_text", show_when="asks"))
    raw = {"asks": "no", "one": "Buku"}
    moved, lost = moved_raw(old, new, raw)
    assert (moved, lost) == (raw, ())
    assert [(loss.path, loss.words("id", CONTEXT)) for loss in no_longer_asked(old, new, moved, CONTEXT)] == [
        ("one", "Buku")
    ]
    assert no_longer_asked(old, new, {"asks": "yes", "one": "Buku"}, CONTEXT) == ()
