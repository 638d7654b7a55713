"""Work for flows: one run for one key, one worker at a time, and no word from a worker that was replaced."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from models import clock
from models.cycles import Run
from models.errors import Conflict, Forbidden
from models.messages import OutboxMessage
from models.operations import cycles, reconciling, runs
from models.operations.reconciling import request_due, to_launch
from models.permissions import CLOCK, CLOSER, ORGANISATION
from models.states import Run as RunState
from tests.cast import as_actor, at, cast, on_day, plan_cycle, stage
from tests.stories import until_planned


def asked(session: Session, key: str = "one") -> Run:
    return runs.request(session, CLOCK, ORGANISATION, key=key, flow="open_period")


def test_the_same_key_is_the_same_run(session: Session) -> None:
    assert asked(session).id == asked(session).id


def test_a_second_worker_does_not_get_a_run_that_is_held(session: Session) -> None:
    run = asked(session)
    assert runs.start(session, CLOCK, run) == 1
    assert runs.start(session, CLOCK, run) is None


def test_a_worker_that_is_silent_is_replaced_and_what_it_says_later_is_refused(session: Session) -> None:
    with clock.travel(at(2026, 1, 1)):
        run = asked(session)
        assert runs.start(session, CLOCK, run) == 1
    with clock.travel(at(2026, 1, 1) + timedelta(seconds=61)):
        assert [one.id for one in to_launch(session)] == [run.id]
        assert runs.start(session, CLOCK, run) == 2
        with pytest.raises(Conflict):
            runs.keep(session, CLOCK, run, attempt=1, done=1)
        runs.keep(session, CLOCK, run, attempt=2, done=1)
        runs.finish(session, CLOCK, run, attempt=2, result={})
        assert run.state == RunState.DONE
        assert runs.start(session, CLOCK, run) is None


def test_work_that_dies_again_and_again_is_set_aside_for_hr(session: Session) -> None:
    people = cast(session)
    run = asked(session)
    moment = at(2026, 1, 1)
    for _ in range(runs.MOST_ATTEMPTS):
        with clock.travel(moment):
            assert runs.start(session, CLOCK, run)
        moment += timedelta(minutes=2)
    with clock.travel(moment):
        assert runs.start(session, CLOCK, run) is None
    assert run.state == RunState.FAILED
    runs.retry(session, as_actor(session, people.ani), run)
    assert run.state == RunState.REQUESTED
    with pytest.raises(Forbidden):
        runs.retry(session, as_actor(session, people.budi), run)


def test_hr_is_told_why_a_run_failed(session: Session) -> None:
    people = cast(session)
    run = asked(session)
    attempt = runs.start(session, CLOCK, run)
    assert attempt
    runs.fail(session, CLOCK, run, attempt=attempt, problem="no paper in the printer")
    told = session.scalars(select(OutboxMessage).where(OutboxMessage.kind == "run_failed")).all()
    assert [message.person_id for message in told] == [people.ani.id]


def test_the_tick_asks_once_for_each_thing_that_is_due(session: Session) -> None:
    cast(session)
    cycle = plan_cycle(session)
    with on_day(2026, 1, 2):
        cycles.open_cycle(session, CLOCK, cycle)
        first = request_due(session, CLOCK, ORGANISATION)
        assert [(run.flow, run.action, run.stage_id) for run in first] == [
            ("collect_plans", "open", stage(cycle, "planning").id)
        ]
        assert [run.id for run in request_due(session, CLOCK, ORGANISATION)] == [run.id for run in first]


def test_of_missed_reminders_only_the_latest_is_sent(session: Session) -> None:
    cast(session)
    cycle = plan_cycle(session)
    with on_day(2026, 1, 2):
        cycles.open_cycle(session, CLOCK, cycle)
        cycles.open_stage(session, CLOCK, stage(cycle, "planning"))
    with on_day(2026, 1, 30):
        reminders = [run for run in request_due(session, CLOCK, ORGANISATION) if run.action == "remind"]
    assert len(reminders) == 1
    assert reminders[0].key.endswith("-2")


def test_a_cycle_is_scored_when_its_day_has_come_and_not_before(session: Session) -> None:
    people = cast(session)
    cycle = plan_cycle(session)
    until_planned(session, people, cycle)
    with on_day(2027, 1, 31):
        assert all(run.flow != "close_and_score" for run in request_due(session, CLOCK, ORGANISATION))
    with on_day(2027, 2, 1):
        assert any(run.flow == "close_and_score" for run in request_due(session, CLOCK, ORGANISATION))
        assert reconciling.close_and_score(session, CLOSER, cycle).flow == "close_and_score"
