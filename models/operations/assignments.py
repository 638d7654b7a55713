"""What respondents do with a form: save it, submit it, take it back; and HR opens it again."""

from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from forms import answers as form_answers
from forms.errors import AnswersInvalid
from forms.text import Message, msg
from forms.wording import format_datetime
from models import clock
from models.assignments import Assignment, Draft, Measurement, Submission
from models.designs import DesignVersion
from models.errors import Conflict, Invalid, Stale
from models.operations.assigning import message_params
from models.operations.messages import notify
from models.operations.moves import hold, move
from models.permissions import Action, Actor, needs
from models.queries.answer_context import context_for
from models.queries.designs import form_schema, stage_design, stage_form
from models.queries.signers import signer_for
from models.states import OPEN_ASSIGNMENT
from models.states import Assignment as State
from models.tokens import grouped, new_token

GRACE_DAYS = 3
"""Whoever gets a form back has at least so many days to correct it."""
MOST_DRAFT_CHARACTERS = 400_000


def too_late(due_at: datetime) -> Message:
    return msg(
        "Batas waktu telah berakhir. Hubungi pengelola kinerja unit Anda bila memerlukan perpanjangan.", due_at=due_at
    )


@needs(Action.ASSIGNMENT_ANSWER)
def save_draft(
    session: Session,
    actor: Actor,
    assignment: Assignment,
    *,
    raw: dict[str, Any],
    lock: int,
    typed_for: int | None = None,
) -> Draft:
    """Keep what was typed, right or wrong; `lock` is the number of the draft that the page showed (0: none yet).

    `typed_for` is the version of the form that the page showed, if it is not the one the stage has now: the draft then
    stays with it until its respondent goes on to the newer one.
    Raises `Stale` when the draft was saved elsewhere in the meantime or has gone on to another version, `Conflict` when
    nothing may be changed any more.
    Of a ballot no draft is ever kept: it would join a person with an answer.
    """
    if assignment.stage.mode != "once":
        raise Conflict(msg("Untuk tahap ini tidak ada draf yang disimpan."))
    _must_be_open(assignment)
    if len(repr(raw)) > MOST_DRAFT_CHARACTERS:
        raise Invalid(msg("Isian terlalu panjang untuk disimpan."))
    typed_for = _typed_for(session, assignment, typed_for)
    draft = session.get(Draft, assignment.id, with_for_update=True)
    other_version = draft is not None and draft.form_version_id not in (None, typed_for)
    if (draft.lock if draft else 0) != lock or other_version:
        raise Stale(
            msg("Draf ini telah diubah di jendela atau perangkat lain. Periksa perbedaannya sebelum menyimpan.")
        )
    if draft is None:
        draft = Draft(
            assignment_id=assignment.id,
            raw=raw,
            lock=1,
            saved_at=clock.now(),
            form_version_id=typed_for,
        )
        session.add(draft)
    else:
        draft.raw, draft.lock, draft.saved_at = raw, draft.lock + 1, clock.now()
    session.flush()
    if assignment.state == State.WAITING:
        move(session, actor, assignment, "save")
    return draft


