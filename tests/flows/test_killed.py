"""A runner killed in the middle of scoring and of certificates loses nothing and doubles nothing."""

from pathlib import Path

import httpx
import pytest
from sqlalchemy import Engine as Database
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models.awards import Candidate, Certificate, Register
from models.cycles import Cycle, Run
from models.doctor import examine
from models.documents import Document
from models.operations import awards, reconciling
from models.scores import Score
from models.session import reading, session_factory, writing
from models.storage import Storage
from tests.cast import as_actor, cast, plan_cycle
from tests.flows.engine import Engine, running_engine, until
from tests.stories import until_evaluated

pytestmark = pytest.mark.engine

IN_SCORING = ("scored-2", "ranked", "papers-stored")
IN_CERTIFICATES = ("numbered-1", "certificates-stored")


def finished(database: Database, flow: str) -> Run | None:
    with reading(session_factory(database)) as session:
        runs = session.scalars(select(Run).where(Run.flow == flow).order_by(Run.id.desc())).all()
        return next((run for run in runs if run.state in ("done", "failed") and run.done), None)


def crashed_runs(engine: Engine) -> list[str]:
    found = httpx.post(f"{engine.api}/flow_runs/filter", json={"limit": 200}, timeout=10).json()
    return [run["state_type"] for run in found]


def count(session: Session, table: type) -> int:
    return session.scalar(select(func.count()).select_from(table)) or 0


def test_killed_at_every_point_it_loses_and_doubles_nothing(
    engine: Database, database_url: str, tmp_path: Path
) -> None:
    factory = session_factory(engine)
    with writing(factory) as session:
        people = cast(session)
        cycle = plan_cycle(session, 2025)
        until_evaluated(session, people, cycle)
    failpoints = tmp_path / "failpoints"
    failpoints.mkdir()
    for point in IN_SCORING:
        (failpoints / point).touch()
    with running_engine(tmp_path, database_url, KINERJA_CHUNK="1", KINERJA_FAILPOINTS=str(failpoints)) as prefect:
        runner = prefect.start("flows")
        run = until(lambda: finished(engine, "close_and_score"), "the cycle is scored", prefect)
        assert (run.state, run.problem) == ("done", "")
        assert not list(failpoints.iterdir())
        assert run.attempt == 1 + len(IN_SCORING)

        for point in IN_CERTIFICATES:
            (failpoints / point).touch()
        with writing(factory) as session:
            cycle = session.scalars(select(Cycle)).one()
            indra = as_actor(session, people.indra)
            best = select(Candidate).where(Candidate.rank == 1, Candidate.subject_id != people.indra.id)
            winners = session.scalars(best.order_by(Candidate.id)).all()
            for candidate in winners:
                awards.confirm(session, indra, candidate)
            reconciling.issue_certificates(session, as_actor(session, people.ani), cycle, when="test")
        # The runner itself dies too, with whatever it is at, and another one takes its place.
        until(lambda: not (failpoints / "numbered-1").exists(), "the flow died once in numbering", prefect)
        prefect.kill(runner)
        prefect.start("flows")
        run = until(lambda: finished(engine, "issue_certificates"), "the certificates are issued", prefect)
        assert (run.state, run.problem) == ("done", "")
        assert not list(failpoints.iterdir())

    with reading(factory) as session:
        assert count(session, Score) == 9
        assert session.scalar(select(func.count()).select_from(Document).where(Document.kind == "evaluation")) == 9
        numbers = session.scalars(select(Certificate.sequence).order_by(Certificate.sequence)).all()
        assert numbers == list(range(1, len(winners) + 1))
        assert session.scalars(select(Register.last)).all() == [len(winners)]
        assert set(session.scalars(select(Certificate.state))) == {"issued"}
        findings = examine(session, *(Storage(tmp_path / "data" / kept) for kept in ("documents", "evidence")))
        assert [finding.message for finding in findings if not finding.ok] == []
