"""Another supervisor from a day on: the past keeps its own, what waits for a signature goes to who must sign now."""

from datetime import date
from random import Random

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from forms import answers
from models.assignments import Assignment, Submission
from models.errors import Conflict, Forbidden, Invalid
from models.journal import JournalEntry
from models.messages import OutboxMessage
from models.operations import assignments, cycles, sign_offs
from models.operations.people import change_supervisor
from models.operations.people_import import import_people
from models.people import Person, Supervision
from models.permissions import CLOCK, OPERATOR, ORGANISATION
from models.queries.answer_context import context_for
from models.queries.designs import form_schema
from models.queries.people import second_level_of, supervisor_of
from models.queries.people_rows import people_rows
from models.states import Assignment as State
from tests.cast import Cast, as_actor, cast, on_day, plan_cycle, stage
from tests.models.people_files import sheet

DAY = date(2026, 1, 20)


@pytest.fixture
def people(session: Session) -> Cast:
    return cast(session)


def submitted_plan(session: Session, person: Person) -> Assignment:
    """The person's plan of 2026, handed in on 12 January."""
    cycle = plan_cycle(session)
    with on_day(2026, 1, 5):
        cycles.open_cycle(session, CLOCK, cycle)
        cycles.open_stage(session, CLOCK, stage(cycle, "planning"))
    form = session.scalars(
        select(Assignment).where(
            Assignment.respondent_id == person.id, Assignment.stage_id == stage(cycle, "planning").id
        )
    ).one()
    schema = form_schema(form.stage.form_version)
    with on_day(2026, 1, 12):
        raw = answers.example(schema, Random(1), context_for(session, form, schema))
        assignments.submit(session, as_actor(session, person), form, raw=raw, request_key="once")
    return form


def test_the_past_keeps_its_supervisor(session: Session, people: Cast) -> None:
    change_supervisor(session, as_actor(session, people.ani), people.citra, supervisor=people.gita, on=DAY)
    assert supervisor_of(session, people.citra.id, date(2026, 1, 19)) == people.budi.id
    assert supervisor_of(session, people.citra.id, DAY) == people.gita.id
    assert second_level_of(session, people.citra.id, DAY) == people.fitri.id


def test_a_change_is_written_in_the_journal(session: Session, people: Cast) -> None:
    change_supervisor(session, as_actor(session, people.ani), people.citra, supervisor=people.gita, on=DAY)
    entry = session.scalars(select(JournalEntry).where(JournalEntry.verb == "change-supervisor")).one()
    assert (entry.actor_id, entry.subject_id) == (people.ani.id, people.citra.id)
    assert entry.details == {"from": people.budi.id, "to": people.gita.id, "on": "2026-01-20"}


def test_the_same_supervisor_again_changes_nothing(session: Session, people: Cast) -> None:
    change_supervisor(session, OPERATOR, people.citra, supervisor=people.budi, on=DAY)
    rows = session.scalars(select(Supervision).where(Supervision.person_id == people.citra.id)).all()
    assert [row.ends_on for row in rows] == [None]


def test_a_change_of_mind_on_the_same_day_leaves_one_relation(session: Session, people: Cast) -> None:
    for supervisor in (people.gita, people.hadi):
        change_supervisor(session, OPERATOR, people.citra, supervisor=supervisor, on=DAY)
    session.expire_all()
    rows = session.scalars(
        select(Supervision).where(Supervision.person_id == people.citra.id).order_by(Supervision.starts_on)
    ).all()
    assert [(row.supervisor_id, row.ends_on) for row in rows] == [
        (people.budi.id, date(2026, 1, 19)),
        (people.hadi.id, None),
    ]


def test_only_hr_changes_supervisors(session: Session, people: Cast) -> None:
    with pytest.raises(Forbidden):
        change_supervisor(session, as_actor(session, people.budi), people.citra, supervisor=people.gita, on=DAY)


