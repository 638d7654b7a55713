"""Giving forms to people, reminding them, and letting what is overdue lapse: in sets, for any number of people."""

import random
from collections import defaultdict
from collections.abc import Iterator
from datetime import timedelta
from typing import Any, cast

from sqlalchemy import ColumnElement, CursorResult, and_, exists, insert, literal, or_, select, update
from sqlalchemy.orm import Session, aliased

from forms.text import Text
from forms.wording import format_datetime
from models import clock
from models.assignments import Assignment, LogEntry
from models.columns import UtcDateTime
from models.cycle_design import StageDesign
from models.cycles import Stage
from models.feedback import SurveyLink
from models.journal import JournalEntry
from models.operations.messages import notify_each
from models.people import Post, Supervision, Unit
from models.permissions import Action, Actor, needs
from models.queries.designs import stage_design
from models.queries.people import matching
from models.states import OPEN_ASSIGNMENT
from models.states import Assignment as State
from models.tokens import new_token

INSERTED_AT_ONCE = 1000


def assign(session: Session, actor: Actor, stage: Stage) -> int:
    """Make the assignments of a stage that are not there yet, and tell the respondents; gives how many were made.

    Safe to repeat: whoever joined since gets the form, nobody gets it twice.
    """
    design = stage_design(stage)
    if design.mode == "survey":
        return _link_units(session, stage, design)
    if design.respondents == "peers":
        made = _assign_peers(session, stage, design)
    else:
        made = _assign_by_relation(session, stage, design)
    if made:
        _journal_new(session, actor, stage)
        _tell_respondents(session, stage, design)
    return made


def _assign_by_relation(session: Session, stage: Stage, design: StageDesign) -> int:
    """One statement: each subject with himself, the supervisor, or the supervisor's supervisor as respondent."""
    on = clock.today(stage.cycle.zone)
    post, first, second = aliased(Post), aliased(Supervision), aliased(Supervision)
    subject_id: Any = post.person_id
    source = select(post.person_id).where(post.person_id.in_(matching(design.subjects, on)), _in_force(post, on))
    respondent_id: Any = subject_id
    if design.respondents in ("supervisor", "second-level"):
        source = source.join(first, and_(first.person_id == subject_id, _in_force(first, on)))
        respondent_id = first.supervisor_id
    if design.respondents == "second-level":
        source = source.join(second, and_(second.person_id == first.supervisor_id, _in_force(second, on)))
        respondent_id = second.supervisor_id
    now = clock.now()
    rows = source.with_only_columns(
        literal(stage.id),
        subject_id,
        respondent_id,
        post.unit_id,
        literal(State.WAITING.value),
        literal(1),
        literal(0),
        literal(stage.closes_at, UtcDateTime),
        literal(now, UtcDateTime),
        literal(1),
    ).where(
        # one post counts: the one begun last, so that a person with an acting post is asked once
        ~exists().where(
            (other := aliased(Post)).person_id == post.person_id,
            _in_force(other, on),
            or_(other.starts_on > post.starts_on, and_(other.starts_on == post.starts_on, other.id > post.id)),
        ),
        ~exists().where(Assignment.stage_id == stage.id, Assignment.subject_id == subject_id),
    )
    columns = [
        "stage_id",
        "subject_id",
        "respondent_id",
        "unit_id",
        "state",
        "round",
        "sign_off_step",
        "due_at",
        "state_since",
        "lock",
    ]
    return cast(
        CursorResult[Any],
        session.execute(insert(Assignment).from_select(columns, rows), execution_options={"preserve_rowcount": True}),
    ).rowcount


