"""Ballots: asked by name, answered without one, on screen, in the database and in the log."""

import json
import logging
import re

import pytest
from sqlalchemy import func, inspect, select

from models.assignments import Assignment, Draft
from models.feedback import Ballot
from models.journal import JournalEntry
from models.states import Assignment as State
from tests.cast import on_day
from tests.webapp.office import example, state_of
from tests.webapp.year import ballots_open, open_forms
from webapp.log import logger


@pytest.fixture
def ballot_id(sessions, people) -> int:
    ballots_open(sessions, people)
    with sessions() as database, on_day(2026, 11, 20):
        return open_forms(database, people.citra, "peer-feedback")[0].id


@pytest.fixture
def citra(client_for, people, ballot_id):
    with on_day(2026, 11, 20):
        return client_for(people.citra)


@pytest.fixture(autouse=True)
def _november(ballot_id):
    with on_day(2026, 11, 20):
        yield


@pytest.fixture
def answers(sessions, ballot_id) -> dict:
    with sessions() as database:
        return example(database, database.get_one(Assignment, ballot_id), 3)


def test_a_ballot_says_that_it_is_confidential_and_from_how_many_answers_on(citra, ballot_id):
    words = "hanya ditampilkan secara gabungan bila terdapat sedikitnya 3 responden."
    assert words in citra.get("/feedback").text
    page = citra.get(f"/feedback/{ballot_id}").text
    assert words in page
    assert "data-draft=" not in page


def test_a_ballot_is_put_in_the_box_and_thanked_for(citra, ballot_id, sessions, answers):
    answer = citra.send(f"/feedback/{ballot_id}", answers)
    assert answer.location == f"/feedback/{ballot_id}/thanks"
    assert "Terima kasih" in citra.get(answer.location).text
    assert citra.get(f"/feedback/{ballot_id}").location == answer.location
    assert state_of(sessions, ballot_id) == State.COMPLETED


def test_the_second_click_casts_no_second_ballot(citra, ballot_id, sessions, answers):
    citra.send(f"/feedback/{ballot_id}", answers)
    assert citra.send(f"/feedback/{ballot_id}", answers).status_code == 303
    with sessions() as database:
        assert database.scalar(select(func.count()).select_from(Ballot)) == 1


def test_a_ballot_with_mistakes_comes_back_and_nothing_is_kept_of_it(citra, ballot_id, sessions, answers):
    answer = citra.send(f"/feedback/{ballot_id}", answers | {"akuntabel": ""})
    assert answer.status_code == 422
    assert 'href="#akuntabel"' in answer.text
    with sessions() as database:
        assert database.scalar(select(func.count()).select_from(Ballot)) == 0
        assert database.scalar(select(func.count()).select_from(Draft)) == 0
    assert state_of(sessions, ballot_id) == State.WAITING


def test_nothing_in_the_database_joins_a_person_with_an_answer(citra, ballot_id, sessions, answers, people):
    citra.send(f"/feedback/{ballot_id}", answers)
    columns = {column.name for column in inspect(Ballot).columns}
    assert columns == {"id", "stage_id", "subject_id", "rater_group", "answers", "form_version_id"}
    with sessions() as database:
        ballot = database.scalars(select(Ballot)).one()
        lines = database.scalars(select(JournalEntry).where(JournalEntry.subject_id == ballot_id)).all()
        assert not any(ballot.id in json.dumps(line.details) for line in lines)
        assert all(not set(line.details) & {"answers", "ballot"} for line in lines)


def test_the_log_does_not_say_who_opened_or_cast_a_ballot(citra, ballot_id, answers):
    lines: list[dict] = []
    handler = logging.Handler()
    handler.emit = lambda record: lines.append(record.fields)  # type: ignore[method-assign,attr-defined]
    logger.addHandler(handler)
    try:
        citra.get("/feedback")
        citra.get(f"/feedback/{ballot_id}")
        citra.send(f"/feedback/{ballot_id}", answers)
        citra.get(f"/feedback/{ballot_id}/thanks")
    finally:
        logger.removeHandler(handler)
    of_ballots = [line for line in lines if "<int:assignment_id>" in line["route"]]
    assert len(of_ballots) == 3
    assert {line["actor"] for line in of_ballots} == {"-"}
    assert not re.search(rf"\b{ballot_id}\b", " ".join(line["route"] for line in of_ballots))


def test_a_ballot_is_opened_by_nobody_else_not_even_by_whom_it_is_about(client_for, people, ballot_id, sessions):
    with sessions() as database:
        subject_id = database.get_one(Assignment, ballot_id).subject_id
    subject = next(person for person in people.everybody if person.id == subject_id)
    for person in {subject, people.ani, people.budi, people.hadi} - {people.citra}:
        for path in (f"/feedback/{ballot_id}", f"/feedback/{ballot_id}/thanks", f"/assignments/{ballot_id}"):
            assert client_for(person).get(path).status_code == 404


def test_a_ballot_is_reached_by_the_address_of_its_form(citra, ballot_id):
    assert citra.get(f"/assignments/{ballot_id}").location == f"/feedback/{ballot_id}"


def test_the_fill_pages_do_not_serve_ballots(citra, ballot_id, sessions, answers):
    citra.send(f"/assignments/{ballot_id}/draft", answers | {"_version": "0"})
    citra.send(f"/assignments/{ballot_id}", answers | {"_version": "0"})
    with sessions() as database:
        assert database.scalar(select(func.count()).select_from(Draft)) == 0


def test_after_the_deadline_a_ballot_says_so(client_for, people, ballot_id, sessions):
    with on_day(2026, 12, 20):
        page = client_for(people.citra).get(f"/feedback/{ballot_id}")
        assert "Batas waktu telah berakhir pada Selasa, 15 Desember 2026" in page.text
        assert '<form method="post" action="/feedback' not in page.text