@pytest.mark.parametrize("chosen", ["budi", "citra", "dedi"])
def test_nobody_is_put_below_himself(session: Session, people: Cast, chosen: str) -> None:
    with pytest.raises(Invalid) as refused:
        change_supervisor(session, OPERATOR, people.budi, supervisor=getattr(people, chosen), on=DAY)
    assert set(refused.value.errors) == {"supervisor"}
    assert supervisor_of(session, people.budi.id, DAY) == people.fitri.id


def test_an_inactive_supervisor_is_refused(session: Session, people: Cast) -> None:
    people.gita.active = False
    with pytest.raises(Invalid, match="Periksa kembali"):
        change_supervisor(session, OPERATOR, people.citra, supervisor=people.gita, on=DAY)


def test_a_submitted_plan_goes_to_the_new_supervisor_who_is_told(session: Session, people: Cast) -> None:
    form = submitted_plan(session, people.citra)
    assert form.signer_id == people.budi.id
    lock = form.lock
    with on_day(2026, 1, 20):
        change_supervisor(session, as_actor(session, people.ani), people.citra, supervisor=people.gita, on=DAY)
    session.expire_all()
    assert (form.signer_id, form.state, form.lock) == (people.gita.id, State.SUBMITTED, lock + 1)
    told = session.scalars(select(OutboxMessage.person_id).where(OutboxMessage.kind == "task_assigned")).all()
    assert people.gita.id in told
    digest = session.scalars(select(Submission.digest).where(Submission.assignment_id == form.id)).one()
    with on_day(2026, 1, 21):
        with pytest.raises(Forbidden):
            sign_offs.sign_off(session, as_actor(session, people.budi), form, digest=digest)
        sign_offs.sign_off(session, as_actor(session, people.gita), form, digest=digest)
    assert form.state == State.COMPLETED


def test_a_plan_that_waited_for_a_supervisor_goes_to_the_first_one_named(session: Session, people: Cast) -> None:
    form = submitted_plan(session, people.fitri)
    assert form.signer_id is None
    with on_day(2026, 1, 20):
        change_supervisor(session, OPERATOR, people.gita, supervisor=None, on=DAY)
        change_supervisor(session, OPERATOR, people.fitri, supervisor=people.gita, on=DAY)
    session.expire_all()
    assert form.signer_id == people.gita.id


def test_without_a_supervisor_a_plan_waits_until_there_is_one(session: Session, people: Cast) -> None:
    form = submitted_plan(session, people.citra)
    with on_day(2026, 1, 20):
        change_supervisor(session, OPERATOR, people.citra, supervisor=None, on=DAY)
    session.expire_all()
    assert (form.signer_id, form.state) == (None, State.SUBMITTED)


def test_an_import_moves_what_waits_as_well(session: Session, people: Cast) -> None:
    form = submitted_plan(session, people.citra)
    rows = people_rows(session)
    for row in rows:
        if row["nip"] == people.citra.employee_number:
            row["nip_atasan"] = people.hadi.employee_number
    with on_day(2026, 1, 20):
        report = import_people(session, OPERATOR, ORGANISATION, sheet(*rows), on=DAY)
    assert (report.errors, report.updated) == ([], 1)
    session.expire_all()
    assert form.signer_id == people.hadi.id


def test_a_plan_that_is_signed_already_stays_with_who_signed_it(session: Session, people: Cast) -> None:
    form = submitted_plan(session, people.citra)
    digest = session.scalars(select(Submission.digest).where(Submission.assignment_id == form.id)).one()
    with on_day(2026, 1, 15):
        sign_offs.sign_off(session, as_actor(session, people.budi), form, digest=digest)
    with on_day(2026, 1, 20):
        change_supervisor(session, OPERATOR, people.citra, supervisor=people.gita, on=DAY)
        session.expire_all()
        assert form.state == State.COMPLETED
        with pytest.raises((Conflict, Forbidden)):
            sign_offs.sign_off(session, as_actor(session, people.gita), form, digest=digest)
