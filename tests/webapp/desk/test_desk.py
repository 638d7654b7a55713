"""The desk: what waits, where things are, what comes next, what is new."""

import pytest
from sqlalchemy import update

from models.assignments import Assignment
from models.people import Unit
from models.session import writing
from tests.cast import on_day
from tests.webapp.office import hand_in, planning_open
from tests.webapp.year import ballots_open


@pytest.fixture
def planning(sessions, people):
    planning_open(sessions)


def main_of(page: str) -> str:
    return page.partition("<main")[2].partition("</main>")[0]


def part(page: str, heading: str) -> str:
    """The section under a heading."""
    return page.partition(f'aria-labelledby="{heading}"')[2].partition("</section>")[0]


def test_a_guest_is_led_to_the_sign_in(client):
    assert client.get("/").location == "/sign-in"


def test_a_form_waits_with_its_deadline_and_the_time_left(client_for, people, planning):
    with on_day(2026, 1, 28):
        page = client_for(people.citra).get("/").text
    assert "Perencanaan kinerja (SKP)" in part(page, "waiting")
    assert "Batas: Sabtu, 31 Januari 2026 pukul 23.59 WIB (tinggal 3 hari)" in page


def test_deadlines_are_told_on_the_clock_of_ones_unit(client_for, people, planning, sessions):
    with writing(sessions) as database:
        database.execute(update(Unit).values(zone="Asia/Makassar"))
    with on_day(2026, 1, 28):
        page = client_for(people.citra).get("/").text
    assert "Minggu, 1 Februari 2026 pukul 00.59 WITA" in page


def test_what_is_handed_in_shows_where_it_is_and_waits_at_the_supervisors(client_for, people, planning, sessions):
    hand_in(sessions, people.citra)
    with on_day(2026, 1, 12):
        page = client_for(people.citra).get("/").text
        assert "Tidak ada yang menunggu Anda" in page
        assert "Menunggu Budi Santoso" in part(page, "under-way")
        budi = part(client_for(people.budi).get("/").text, "waiting")
    assert "Tanda tangani: Perencanaan kinerja (SKP), Citra Lestari" in budi


def test_a_late_form_is_said_to_be_late(client_for, people, planning):
    with on_day(2026, 2, 2):
        waiting = part(client_for(people.citra).get("/").text, "waiting")
    assert "Batas waktu berakhir pada Sabtu, 31 Januari 2026" in waiting
    assert "Terlambat" in waiting


def test_what_happens_next_is_told_with_its_last_day(client_for, people, planning):
    with on_day(2026, 1, 12):
        page = client_for(people.citra).get("/").text
    assert "1 Februari 2026 sampai 31 Desember 2026" in part(page, "next")


def test_somebody_without_any_form_has_an_empty_desk_that_says_so(client_for, people, planning, sessions):
    with writing(sessions) as database:
        database.execute(update(Assignment).where(Assignment.respondent_id == people.gita.id).values(state="lapsed"))
    with on_day(2026, 1, 12):
        assert "Tidak ada yang menunggu Anda" in client_for(people.gita).get("/").text


def test_the_ballots_of_a_stage_are_one_task(client_for, people, sessions):
    ballots_open(sessions, people)
    with on_day(2026, 11, 20):
        waiting = part(client_for(people.citra).get("/").text, "waiting")
    assert waiting.count("Umpan balik rekan kerja") == 1
    assert "rekan kerja menunggu umpan balik Anda." in waiting
    assert 'href="/feedback"' in waiting


def test_the_desk_greets_by_name_and_holds_no_script_or_style_of_its_own(client_for, people, planning):
    with on_day(2026, 1, 12):
        main = main_of(client_for(people.citra).get("/").text)
    assert "Selamat datang, Citra Lestari" in main
    assert " style=" not in main
    assert "<script" not in main
