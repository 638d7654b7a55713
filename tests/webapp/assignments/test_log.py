"""The quick log: logged in a moment, seen at once, counted by month, taken back without a trace being lost."""

import pytest
from sqlalchemy import func, select

from models.assignments import LogEntry, Measurement
from tests.cast import on_day
from tests.webapp.office import own_form
from tests.webapp.year import progress_open

ENTRY = {"date": "2026-03-04", "activity": "pelayanan", "service": "Surat keterangan domisili", "count": "12"}


@pytest.fixture
def log_id(sessions, people) -> int:
    progress_open(sessions, people)
    with sessions() as database, on_day(2026, 3, 4):
        return own_form(database, people.citra, "progress").id


@pytest.fixture
def citra(client_for, people):
    return client_for(people.citra)


@pytest.fixture(autouse=True)
def _march(log_id):
    with on_day(2026, 3, 4):
        yield


def add(client, log_id, key="a", **more):
    return client.send(f"/assignments/{log_id}/entries", {"_request_key": key} | ENTRY | more)


def test_today_is_filled_in_and_an_entry_is_one_form(citra, log_id):
    page = citra.get(f"/assignments/{log_id}").text
    assert 'name="date" type="date" value="2026-03-04"' in page
    answer = add(citra, log_id)
    assert answer.location == f"/assignments/{log_id}?month=2026-03"
    page = citra.get(answer.location).text
    assert "Surat keterangan domisili" in page
    assert "Jumlah yang selesai: <strong>12</strong>" in page


def test_the_supervisor_sees_an_entry_at_once_and_cannot_write(citra, client_for, people, log_id):
    add(citra, log_id)
    budi = client_for(people.budi)
    page = budi.get(f"/assignments/{log_id}").text
    assert "Surat keterangan domisili" in page
    assert "Catat sekarang" not in page
    assert "Coret" not in page
    assert add(budi, log_id, key="b").status_code == 404


def test_the_same_click_sent_twice_is_one_entry(citra, log_id, sessions):
    add(citra, log_id)
    add(citra, log_id)
    with sessions() as database:
        assert database.scalar(select(func.count()).select_from(LogEntry)) == 1
        assert database.scalar(select(Measurement.value).where(Measurement.source == "log_entry")) == 12


def test_what_was_logged_before_is_logged_again_with_one_tap(citra, log_id, sessions):
    add(citra, log_id, date="2026-03-02")
    page = citra.get(f"/assignments/{log_id}").text
    with sessions() as database:
        entry = database.scalars(select(LogEntry)).one()
    assert f"?again={entry.id}#new" in page
    page = citra.get(f"/assignments/{log_id}?again={entry.id}").text
    assert 'value="Surat keterangan domisili"' in page
    assert '<option value="pelayanan" selected>' in page
    assert 'name="date" type="date" value="2026-03-04"' in page, "the day is today's, not that of the old entry"


def test_a_wrong_entry_comes_back_as_it_was_typed(citra, log_id, sessions):
    answer = add(citra, log_id, count="banyak", date="2026-01-05")
    assert answer.status_code == 422
    assert 'value="banyak"' in answer.text
    assert 'href="#count"' in answer.text
    answer = add(citra, log_id, date="2025-12-31")
    assert answer.status_code == 422
    assert "Pilih tanggal dalam periode ini" in answer.text
    assert 'href="#date"' in answer.text
    with sessions() as database:
        assert database.scalar(select(func.count()).select_from(LogEntry)) == 0


def test_an_entry_taken_back_stays_to_be_read_and_no_longer_counts(citra, log_id, sessions, client_for, people):
    add(citra, log_id)
    with sessions() as database:
        entry = database.scalars(select(LogEntry)).one()
    strike = f"/assignments/{log_id}/entries/{entry.id}/strike"
    assert client_for(people.dedi).send(strike).status_code == 404
    assert client_for(people.budi).send(strike).status_code == 403
    assert citra.send(strike).status_code == 303
    page = citra.get(f"/assignments/{log_id}?month=2026-03").text
    assert "<del>" in page
    assert "Dicoret 4 Maret 2026" in page
    with sessions() as database:
        assert (
            database.scalar(select(func.count()).select_from(Measurement).where(Measurement.source == "log_entry")) == 0
        )


def test_an_entry_of_another_log_is_no_template_and_is_not_struck_through_mine(
    citra, log_id, sessions, client_for, people
):
    with sessions() as database:
        dedis = own_form(database, people.dedi, "progress").id
    add(client_for(people.dedi), dedis, service="Rahasia Dedi")
    with sessions() as database:
        entry = database.scalars(select(LogEntry)).one()
    assert citra.get(f"/assignments/{log_id}?again={entry.id}").status_code == 404
    assert citra.send(f"/assignments/{log_id}/entries/{entry.id}/strike").status_code == 404


def test_months_are_counted_each_for_itself(citra, log_id):
    add(citra, log_id, key="a")
    add(citra, log_id, key="b", date="2026-02-10", count="3")
    page = citra.get(f"/assignments/{log_id}").text
    assert "Maret 2026" in page
    assert "Februari 2026" in page
    assert "<strong>12</strong>" in page
    assert "<strong>3</strong>" in citra.get(f"/assignments/{log_id}?month=2026-02").text
    assert citra.get(f"/assignments/{log_id}?month=1'%20or").status_code == 200


def test_the_signed_plan_stands_beside_the_log(citra, log_id):
    page = citra.get(f"/assignments/{log_id}").text
    beside = page.partition('<aside class="k-beside"')[2].partition("</aside>")[0]
    assert "Rencana hasil kerja (RHK)" in beside
