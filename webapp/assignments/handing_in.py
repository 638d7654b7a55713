"""Checking the answers, handing them in, the receipt, and taking them back while nobody has signed."""

from uuid import uuid4

from flask import abort, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext
from flask_login import current_user
from werkzeug.wrappers import Response

from forms import answers
from models.assignments import Assignment
from models.errors import Invalid, NotFound
from models.operations import assignments
from models.queries import access as queries
from models.queries.designs import form_schema, stage_design
from models.tokens import grouped
from webapp import access
from webapp.assignments.blueprint import blueprint
from webapp.assignments.filling import is_open, mine
from webapp.assignments.forms import bound_to_draft, pages_of
from webapp.assignments.renewal import is_outdated
from webapp.assignments.strip import next_words, strip
from webapp.db import db
from webapp.i18n import language
from webapp.visitor import current_actor

LONGEST_KEY = 64


@blueprint.get("/assignments/<int:assignment_id>/check")
@access.signed_in
def check(assignment_id: int) -> str | Response:
    """The answers as they will be handed in, each with a way back to it, and what handing in means."""
    found = mine(assignment_id)
    form, draft = bound_to_draft(found)
    if is_outdated(found, draft):
        return redirect(_address(found, None))
    checked = form.check()
    if not is_open(found) or draft is None or checked is None:
        return redirect(_address(found, None if draft is None else 1))
    return render_template(
        "assignments/check.html",
        assignment=found,
        design=stage_design(found.stage),
        sections=answers.display(form.schema, checked, language(), form.context),
        pages=pages_of(form.schema),
        lock=draft.lock,
        request_key=uuid4().hex,
        next_words=next_words(found),
    )


@blueprint.post("/assignments/<int:assignment_id>/submit")
@access.signed_in
def submit(assignment_id: int) -> Response:
    """Hand in exactly the answers that were shown; the same click sent twice is one submission."""
    found = mine(assignment_id)
    key = request.form.get("_request_key", "")
    if not 0 < len(key) <= LONGEST_KEY:
        abort(400)
    draft = queries.draft(db(), current_actor(), found)
    if is_outdated(found, draft):
        return redirect(_address(found, None), 303)
    if draft is not None and draft.lock != request.form.get("_version", type=int):
        flash(gettext("Draf berubah sejak halaman pemeriksaan dibuka. Periksa kembali sebelum mengajukan."), "warn")
        return redirect(url_for("assignments.check", assignment_id=found.id), 303)
    try:
        assignments.submit(
            db(), current_actor(), found, raw=draft.raw if draft else {}, request_key=key, received_at=g.received_at
        )
    except Invalid:
        return redirect(_address(found, 1), 303)
    return redirect(url_for("assignments.receipt", assignment_id=found.id), 303)


@blueprint.get("/assignments/<int:assignment_id>/receipt")
@access.signed_in
def receipt(assignment_id: int) -> str:
    """The receipt of what was handed in last; small enough for a screenshot."""
    found = mine(assignment_id)
    rounds = queries.submissions(db(), found)
    if not rounds:
        raise NotFound
    latest = rounds[0]
    return render_template(
        "assignments/receipt.html",
        assignment=found,
        design=stage_design(found.stage),
        submission=latest,
        number=grouped(latest.receipt),
        steps=strip(found, latest, queries.sign_offs(db(), found)),
        next_words=next_words(found),
        after=form_schema(latest.form_version).after,
        name=current_user.name,
    )


@blueprint.post("/assignments/<int:assignment_id>/withdraw")
@access.signed_in
def withdraw(assignment_id: int) -> Response:
    """Take the answers back; they are the draft again."""
    found = mine(assignment_id)
    assignments.withdraw(db(), current_actor(), found)
    flash(gettext("Pengajuan ditarik kembali. Isian Anda menjadi draf dan dapat diubah."), "good")
    return redirect(_address(found, None), 303)


def _address(assignment: Assignment, check: int | None) -> str:
    return url_for("assignments.show", assignment_id=assignment.id, check=check)