@needs(Action.ASSIGNMENT_ANSWER)
def submit(
    session: Session,
    actor: Actor,
    assignment: Assignment,
    *,
    raw: dict[str, Any],
    request_key: str,
    received_at: datetime | None = None,
) -> Submission:
    """Hand the answers in: they are checked, kept for ever under their digest, and go to who signs first.

    The same `request_key` again gives the same submission. Raises `Invalid` with the place of each wrong answer;
    what was typed is kept as the draft by the caller. Whoever was `received_at` before the deadline is in time.
    """
    hold(session, assignment)  # no file it names is taken back at this moment
    known = session.scalar(
        select(Submission).where(Submission.assignment_id == assignment.id, Submission.request_key == request_key)
    )
    if known is not None:
        return known
    if assignment.stage.mode != "once":
        raise Conflict(msg("Formulir ini tidak diajukan untuk ditandatangani."))
    _must_be_open(assignment, received_at)
    version, schema = stage_form(assignment.stage)
    draft = session.get(Draft, assignment.id)
    if draft is not None and draft.form_version_id not in (None, version.id):
        raise Conflict(msg("Formulir ini telah diperbarui. Buka formulir dan lanjutkan dengan versi baru."))
    try:
        checked = form_answers.check(schema, raw, context_for(session, assignment, schema))
    except AnswersInvalid as wrong:
        raise Invalid(wrong.message, wrong.errors) from wrong
    submission = Submission(
        assignment_id=assignment.id,
        round=assignment.round,
        answers=checked,
        digest=form_answers.digest(checked),
        form_version_id=version.id,
        submitted_by_id=actor.person,
        submitted_at=clock.now(),
        request_key=request_key,
        receipt=new_token(12),
    )
    session.add(submission)
    session.execute(delete(Draft).where(Draft.assignment_id == assignment.id))
    session.flush()
    pass_on(session, actor, assignment, submission, first=True)
    params = message_params(assignment.stage, stage_design(assignment.stage)) | {
        "number": grouped(submission.receipt),
        "time": _said_at(submission.submitted_at, assignment),
    }
    notify(session, actor.person, "received", f"received:{submission.id}", params, f"/assignments/{assignment.id}")
    return submission


def pass_on(
    session: Session, actor: Actor, assignment: Assignment, submission: Submission, *, first: bool = False
) -> None:
    """Lead signed or fresh answers to the next who signs, or complete them when nobody is left.

    A step for which there is nobody (no second level above the supervisor) is passed over and named in the journal;
    without a supervisor the form waits until HR has named one.
    """
    design = stage_design(assignment.stage)
    step = 0 if first else assignment.sign_off_step + 1
    passed_over: list[str] = []
    while step < len(design.sign_offs):
        role = design.sign_offs[step]
        signer_id = signer_for(session, assignment, role)
        if signer_id is not None or role == "supervisor":
            verb = "submit" if first else "sign"
            move(
                session,
                actor,
                assignment,
                verb,
                signer_id=signer_id,
                sign_off_step=step,
                details=_details(submission, passed_over),
            )
            if signer_id is not None:
                params = message_params(assignment.stage, design)
                notify(
                    session,
                    signer_id,
                    "task_assigned",
                    f"sign:{submission.id}:{step}",
                    params,
                    f"/assignments/{assignment.id}",
                )
            return
        passed_over.append(role)
        step += 1
    move(
        session,
        actor,
        assignment,
        "complete",
        signer_id=None,
        sign_off_step=step,
        details=_details(submission, passed_over),
    )
    _record_measures(session, assignment, submission)


@needs(Action.ASSIGNMENT_WITHDRAW)
def withdraw(session: Session, actor: Actor, assignment: Assignment) -> Draft:
    """Take submitted answers back while nobody has signed them; they become the draft again, in a new round."""
    if assignment.state != State.SUBMITTED or assignment.sign_off_step != 0:
        raise Conflict(msg("Formulir ini tidak dapat ditarik kembali karena sudah diproses."))
    move(session, actor, assignment, "withdraw", signer_id=None, round=assignment.round + 1)
    return draft_from(session, assignment)


