"""What a supervisor sees of his staff: where each form is, what was logged this month, and the latest entries."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from forms.text import Text
from models.assignments import Assignment, LogEntry, Measurement
from models.cycles import Cycle, Stage
from models.people import Person, Post
from models.permissions import Actor
from models.queries import access
from models.queries.designs import form_schema, forms_by_version, stage_design
from models.queries.logs import figures
from models.queries.people import posts, subordinates
from models.states import Cycle as CycleState


@dataclass
class Member:
    """One person of a team with the forms about him in running cycles, and his log of the month."""

    person: Person
    post: Post | None
    forms: dict[int, Assignment] = field(default_factory=dict)
    """Stage id → the form about this person."""
    entries: int = 0
    totals: list[tuple[Text, Decimal]] = field(default_factory=list)
    last_entry: datetime | None = None


@dataclass
class Team:
    """Today's staff, the staff of one's staff, and the stages whose forms are shown for them."""

    direct: list[Member]
    second: dict[int, list[Member]]
    """Supervisor id → the people below that supervisor."""
    stages: list[Stage]


def team_of(session: Session, actor: Actor, on: date) -> Team:
    """The team of the actor on a day, with figures since the first of the month."""
    assert actor.person_id is not None
    direct = subordinates(session, actor.person_id, on)
    below = {one.id: subordinates(session, one.id, on) for one in direct}
    everybody = [*direct, *(one for some in below.values() for one in some)]
    ids = [one.id for one in everybody]
    held = posts(session, ids, on)
    members = {one.id: Member(one, held.get(one.id)) for one in everybody}
    stages = _place_forms(session, actor, members)
    _place_logs(session, stages, members, on)
    return Team(
        [members[one.id] for one in direct],
        {above: [members[one.id] for one in some] for above, some in below.items() if some},
        [stage for stage in stages if stage.mode == "once"],
    )


def _place_forms(session: Session, actor: Actor, members: dict[int, Member]) -> list[Stage]:
    found = session.scalars(
        access.assignments(actor).where(
            Assignment.subject_id.in_(members), Cycle.state == CycleState.OPEN, Stage.mode.in_(("once", "log"))
        )
    ).unique()
    stages: dict[int, Stage] = {}
    for assignment in found:
        members[assignment.subject_id].forms[assignment.stage_id] = assignment
        stages[assignment.stage_id] = assignment.stage
    return sorted(stages.values(), key=lambda stage: (stage.cycle.starts_on, stage.cycle_id, stage.position))


def _place_logs(session: Session, stages: Sequence[Stage], members: dict[int, Member], on: date) -> None:
    logs = {stage.id: stage for stage in stages if stage.mode == "log"}
    if not logs:
        return
    first = on.replace(day=1)
    counts = session.execute(
        select(Assignment.subject_id, func.count(), func.max(LogEntry.entered_at))
        .join(LogEntry, LogEntry.assignment_id == Assignment.id)
        .where(Assignment.stage_id.in_(logs), Assignment.subject_id.in_(members))
        .where(LogEntry.struck_at.is_(None), LogEntry.occurred_on >= first, LogEntry.occurred_on <= on)
        .group_by(Assignment.subject_id)
    )
    for subject, count, last in counts:
        members[subject].entries, members[subject].last_entry = count, last
    sums: dict[int, dict[str, Decimal]] = defaultdict(dict)
    rows = session.execute(
        select(Measurement.subject_id, Measurement.key, func.sum(Measurement.value))
        .where(Measurement.stage_id.in_(logs), Measurement.subject_id.in_(members))
        .where(Measurement.source == "log_entry", Measurement.occurred_on >= first, Measurement.occurred_on <= on)
        .group_by(Measurement.subject_id, Measurement.key)
    )
    for subject, key, value in rows:
        sums[subject][key] = value
    answered = session.scalars(
        select(LogEntry.form_version_id)
        .join(LogEntry.assignment)
        .where(Assignment.stage_id.in_(logs), Assignment.subject_id.in_(members))
        .distinct()
    ).all()
    current = [form_schema(stage.form_version) for stage in logs.values() if stage.form_version is not None]
    words = figures(*current, *forms_by_version(session, answered).values())
    for subject, known in sums.items():
        members[subject].totals = [(label, known[key]) for key, label in words.items() if key in known]


def latest_entries(session: Session, actor: Actor, ids: Sequence[int], limit: int = 15) -> list[LogEntry]:
    """What these people logged last, as far as the actor may read it; struck entries are among them."""
    found = (
        access.log_entries(actor)
        .where(Assignment.subject_id.in_(ids))
        .order_by(LogEntry.entered_at.desc(), LogEntry.id.desc())
        .limit(limit)
        .options(
            joinedload(LogEntry.assignment).joinedload(Assignment.subject),
            joinedload(LogEntry.assignment).joinedload(Assignment.stage).joinedload(Stage.form_version),
        )
    )
    return list(session.scalars(found).unique())


def stage_title(stage: Stage) -> Text:
    """What a stage is called in its design."""
    return stage_design(stage).title
