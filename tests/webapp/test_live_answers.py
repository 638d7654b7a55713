"""What a page asks while somebody types changes nothing: it waits for nobody, and nobody for it."""

import pytest
from sqlalchemy import select, text

from models import clock
from models.feedback import SurveyLink
from models.queries.surveys import public_survey
from models.session import writing
from tests.cast import on_day
from tests.proofs import form_of, open_proofs
from tests.webapp.survey.test_survey import NOW, survey_open
from webapp.db import Reader
from webapp.survey import views


@pytest.fixture
def backend() -> str:
    """Where one who writes keeps all others from writing."""
    return "sqlite"


@pytest.fixture
def survey(sessions, people) -> str:
    survey_open(sessions)
    with sessions() as database:
        return database.scalars(select(SurveyLink.token).where(SurveyLink.unit_id == people.office.id)).one()


def test_a_respondent_is_answered_while_somebody_else_writes(client_for, people, sessions) -> None:
    with on_day(2026, 1, 12):
        with writing(sessions) as database:
            open_proofs(database)
        with sessions() as database:
            number = form_of(database, people.citra).id
        browser = client_for(people.citra)
        with writing(sessions) as database:
            database.execute(text("UPDATE people SET name = name"))
            assert browser.send(f"/assignments/{number}/live", {"summary": "x"}).status_code == 200


def test_a_designer_is_answered_while_somebody_else_writes(client_for, people, sessions) -> None:
    browser = client_for(people.ani)
    address = browser.send("/designs/form/new", {"title": "Kunjungan"}).location
    browser.get(address)  # which shows and forgets the greeting
    with writing(sessions) as database:
        database.execute(text("UPDATE people SET name = name"))
        assert browser.send(f"{address}/source/check", {"text": "key: x"}).status_code == 200
        assert browser.send(f"{address}/try", {"_empty": "1"}).status_code == 200


def test_what_the_public_asks_only_reads(client, survey, monkeypatch) -> None:
    seen = []

    def looked(session, token):
        seen.append(type(session))
        return public_survey(session, token)

    monkeypatch.setattr(views, "public_survey", looked)
    with clock.travel(NOW):
        assert client.post(f"/s/{survey}/live", data={"u1": "3"}).status_code == 200
    assert issubclass(seen[0], Reader)


def test_the_public_sends_no_more_than_a_survey_takes(client, survey) -> None:
    with clock.travel(NOW):
        for path in ("", "/live"):
            large = client.post(f"/s/{survey}{path}", data={"suggestion": "x" * 300_000})
            assert large.status_code == 413


def test_more_fields_than_can_be_looked_at_are_refused(client_for, people) -> None:
    browser = client_for(people.citra)
    fields = {f"results-{number}-name": "" for number in range(20_001)}
    assert browser.send("/assignments/1/live", fields).status_code == 413
