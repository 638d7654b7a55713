"""The quick log: an entry in under a minute, the entries of a month with their sums, and taking one back."""

import re
from datetime import date
from typing import Any
from uuid import uuid4

from flask import abort, flash, g, make_response, redirect, render_template, request, url_for
from flask_babel import gettext
from flask_login import current_user
from werkzeug.wrappers import Response

from forms import answers
from forms.builder import AnswersForm
from forms.changes import moved_raw
from forms.schema import FormSchema
from forms.wording import MONTHS, language_of
from models import clock
from models.assignments import Assignment, LogEntry
from models.errors import Invalid, NotFound
from models.operations import logs
from models.queries import access as queries
from models.queries import logs as log_queries
from models.queries.answer_context import context_for
from models.queries.designs import answered_form, stage_design
from models.states import Stage as StageState
from webapp import access
from webapp.assignments.blueprint import blueprint
from webapp.assignments.filling import not_uploaded, of_visitor
from webapp.assignments.forms import bound, bound_to_request, schema_of, unsent_file
from webapp.assignments.handing_in import LONGEST_KEY
from webapp.assignments.material import material
from webapp.assignments.renewal import brought_over
from webapp.converters import row_number
from webapp.db import db
from webapp.i18n import language, say
from webapp.questions import newly_asked
from webapp.visitor import current_actor

REPEATED = ("choice", "choices", "short_text")
"""Kinds whose answers are taken over when something is logged again; figures, days and notes are new each time."""


def page(assignment: Assignment, form: AnswersForm | None = None, request_key: str = "") -> str:
    """The log: the entry form on top for who keeps it, below what was logged."""
    schema = schema_of(assignment)
    writable = (
        assignment.respondent_id == current_user.person_id
        and assignment.stage.state == StageState.OPEN
        and g.received_at < assignment.due_at
    )
    keys = [field.key for field in schema.fields() if field.kind in REPEATED]
    repeat = log_queries.to_repeat(db(), assignment, keys) if writable else []
    if writable and form is None:
        form = bound(assignment, raw=_fresh(assignment, schema, keys))
    context = context_for(db(), assignment, schema)
    months = log_queries.months(db(), assignment, schema)
    month = _month(request.args.get("month", "")) or (months[0].first_day if months else None)
    listed = db().scalars(log_queries.entries(assignment, month)).all() if month else []
    return render_template(
        "assignments/log.html",
        assignment=assignment,
        design=stage_design(assignment.stage),
        form=form if writable else None,
        request_key=request_key or uuid4().hex,
        repeat=[(entry, _words(entry, context, keys)) for entry in repeat],
        again=request.args.get("again", type=int),
        months=months,
        month=month,
        entries=[(entry, _words(entry, context)) for entry in listed],
        beside=material(assignment),
        writable=writable,
    )


@blueprint.post("/assignments/<int:assignment_id>/entries")
@access.signed_in
def add_entry(assignment_id: int) -> Response:
    """Log one thing; the same click sent twice is one entry. Wrong answers come back as they were typed."""
    found = of_visitor(assignment_id, "log")
    key = request.form.get("_request_key", "")
    if not 0 < len(key) <= LONGEST_KEY:
        abort(400)
    form = bound_to_request(found)
    if (updated := brought_over(found, form)) is not None:
        flash(gettext("Formulir ini telah diperbarui sejak halaman ini dibuka. Periksa kembali isian Anda."), "warn")
        return make_response(page(found, updated[0], key), 409)
    if newly_asked(form):
        flash(gettext("Sesuai jawaban Anda, ada pertanyaan baru di bawah ini."), "info")
        return make_response(page(found, form, key), 422)
    if (unsent := unsent_file()) is not None:
        flash(not_uploaded(unsent[1]), "warn")
        return make_response(page(found, form, key), 422)
    try:
        entry = logs.add_entry(db(), current_actor(), found, raw=form.raw(), request_key=key)
    except Invalid as wrong:
        form.mark(wrong.errors)
        return make_response(page(found, form, key), 422)
    flash(gettext("Tercatat. Atasan Anda dapat melihatnya sekarang."), "good")
    return redirect(url_for("assignments.show", assignment_id=found.id, month=f"{entry.occurred_on:%Y-%m}"), 303)


@blueprint.post("/assignments/<int:assignment_id>/entries/<int:entry_id>/strike")
@access.signed_in
def strike_entry(assignment_id: int, entry_id: int) -> Response:
    """Take an entry back; it stays to be read, crossed out."""
    entry = queries.log_entry(db(), current_actor(), entry_id)
    if entry.assignment_id != assignment_id:
        raise NotFound
    logs.strike_entry(db(), current_actor(), entry)
    flash(gettext("Catatan dicoret dan tidak dihitung lagi."), "good")
    return redirect(url_for("assignments.show", assignment_id=assignment_id, month=f"{entry.occurred_on:%Y-%m}"), 303)


def _fresh(assignment: Assignment, schema: FormSchema, keys: list[str]) -> dict[str, Any]:
    """Today is filled in; with `?again=` also what the chosen entry was about."""
    today = clock.today(assignment.stage.cycle.zone).isoformat()
    day = next((field.key for field in schema.fields() if field.kind == "date"), None)
    raw: dict[str, Any] = {day: today} if day else {}
    again = request.args.get("again", type=row_number)
    if again is not None:
        entry = queries.log_entry(db(), current_actor(), again)
        if entry.assignment_id == assignment.id:
            answered = answered_form(db(), entry)
            typed, _ = moved_raw(answered, schema, answers.edit(answered, entry.answers))
            raw |= {key: typed[key] for key in keys if key in typed}
    return raw


@blueprint.app_template_filter("month")
def month_words(first_day: date) -> str:
    """`Maret 2026`."""
    return f"{MONTHS[language_of(language())][first_day.month - 1]} {first_day.year}"


def _month(text: str) -> date | None:
    found = re.fullmatch(r"(20[0-9]{2})-(0[1-9]|1[0-2])", text)
    return date(int(found[1]), int(found[2]), 1) if found else None


BARE = ("number", "percentage", "money", "calculated", "rating", "yes_no", "time", "month")
"""Kinds whose answer says nothing without its question."""


def _words(entry: LogEntry, context: Any, keys: list[str] | None = None) -> list[str]:
    """What an entry says, without what was left blank and without the day, which stands in front of it."""
    schema = answered_form(db(), entry)
    values = answers.load(schema, entry.answers)
    words = []
    for field in schema.fields():
        if not field.drawn or values[field.key] is None or field.kind == "date":
            continue
        if keys is None or field.key in keys:
            text = field.display(values[field.key], language(), context)
            words.append(f"{say(field.label)}: {text}" if field.kind in BARE else text)
    return words
