"""Who supervises whom, changed with dates: the past keeps its supervisors, what waits for a signature moves along."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import Session, joinedload

from forms.text import Message, msg
from models.assignments import Assignment
from models.cycles import Cycle, Stage
from models.errors import Invalid
from models.journal import JournalEntry
from models.operations.assigning import message_params
from models.operations.messages import notify
from models.operations.moves import entry, record
from models.people import Person, Supervision
from models.permissions import Action, Actor, needs
from models.queries.designs import stage_design
from models.queries.signers import signers
from models.states import Assignment as State

ASKED_AT_ONCE = 2000


@dataclass(frozen=True, slots=True)
class NewSupervisor:
    """From `starts_on` a person has this supervisor, or none."""

    person_id: int
    supervisor_id: int | None
    starts_on: date


@needs(Action.PEOPLE_CHANGE_SUPERVISOR)
def change_supervisor(session: Session, actor: Actor, person: Person, *, supervisor: Person | None, on: date) -> None:
    """Give a person another supervisor (or none) from a day on.

    The relation before ends the day before and is kept. Answers that are submitted and wait for a signature go to who
    has to sign now. Raises `Invalid` for a supervisor who is not active or stands below the person already.
    """
    current = open_supervisors(session)
    supervisor_id = supervisor.id if supervisor else None
    if current.get(person.id) == supervisor_id:
        return
    if supervisor is not None:
        if not supervisor.active:
            raise _not_possible(msg("%(name)s tidak aktif. Pilih atasan lain.", name=supervisor.name))
        if person.id in loop_through(supervisor.id, current | {person.id: supervisor.id}):
            message = msg(
                "%(name)s adalah bawahan %(person)s, sehingga tidak dapat menjadi atasannya. Pilih atasan lain.",
                name=supervisor.name,
                person=person.name,
            )
            raise _not_possible(message)
    change_supervisors(session, [NewSupervisor(person.id, supervisor_id, on)])
    details = {"from": current.get(person.id), "to": supervisor_id, "on": on.isoformat()}
    record(session, actor, "change-supervisor", "person", person.id, details=details)
    repoint_signers(session, actor, [person.id])


def open_supervisors(session: Session) -> dict[int, int]:
    """Person → supervisor, by the relations without an end; these are what a change changes."""
    rows = select(Supervision.person_id, Supervision.supervisor_id).where(Supervision.ends_on.is_(None))
    return dict(session.execute(rows.order_by(Supervision.starts_on, Supervision.id)).all())


def loop_through(start: int, supervisor: Mapping[int, int]) -> list[int]:
    """The people met twice when going up from somebody: the loop that the way up ends in, or nothing."""
    way: dict[int, None] = {}
    here: int | None = start
    while here is not None and here not in way:
        way[here] = None
        here = supervisor.get(here)
    if here is None:
        return []
    met = list(way)
    return met[met.index(here) :]


def change_supervisors(session: Session, changes: Collection[NewSupervisor]) -> None:
    """Write new relations and end the open ones the day before; a relation that has not begun yet is replaced."""
    session.flush()
    rows = select(Supervision.id, Supervision.person_id, Supervision.starts_on, Supervision.ends_on)
    people = {change.person_id for change in changes}
    known = [row for row in session.execute(rows) if row.person_id in people]
    open_rows = {row.person_id: row for row in known if row.ends_on is None}
    last_ends: dict[int, date] = {}
    for row in known:
        if row.ends_on is not None:
            last_ends[row.person_id] = max(row.ends_on, last_ends.get(row.person_id, row.ends_on))
    ends: list[dict[str, Any]] = []
    gone: list[int] = []
    fresh: list[dict[str, Any]] = []
    for change in changes:
        starts_on = change.starts_on
        if change.person_id in last_ends:
            starts_on = max(starts_on, last_ends[change.person_id] + timedelta(days=1))
        if (old := open_rows.get(change.person_id)) is not None:
            if starts_on > old.starts_on:
                ends.append({"id": old.id, "ends_on": starts_on - timedelta(days=1)})
            else:
                starts_on = old.starts_on
                gone.append(old.id)
        if change.supervisor_id is not None:
            fresh.append({"person_id": change.person_id, "supervisor_id": change.supervisor_id, "starts_on": starts_on})
    if ends:
        session.execute(update(Supervision), ends)
    for start in range(0, len(gone), ASKED_AT_ONCE):
        session.execute(delete(Supervision).where(Supervision.id.in_(gone[start : start + ASKED_AT_ONCE])))
    if fresh:
        session.execute(insert(Supervision), fresh)


def repoint_signers(session: Session, actor: Actor, people: Iterable[int]) -> int:
    """Hand what waits for a signature to who has to sign now, after these people got another supervisor.

    Concerns answers about the people themselves and, for the second level, about those they supervise. Gives how many
    were handed over; where nobody stands above a supervisor, the second-level signer stays who he was.
    """
    waiting = _waiting(session, set(people))
    wanted = signers(session, waiting)
    journal = []
    for assignment, role in waiting:
        before, after = assignment.signer_id, wanted[assignment.id]
        if after == before or (after is None and role != "supervisor"):
            continue
        assignment.signer_id = after
        assignment.lock += 1
        details = {"from": before, "to": after, "role": role}
        journal.append(entry(actor, "repoint", "assignment", assignment.id, State.SUBMITTED, State.SUBMITTED, details))
        if after is not None:
            key = f"sign:{assignment.id}:{assignment.round}:{assignment.sign_off_step}:{assignment.lock}"
            params = message_params(assignment.stage, stage_design(assignment.stage))
            notify(session, after, "task_assigned", key, params, f"/assignments/{assignment.id}")
    session.flush()
    if journal:
        session.execute(insert(JournalEntry), journal)
    return len(journal)


def _waiting(session: Session, people: set[int]) -> list[tuple[Assignment, str]]:
    """The submitted assignments of these people and of those they supervise, with the role that must sign."""
    concerned = sorted(people | {below for below, above in open_supervisors(session).items() if above in people})
    found: list[tuple[Assignment, str]] = []
    for start in range(0, len(concerned), ASKED_AT_ONCE):
        rows = (
            select(Assignment)
            .where(
                Assignment.state == State.SUBMITTED,
                Assignment.subject_id.in_(concerned[start : start + ASKED_AT_ONCE]),
            )
            .options(joinedload(Assignment.stage).joinedload(Stage.cycle).joinedload(Cycle.design_version))
            .order_by(Assignment.id)
            .with_for_update(of=Assignment)
            .execution_options(populate_existing=True)
        )
        for assignment in session.scalars(rows):
            chain = stage_design(assignment.stage).sign_offs
            if assignment.sign_off_step < len(chain):
                found.append((assignment, chain[assignment.sign_off_step]))
    return found


def _not_possible(message: Message) -> Invalid:
    return Invalid(msg("Periksa kembali isian Anda."), {"supervisor": message})