def _assign_peers(session: Session, stage: Stage, design: StageDesign) -> int:
    """Each subject is judged by `count` colleagues of the same unit, and each colleague judges as many.

    The members of a unit are shuffled into a ring (differently in each cycle, the same when repeated) and judge the
    next ones in it. A unit with too few members is joined with its parent's other small units.
    """
    on = clock.today(stage.cycle.zone)
    wanted = design.peers.count if design.peers else 3
    rows = session.execute(
        select(Post.person_id, Post.unit_id, Unit.path)
        .join(Unit, Unit.id == Post.unit_id)
        .where(Post.person_id.in_(matching(design.subjects, on)), _in_force(Post, on))
        .order_by(Post.person_id)
    ).all()
    homes = {person: (unit, path) for person, unit, path in rows}
    supervisor = dict(
        session.execute(
            select(Supervision.person_id, Supervision.supervisor_id).where(_in_force(Supervision, on))
        ).all()
    )
    known = set(session.scalars(select(Assignment.subject_id).where(Assignment.stage_id == stage.id).distinct()))
    now = clock.now()
    batch: list[dict[str, Any]] = []
    made = 0
    for subject, rater in _pairs(homes, supervisor, wanted, seed=f"{stage.cycle.key}/{stage.key}"):
        if subject in known:
            continue
        batch.append(
            {
                "stage_id": stage.id,
                "subject_id": subject,
                "respondent_id": rater,
                "unit_id": homes[subject][0],
                "state": State.WAITING,
                "due_at": stage.closes_at,
                "state_since": now,
            }
        )
        if len(batch) == INSERTED_AT_ONCE:
            session.execute(insert(Assignment), batch)
            made, batch = made + len(batch), []
    if batch:
        session.execute(insert(Assignment), batch)
    return made + len(batch)


def _pairs(
    homes: dict[int, tuple[int, str]], supervisor: dict[int, int], wanted: int, *, seed: str
) -> Iterator[tuple[int, int]]:
    """Subject and rater, from rings of colleagues; a supervisor and his staff do not judge each other here."""
    groups: dict[str, list[int]] = defaultdict(list)
    for person, (_unit, path) in homes.items():
        groups[path].append(person)
    enough = wanted + 2
    for path in sorted(groups, key=len, reverse=True):
        parent = path.rstrip("/").rpartition("/")[0] + "/"
        if len(groups[path]) < enough and parent != "/":
            groups[parent] += groups.pop(path)
    for path in sorted(groups):
        ring = sorted(groups[path])
        random.Random(f"{seed}{path}").shuffle(ring)  # noqa: S311 — a fair ring, not a secret
        for place, subject in enumerate(ring):
            others = (ring[(place + step) % len(ring)] for step in range(1, len(ring)))
            fit = (one for one in others if supervisor.get(one) != subject and supervisor.get(subject) != one)
            for _number, rater in zip(range(wanted), fit, strict=False):
                yield subject, rater


def _link_units(session: Session, stage: Stage, design: StageDesign) -> int:
    """Each unit concerned gets the address under which the public answers."""
    known = set(session.scalars(select(SurveyLink.unit_id).where(SurveyLink.stage_id == stage.id)))
    units = session.execute(select(Unit.id, Unit.name).order_by(Unit.id))
    new = [
        unit
        for unit, name in units
        if unit not in known and (not design.subjects.units or name in design.subjects.units)
    ]
    if new:
        session.execute(
            insert(SurveyLink), [{"stage_id": stage.id, "unit_id": unit, "token": new_token()} for unit in new]
        )
    return len(new)


def _journal_new(session: Session, actor: Actor, stage: Stage) -> None:
    fresh = select(
        literal(clock.now(), UtcDateTime),
        literal(actor.person_id),
        literal(actor.system),
        literal("assign"),
        literal("assignment"),
        Assignment.id,
        literal(""),
        literal(State.WAITING.value),
        literal({}, JournalEntry.details.type),
    ).where(
        Assignment.stage_id == stage.id,
        ~exists().where(
            JournalEntry.subject_kind == "assignment",
            JournalEntry.subject_id == Assignment.id,
            JournalEntry.verb == "assign",
        ),
    )
    columns = ["at", "actor_id", "actor_name", "verb", "subject_kind", "subject_id", "before", "after", "details"]
    session.execute(insert(JournalEntry).from_select(columns, fresh))


