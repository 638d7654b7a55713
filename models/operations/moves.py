"""The one way a state changes: looked up in the table, conditional on what was read, written in the journal."""

from typing import Any, cast

from sqlalchemy import CursorResult, insert, select, update
from sqlalchemy.orm import Session

from forms.text import msg
from models import clock
from models.assignments import Assignment
from models.awards import Candidate, Certificate
from models.cycles import Cycle, Run, Stage
from models.designs import DesignVersion
from models.errors import Conflict
from models.journal import JournalEntry
from models.permissions import Actor
from models.states import next_state

Movable = Assignment | Candidate | Certificate | Cycle | DesignVersion | Run | Stage

KINDS: dict[type[Any], str] = {
    Assignment: "assignment",
    Candidate: "candidate",
    Certificate: "certificate",
    Cycle: "cycle",
    DesignVersion: "design_version",
    Run: "run",
    Stage: "stage",
}


def move(
    session: Session, actor: Actor, thing: Movable, verb: str, *, details: dict[str, Any] | None = None, **values: Any
) -> None:
    """Lead a thing to the next state; other columns of it may be set in the same statement.

    Raises `Conflict` when the verb does not apply to its state, or when somebody else moved it in the meantime:
    then nothing was changed.
    """
    table = type(thing)
    kind = KINDS[table]
    before = thing.state
    after = next_state(kind, before, verb)
    if after is None:
        raise Conflict(already_elsewhere())
    condition = [table.id == thing.id, table.state == before]
    changed = {"state": after, **values}
    if isinstance(thing, Assignment):
        condition.append(Assignment.lock == thing.lock)
        changed |= {"lock": thing.lock + 1}
        if after != before:
            changed |= {"state_since": clock.now()}
    session.flush()
    statement = update(table).where(*condition).values(**changed).execution_options(synchronize_session=False)
    if cast(CursorResult[Any], session.execute(statement)).rowcount != 1:
        raise Conflict(already_elsewhere())
    session.refresh(thing)
    record(session, actor, verb, kind, thing.id, before=before, after=after, details=details)


def hold(session: Session, assignment: Assignment) -> None:
    """Hold an assignment as it is now until the end of the transaction: who comes at the same moment waits."""
    # By itself: the rows that belong to it are outer joins, which PostgreSQL does not lock.
    session.execute(select(Assignment.id).where(Assignment.id == assignment.id).with_for_update())
    session.refresh(assignment, ["state", "round", "lock", "due_at", "sign_off_step", "signer_id"])


def record(
    session: Session,
    actor: Actor,
    verb: str,
    subject_kind: str,
    subject_id: int,
    *,
    before: str = "",
    after: str = "",
    details: dict[str, Any] | None = None,
) -> None:
    """Write one line of the journal."""
    session.add(JournalEntry(**entry(actor, verb, subject_kind, subject_id, before, after, details)))


def record_many(
    session: Session, actor: Actor, verb: str, subject_kind: str, ids: list[int], before: str, after: str
) -> None:
    """Write a line of the journal for each of many things that were moved by one statement."""
    if ids:
        session.execute(
            insert(JournalEntry), [entry(actor, verb, subject_kind, one, before, after, None) for one in ids]
        )


def entry(
    actor: Actor, verb: str, subject_kind: str, subject_id: int, before: str, after: str, details: dict[str, Any] | None
) -> dict[str, Any]:
    return {
        "at": clock.now(),
        "actor_id": actor.person_id,
        "actor_name": actor.system,
        "on_behalf_of_id": actor.on_behalf_of_id,
        "verb": verb,
        "subject_kind": subject_kind,
        "subject_id": subject_id,
        "before": before,
        "after": after,
        "details": details or {},
    }


def already_elsewhere() -> Any:
    return msg(
        "Keadaan sudah berubah sejak halaman ini dibuka. Tidak ada yang hilang; silakan muat ulang dan periksa kembali."
    )
