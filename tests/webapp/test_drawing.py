"""A question drawn the quick way looks exactly as its macro draws it."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from markupsafe import Markup

from forms.builder import AnswerField, bind
from forms.fields.base import FieldBase
from forms.schema import FormSchema
from scripts.render_styleguide import environment
from tests.forms.kinds import CASES, CONTEXT
from webapp.drawing import CHOSEN, NAME, TEXT, TYPED, Drawings

TEXTS = ["", "x", "2026-03-17", "17/03/2026", '<b>&"quoted"', NAME, TEXT, f"{NAME}{TEXT}", "é\n\nü", ["a"], ["a", "b"]]


@pytest.fixture(scope="module")
def cells() -> dict[str, Callable[..., str]]:
    return environment().get_template("components/fields.html").module.CELLS  # type: ignore[attr-defined]


def kinds() -> Iterator[dict[str, Any]]:
    for kind, cases in CASES.items():
        if kind in TYPED | CHOSEN:
            for settings in (case.settings for case in cases):
                yield {"kind": kind, "key": "question", "label": "Pertanyaan", **settings}
                yield {"kind": kind, "key": "question", "label": "<i>", "help": "&", "required": False, **settings}


def question(settings: dict[str, Any], raw: Any, name: str = "question", kind: FieldBase | None = None) -> AnswerField:
    section = {"key": "s", "title": "S", "fields": [settings]}
    schema = FormSchema.model_validate({"key": "one", "title": "Satu", "sections": [section]})
    bound = bind(schema, raw={"question": raw}, context=CONTEXT)["question"]
    bound.name, bound.kind = name, kind or bound.kind
    return bound


@pytest.mark.parametrize("settings", list(kinds()), ids=lambda settings: settings["kind"])
def test_every_kind_looks_as_its_macro_draws_it(cells, settings: dict[str, Any]) -> None:
    cell, drawings = cells[settings["kind"]], Drawings(lambda: "id")
    kind = question(settings, "").kind
    typed = [raw for case in CASES[settings["kind"]] for raw, *_ in case.good if isinstance(raw, str | list)]
    for raw in [*typed, *TEXTS, *typed]:
        for strong in (True, False):
            for name in ("first", "rows-2-second"):
                bound = question(settings, raw, name, kind)
                for bound.required in (True, False):
                    assert drawings.draw(cell, bound, CONTEXT, strong) == cell(bound, CONTEXT, strong)


SHORT = {"kind": "short_text", "key": "question", "label": "Pertanyaan"}


def test_what_is_wrong_is_shown_at_the_question_and_forgotten(cells) -> None:
    drawings, cell = Drawings(lambda: "id"), cells["short_text"]
    bound = question(SHORT, "")
    before = drawings.draw(cell, bound, CONTEXT, True)
    bound.errors = ["Isian ini wajib diisi."]
    assert "Isian ini wajib diisi." in drawings.draw(cell, bound, CONTEXT, True)
    bound.errors = []
    assert drawings.draw(cell, bound, CONTEXT, True) == before


def test_options_withheld_are_a_state_of_their_own(cells) -> None:
    options = [{"value": "a", "label": "A", "show_when": "2 > 1"}, {"value": "b", "label": "B"}]
    drawings, cell = Drawings(lambda: "id"), cells["choice"]
    bound = question(SHORT | {"kind": "choice", "options": options}, "")
    for bound.withheld in (frozenset(), frozenset({"a"}), frozenset()):
        assert drawings.draw(cell, bound, CONTEXT, True) == cell(bound, CONTEXT, True)


def test_each_language_has_its_own_drawing() -> None:
    languages, said = iter(["id", "en", "id"]), iter(["Indonesian", "English"])
    drawings, bound = Drawings(lambda: next(languages)), question(SHORT, "")
    drawn = [drawings.draw(lambda *_: Markup(next(said)), bound, CONTEXT, True) for _ in range(3)]
    assert drawn == ["Indonesian", "English", "Indonesian"]


def test_a_macro_that_asks_for_more_than_the_state_fails_loudly() -> None:
    with pytest.raises(TypeError, match="knows no 'computed'"):
        Drawings(lambda: "id").draw(lambda field, *_: field.computed, question(SHORT, ""), CONTEXT, True)


def test_nobody_decides_by_long_answers_how_much_is_kept(cells) -> None:
    drawings, cell = Drawings(lambda: "id"), cells["date"]
    kind = question({"kind": "date", "key": "question", "label": "Hari"}, "").kind
    for number in range(50):
        raw = f"{number}" + "x" * 100_000
        bound = question({"kind": "date", "key": "question", "label": "Hari"}, raw, kind=kind)
        assert drawings.draw(cell, bound, CONTEXT, True) == cell(bound, CONTEXT, True)
    assert drawings.kept == 0


def test_what_is_kept_is_thrown_away_when_it_is_too_much(cells, monkeypatch) -> None:
    monkeypatch.setattr("webapp.drawing.MOST_CHARACTERS", 10_000)
    drawings, cell = Drawings(lambda: "id"), cells["date"]
    for number in range(100):
        bound = question({"kind": "date", "key": "question", "label": "Hari"}, f"{number}")
        drawings.draw(cell, bound, CONTEXT, True)
        assert drawings.kept <= 10_000


def test_a_text_that_looks_like_a_list_is_not_drawn_as_the_list(cells) -> None:
    drawings, cell = Drawings(lambda: "id"), cells["choices"]
    options = [{"value": "a", "label": "A"}, {"value": "b", "label": "B"}]
    settings = {"kind": "choices", "key": "question", "label": "Pilih", "options": options}
    kind = question(settings, []).kind
    for raw in (["a"], "['a']", "a", ["a"]):
        bound = question(settings, raw, kind=kind)
        assert drawings.draw(cell, bound, CONTEXT, True) == cell(bound, CONTEXT, True)