@needs(Action.ASSIGNMENT_REOPEN)
def reopen(session: Session, actor: Actor, assignment: Assignment, *, reason: str, due_at: datetime) -> None:
    """Let a lapsed form be filled in after all, or completed answers be corrected in a new round; with a reason."""
    if not reason.strip():
        raise Invalid(msg("Periksa kembali isian Anda."), {"reason": msg("Tuliskan alasannya.")})
    if due_at <= clock.now():
        raise Invalid(msg("Periksa kembali isian Anda."), {"due_at": msg("Batas baru harus di masa depan.")})
    completed = assignment.state == State.COMPLETED
    move(
        session,
        actor,
        assignment,
        "reopen",
        due_at=due_at,
        sign_off_step=0,
        details={"reason": reason},
        round=assignment.round + completed,
    )
    if completed:
        session.execute(
            delete(Measurement).where(
                Measurement.source == "submission",
                Measurement.source_id.in_(select(Submission.id).where(Submission.assignment_id == assignment.id)),
            )
        )
        draft_from(session, assignment)
    notify(
        session,
        assignment.respondent_id,
        "task_assigned",
        f"reopened:{assignment.id}:{assignment.round}:{assignment.lock}",
        message_params(assignment.stage, stage_design(assignment.stage)),
        f"/assignments/{assignment.id}",
    )


def draft_from(session: Session, assignment: Assignment) -> Draft:
    """Make the latest submitted answers the draft to go on from."""
    last = session.scalars(
        select(Submission).where(Submission.assignment_id == assignment.id).order_by(Submission.round.desc()).limit(1)
    ).one()
    answered = session.get_one(DesignVersion, last.form_version_id)
    raw = form_answers.edit(form_schema(answered), last.answers)
    draft = session.merge(
        Draft(assignment_id=assignment.id, raw=raw, lock=1, saved_at=clock.now(), form_version_id=answered.id)
    )
    session.flush()
    return draft


def grace(assignment: Assignment) -> datetime:
    """The deadline of a form that comes back: the old one, or a few days from now if that is later."""
    return max(assignment.due_at, clock.now() + timedelta(days=GRACE_DAYS))


def _record_measures(session: Session, assignment: Assignment, submission: Submission) -> None:
    add_measures(
        session,
        assignment,
        form_answers.measures(
            form_schema(session.get_one(DesignVersion, submission.form_version_id)), submission.answers
        ),
        on=clock.today(assignment.stage.cycle.zone),
        source="submission",
        source_id=submission.id,
    )


def add_measures(
    session: Session, assignment: Assignment, measures: Any, *, on: date, source: str, source_id: int
) -> None:
    """Write the figures of an answer as rows of their own."""
    rows = [
        {
            "stage_id": assignment.stage_id,
            "subject_id": assignment.subject_id,
            "unit_id": assignment.unit_id,
            "key": key,
            "value": value,
            "occurred_on": on,
            "source": source,
            "source_id": source_id,
        }
        for key, value in measures
    ]
    if rows:
        session.execute(insert(Measurement), rows)


def _typed_for(session: Session, assignment: Assignment, version_id: int | None) -> int | None:
    """The version a page was drawn from: that of the stage, or an earlier one of the same form."""
    current = assignment.stage.form_version
    if version_id is None or current is None or version_id == current.id:
        return assignment.stage.form_version_id
    version = session.get(DesignVersion, version_id)
    if version is None or version.design_id != current.design_id or version.number > current.number:
        raise Conflict(msg("Formulir ini telah diperbarui. Muat ulang halaman sebelum menyimpan."))
    return version.id


def _must_be_open(assignment: Assignment, received_at: datetime | None = None) -> None:
    if assignment.state not in OPEN_ASSIGNMENT:
        raise Conflict(msg("Formulir ini sudah diajukan atau ditutup, sehingga tidak dapat diubah lagi."))
    if (received_at or clock.now()) >= assignment.due_at:
        raise Conflict(too_late(assignment.due_at))


def _said_at(moment: datetime, assignment: Assignment) -> dict[str, str]:
    zone = assignment.stage.cycle.zone
    return {language: format_datetime(moment, zone, language) for language in ("id", "en")}


def _details(submission: Submission, passed_over: list[str]) -> dict[str, Any]:
    details: dict[str, Any] = {"submission": submission.id, "digest": submission.digest}
    return details | ({"passed_over": passed_over} if passed_over else {})
