"""A form of the catalogue bound for one assignment, and which of its parts are complete."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import request

from forms.builder import AnswersForm, bind
from forms.schema import FormSchema
from models.assignments import Assignment, Draft
from models.queries import access
from models.queries.answer_context import context_for
from models.queries.designs import form_schema
from webapp.db import db
from webapp.i18n import say
from webapp.visitor import current_actor


@dataclass(frozen=True)
class Part:
    """One section of a form and how many of its answers are still missing or wrong."""

    key: str
    title: str
    open: int


def schema_of(assignment: Assignment) -> FormSchema:
    """The form that is answered."""
    version = assignment.stage.form_version
    assert version is not None
    return form_schema(version)


def bound(assignment: Assignment, *, formdata: Any = None, raw: Mapping[str, Any] | None = None) -> AnswersForm:
    """The form with what was sent or typed before."""
    schema = schema_of(assignment)
    return bind(schema, formdata=formdata, raw=raw, context=context_for(db(), assignment, schema))


def bound_to_request(assignment: Assignment) -> AnswersForm:
    """The form with what this request sends."""
    return bound(assignment, formdata=request.form)


def bound_to_draft(assignment: Assignment) -> tuple[AnswersForm, Draft | None]:
    """The form with what was typed so far."""
    draft = access.draft(db(), current_actor(), assignment)
    return bound(assignment, raw=draft.raw if draft else None), draft


def parts(form: AnswersForm, raw: Mapping[str, Any]) -> list[Part]:
    """The sections with what is still open in each, whether or not the form has been checked in front of the person."""
    probe = bind(form.schema, raw=raw, context=form.context)
    probe.check()
    wrong = [path.partition(".")[0] for path in probe.errors]
    return [
        Part(section.key, say(section.title), sum(wrong.count(field.key) for field in section.fields))
        for section in form.schema.sections
    ]
