"""What holds for any form that may be published, whatever its questions depend on."""

import json
from random import Random

from hypothesis import assume, given
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from forms import answers
from forms.builder import bind
from forms.errors import AnswersInvalid
from forms.exchange.yaml import dump_form, load_form
from tests.forms.dependent import dependent_schemas
from tests.forms.kinds import CONTEXT
from tests.forms.strategies import json_values
from tests.forms.test_properties import _as_sent

seeds = st.integers(0, 2**32).map(Random)
CORRUPT = {"__": [1]}
"""What no kind can take for an answer."""


def refusals(schema, raw):
    """Where answers are refused; nowhere when they are accepted."""
    try:
        answers.check(schema, raw, CONTEXT)
    except AnswersInvalid as refusal:
        return refusal.errors
    return {}


def accepted(schema, rng):
    """Answers that are accepted; rare forms whose limits an invented answer cannot meet are passed over."""
    raw = answers.example(schema, rng, CONTEXT)
    assume(not refusals(schema, raw))
    return raw, answers.check(schema, raw, CONTEXT)


@given(dependent_schemas())
def test_any_form_made_of_sound_parts_may_be_published(schema):
    assert schema.problems() == []
    assert load_form(dump_form(schema)) == schema


@given(dependent_schemas(), seeds)
def test_answers_survive_keeping_editing_and_sending(schema, rng):
    _, stored = accepted(schema, rng)
    kept = json.loads(json.dumps(stored))
    typed = answers.edit(schema, kept)
    assert answers.check(schema, typed, CONTEXT) == stored
    shown = bind(schema, raw=typed, context=CONTEXT)
    sent = bind(schema, formdata=MultiDict(_as_sent(shown.raw())), context=CONTEXT)
    assert sent.check() == stored


@given(dependent_schemas(), seeds)
def test_one_spoilt_answer_is_refused_at_exactly_that_question(schema, rng):
    raw, _ = accepted(schema, rng)
    hidden = answers.settle(schema, raw, CONTEXT).hidden
    for field in schema.fields():
        if not field.by_hand or field.key in hidden or field.key in schema.logic.reads:
            continue
        assert set(refusals(schema, {**raw, field.key: CORRUPT})) == {field.key}


def questions(paths):
    return {path for path in paths if "." not in path}


@given(dependent_schemas(), seeds, st.sampled_from(["id", "en"]))
def test_readers_see_what_was_asked_and_nothing_else(schema, rng, language):
    raw, stored = accepted(schema, rng)
    asked = answers.settle(schema, raw, CONTEXT)
    # Cells are not compared: rows in which nothing is asked are not stored, and those below them move up.
    assert questions(answers.review(schema, stored, CONTEXT).hidden) == questions(asked.hidden)
    shown = {view.key for section in answers.display(schema, stored, language, CONTEXT) for view in section.rows}
    assert not shown & asked.hidden
    assert {key for key in stored if schema.field(key).drawn} - {s.key for s in schema.sections if s.each} <= shown


@given(dependent_schemas(), st.dictionaries(st.text(max_size=9), json_values) | json_values, st.randoms())
def test_nothing_that_is_sent_does_more_than_being_refused(schema, raw, chance):
    if isinstance(raw, dict):
        raw |= {field.key: chance.choice([*raw.values(), None]) for field in schema.fields()}
    assert all(str(message) for message in refusals(schema, raw).values())


@given(dependent_schemas(), seeds)
def test_reading_the_same_answers_again_gives_the_same(schema, rng):
    _, stored = accepted(schema, rng)
    again = answers.check(schema, answers.edit(schema, stored), CONTEXT)
    assert answers.digest(again) == answers.digest(stored)
    assert answers.settle(schema, answers.edit(schema, again), CONTEXT).errors == {}
