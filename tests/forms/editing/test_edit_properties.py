"""What holds for any sequence of edits of any form."""

from collections.abc import Callable
from contextlib import suppress
from copy import deepcopy
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from forms import editing
from forms.editing import Definition, Edit, Place
from forms.editing.places import inside, parts
from forms.editing.texts import texts
from forms.errors import Invalid
from forms.fields import KINDS
from forms.fields.choice import Option
from forms.schema import FormSchema
from tests.forms.strategies import schemas

Make = Callable[[Definition, Place, Place, int, str], Edit]

EDITS: dict[str, Make] = {
    "add": lambda d, p, q, n, t: editing.add_field(d, sorted(KINDS)[n % len(KINDS)], q, index=n % 4),
    "add section": lambda d, p, q, n, t: editing.add_section(d, t, index=n % 3),
    "up": lambda d, p, q, n, t: editing.shift(d, p, -1),
    "down": lambda d, p, q, n, t: editing.shift(d, p, 1),
    "move": lambda d, p, q, n, t: editing.move(d, p, q, n % 5),
    "duplicate": lambda d, p, q, n, t: editing.duplicate(d, p),
    "remove": lambda d, p, q, n, t: editing.remove(d, p),
    "disable": lambda d, p, q, n, t: editing.disable(d, p, n % 2 == 0),
    "kind": lambda d, p, q, n, t: editing.change_kind(d, p, sorted(KINDS)[n % len(KINDS)]),
    "label": lambda d, p, q, n, t: editing.set_part(d, p, {"label": t, "title": t}),
    "words": lambda d, p, q, n, t: editing.set_part(d, p, {"label" if len(p.keys) > 1 else "title": t}),
    "condition": lambda d, p, q, n, t: editing.set_part(d, p, {"show_when": t}),
    "rename": lambda d, p, q, n, t: editing.rename_part(d, p, t),
    "lines": lambda d, p, q, n, t: editing.set_lines(d, p, "options", Option, t),
    "form": lambda d, p, q, n, t: editing.set_form(d, {"title": t, "layout": "pages"}),
    "translate": lambda d, p, q, n, t: editing.set_texts(d, {list(texts(d))[n % len(texts(d))]: {"en": t}}),
}

words = st.text(st.characters(exclude_categories=["Cs"]), max_size=12) | st.sampled_from(
    ["weight", "a", "s0", "given(a)", "a > 3", "Ya\nTidak", "x = y\nz"]
)
steps = st.lists(st.tuples(st.sampled_from(sorted(EDITS)), st.integers(0, 10**6), words), max_size=12)


def places(definition: Definition) -> list[Place]:
    return [Place(), *(place for place, _ in parts(definition))]


def apply(definition: Definition, step: tuple[str, int, str]) -> Edit | None:
    """The edit of a step, None when it was refused in words."""
    name, number, text = step
    found = places(definition)
    place, other = found[number % len(found)], found[(number // 7) % len(found)]
    with suppress(Invalid):
        return EDITS[name](definition, place, other, number, text)
    return None


@given(schemas(), steps)
def test_any_sequence_of_edits_gives_forms_that_can_be_read(schema: FormSchema, given_steps: Any) -> None:
    definition = editing.tidy(schema.definition())
    for step in given_steps:
        before = deepcopy(definition)
        edit = apply(definition, step)
        assert definition == before, "an edit changed what it was given"
        if edit is not None:
            assert FormSchema.model_validate(edit.definition).definition() == edit.definition
            assert str(edit.summary)
            editing.find(edit.definition, edit.place)
            definition = edit.definition


@given(schemas(), st.integers(0, 10**6))
def test_down_and_up_again_changes_nothing(schema: FormSchema, number: int) -> None:
    definition = editing.tidy(schema.definition())
    edit = apply(definition, ("down", number, ""))
    if edit is not None:
        assert editing.shift(edit.definition, edit.place, -1).definition == definition


@given(schemas(), st.integers(0, 10**6))
def test_a_new_name_and_the_old_one_again_changes_nothing(schema: FormSchema, number: int) -> None:
    definition = editing.tidy(schema.definition())
    found = places(definition)[1:]
    place = found[number % len(found)]
    renamed = editing.rename_part(definition, place, "quite_another_key")
    assert editing.rename_part(renamed.definition, renamed.place, place.key).definition == definition
    assert FormSchema.model_validate(renamed.definition).problems() == []


@given(schemas(), st.integers(0, 10**6))
def test_a_copy_may_be_published_and_taken_away_again(schema: FormSchema, number: int) -> None:
    definition = editing.tidy(schema.definition())
    found = places(definition)[1:]
    twin = editing.duplicate(definition, found[number % len(found)])
    assert FormSchema.model_validate(twin.definition).problems() == []
    assert editing.remove(twin.definition, twin.place).definition == definition


@given(schemas(), words)
def test_other_words_leave_every_translation_marked(schema: FormSchema, text: str) -> None:
    definition = editing.tidy(schema.definition())
    for place, part in parts(definition):
        name = "label" if "kind" in part else "title"
        edit = None
        if text.strip() and part[name].get("en"):
            try:
                edit = editing.set_part(definition, place, {name: text}, settled=[place.key])
            except Invalid:
                continue
        if edit is not None:
            after = editing.find(edit.definition, place)[name]
            assert after["en"] == part[name]["en"]
            assert (after.get("stale") == ["en"]) == (after["id"] != part[name]["id"])


@given(schemas())
def test_lists_of_choices_survive_being_lines(schema: FormSchema) -> None:
    for _, part in parts(editing.tidy(schema.definition())):
        if "options" in part and not inside(part):
            text = editing.to_lines(Option, part["options"])
            assert editing.from_lines(Option, text, part["options"]) == part["options"]
