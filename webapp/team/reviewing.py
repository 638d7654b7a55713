"""Reading submitted answers beside the plan, then signing exactly these answers, or giving them back with a comment."""

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext, ngettext
from flask_login import current_user
from werkzeug.wrappers import Response

from forms import answers
from forms.answers import SectionView
from forms.builder import AnswersForm, bind
from models.assignments import Assignment, SignOff, Submission
from models.errors import Conflict, Invalid
from models.operations import sign_offs
from models.queries import access as queries
from models.queries import desk
from models.queries.answer_context import context_for
from models.queries.designs import answered_form, stage_design
from models.states import Assignment as State
from webapp import access
from webapp.assignments.material import material
from webapp.assignments.reading import words_of
from webapp.assignments.strip import history, strip
from webapp.assignments.typed import Difference, differences
from webapp.db import abandon, db
from webapp.form_errors import show_refusal
from webapp.i18n import language
from webapp.team.blueprint import blueprint
from webapp.team.forms import ReturnForm, SignForm
from webapp.visitor import current_actor


@blueprint.get("/assignments/<int:assignment_id>/review")
@access.signed_in
def review(assignment_id: int) -> str | Response:
    """What was submitted, beside what it is measured by; whoever need not sign is led to the form itself."""
    assignment = queries.assignment(db(), current_actor(), assignment_id)
    if assignment.signer_id != current_user.person_id or assignment.state != State.SUBMITTED:
        return redirect(url_for("assignments.show", assignment_id=assignment.id))
    return _page(assignment, SignForm(), ReturnForm())


@blueprint.post("/assignments/<int:assignment_id>/sign")
@access.signed_in
def sign(assignment_id: int) -> str | Response | tuple[str, int]:
    """Sign the answers whose digest the page showed."""
    assignment = queries.assignment(db(), current_actor(), assignment_id)
    form = SignForm()
    if not form.validate():
        return _page(assignment, form, ReturnForm(formdata=None)), 422
    if signed_already(assignment, form.digest.data or ""):
        return _done(gettext("Formulir ini sudah Anda tanda tangani."))
    try:
        sign_offs.sign_off(
            db(), current_actor(), assignment, digest=form.digest.data or "", comment=form.comment.data or ""
        )
    except Conflict as conflict:
        return _changed_meanwhile(assignment_id, conflict, form.comment.data or "")
    return _done(gettext("%(form)s telah Anda tanda tangani.", form=_title(assignment)))


@blueprint.post("/assignments/<int:assignment_id>/return")
@access.signed_in
def give_back(assignment_id: int) -> str | Response | tuple[str, int]:
    """Return the answers with a comment; a new round begins."""
    assignment = queries.assignment(db(), current_actor(), assignment_id)
    form = ReturnForm()
    if not form.validate():
        return _page(assignment, SignForm(formdata=None), form), 422
    try:
        sign_offs.return_for_revision(
            db(), current_actor(), assignment, digest=form.digest.data or "", comment=form.reason.data or ""
        )
    except Invalid as refusal:
        refusal.errors["reason"] = refusal.errors.pop("comment", refusal.message)
        show_refusal(form, refusal)
        return _page(assignment, SignForm(formdata=None), form), 422
    except Conflict as conflict:
        return _changed_meanwhile(assignment_id, conflict, form.reason.data or "")
    return _done(gettext("%(form)s telah dikembalikan untuk perbaikan.", form=_title(assignment)))


def signed_already(assignment: Assignment, digest: str) -> bool:
    """Whether the visitor has signed these very answers before: the same click sent twice."""
    return any(
        one.signer_id == current_user.person_id and one.decision == "signed" and one.digest == digest
        for one in queries.sign_offs(db(), assignment)
    )


def words(assignment: Assignment, submission: Submission) -> list[SectionView]:
    """Submitted answers as people read them."""
    return words_of(assignment, submission)


def _page(assignment: Assignment, sign_form: SignForm, return_form: ReturnForm) -> str:
    rounds = queries.submissions(db(), assignment)
    signatures = queries.sign_offs(db(), assignment)
    submission = rounds[0]
    # What the visitor sees is what he signs: never the digest of a form that was sent.
    sign_form.digest.data = return_form.digest.data = submission.digest
    returned = next((one for one in rounds[1:] if _was_returned(one, signatures)), None)
    return render_template(
        "team/review.html",
        assignment=assignment,
        design=stage_design(assignment.stage),
        submission=submission,
        sections=words(assignment, submission),
        returned=returned,
        returned_with=[one for one in signatures if returned and one.submission_id == returned.id],
        changes=_changes(assignment, returned, submission) if returned else [],
        material=material(assignment),
        steps=strip(assignment, submission, signatures),
        history=history(rounds, signatures),
        sign_form=sign_form,
        return_form=return_form,
    )


def _was_returned(submission: Submission, signatures: list[SignOff]) -> bool:
    return any(one.submission_id == submission.id and one.decision == "returned" for one in signatures)


def _changes(assignment: Assignment, before: Submission, after: Submission) -> list[Difference]:
    return differences(_as_typed(assignment, before), _as_typed(assignment, after))


def _as_typed(assignment: Assignment, submission: Submission) -> AnswersForm:
    """Submitted answers in the form that was answered."""
    schema = answered_form(db(), submission)
    return bind(schema, raw=answers.edit(schema, submission.answers), context=context_for(db(), assignment, schema))


def _changed_meanwhile(assignment_id: int, conflict: Conflict, comment: str) -> tuple[str, int]:
    abandon()
    assignment = queries.assignment(db(), current_actor(), assignment_id)
    return render_template("team/changed.html", assignment=assignment, message=conflict.message, comment=comment), 409


def _title(assignment: Assignment) -> str:
    return f"{stage_design(assignment.stage).title.say(language())} – {assignment.subject.name}"


def _done(text: str) -> Response:
    flash(text, "good")
    left = len(list(db().scalars(desk.to_sign(current_actor())).unique()))
    if left:
        words = ngettext(
            "Masih ada %(num)s formulir yang menunggu tanda tangan Anda.",
            "Masih ada %(num)s formulir yang menunggu tanda tangan Anda.",
            left,
        )
        flash(words, "info")
    return redirect(url_for("team.home"), 303)
