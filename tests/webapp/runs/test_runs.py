"""The health of flows: what HR sees of work that waits, goes on, is done or failed, and trying again."""

import re
from collections.abc import Callable

import pytest
from sqlalchemy.orm import Session, sessionmaker

from flows import launch
from models.cycles import Run
from models.messages import OutboxMessage
from models.operations import reconciling, runs
from models.permissions import CLOCK
from models.session import writing
from tests.cast import Cast, on_day, plan_cycle
from tests.webapp.conftest import Client
from tests.webapp.office import journal

ClientFor = Callable[..., Client]


@pytest.fixture
def failed(sessions: sessionmaker[Session], people: Cast) -> int:
    """Work that failed, with its reason."""
    with on_day(2026, 1, 2), writing(sessions) as database:
        run = reconciling.open_period(database, CLOCK, plan_cycle(database))
        attempt = runs.start(database, CLOCK, run)
        assert attempt is not None
        runs.fail(database, CLOCK, run, attempt=attempt, problem="Formulir belum diterbitkan.")
        return run.id


def test_failed_work_says_why_and_is_tried_again_once(
    client_for: ClientFor, sessions: sessionmaker[Session], people: Cast, failed: int, told: list[int]
) -> None:
    with on_day(2026, 1, 2):
        ani = client_for(people.ani)
        page = ani.get("/flows").text
        assert "Formulir belum diterbitkan." in page
        assert "Mesin alur menjawab." in page
        for _click in range(2):
            assert ani.send(f"/flows/{failed}/retry").status_code == 303
    with sessions() as database:
        assert database.get_one(Run, failed).state == "requested"
    assert told == [failed]
    assert [entry.actor_id for entry in journal(sessions, "run", "retry")] == [people.ani.id]


def test_the_page_works_while_the_engine_is_down(
    client_for: ClientFor, people: Cast, failed: int, told: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(launch, "is_up", lambda: False)
    monkeypatch.setattr(launch, "launch", lambda _run_id: False)
    with on_day(2026, 1, 2):
        ani = client_for(people.ani)
        assert "Mesin alur tidak menjawab. Tidak ada yang hilang" in ani.get("/flows").text
        assert ani.send(f"/flows/{failed}/retry").status_code == 303


def test_the_progress_is_looked_at_until_the_work_is_done(
    client_for: ClientFor, sessions: sessionmaker[Session], people: Cast, failed: int, told: list[int]
) -> None:
    with on_day(2026, 1, 2):
        ani = client_for(people.ani)
        assert "hx-get" not in ani.get("/flows/part").text
        with writing(sessions) as database:
            run = database.get_one(Run, failed)
            runs.retry(database, CLOCK, run)
            attempt = runs.start(database, CLOCK, run)
            runs.keep(database, CLOCK, run, attempt=attempt, done=3, total=9)
        page = ani.get("/flows/part?cycle=2026").text
        assert 'value="3" max="9"' in page
        again = re.search(r'hx-get="([^"]+)"', page)[1].replace("&amp;", "&")
        assert "delay:4s" in ani.get(again).text
        with writing(sessions) as database:
            runs.finish(database, CLOCK, database.get_one(Run, failed), attempt=attempt, result={})
        last = ani.get(again).text
    assert "Pekerjaan telah selesai." in last
    assert "hx-get" not in last


def test_messages_that_could_not_be_sent_are_counted(
    client_for: ClientFor, sessions: sessionmaker[Session], people: Cast, told: list[int]
) -> None:
    with on_day(2026, 1, 2):
        with writing(sessions) as database:
            from models import clock

            common = {"person_id": people.citra.id, "kind": "reminder", "params": {}, "created_at": clock.now()}
            database.add(OutboxMessage(key="a", next_try_at=None, tries=6, problem="550", **common))
        page = client_for(people.ani).get("/flows").text
    assert re.search(r'k-tile__number">1</span><span class="k-tile__label">pesan tidak dapat dikirim', page)


def test_the_auditor_reads_and_nobody_else_finds_the_page(
    client_for: ClientFor, people: Cast, failed: int, told: list[int]
) -> None:
    with on_day(2026, 1, 2):
        auditor = client_for(people.hadi)
        page = auditor.get("/flows")
        assert page.status_code == 200
        assert "Coba lagi" not in page.text
        assert auditor.send(f"/flows/{failed}/retry").status_code == 404
        for person in (people.citra, people.budi, people.indra):
            browser = client_for(person)
            for address in ("/flows", "/flows/part"):
                assert browser.get(address).status_code == 404
            assert browser.send(f"/flows/{failed}/retry").status_code == 404
    assert told == []
