"""A cycle in progress for tests of pages: opened, with plans handed in, as the cast would have done it."""

from random import Random

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from flows import launch
from forms import answers
from models.assignments import Assignment
from models.cycles import Cycle
from models.journal import JournalEntry
from models.operations import assignments, cycles
from models.people import Person, RoleGrant, Unit
from models.permissions import CLOCK, Role
from models.queries import access, desk
from models.queries.answer_context import context_for
from models.queries.designs import form_schema
from models.session import writing
from tests.cast import as_actor, install_designs, on_day, plan_cycle, stage
from tests.rewinding import told_once


def example(database: Session, form: Assignment, seed: int = 1) -> dict:
    """Invented answers to a form."""
    assert form.stage.form_version is not None
    schema = form_schema(form.stage.form_version)
    return answers.example(schema, Random(seed), context_for(database, form, schema))


def own_form(database: Session, person: Person, key: str = "planning") -> Assignment:
    """The open form of a person in a stage."""
    forms = database.scalars(desk.to_answer(as_actor(database, person))).unique()
    return next(form for form in forms if form.stage.key == key)


@told_once
def designs_installed(sessions: sessionmaker[Session]) -> None:
    """Everything that ships, published."""
    with writing(sessions) as database:
        install_designs(database)


@told_once
def planning_open(sessions: sessionmaker[Session]) -> str:
    """The cycle of 2026, opened on 2 January with its first stage; gives its key."""
    with on_day(2026, 1, 2), writing(sessions) as database:
        cycle = plan_cycle(database)
        cycles.open_cycle(database, CLOCK, cycle)
        cycles.open_stage(database, CLOCK, stage(cycle, "planning"))
        return cycle.key


@told_once
def hand_in(sessions: sessionmaker[Session], person: Person, day: int = 10, seed: int = 1, **more: object) -> int:
    """The person hands in the plan on a day of January; gives the id of the form."""
    with on_day(2026, 1, day), writing(sessions) as database:
        form = own_form(database, person)
        raw = example(database, form, seed) | more
        assignments.submit(database, as_actor(database, person), form, raw=raw, request_key=f"day-{day}")
        return form.id


def digest_of(sessions: sessionmaker[Session], form_id: int) -> str:
    """The digest of the latest answers of a form."""
    with sessions() as database:
        form = database.get_one(Assignment, form_id)
        return access.submissions(database, form)[0].digest


def state_of(sessions: sessionmaker[Session], form_id: int) -> str:
    """The state of a form."""
    with sessions() as database:
        return database.get_one(Assignment, form_id).state


def cycle_of(database: Session, key: str = "2026") -> Cycle:
    """The cycle as it stands."""
    return database.scalars(select(Cycle).where(Cycle.key == key)).one()


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The runs that the engine was told of; no engine is needed."""
    runs: list[int] = []
    monkeypatch.setattr(launch, "launch", lambda run_id: runs.append(run_id) or True)
    monkeypatch.setattr(launch, "is_up", lambda: True)
    return runs


def unit_hr(sessions: sessionmaker[Session], person: Person, unit: Unit) -> Person:
    """Make somebody HR of a unit."""
    with writing(sessions) as database:
        database.add(RoleGrant(person_id=person.id, role=Role.HR_UNIT, unit_id=unit.id))
    return person


def journal(sessions: sessionmaker[Session], subject_kind: str, verb: str) -> list[JournalEntry]:
    """What the journal says of a verb."""
    found = select(JournalEntry).where(JournalEntry.subject_kind == subject_kind, JournalEntry.verb == verb)
    with sessions() as database:
        return list(database.scalars(found.order_by(JournalEntry.id)))
