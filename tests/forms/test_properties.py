"""What holds for any form and any answers."""

import json
from contextlib import suppress
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from forms import answers
from forms.builder import bind
from forms.errors import AnswersInvalid, DefinitionInvalid
from forms.exchange.yaml import dump_form, load_form
from forms.fields import KINDS, Rows
from forms.schema import FormSchema
from tests.forms.kinds import CONTEXT
from tests.forms.strategies import json_values, schemas, settings

seeds = st.integers(0, 2**32).map(Random)


def test_every_kind_may_stand_in_these_forms():
    assert {*settings, "rows"} == set(KINDS)


@given(schemas())
def test_any_form_made_of_sound_parts_may_be_published(schema):
    assert schema.problems() == []


@given(schemas(), seeds)
def test_invented_answers_are_accepted(schema, rng):
    stored = answers.check(schema, answers.example(schema, rng, CONTEXT), CONTEXT)
    assert set(stored) <= {field.key for field in schema.fields()}


@given(schemas(), seeds)
def test_editing_without_a_change_changes_nothing(schema, rng):
    stored = answers.check(schema, answers.example(schema, rng, CONTEXT), CONTEXT)
    kept = json.loads(json.dumps(stored))
    again = answers.check(schema, answers.edit(schema, kept), CONTEXT)
    assert again == stored
    assert answers.digest(again) == answers.digest(stored)


@given(schemas(), seeds)
def test_a_page_sends_back_what_it_was_shown(schema, rng):
    stored = answers.check(schema, answers.example(schema, rng, CONTEXT), CONTEXT)
    shown = bind(schema, raw=answers.edit(schema, stored), context=CONTEXT)
    sent = bind(schema, formdata=MultiDict(_as_sent(shown.raw())), context=CONTEXT)
    assert sent.raw() == shown.raw()
    assert sent.check() == stored


def _as_sent(raw, prefix=""):
    for key, value in raw.items():
        if isinstance(value, dict):
            yield from ((f"{prefix}{key}-{part}", text) for part, text in value.items())
            continue
        for index, part in enumerate(value if isinstance(value, list) else [value]):
            if isinstance(part, dict):
                yield from _as_sent(part, f"{prefix}{key}-{index}-")
            else:
                yield f"{prefix}{key}", part


@given(schemas(), seeds, st.sampled_from(["id", "en"]))
def test_answers_can_be_shown_in_both_languages_and_measured(schema, rng, language):
    stored = answers.check(schema, answers.example(schema, rng, CONTEXT), CONTEXT)
    views = answers.display(schema, stored, language, CONTEXT)
    printed = [field.key for field in schema.fields() if field.drawn and field.recorded]
    assert [view.key for section in views for view in section.rows] == printed
    for section in views:
        for view in section.rows:
            assert (view.table is not None) == isinstance(schema.field(view.key), Rows)
            assert view.table is None or all(len(row) == len(view.table.columns) for row in view.table.rows)
    assert all(number.is_finite() for _, number in answers.measures(schema, stored))


@given(schemas())
def test_a_form_survives_yaml_and_json(schema):
    assert load_form(dump_form(schema)) == schema
    assert dump_form(load_form(dump_form(schema))) == dump_form(schema)
    kept = FormSchema.model_validate(json.loads(json.dumps(schema.definition())))
    assert kept == schema
    assert kept.digest() == schema.digest() == load_form(dump_form(schema)).digest()


@given(schemas(), st.data())
def test_whatever_is_sent_is_stored_or_refused_in_words(schema, data):
    fields = st.fixed_dictionaries({}, optional={field.key: json_values for field in schema.fields()})
    rows = st.fixed_dictionaries(
        {},
        optional={
            field.key: st.lists(
                st.fixed_dictionaries(
                    {}, optional=dict.fromkeys(["_id", *(c.key for c in field.columns)], json_values)
                ),
                max_size=3,
            )
            for field in schema.fields()
            if isinstance(field, Rows)
        },
    )
    raw = data.draw(fields | rows | json_values)
    try:
        stored = answers.check(schema, raw, CONTEXT)
    except AnswersInvalid as refusal:
        words = [str(message) for message in refusal.errors.values()]
    else:
        words = ["accepted"]
        assert answers.check(schema, answers.edit(schema, stored), CONTEXT) == stored
    assert words
    assert all(words)


@given(schemas(), st.data())
def test_a_page_takes_any_draft_and_any_names(schema, data):
    keys = [field.key for field in schema.fields()]
    draft = data.draw(st.dictionaries(st.sampled_from(keys), json_values))
    assert set(bind(schema, raw=draft, context=CONTEXT).raw()) == set(keys)
    name = st.sampled_from(keys) | st.builds("{}-{}-{}".format, st.sampled_from(keys), st.text(), st.text())
    sent = data.draw(st.lists(st.tuples(name | st.sampled_from(["_add", "_remove"]), st.text(st.characters()))))
    form = bind(schema, formdata=MultiDict(sent), context=CONTEXT)
    if form.check() is None:
        assert form.mistakes()


@given(st.text() | json_values.map(lambda value: json.dumps(value, default=str)))
def test_any_file_is_a_form_or_refused_in_words(text):
    with suppress(DefinitionInvalid):
        assert isinstance(load_form(text), FormSchema)


def test_a_form_that_is_no_object_is_refused():
    with pytest.raises(AnswersInvalid):
        answers.check(load_form("key: a\ntitle: A\n"), ["x"], CONTEXT)
