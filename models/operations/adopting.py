"""Stages of running cycles that go on with a newer version of their form, and drafts that go on with them."""

from collections.abc import Collection

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from forms import answers as form_answers
from forms.changes import Loss, moved_raw, no_longer_asked
from forms.text import Message, msg
from models import clock
from models.assignments import Assignment, Draft
from models.cycles import Stage
from models.designs import DesignVersion
from models.errors import Conflict, Invalid, Stale
from models.feedback import Ballot
from models.operations import designs
from models.operations.moves import record
from models.permissions import Action, Actor, needs
from models.queries.answer_context import context_for
from models.queries.design_references import RUNNING, UNFINISHED, broken_in
from models.queries.designs import form_schema, stage_form
from models.states import OPEN_ASSIGNMENT
from models.states import Design as DesignState

BALLOTS_ARE_IN = msg(
    "Umpan balik rahasia sudah masuk. Agar tetap tidak terlacak, tahap ini memakai versinya sampai selesai."
)


def has_ballots(session: Session, stage: Stage) -> bool:
    """Whether a box holds ballots: two versions in one box would tell who voted before the change and who after it."""
    if stage.mode != "ballot":
        return False
    return session.scalar(select(Ballot.id).where(Ballot.stage_id == stage.id).limit(1)) is not None


def obstacles(session: Session, stage: Stage, version: DesignVersion) -> list[Message]:
    """Why a stage of a running cycle cannot go on with a version of its form, once that is published."""
    ballots = [BALLOTS_ARE_IN] if has_ballots(session, stage) else []
    return ballots + [one.message for one in broken_in(stage, version)]


@needs(Action.DESIGN_PUBLISH)
def adopt_version(session: Session, actor: Actor, stage: Stage, version: DesignVersion) -> None:
    """Let a stage of a running cycle go on with a newer published version of its form.

    What was handed in stays with the version that was answered. Open drafts move when their respondents open them and
    have seen what they would lose. Raises `Conflict` where the stage cannot go on with it, `Invalid`, with a sentence
    for each part of the cycle, when the cycle reads what the version does not ask.
    """
    # Locked by itself: the rows that belong to it are outer joins, which PostgreSQL does not lock.
    session.execute(select(Stage.id).where(Stage.id == stage.id).with_for_update())
    session.refresh(stage, ["state", "form_version_id", "form_version"])
    current = stage.form_version
    if current is None or current.design_id != version.design_id:
        raise Conflict(msg("Tahap ini tidak memakai formulir tersebut."))
    if current.id == version.id:
        return
    if version.state != DesignState.PUBLISHED or version.number < current.number:
        raise Conflict(msg("Tahap hanya dapat beralih ke versi lebih baru yang sudah diterbitkan."))
    if stage.cycle.state not in RUNNING or stage.state not in UNFINISHED:
        raise Conflict(msg("Tahap ini sudah ditutup sehingga tetap memakai versinya."))
    if has_ballots(session, stage):
        raise Conflict(BALLOTS_ARE_IN)
    broken = broken_in(stage, version)
    if broken:
        raise Invalid(
            msg("Versi ini belum dapat dipakai pada tahap yang sedang berjalan."),
            {f"{one.use.place} {one.use.path}": one.message for one in broken},
        )
    before = current.number
    stage.form_version = version
    session.flush()
    record(
        session,
        actor,
        "adopt",
        "stage",
        stage.id,
        before=stage.state,
        after=stage.state,
        details={"from": before, "to": version.number, "version": version.id},
    )


@needs(Action.DESIGN_PUBLISH)
def publish_and_adopt(session: Session, actor: Actor, version: DesignVersion, stages: Collection[Stage]) -> None:
    """Publish a version and let these stages go on with it: all of it or nothing. Raises as both do."""
    designs.publish(session, actor, version)
    for stage in stages:
        adopt_version(session, actor, stage, version)


def is_outdated(assignment: Assignment, draft: Draft | None) -> bool:
    """Whether the draft was typed for another version than the stage has now."""
    return draft is not None and draft.form_version_id not in (None, assignment.stage.form_version_id)


def losses(session: Session, assignment: Assignment, draft: Draft) -> tuple[Loss, ...]:
    """What a draft would lose on the way to the version the stage has now."""
    return _moved(session, assignment, draft)[1]


@needs(Action.ASSIGNMENT_ANSWER)
def renew_draft(session: Session, actor: Actor, assignment: Assignment, *, lock: int) -> tuple[Loss, ...]:
    """Let a draft go on to the version the stage has now; gives what was lost, which the respondent has been shown.

    Raises `Stale` when the draft was saved since it was shown as `lock`, and `Conflict` when nothing may be changed.
    """
    if assignment.state not in OPEN_ASSIGNMENT or clock.now() >= assignment.due_at:
        raise Conflict(msg("Formulir ini sudah diajukan atau ditutup, sehingga tidak dapat diubah lagi."))
    draft = session.get(Draft, assignment.id, with_for_update=True, populate_existing=True)
    if draft is None or not is_outdated(assignment, draft):
        return ()
    if draft.lock != lock:
        raise Stale(
            msg("Draf ini telah diubah di jendela atau perangkat lain. Periksa perbedaannya sebelum menyimpan.")
        )
    before = draft.form_version_id
    raw, lost = _moved(session, assignment, draft)
    draft.raw, draft.form_version_id, draft.lock, draft.saved_at = (
        raw,
        assignment.stage.form_version_id,
        draft.lock + 1,
        clock.now(),
    )
    session.flush()
    record(
        session,
        actor,
        "renew",
        "assignment",
        assignment.id,
        before=assignment.state,
        after=assignment.state,
        details={"from": before, "to": draft.form_version_id, "lost": [one.path for one in lost]},
    )
    return lost


def _moved(session: Session, assignment: Assignment, draft: Draft) -> tuple[dict[str, object], tuple[Loss, ...]]:
    old = form_schema(session.get_one(DesignVersion, draft.form_version_id))
    new = stage_form(assignment.stage)[1]
    moved, lost = moved_raw(old, new, draft.raw)
    context = context_for(session, assignment, new)
    hidden = no_longer_asked(old, new, moved, context)
    offered = {key: raw for key, raw in form_answers.initial(new, context).items() if old.field(key) is None}
    return {**offered, **moved}, lost + hidden


def drafts_of(session: Session, stages: Collection[Stage]) -> dict[int, int]:
    """Stage → how many open drafts there are."""
    found = session.execute(
        select(Assignment.stage_id, func.count())
        .join(Draft, Draft.assignment_id == Assignment.id)
        .where(Assignment.stage_id.in_([stage.id for stage in stages]), Assignment.state.in_(OPEN_ASSIGNMENT))
        .group_by(Assignment.stage_id)
    )
    return dict(found.all())
