"""Coba: the draft as a respondent will fill it in, with everything it decides and computes; nothing is kept."""

from flask import Response, jsonify, render_template, request

from forms.builder import AnswersForm, bind
from forms.editing import Definition
from forms.editing.places import siblings
from forms.errors import Invalid
from forms.schema import FormSchema
from forms.text import msg
from models import clock
from models.errors import NotFound
from models.queries.design_examples import example_of
from webapp.db import db, only_reading
from webapp.designs.blueprint import blueprint, managers
from webapp.designs.builder.drafts import Draft, open_draft
from webapp.designs.builder.places import Located, locate
from webapp.i18n import language, zone

ROUNDS = 20
"""How often parts are left out, since others may have asked about them."""


@blueprint.route("/designs/form/<key>/<int:number>/edit/try", methods=["GET", "POST"])
@managers
def edit_try(key: str, number: int) -> str | tuple[str, int]:
    """The form, empty, with invented answers, or with what was typed and what is wrong with it."""
    only_reading()
    draft = open_draft(key, number)
    schema = complete(draft)
    verdict, form = None, None
    if schema is None:
        pass
    elif request.method == "GET" or "_empty" in request.form:
        form = _form(schema)
    elif "_example" in request.form:
        form = _form(schema, example=True)
        form.check()  # a rule that invented answers cannot meet is pointed out at once
    else:
        form = _form(schema, typed=True)
        if not form.rows_changed and "_check" in request.form:
            accepted = form.check() is not None
            verdict = msg("Jawaban ini dapat diajukan.") if accepted else None
    page = render_template(
        "designs/builder/try.html",
        draft=draft,
        tab="edit_try",
        form=form,
        verdict=verdict,
        partly=bool(draft.problems),
        invented="_example" in request.form,
    )
    return page, 422 if form is not None and form.errors else 200


@blueprint.post("/designs/form/<key>/<int:number>/edit/try/live")
@managers
def edit_try_live(key: str, number: int) -> Response:
    """What the page has to show differently as the answers stand."""
    only_reading()
    schema = complete(open_draft(key, number))
    if schema is None:
        raise NotFound
    return jsonify(_form(schema, typed=True).live(language()))


def complete(draft: Draft) -> FormSchema | None:
    """The draft without what is unfinished; nothing when too little is left to be tried."""
    schema = draft.schema
    for _round in range(ROUNDS):
        found = [locate(schema.definition(), problem) for problem in schema.problems()]
        if not found:
            return schema if schema.fields() else None
        schema = FormSchema.model_validate(_without(schema.definition(), found))
    return None


def _without(definition: Definition, found: list[Located]) -> Definition:
    """A definition without the parts that have problems, and without rules where one of them does not hold."""
    for one in found:
        if not one.place:
            definition.pop("rules", None)
            continue
        try:
            parts, at = siblings(definition, one.place)
        except Invalid:
            continue  # it stood inside another part that is gone by now
        parts.pop(at)
    return definition


def _form(schema: FormSchema, *, typed: bool = False, example: bool = False) -> AnswersForm:
    context, invented = example_of(db(), schema, clock.today(zone()))
    if typed:
        return bind(schema, formdata=request.form, context=context)
    return bind(schema, raw=invented if example else None, context=context)
