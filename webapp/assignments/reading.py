"""One address for one form: to fill in, to log into, or to read with its whole history."""

from flask import current_app, g, redirect, render_template, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from forms import answers
from forms.answers import SectionView
from models.assignments import Assignment, Submission
from models.queries import access as queries
from models.queries.answer_context import context_for
from models.queries.designs import answered_form, stage_design
from models.states import OPEN_ASSIGNMENT
from models.states import Assignment as State
from webapp import access
from webapp.assignments import entries, filling
from webapp.assignments.blueprint import blueprint
from webapp.assignments.forms import bound_to_draft
from webapp.assignments.material import material
from webapp.assignments.strip import history, next_words, shown_state, strip
from webapp.assignments.typed import typed
from webapp.db import db
from webapp.i18n import language
from webapp.visitor import current_actor

REVIEW = "team.review"
"""The page on which signers read and sign, where there is one."""


@blueprint.get("/assignments/<int:assignment_id>")
@access.signed_in
def show(assignment_id: int) -> str | Response:
    """The form, as the visitor may use it now."""
    found = queries.assignment(db(), current_actor(), assignment_id)
    mine = found.respondent_id == current_user.person_id
    if found.stage.mode == "ballot":
        return redirect(url_for("feedback.ballot", assignment_id=found.id))
    if found.stage.mode == "log":
        return entries.page(found)
    if mine and filling.is_open(found):
        return filling.page(found)
    if found.signer_id == current_user.person_id and REVIEW in current_app.view_functions:
        return redirect(url_for(REVIEW, assignment_id=found.id))
    return read(found)


def read(assignment: Assignment) -> str:
    """What was handed in, by whom it was signed, and everything that happened."""
    mine = assignment.respondent_id == current_user.person_id
    rounds = queries.submissions(db(), assignment)
    signatures = queries.sign_offs(db(), assignment)
    handed_in = assignment.state in (State.SUBMITTED, State.COMPLETED)
    latest = rounds[0] if rounds and handed_in else None
    left = typed(bound_to_draft(assignment)[0]) if mine and not handed_in else []
    return render_template(
        "assignments/read.html",
        assignment=assignment,
        design=stage_design(assignment.stage),
        mine=mine,
        state=shown_state(assignment),
        late=assignment.state in OPEN_ASSIGNMENT and g.received_at >= assignment.due_at,
        latest=latest,
        sections=words_of(assignment, latest) if latest else [],
        earlier=[(one, words_of(assignment, one)) for one in rounds if one is not latest],
        left=left,
        steps=strip(assignment, rounds[0] if rounds else None, signatures),
        history=history(rounds, signatures),
        next_words=next_words(assignment),
        can_withdraw=mine and assignment.state == State.SUBMITTED and assignment.sign_off_step == 0,
        beside=[] if mine else material(assignment),
    )


def words_of(assignment: Assignment, submission: Submission) -> list[SectionView]:
    """Submitted answers as people read them."""
    schema = answered_form(db(), submission)
    return answers.display(schema, submission.answers, language(), context_for(db(), assignment, schema))
