"""HR's buttons: each through an operation or a run, journalled, safe to press twice, closed to everybody else."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session, sessionmaker

from flows import stage_work
from models.cycles import Cycle, Run, UnitRating
from models.session import writing
from tests.cast import Cast, on_day, plan_cycle, stage
from tests.webapp.conftest import Client
from tests.webapp.office import cycle_of, designs_installed, hand_in, journal, planning_open, state_of

ClientFor = Callable[..., Client]
NEW = {
    "title": "Penilaian Kinerja 2027",
    "key": "2027",
    "starts_on": "2027-01-01",
    "ends_on": "31/12/2027",
    "zone": "Asia/Jakarta",
}


@pytest.fixture
def drafted(sessions: sessionmaker[Session], people: Cast) -> str:
    with on_day(2026, 1, 1), writing(sessions) as database:
        return plan_cycle(database).key


def design_id(sessions: sessionmaker[Session]) -> str:
    from models.queries.designs import published_version

    with sessions() as database:
        return str(published_version(database, "cycle", "asn-annual").id)


def test_a_cycle_is_made_only_after_its_calendar_was_shown(
    client_for: ClientFor, sessions: sessionmaker[Session], people: Cast
) -> None:
    designs_installed(sessions)
    with on_day(2026, 12, 1):
        ani = client_for(people.ani)
        assert 'value="2027-01-01"' in ani.get("/cycles/new").text
        fields = NEW | {"design": design_id(sessions)}
        preview = ani.send("/cycles/new", fields | {"_preview": "1"})
        assert "Kalender yang akan dibuat" in preview.text
        assert "1 Januari 2027 sampai 31 Januari 2027" in preview.text
        with sessions() as database:
            assert database.scalar(select(func.count()).select_from(Cycle)) == 0
        assert ani.send("/cycles/new", fields | {"_create": "1"}).location == "/cycles/2027"
        again = ani.send("/cycles/new", fields | {"_create": "1"})
    assert again.status_code == 422
    assert "Sudah ada siklus dengan kode 2027." in again.text
    assert [entry.actor_id for entry in journal(sessions, "cycle", "create")] == [people.ani.id]


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("starts_on", "besok", "Tuliskan tanggal dengan format"),
        ("ends_on", "2026-01-01", "Tanggal akhir harus setelah tanggal awal."),
        ("key", "Periode 2027!", "Gunakan huruf kecil"),
        ("title", "", "Isian ini wajib diisi."),
    ],
)
def test_what_is_wrong_with_a_new_cycle_is_said_at_its_field(
    client_for: ClientFor, sessions: sessionmaker[Session], people: Cast, field: str, value: str, words: str
) -> None:
    designs_installed(sessions)
    answer = client_for(people.ani).send("/cycles/new", NEW | {"design": design_id(sessions), field: value})
    assert answer.status_code == 422
    assert words in answer.text
    assert f'href="#{field}"' in answer.text


def test_opening_twice_asks_for_one_run_and_tells_the_engine_after_the_commit(
    client_for: ClientFor, sessions: sessionmaker[Session], people: Cast, drafted: str, told: list[int]
) -> None:
    with on_day(2026, 1, 2):
        ani = client_for(people.ani)
        assert "Buka periode" in ani.get("/cycles/2026").text
        for _click in range(2):
            assert ani.send("/cycles/2026/open").status_code == 303
        page = ani.get("/cycles/2026").text
    with sessions() as database:
        run = database.scalars(select(Run)).one()
    assert (run.flow, run.state, run.requested_by_id) == ("open_period", "requested", people.ani.id)
    assert set(told) == {run.id}
    assert "Membuka periode" in page
    assert 'hx-get="/flows/part?cycle=2026' in page


def test_a_stage_is_opened_by_a_run_before_its_day(
    client_for: ClientFor, sessions: sessionmaker[Session], people: Cast, told: list[int]
) -> None:
    planning_open(sessions)
    with on_day(2026, 1, 12):
        ani = client_for(people.ani)
        for _click in range(2):
            assert ani.send("/cycles/2026/stages/progress/open").status_code == 303
        with writing(sessions) as database:
            run = database.scalars(select(Run)).one()
            assert stage_work._act(database, run) == {"assigned": 9}
        assert "sudah dibuka" in ani.send("/cycles/2026/stages/progress/open", follow_redirects=True).text
    assert len(journal(sessions, "stage", "open")) == 2


def test_a_stage_whose_time_is_over_is_not_opened_but_explained(
    client_for: ClientFor, sessions: sessionmaker[Session], people: Cast, told: list[int]
) -> None:
    planning_open(sessions)
    with on_day(2027, 1, 20):
        answer = client_for(people.ani).send("/cycles/2026/stages/peer-feedback/open")
    assert answer.status_code == 409
    assert "Perpanjang tahap ini terlebih dahulu" in answer.text
    assert told == []


def test_closing_a_stage_says_what_lapses_and_a_second_click_changes_nothing(
    client_for: ClientFor, sessions: sessionmaker[Session], people: Cast
) -> None:
    planning_open(sessions)
    plan = hand_in(sessions, people.citra)
    with on_day(2026, 1, 20):
        ani = client_for(people.ani)
        page = ani.get("/cycles/2026/stages/planning/closing").text
        assert ">8<" in page.replace("\n", "")
        for _click in range(2):
            assert ani.send("/cycles/2026/stages/planning/close").status_code == 303
    assert state_of(sessions, plan) == "submitted"
    closed = journal(sessions, "stage", "close")
    assert [entry.actor_id for entry in closed] == [people.ani.id]
    assert len(journal(sessions, "assignment", "lapse")) == 8


def test_a_stage_is_extended_to_the_end_of_a_day_in_the_zone_of_the_cycle(
    client_for: ClientFor, sessions: sessionmaker[Session], people: Cast
) -> None:
    planning_open(sessions)
    with on_day(2026, 1, 20):
        ani = client_for(people.ani)
        refused = ani.send("/cycles/2026/stages/planning/extension", {"closes_on": "2026-01-15"})
        assert refused.status_code == 422
        assert "Batas baru harus setelah batas yang sekarang." in refused.text
        assert ani.send("/cycles/2026/stages/planning/extension", {"closes_on": "2026-02-07"}).status_code == 303
    with sessions() as database:
        assert stage(cycle_of(database), "planning").closes_at == datetime(2026, 2, 7, 17, tzinfo=UTC)
    assert [entry.actor_id for entry in journal(sessions, "stage", "extend")] == [people.ani.id]


def test_closing_the_cycle_is_confirmed_with_counts_and_asked_for_once(
    client_for: ClientFor, sessions: sessionmaker[Session], people: Cast, told: list[int]
) -> None:
    planning_open(sessions)
    hand_in(sessions, people.citra)
    with on_day(2027, 2, 3):
        ani = client_for(people.ani)
        page = ani.get("/cycles/2026/closing").text
        for words in ("Perencanaan kinerja (SKP)", "0 dari 2", "Penutupan tidak dapat dibatalkan"):
            assert words in page
        for _click in range(2):
            assert ani.send("/cycles/2026/close").status_code == 303
        assert "Penutupan sudah diminta" in ani.get("/cycles/2026/closing").text
    with sessions() as database:
        assert database.scalars(select(Run.flow)).all() == ["close_and_score"]


def test_the_achievement_of_a_unit_needs_a_reason_and_is_journalled(
    client_for: ClientFor, sessions: sessionmaker[Session], people: Cast
) -> None:
    planning_open(sessions)
    address = f"/cycles/2026/units/{people.village.id}/rating"
    with on_day(2026, 12, 1):
        ani = client_for(people.ani)
        assert ani.send(address, {"rating": "good"}).status_code == 422
        assert ani.send(address, {"rating": "golden", "reason": "x"}).status_code == 422
        assert ani.send(address, {"rating": "excellent", "reason": "Capaian 112 persen."}).status_code == 303
        assert "Capaian 112 persen." in ani.get(address).text
    with sessions() as database:
        assert database.scalars(select(UnitRating.rating)).all() == ["excellent"]
    assert len(journal(sessions, "unit_rating", "rate")) == 1


def test_a_lapsed_form_is_opened_again_with_a_reason_only(
    client_for: ClientFor, sessions: sessionmaker[Session], people: Cast
) -> None:
    planning_open(sessions)
    plan = hand_in(sessions, people.citra)
    with on_day(2026, 2, 20):
        ani = client_for(people.ani)
        ani.send("/cycles/2026/stages/planning/close")
        with sessions() as database:
            from models.assignments import Assignment

            lapsed = database.scalars(select(Assignment).where(Assignment.subject_id == people.dedi.id)).one().id
        address = f"/cycles/2026/list/{lapsed}/reopening"
        assert ani.send(address, {"due_on": "2026-03-01", "reason": " "}).status_code == 422
        late = ani.send(address, {"due_on": "2026-01-01", "reason": "Cuti sakit."})
        assert "Batas baru harus di masa depan." in late.text
        assert ani.send(address, {"due_on": "2026-03-01", "reason": "Cuti sakit."}).status_code == 303
        submitted = ani.send(f"/cycles/2026/list/{plan}/reopening", {"due_on": "2026-03-01", "reason": "x"})
        assert submitted.status_code == 409
        assert ani.get("/cycles/2026/list/99999/reopening").status_code == 404
    assert state_of(sessions, lapsed) == "draft"
    assert [entry.details["reason"] for entry in journal(sessions, "assignment", "reopen")] == ["Cuti sakit."]


def test_nobody_but_the_administrator_acts(
    client_for: ClientFor, sessions: sessionmaker[Session], people: Cast, told: list[int]
) -> None:
    from tests.webapp.office import unit_hr

    planning_open(sessions)
    unit_hr(sessions, people.gita, people.office)
    village = people.village.id
    with on_day(2026, 1, 12):
        for person in (people.hadi, people.gita, people.indra, people.budi, people.citra):
            browser = client_for(person)
            for address in (
                "/cycles/new",
                "/cycles/2026/open",
                "/cycles/2026/close",
                "/cycles/2026/stages/planning/open",
                "/cycles/2026/stages/planning/close",
                "/cycles/2026/stages/planning/extension",
                f"/cycles/2026/units/{village}/rating",
                "/cycles/2026/list/1/reopening",
            ):
                assert browser.send(address, {"reason": "x"}).status_code == 404, address
    with sessions() as database:
        assert database.scalar(select(func.count()).select_from(Run)) == 0
