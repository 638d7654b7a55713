"""Signing what somebody submitted, or giving it back with a comment; a signature is for exactly these answers."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from forms.text import msg
from models import clock
from models.assignments import Assignment, SignOff, Submission
from models.errors import Conflict, Invalid, Stale
from models.operations.assigning import message_params
from models.operations.assignments import draft_from, grace, pass_on
from models.operations.messages import notify
from models.operations.moves import move
from models.permissions import Action, Actor, needs
from models.queries.designs import stage_design
from models.states import Assignment as State


@needs(Action.ASSIGNMENT_SIGN_OFF)
def sign_off(session: Session, actor: Actor, assignment: Assignment, *, digest: str, comment: str = "") -> SignOff:
    """Accept the submitted answers as they stand; the signature holds for exactly these answers.

    `digest` is that of the answers the signer saw; raises `Stale` when others lie there by now.
    """
    submission = _current(session, assignment, digest)
    signature = _decide(session, actor, assignment, submission, "signed", comment)
    pass_on(session, actor, assignment, submission)
    return signature


@needs(Action.ASSIGNMENT_SIGN_OFF)
def return_for_revision(
    session: Session, actor: Actor, assignment: Assignment, *, digest: str, comment: str
) -> SignOff:
    """Give the answers back with a comment: a new round begins, the old one is kept."""
    if not comment.strip():
        raise Invalid(msg("Periksa kembali isian Anda."), {"comment": msg("Tuliskan apa yang perlu diperbaiki.")})
    submission = _current(session, assignment, digest)
    decision = _decide(session, actor, assignment, submission, "returned", comment)
    move(
        session,
        actor,
        assignment,
        "return",
        signer_id=None,
        sign_off_step=0,
        round=assignment.round + 1,
        due_at=grace(assignment),
        details={"submission": submission.id},
    )
    draft_from(session, assignment)
    params = message_params(assignment.stage, stage_design(assignment.stage))
    path = f"/assignments/{assignment.id}"
    notify(session, assignment.respondent_id, "returned", f"returned:{submission.id}", params, path)
    return decision


def _current(session: Session, assignment: Assignment, digest: str) -> Submission:
    """The submission that waits, which must be the one the signer saw."""
    if assignment.state != State.SUBMITTED:
        raise Conflict(msg("Formulir ini tidak sedang menunggu tanda tangan."))
    submission = session.scalars(
        select(Submission).where(Submission.assignment_id == assignment.id, Submission.round == assignment.round)
    ).one()
    if submission.digest != digest:
        raise Stale(msg("Jawaban berubah sejak Anda membukanya. Periksa kembali sebelum menandatangani."))
    return submission


def _decide(
    session: Session, actor: Actor, assignment: Assignment, submission: Submission, decision: str, comment: str
) -> SignOff:
    row = SignOff(
        submission_id=submission.id,
        step=assignment.sign_off_step,
        role=stage_design(assignment.stage).sign_offs[assignment.sign_off_step],
        decision=decision,
        digest=submission.digest,
        signer_id=actor.person,
        on_behalf_of_id=actor.on_behalf_of_id,
        comment=comment.strip(),
        decided_at=clock.now(),
    )
    session.add(row)
    return row
