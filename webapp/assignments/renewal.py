"""A form that was updated while it was being filled in: what changed, what would be lost, going on when one says so."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from flask_login import current_user
from werkzeug.wrappers import Response

from forms.builder import AnswersForm
from forms.changes import Loss, difference, moved_raw
from models.assignments import Assignment, Draft
from models.errors import NotFound, Stale
from models.operations import adopting
from models.queries import access as queries
from models.queries.answer_context import context_for
from models.queries.designs import form_at, stage_design, stage_form
from webapp import access
from webapp.assignments.blueprint import blueprint
from webapp.assignments.forms import bound, bound_to_draft, sent_version
from webapp.assignments.typed import typed
from webapp.db import db
from webapp.i18n import language
from webapp.visitor import current_actor

is_outdated = adopting.is_outdated
__all__ = ["brought_over", "is_outdated", "renewal"]


def renewal(assignment: Assignment, draft: Draft | None) -> str | None:
    """The page that comes before the form when the draft was typed for an earlier version of it; None otherwise."""
    if draft is None or draft.form_version_id is None or not is_outdated(assignment, draft):
        return None
    old = form_at(db(), draft.form_version_id)
    version, new = stage_form(assignment.stage)
    context = context_for(db(), assignment, old)
    return render_template(
        "assignments/renewal.html",
        assignment=assignment,
        design=stage_design(assignment.stage),
        changes=difference(old, new),
        losses=[
            (one.where(), one.words(language(), context), one.reason)
            for one in adopting.losses(db(), assignment, draft)
        ],
        since=version.published_at,
        lock=draft.lock,
    )


def brought_over(assignment: Assignment, form: AnswersForm) -> tuple[AnswersForm, tuple[Loss, ...]] | None:
    """What was sent from a page of an earlier version, in the form as it is now; None for a page of today's version."""
    version_id = sent_version(assignment)
    if version_id is None:
        return None
    old = form_at(db(), version_id)
    raw, lost = moved_raw(old, stage_form(assignment.stage)[1], form.raw())
    return bound(assignment, raw=raw), lost


@blueprint.get("/assignments/<int:assignment_id>/earlier-answers")
@access.signed_in
def earlier_answers(assignment_id: int) -> str:
    """What was typed for the earlier version, to be read, copied or printed before going on."""
    found = _mine(assignment_id)
    form, draft = bound_to_draft(found)
    if draft is None or not is_outdated(found, draft):
        raise NotFound
    return render_template(
        "assignments/earlier_answers.html",
        assignment=found,
        design=stage_design(found.stage),
        typed=typed(form),
        saved_at=draft.saved_at,
    )


@blueprint.post("/assignments/<int:assignment_id>/renew")
@access.signed_in
def renew(assignment_id: int) -> Response:
    """Go on with the newer version; the page has shown what is lost. A second click changes nothing."""
    found = _mine(assignment_id)
    lock = request.form.get("_version", type=int)
    if lock is None:
        abort(400)
    try:
        adopting.renew_draft(db(), current_actor(), found, lock=lock)
    except Stale:
        flash(gettext("Draf Anda berubah sejak halaman ini dibuka. Periksa kembali apa yang akan hilang."), "warn")
    else:
        flash(gettext("Draf Anda kini memakai versi baru formulir ini."), "good")
    return redirect(url_for("assignments.show", assignment_id=found.id), 303)


def _mine(assignment_id: int) -> Assignment:
    found: Assignment = queries.assignment(db(), current_actor(), assignment_id)
    if found.respondent_id != current_user.person_id or found.stage.mode != "once":
        raise NotFound
    return found
