"""Filling a form in: the page, the draft that is kept by itself, rows that come and go, and two tabs that meet."""

from typing import Any

from flask import Response, flash, g, jsonify, make_response, redirect, render_template, request, url_for
from flask_babel import gettext
from flask_login import current_user
from werkzeug.wrappers import Response as AnyResponse

from forms.builder import ADD, REMOVE, AnswersForm
from models.assignments import Assignment, Draft
from models.errors import NotFound, Stale
from models.operations import assignments
from models.queries import access as queries
from models.queries.designs import stage_design
from models.states import OPEN_ASSIGNMENT
from models.states import Assignment as State
from webapp import access
from webapp.assignments.blueprint import blueprint
from webapp.assignments.forms import bound, bound_to_draft, bound_to_request, parts
from webapp.assignments.material import material
from webapp.assignments.strip import next_words, strip
from webapp.assignments.typed import differences
from webapp.db import db
from webapp.i18n import show_time
from webapp.visitor import current_actor


def mine(assignment_id: int) -> Assignment:
    """A form that the visitor has to fill in. Raises NotFound for any other, for logs and for ballots."""
    return of_visitor(assignment_id, "once")


def of_visitor(assignment_id: int, mode: str) -> Assignment:
    """An assignment of this mode that the visitor has to answer. Raises NotFound for any other."""
    found = queries.assignment(db(), current_actor(), assignment_id)
    if found.respondent_id != current_user.person_id or found.stage.mode != mode:
        raise NotFound
    return found


def is_open(assignment: Assignment) -> bool:
    """Whether the respondent may still change the answers; what arrived before the deadline is in time."""
    return assignment.state in OPEN_ASSIGNMENT and g.received_at < assignment.due_at


def saved_words(draft: Draft | None) -> str:
    """`Tersimpan pukul 14.32 WIB.`"""
    return gettext("Tersimpan pukul %(time)s.", time=show_time(draft.saved_at)) if draft else ""


def page(assignment: Assignment) -> str:
    """The form as it was typed so far; with `?check=1` what is wrong with it."""
    form, draft = bound_to_draft(assignment)
    if request.args.get("check"):
        form.check()
    return _page(assignment, form, draft)


def _page(assignment: Assignment, form: AnswersForm, draft: Draft | None, **more: Any) -> str:
    submissions = queries.submissions(db(), assignment)
    signatures = queries.sign_offs(db(), assignment)
    returned = assignment.state == State.RETURNED and signatures and signatures[-1].decision == "returned"
    values = {
        "assignment": assignment,
        "design": stage_design(assignment.stage),
        "form": form,
        "parts": parts(form, form.raw()),
        "lock": draft.lock if draft else 0,
        "saved": saved_words(draft),
        "steps": strip(assignment, submissions[0] if submissions else None, signatures),
        "next_words": next_words(assignment),
        "returned": signatures[-1] if returned else None,
        "beside": material(assignment),
        "conflict": None,
    }
    return render_template("assignments/fill.html", **values | more)


@blueprint.post("/assignments/<int:assignment_id>")
@access.signed_in
def save(assignment_id: int) -> AnyResponse:
    """Keep what was typed; then back to the page, or on to checking the answers."""
    found = mine(assignment_id)
    form = bound_to_request(found)
    try:
        draft = keep_draft(found, form)
    except Stale:
        return _two_texts(found, form)
    address = url_for("assignments.show", assignment_id=found.id)
    if form.rows_changed:
        rows = request.form.get(ADD) or request.form.get(REMOVE, "").rpartition("-")[0]
        return redirect(f"{address}#{rows}", 303)
    if "_check" in request.form:
        if form.check() is None:
            return redirect(f"{address}?check=1", 303)
        return redirect(url_for("assignments.check", assignment_id=found.id), 303)
    flash(saved_words(draft), "good")
    return redirect(address, 303)


@blueprint.post("/assignments/<int:assignment_id>/draft")
@access.signed_in
def save_by_itself(assignment_id: int) -> Response:
    """Keep what was typed while the person goes on typing; errors answer as JSON from the error pages."""
    found = mine(assignment_id)
    draft = keep_draft(found, bound_to_request(found))
    return jsonify(version=draft.lock, message=saved_words(draft))


def keep_draft(assignment: Assignment, form: AnswersForm) -> Draft:
    """Save the draft; the same text sent once more (its answer was lost on the way) is no conflict. Raises Stale."""
    lock = request.form.get("_version", default=0, type=int)
    try:
        return assignments.save_draft(db(), current_actor(), assignment, raw=form.raw(), lock=lock)
    except Stale:
        kept = queries.draft(db(), current_actor(), assignment)
        if kept is not None and kept.raw == form.raw():
            return kept
        raise


def _two_texts(assignment: Assignment, form: AnswersForm) -> Response:
    """Both texts side by side; what was just typed stays in the form, and nothing has been overwritten."""
    stored, draft = bound_to_draft(assignment)
    fresh = bound(assignment, raw=form.raw())
    conflict = {"differences": differences(stored, fresh), "saved_at": draft.saved_at if draft else None}
    return make_response(_page(assignment, fresh, draft, conflict=conflict, saved=""), 409)
