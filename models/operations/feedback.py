"""Feedback that cannot be traced: ballots of colleagues and the survey of the public."""

from datetime import datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from forms import answers as form_answers
from forms.context import AnswerContext
from forms.errors import AnswersInvalid
from forms.text import msg
from models import clock
from models.assignments import Assignment
from models.cycles import Stage
from models.errors import Conflict, Invalid
from models.feedback import Ballot, SurveyAnswer, SurveyLink
from models.operations.assignments import too_late
from models.operations.moves import move
from models.permissions import Action, Actor, needs
from models.queries.answer_context import context_for
from models.queries.designs import stage_form
from models.states import OPEN_ASSIGNMENT
from models.states import Stage as StageState


@needs(Action.ASSIGNMENT_ANSWER)
def cast_ballot(
    session: Session,
    actor: Actor,
    assignment: Assignment,
    *,
    raw: dict[str, Any],
    received_at: datetime | None = None,
) -> None:
    """Put a ballot in the box. That the colleague has answered is kept with the assignment, what he answered is kept
    with the person it is about; nothing joins the two. A second ballot of the same colleague is refused.
    Whoever was `received_at` before the deadline is in time.
    """
    if assignment.stage.mode != "ballot":
        raise Conflict(msg("Tahap ini bukan umpan balik rahasia."))
    if assignment.state not in OPEN_ASSIGNMENT:
        raise Conflict(msg("Umpan balik Anda sudah kami terima. Terima kasih."))
    if (received_at or clock.now()) >= assignment.due_at:
        raise Conflict(too_late(assignment.due_at))
    # Colleagues share the lock; a stage that goes on to another version waits for them, or they for it.
    session.execute(select(Stage.id).where(Stage.id == assignment.stage_id).with_for_update(read=True))
    session.refresh(assignment.stage, ["state", "form_version_id", "form_version"])
    version, schema = stage_form(assignment.stage)
    try:
        checked = form_answers.check(schema, raw, context_for(session, assignment, schema))
    except AnswersInvalid as wrong:
        raise Invalid(wrong.message, wrong.errors) from wrong
    move(session, actor, assignment, "complete")
    session.add(
        Ballot(
            id=uuid4().hex,
            stage_id=assignment.stage_id,
            subject_id=assignment.subject_id,
            group="peers",
            answers=checked,
            form_version_id=version.id,
        )
    )
    session.flush()
    # The ballot holds the row of its stage from here on: no other version comes into a box with ballots.
    if session.scalar(select(Stage.form_version_id).where(Stage.id == assignment.stage_id)) != version.id:
        raise Conflict(msg("Formulir ini telah diperbarui sejak halaman ini dibuka. Periksa kembali isian Anda."))


@needs(Action.SURVEY_ANSWER)
def answer_survey(session: Session, actor: Actor, link: SurveyLink, *, raw: dict[str, Any], request_key: str) -> None:
    """Take one answer of the public about a unit; the same `request_key` again changes nothing."""
    if session.scalar(select(SurveyAnswer.id).where(SurveyAnswer.request_key == request_key)) is not None:
        return
    stage = session.get_one(Stage, link.stage_id)
    now = clock.now()
    if stage.state != StageState.OPEN or now >= stage.closes_at:
        raise Conflict(msg("Survei ini sudah ditutup. Terima kasih atas perhatian Anda."))
    version, schema = stage_form(stage)
    today = clock.today(stage.cycle.zone)
    try:
        checked = form_answers.check(schema, raw, AnswerContext(today=today))
    except AnswersInvalid as wrong:
        raise Invalid(wrong.message, wrong.errors) from wrong
    session.add(
        SurveyAnswer(
            id=uuid4().hex,
            stage_id=stage.id,
            unit_id=link.unit_id,
            answers=checked,
            form_version_id=version.id,
            answered_on=today,
            request_key=request_key,
        )
    )
