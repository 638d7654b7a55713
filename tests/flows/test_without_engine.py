"""Without Prefect the work is done all the same: by whoever looks for what is due."""

from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.orm import Session, sessionmaker

from flows import close_and_score, launch
from models import clock
from models.assignments import Assignment
from models.cycles import Cycle, Run
from models.documents import Document
from models.messages import OutboxMessage
from models.operations import reconciling, runs
from models.permissions import CLOCK, ORGANISATION
from models.scores import Score
from models.session import writing
from tests.cast import as_actor, at, cast, on_day, plan_cycle
from tests.stories import until_evaluated

Place = sessionmaker[Session]


def test_a_click_is_not_lost_when_the_engine_is_down(place: Place) -> None:
    with writing(place) as session, clock.travel(at(2026, 1, 2)):
        people = cast(session)
        cycle = plan_cycle(session)
        run = reconciling.open_period(session, as_actor(session, people.ani), cycle)
        run_id = run.id
    assert not launch.is_up()
    assert not launch.launch(run_id)
    with clock.travel(at(2026, 1, 2, 4)):
        launch.run_due_here()
    with place() as session:
        assert session.scalars(select(Cycle.state)).one() == "open"
        assert session.scalar(select(func.count()).select_from(Assignment)) == 9
        assert set(session.scalars(select(Run.state))) == {"done"}
        assert (
            session.scalar(select(func.count()).select_from(OutboxMessage).where(OutboxMessage.sent_at.is_(None))) == 0
        )


def test_scoring_once_more_makes_no_second_result_paper_or_message(place: Place, tmp_path: Path) -> None:
    with writing(place) as session:
        people = cast(session)
        cycle = plan_cycle(session, 2025)
        until_evaluated(session, people, cycle)
    with on_day(2026, 2, 2):
        launch.run_due_here()
    with place() as session:
        before = [session.scalar(select(func.count()).select_from(table)) for table in (Score, Document, OutboxMessage)]
        assert before[:2] == [9, 9]
    with writing(place) as session, on_day(2026, 2, 3):
        again = runs.request(
            session,
            CLOCK,
            ORGANISATION,
            key="again",
            flow="close_and_score",
            cycle=session.scalars(select(Cycle)).one(),
        )
        run_id = again.id
    with on_day(2026, 2, 3):
        assert close_and_score.work(run_id) == {"scored": 9, "papers_failed": []}
        assert close_and_score.work(run_id) == {"skipped": True}
    with place() as session:
        after = [session.scalar(select(func.count()).select_from(table)) for table in (Score, Document, OutboxMessage)]
    assert after == before
    assert len(list((tmp_path / "documents").rglob("*"))) > 9


def test_a_run_that_fails_says_why_and_leaves_the_others_alone(place: Place) -> None:
    with writing(place) as session, clock.travel(at(2026, 1, 2)):
        cast(session)
        cycle = plan_cycle(session)
        runs.request(session, CLOCK, ORGANISATION, key="bad", flow="close_and_score", cycle=cycle)
        reconciling.open_period(session, CLOCK, cycle)
    with clock.travel(at(2026, 1, 2, 4)):
        counts = launch.run_due_here()
    assert counts["failed"] == 1
    with place() as session:
        failed = session.scalars(select(Run).where(Run.state == "failed")).one()
        assert failed.key == "bad"
        assert failed.problem.startswith("Keadaan sudah berubah")
        assert session.scalars(select(Cycle.state)).one() == "open"
