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
from webapp.assignments.forms import (
    bound,
    bound_to_draft,
    bound_to_request,
    page_with_mistakes,
    parts,
    sent_page,
    sent_version,
    shown_version,
    step_of,
    unsent_file,
)
from webapp.assignments.material import material
from webapp.assignments.renewal import brought_over, is_outdated, renewal
from webapp.assignments.strip import next_words, strip
from webapp.assignments.typed import differences
from webapp.db import db, only_reading
from webapp.i18n import language, show_time
from webapp.questions import newly_asked
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


def not_uploaded(name: str) -> str:
    """What is said of a file that was chosen, while another button than "Unggah" was pressed."""
    return gettext("%(name)s belum diunggah. Pilih kembali, lalu tekan Unggah.", name=name)


def page(assignment: Assignment) -> str:
    """The form as it was typed so far; with `?check=1` what is wrong with it."""
    form, draft = bound_to_draft(assignment)
    if (updated := renewal(assignment, draft)) is not None:
        return updated
    number = request.args.get("page", type=int)
    if request.args.get("check"):
        form.check()
        if form.schema.layout == "pages":
            keys = step_of(form, number).keys() | {""}
            form.mark({path: wrong for path, wrong in form.errors.items() if path.partition(".")[0] in keys})
    return page_of(assignment, form, draft, number)


def page_of(
    assignment: Assignment, form: AnswersForm, draft: Draft | None, number: int | None = None, **more: Any
) -> str:
    """The page with this form, whatever is in it."""
    submissions = queries.submissions(db(), assignment)
    signatures = queries.sign_offs(db(), assignment) if submissions else []
    returned = assignment.state == State.RETURNED and signatures and signatures[-1].decision == "returned"
    values = {
        "assignment": assignment,
        "design": stage_design(assignment.stage),
        "form": form,
        "parts": parts(form),
        "step": step_of(form, number),
        "lock": draft.lock if draft else 0,
        "saved": saved_words(draft),
        "steps": strip(assignment, submissions[0] if submissions else None, signatures),
        "next_words": next_words(assignment),
        "returned": signatures[-1] if returned else None,
        "beside": material(assignment),
        "conflict": None,
        "form_version": shown_version(assignment, form),
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
        return two_texts(found, form)
    if is_outdated(found, draft):
        return redirect(_address(found, None), 303)
    if (unsent := unsent_file()) is not None:
        flash(not_uploaded(unsent[1]), "warn")
        return redirect(_address(found, sent_page(), _anchor=unsent[0]), 303)
    if form.rows_changed:
        rows = request.form.get(ADD) or request.form.get(REMOVE, "").rpartition("-")[0]
        return redirect(_address(found, sent_page(), _anchor=rows), 303)
    if "_check" in request.form or "_next" in request.form:
        return redirect(_onward(found, form), 303)
    if "_back" in request.form:
        return redirect(_address(found, step_of(form, sent_page()).before), 303)
    flash(saved_words(draft), "good")
    return redirect(_address(found, sent_page()), 303)


def _onward(assignment: Assignment, form: AnswersForm) -> str:
    """The next page, or checking the answers; first back to what has to be corrected or has only now been asked."""
    step = step_of(form, sent_page())
    if newly_asked(form):
        flash(gettext("Sesuai jawaban Anda, ada pertanyaan baru di bawah ini."), "info")
        return _address(assignment, sent_page())
    right = form.check() is not None
    wrong = {path.partition(".")[0] for path in form.errors}
    if wrong & step.keys():
        return _address(assignment, sent_page(), check=1)
    if "_next" in request.form and step.after is not None:
        return _address(assignment, step.after)
    if not right:
        return _address(assignment, page_with_mistakes(form), check=1)
    return url_for("assignments.check", assignment_id=assignment.id)


def _address(assignment: Assignment, number: int | None, **more: Any) -> str:
    return url_for("assignments.show", assignment_id=assignment.id, page=number, **more)


@blueprint.post("/assignments/<int:assignment_id>/live")
@access.signed_in
def live(assignment_id: int) -> Response:
    """What is asked and what follows, as the answers stand; nothing is kept."""
    only_reading()
    found = queries.assignment(db(), current_actor(), assignment_id)
    if found.respondent_id != current_user.person_id:
        raise NotFound
    return jsonify(bound_to_request(found).live(language()))


@blueprint.post("/assignments/<int:assignment_id>/draft")
@access.signed_in
def save_by_itself(assignment_id: int) -> Response:
    """Keep what was typed while the person goes on typing; errors answer as JSON from the error pages."""
    found = mine(assignment_id)
    draft = keep_draft(found, bound_to_request(found))
    message = saved_words(draft)
    if is_outdated(found, draft):
        message = gettext(
            "%(saved)s Formulir ini telah diperbarui: muat ulang halaman untuk melanjutkan.", saved=message
        )
    return jsonify(version=draft.lock, message=message)


def keep_draft(assignment: Assignment, form: AnswersForm) -> Draft:
    """Save the draft; the same text sent once more (its answer was lost on the way) is no conflict. Raises Stale."""
    lock = request.form.get("_version", default=0, type=int)
    try:
        return assignments.save_draft(
            db(), current_actor(), assignment, raw=form.raw(), lock=lock, typed_for=sent_version(assignment)
        )
    except Stale:
        kept = queries.draft(db(), current_actor(), assignment)
        if kept is not None and kept.raw == form.raw():
            return kept
        raise


def two_texts(assignment: Assignment, form: AnswersForm) -> Response:
    """Both texts side by side; what was just typed stays in the form, and nothing has been overwritten."""
    stored, draft = bound_to_draft(assignment)
    fresh, lost = brought_over(assignment, form) or (bound(assignment, raw=form.raw()), ())
    conflict = {
        "differences": differences(stored, fresh),
        "saved_at": draft.saved_at if draft else None,
        "losses": [(one.where(), one.words(language(), form.context), one.reason) for one in lost],
    }
    return make_response(page_of(assignment, fresh, draft, sent_page(), conflict=conflict, saved=""), 409)
