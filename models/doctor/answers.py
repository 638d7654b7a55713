"""Checks of what people handed in: nothing lost, nothing doubled, nothing late, every signature for what was signed."""

from collections.abc import Iterator
from datetime import timedelta

from sqlalchemy import Select, and_, case, exists, func, or_, select
from sqlalchemy.orm import aliased

from forms import answers
from forms.text import msg
from models import clock
from models.assignments import Assignment, LogEntry, SignOff, Submission
from models.cycles import Cycle, Stage
from models.doctor.base import SAMPLE, Examination, Finding, finding, found_by, streamed
from models.feedback import Ballot, SurveyAnswer
from models.journal import JournalEntry
from models.states import OPEN_ASSIGNMENT
from models.states import Assignment as State

UNDER_WAY = timedelta(minutes=15)
"""What had reached the server before the deadline may be written so much later."""
_current = and_(Submission.assignment_id == Assignment.id, Submission.round == Assignment.round)


def each_round_has_one_submission(examination: Examination) -> Iterator[Finding]:
    """I1: whatever was acknowledged is there once, in the round and state that go with it."""
    assigned = select(Assignment.id).join(Stage)
    handed_in = or_(Assignment.state == State.SUBMITTED, Assignment.state == State.COMPLETED)
    yield found_by(
        examination,
        "I1",
        msg("Setiap formulir yang diajukan memiliki jawaban pada putarannya."),
        "assignment",
        assigned.where(Stage.mode == "once", handed_in, ~exists().where(_current)),
    )
    open_state = Assignment.state.in_((*OPEN_ASSIGNMENT, State.LAPSED))
    yield found_by(
        examination,
        "I1",
        msg("Formulir yang masih terbuka belum memiliki jawaban pada putaran ini atau sesudahnya."),
        "assignment",
        assigned.where(
            or_(
                and_(open_state, exists().where(_current)),
                exists().where(Submission.assignment_id == Assignment.id, Submission.round > Assignment.round),
            )
        ),
    )
    yield found_by(
        examination,
        "I1",
        msg("Pengajuan dalam jurnal sama banyaknya dengan jawaban yang tersimpan."),
        "assignment",
        _miscounted(),
    )


def _miscounted() -> Select[int]:
    """Forms whose journal tells of another number of submissions than there are."""
    told = (
        select(JournalEntry.subject_id.label("id"), func.count().label("n"))
        .where(
            JournalEntry.subject_kind == "assignment",
            or_(
                JournalEntry.verb == "submit",
                and_(JournalEntry.verb == "complete", JournalEntry.before.in_(OPEN_ASSIGNMENT)),
            ),
        )
        .group_by(JournalEntry.subject_id)
        .subquery()
    )
    kept = (
        select(Submission.assignment_id.label("id"), func.count().label("n"))
        .group_by(Submission.assignment_id)
        .subquery()
    )
    return (
        select(Assignment.id)
        .join(Stage)
        .outerjoin(told, told.c.id == Assignment.id)
        .outerjoin(kept, kept.c.id == Assignment.id)
        .where(Stage.mode == "once", func.coalesce(told.c.n, 0) != func.coalesce(kept.c.n, 0))
    )


def ballots_are_as_many_as_were_cast(examination: Examination) -> Iterator[Finding]:
    """I1 for ballots: for each person as many as colleagues have answered; who wrote which cannot be asked."""
    cast = (
        select(
            Assignment.stage_id.label("stage"),
            Assignment.subject_id.label("subject"),
            func.sum(case((Assignment.state == State.COMPLETED, 1), else_=0)).label("n"),
        )
        .join(Stage)
        .where(Stage.mode == "ballot")
        .group_by(Assignment.stage_id, Assignment.subject_id)
        .subquery()
    )
    kept = (
        select(Ballot.stage_id.label("stage"), Ballot.subject_id.label("subject"), func.count().label("n"))
        .group_by(Ballot.stage_id, Ballot.subject_id)
        .subquery()
    )
    wrong = (
        select(cast.c.subject)
        .outerjoin(kept, and_(kept.c.stage == cast.c.stage, kept.c.subject == cast.c.subject))
        .where(cast.c.n != func.coalesce(kept.c.n, 0))
    )
    message = msg("Setiap pegawai memiliki umpan balik rahasia sebanyak rekan yang telah mengisi.")
    yield found_by(examination, "I1", message, "person", wrong)


def nothing_came_too_late(examination: Examination) -> Iterator[Finding]:
    """I7: nothing was accepted after the deadline.

    A deadline only ever moves to later, or to later than what was accepted: so the last one shows what was too late.
    """
    session = examination.session
    message = msg("Tidak ada jawaban yang diterima setelah batas waktu.")

    def late() -> Iterator[str]:
        submissions = select(Submission.id, Submission.submitted_at, Assignment.due_at).join(Submission.assignment)
        entries = select(LogEntry.id, LogEntry.entered_at, Assignment.due_at).join(LogEntry.assignment)
        for kind, statement in (("submission", submissions), ("log_entry", entries)):
            for number, at, due_at in streamed(session, statement):
                if at > due_at + UNDER_WAY:
                    yield f"{kind} {number}"
        surveys = select(SurveyAnswer.stage_id, func.max(SurveyAnswer.answered_on)).group_by(SurveyAnswer.stage_id)
        for stage_id, last in session.execute(surveys):
            closes_at, zone = session.execute(
                select(Stage.closes_at, Cycle.zone).join(Stage.cycle).where(Stage.id == stage_id)
            ).one()
            if last > clock.local_day(closes_at, zone):
                yield f"survey {stage_id}"

    yield finding("I7", message, late())


def signatures_hold(examination: Examination) -> Iterator[Finding]:
    """I8: one signature at each step, by somebody else, for exactly the answers that lie there."""
    other = aliased(SignOff)
    yield found_by(
        examination,
        "I8",
        msg("Setiap jawaban memiliki paling banyak satu tanda tangan untuk setiap langkah."),
        "sign_off",
        select(SignOff.id).where(
            exists().where(
                other.submission_id == SignOff.submission_id, other.step == SignOff.step, other.id < SignOff.id
            )
        ),
    )
    yield found_by(
        examination,
        "I8",
        msg("Setiap tanda tangan berlaku untuk jawaban yang ditandatangani, dan bukan oleh diri sendiri."),
        "sign_off",
        select(SignOff.id)
        .join(SignOff.submission)
        .join(Submission.assignment)
        .where(
            or_(
                SignOff.digest != Submission.digest,
                SignOff.signer_id == Assignment.subject_id,
                SignOff.signer_id == Submission.submitted_by_id,
            )
        ),
    )
    statement = select(Submission.id, Submission.answers, Submission.digest).order_by(Submission.id.desc())
    if not examination.everything:
        statement = statement.limit(SAMPLE)
    changed = (
        f"submission {number}"
        for number, kept, digest in streamed(examination.session, statement)
        if answers.digest(kept) != digest
    )
    yield finding("I8", msg("Sidik setiap jawaban sesuai dengan isinya."), changed)