def _tell_respondents(session: Session, stage: Stage, design: StageDesign) -> None:
    """One message for each respondent, however many forms he gets."""
    people = select(Assignment.respondent_id).where(Assignment.stage_id == stage.id).distinct()
    kind = "feedback_invitation" if design.mode == "ballot" else "task_assigned"
    notify_each(session, people, kind, f"assigned:{stage.id}", message_params(stage, design), "/")


def message_params(stage: Stage, design: StageDesign) -> dict[str, Any]:
    """What a message about a stage says: its title, the cycle and the deadline, in each language."""
    # The last minute that is still in time: people read 31 January, 23.59, not the first moment of February.
    last = stage.closes_at - timedelta(seconds=1)
    deadline = Text(id=format_datetime(last, stage.cycle.zone, "id"), en=format_datetime(last, stage.cycle.zone, "en"))
    return {
        "task": design.title.model_dump(exclude_none=True),
        "cycle": stage.cycle.title,
        "deadline": deadline.model_dump(),
    }


@needs(Action.CYCLE_ADVANCE)
def remind(session: Session, actor: Actor, stage: Stage, *, key: str) -> None:
    """Remind everybody who has not finished this stage; once per key."""
    people = (
        select(Assignment.respondent_id)
        .where(Assignment.stage_id == stage.id, Assignment.state.in_(OPEN_ASSIGNMENT), Assignment.due_at > clock.now())
        .distinct()
    )
    notify_each(
        session, people, "reminder", f"remind:{stage.id}:{key}", message_params(stage, stage_design(stage)), "/"
    )


@needs(Action.CYCLE_ADVANCE)
def lapse_overdue(session: Session, actor: Actor, stage: Stage, *, even_if_not_due: bool = False) -> int:
    """Let the unfinished forms of a stage lapse whose time is over; gives their number.

    A log in which something stands has not lapsed: it is complete.
    """
    overdue = [Assignment.stage_id == stage.id, Assignment.state.in_(OPEN_ASSIGNMENT)]
    if not even_if_not_due:
        overdue.append(Assignment.due_at <= clock.now())
    if stage.mode == "log":
        logged = exists().where(LogEntry.assignment_id == Assignment.id, LogEntry.struck_at.is_(None))
        _move_many(session, actor, "complete", [*overdue, logged], State.COMPLETED)
    return _move_many(session, actor, "lapse", overdue, State.LAPSED)


@needs(Action.CYCLE_ADVANCE)
def revive_lapsed(session: Session, actor: Actor, stage: Stage) -> int:
    """Let the lapsed forms of a stage be filled in after all, since it was prolonged; gives their number."""
    lapsed = [Assignment.stage_id == stage.id, Assignment.state == State.LAPSED]
    return _move_many(session, actor, "reopen", lapsed, State.DRAFT)


def _move_many(session: Session, actor: Actor, verb: str, which: list[ColumnElement[bool]], after: State) -> int:
    """Move assignments by one statement, with a line of the journal for each; gives their number."""
    now = clock.now()
    lines = select(
        literal(now, UtcDateTime),
        literal(actor.person_id),
        literal(actor.system),
        literal(verb),
        literal("assignment"),
        Assignment.id,
        Assignment.state,
        literal(after.value),
        literal({}, JournalEntry.details.type),
    ).where(*which)
    columns = ["at", "actor_id", "actor_name", "verb", "subject_kind", "subject_id", "before", "after", "details"]
    session.execute(insert(JournalEntry).from_select(columns, lines))
    moved = session.execute(
        update(Assignment)
        .where(*which)
        .values(state=after, state_since=now, lock=Assignment.lock + 1)
        .execution_options(synchronize_session=False)
    )
    return cast(CursorResult[Any], moved).rowcount


def _in_force(relation: Any, on: Any) -> Any:
    """Whether a dated relation holds on a day."""
    return and_(relation.starts_on <= on, or_(relation.ends_on.is_(None), relation.ends_on >= on))
