"""Stretches of a cycle's year that several tests need behind them, told through the operations."""

from random import Random
from typing import Any

from sqlalchemy.orm import Session

from forms import answers
from models.assignments import Assignment
from models.cycles import Cycle
from models.operations import assignments, cycles, feedback, sign_offs
from models.people import Person
from models.permissions import CLOCK
from models.queries import access, desk
from models.queries.answer_context import context_for
from models.queries.designs import form_schema
from tests.cast import Cast, as_actor, on_day, stage


def fill(session: Session, assignment: Assignment, seed: int = 1) -> dict[str, Any]:
    """A valid invented answer to an assignment."""
    version = assignment.stage.form_version
    assert version is not None
    schema = form_schema(version)
    raw = answers.example(schema, Random(seed), context_for(session, assignment, schema))
    if assignment.stage.key == "evaluation":
        raw |= {"results_rating": "above", "behaviour_rating": "meets"}
    return raw


def open_forms(session: Session, person: Person) -> list[Assignment]:
    """What waits to be answered by a person."""
    return list(session.scalars(desk.to_answer(as_actor(session, person))).unique())


def waiting(session: Session, person: Person) -> list[Assignment]:
    """What waits for a person's signature."""
    return list(session.scalars(desk.to_sign(as_actor(session, person))).unique())


def submit_all(session: Session, people: Cast) -> None:
    """Everybody hands in whatever is signed afterwards."""
    for person in people.everybody:
        for form in open_forms(session, person):
            if form.stage.mode == "once":
                raw = fill(session, form, seed=form.id)
                assignments.submit(session, as_actor(session, person), form, raw=raw, request_key="k1")


def sign_all(session: Session, people: Cast) -> None:
    """Everybody signs what waits."""
    for person in people.everybody:
        for form in waiting(session, person):
            digest = access.submissions(session, form)[0].digest
            sign_offs.sign_off(session, as_actor(session, person), form, digest=digest)


def cast_all(session: Session, people: Cast) -> None:
    """Everybody gives feedback about his colleagues."""
    for person in people.everybody:
        for form in open_forms(session, person):
            if form.stage.mode == "ballot":
                feedback.cast_ballot(session, as_actor(session, person), form, raw=fill(session, form, form.id))


def until_planned(session: Session, people: Cast, cycle: Cycle) -> None:
    """The cycle is open, everybody has a plan, and it is signed."""
    year = cycle.starts_on.year
    with on_day(year, 1, 2):
        cycles.open_cycle(session, CLOCK, cycle)
        cycles.open_stage(session, CLOCK, stage(cycle, "planning"))
    with on_day(year, 1, 20):
        submit_all(session, people)
        sign_all(session, people)


def until_evaluated(session: Session, people: Cast, cycle: Cycle) -> None:
    """Everything is done but the closing: plans, ballots, self-assessments, evaluations, all signed."""
    until_planned(session, people, cycle)
    after_planning(session, people, cycle)


def after_planning(session: Session, people: Cast, cycle: Cycle) -> None:
    """From the end of planning to the last signed evaluation."""
    year = cycle.starts_on.year
    with on_day(year, 2, 8):
        cycles.close_stage(session, CLOCK, stage(cycle, "planning"))
        cycles.open_stage(session, CLOCK, stage(cycle, "progress"))
        cycles.open_stage(session, CLOCK, stage(cycle, "public-survey"))
    with on_day(year, 11, 17):
        cycles.open_stage(session, CLOCK, stage(cycle, "peer-feedback"))
        cast_all(session, people)
    with on_day(year + 1, 1, 2):
        for key in ("progress", "public-survey", "peer-feedback"):
            cycles.close_stage(session, CLOCK, stage(cycle, key))
        cycles.open_stage(session, CLOCK, stage(cycle, "self-assessment"))
        submit_all(session, people)
    with on_day(year + 1, 1, 13):
        cycles.close_stage(session, CLOCK, stage(cycle, "self-assessment"))
        cycles.open_stage(session, CLOCK, stage(cycle, "evaluation"))
        submit_all(session, people)
        sign_all(session, people)
