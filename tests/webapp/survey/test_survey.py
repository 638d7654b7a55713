"""The survey of the public: easy for people, dull for programs, and it keeps nothing of who answered."""

import re
from datetime import timedelta

import pytest
from limits import parse
from sqlalchemy import func, inspect, select

from models import clock
from models.cycles import Stage
from models.feedback import SurveyAnswer, SurveyLink
from models.operations import cycles
from models.permissions import CLOCK
from models.session import writing
from tests.cast import at, on_day, plan_cycle, stage
from tests.rewinding import told_once
from webapp.survey import views

NOW = at(2026, 3, 4)
ANSWERS = {
    "service": "keterangan",
    **{f"u{n}": "3" for n in range(1, 10)},
    "suggestion": "Tambah kursi di ruang tunggu.",
}


@told_once
def survey_open(sessions) -> None:
    with on_day(2026, 2, 1), writing(sessions) as database:
        cycle = plan_cycle(database)
        cycles.open_cycle(database, CLOCK, cycle)
        cycles.open_stage(database, CLOCK, stage(cycle, "public-survey"))


@pytest.fixture
def link(sessions, people) -> SurveyLink:
    survey_open(sessions)
    with sessions() as database:
        return database.scalars(select(SurveyLink).where(SurveyLink.unit_id == people.office.id)).one()


def visit_of(page) -> str:
    found = re.search(r'name="_visit" value="([^"]+)"', page.text)
    assert found
    return found[1]


def answers(client, link, **changes):
    """Open the page, take ten seconds, send."""
    with clock.travel(NOW):
        passed = visit_of(client.get(f"/s/{link.token}"))
    with clock.travel(NOW + timedelta(seconds=changes.pop("seconds", 10))):
        return client.post(f"/s/{link.token}", data=filled(client, passed) | changes)


def filled(client, passed: str) -> dict[str, str]:
    return {"_visit": passed, **extra(), **ANSWERS}


def extra() -> dict[str, str]:
    """The questions about the visitor that must be answered."""
    from forms.catalogue import shipped

    found = {}
    for field in shipped()["public-survey"].fields():
        if field.required and field.key not in ANSWERS:
            found[field.key] = field.options[0].value
    return found


def kept(sessions) -> list[SurveyAnswer]:
    with sessions() as database:
        return list(database.scalars(select(SurveyAnswer)))


def test_somebody_with_the_link_answers_and_is_thanked(client, link, sessions, people) -> None:
    with clock.travel(NOW):
        page = client.get(f"/s/{link.token}")
    assert page.status_code == 200
    assert "Kecamatan Nanggalo" in page.text
    assert page.text.count('class="govuk-form-group k-wide k-rating') == 9
    sent = answers(client, link)
    assert sent.status_code == 303
    with clock.travel(NOW):
        thanks = client.get(sent.headers["Location"])
    assert "Terima kasih atas penilaian yang telah Anda berikan." in thanks.text
    [one] = kept(sessions)
    assert one.unit_id == people.office.id
    assert one.answers["u1"] == "3"
    assert one.answered_on.isoformat() == "2026-03-04"


def test_nothing_of_the_visitor_is_kept(client, link, sessions) -> None:
    answer = answers(client, link)
    assert "Set-Cookie" not in answer.headers
    names = {column.key for column in inspect(SurveyAnswer).columns}
    assert names == {"id", "stage_id", "unit_id", "answers", "answered_on", "form_version_id", "request_key"}
    [one] = kept(sessions)
    assert "127.0.0.1" not in repr(vars(one))


def test_the_same_answer_sent_twice_is_one(client, link, sessions) -> None:
    with clock.travel(NOW):
        passed = visit_of(client.get(f"/s/{link.token}"))
    with clock.travel(NOW + timedelta(seconds=30)):
        for _ in range(3):
            assert client.post(f"/s/{link.token}", data=filled(client, passed)).status_code == 303
    assert len(kept(sessions)) == 1


def test_missing_answers_are_shown_with_what_was_given(client, link, sessions) -> None:
    answer = answers(client, link, u3="", suggestion="Tambah kursi.")
    assert answer.status_code == 422
    assert "Ada 1 isian yang perlu diperbaiki." in answer.text
    assert 'href="#u3"' in answer.text
    assert "Tambah kursi." in answer.text
    assert kept(sessions) == []


def test_correcting_an_answer_needs_no_second_wait(client, link, sessions) -> None:
    again = answers(client, link, u3="", seconds=1)
    with clock.travel(NOW + timedelta(seconds=6)):
        assert client.post(f"/s/{link.token}", data=filled(client, visit_of(again))).status_code == 303
    assert len(kept(sessions)) == 1


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"seconds": 2}, "terlalu cepat"),
        ({"seconds": 7201}, "sudah lama terbuka"),
        ({"website": "http://spam.example"}, "kiriman otomatis"),
        ({"_visit": "forged"}, "sudah lama terbuka"),
    ],
)
def test_what_looks_like_a_program_is_asked_to_send_again(client, link, sessions, changes, words) -> None:
    answer = answers(client, link, **changes)
    assert answer.status_code == 422
    assert words in answer.text
    assert "Tambah kursi di ruang tunggu." in answer.text, "a person loses nothing"
    assert kept(sessions) == []


def test_a_pass_holds_for_one_unit_only(client, link, sessions, people) -> None:
    with sessions() as database:
        other = database.scalars(select(SurveyLink).where(SurveyLink.unit_id == people.village.id)).one()
    with clock.travel(NOW):
        passed = visit_of(client.get(f"/s/{other.token}"))
    assert answers(client, link, _visit=passed).status_code == 422
    assert kept(sessions) == []


def test_one_network_may_answer_only_so_often(client, link, sessions, monkeypatch) -> None:
    monkeypatch.setattr(views, "PER_NETWORK", parse("3 per hour"))
    assert [answers(client, link).status_code for _ in range(4)] == [303, 303, 303, 429]
    assert len(kept(sessions)) == 3


def test_a_unit_is_not_flooded_from_many_networks(client, link, sessions, monkeypatch) -> None:
    monkeypatch.setattr(views, "PER_UNIT", parse("2 per hour"))
    statuses = []
    for number in range(3):
        with clock.travel(NOW):
            passed = visit_of(client.get(f"/s/{link.token}"))
        with clock.travel(NOW + timedelta(seconds=10)):
            sent = client.post(
                f"/s/{link.token}", data=filled(client, passed), environ_base={"REMOTE_ADDR": f"10.0.{number}.1"}
            )
            statuses.append(sent.status_code)
    assert statuses == [303, 303, 429]


def test_a_closed_survey_thanks_and_takes_nothing(client, link, sessions) -> None:
    with on_day(2027, 1, 10), writing(sessions) as database:
        cycles.close_stage(database, CLOCK, database.get_one(Stage, link.stage_id))
    with clock.travel(at(2027, 1, 11)):
        page = client.get(f"/s/{link.token}")
        sent = client.post(f"/s/{link.token}", data=filled(client, "x"))
    for answer in (page, sent):
        assert answer.status_code == 410
        assert "Survei ini sudah ditutup." in answer.text
        assert "<form" not in answer.text
    assert kept(sessions) == []


def test_after_the_last_minute_it_is_closed_before_any_flow_came(client, link, sessions) -> None:
    with sessions() as database:
        end = database.get_one(Stage, link.stage_id).closes_at
    with clock.travel(end):
        assert client.get(f"/s/{link.token}").status_code == 410
    with clock.travel(end - timedelta(seconds=1)):
        assert client.get(f"/s/{link.token}").status_code == 200


def test_an_unknown_token_is_not_found(client, link) -> None:
    for token in ("0" * 26, "x" * 400):
        for answer in (client.get(f"/s/{token}"), client.post(f"/s/{token}"), client.get(f"/s/{token}/thanks")):
            assert answer.status_code == 404


def test_the_address_is_passed_on_to_nobody(client, link) -> None:
    with clock.travel(NOW):
        answer = client.get(f"/s/{link.token}")
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert "noindex" in answer.headers["X-Robots-Tag"]
    assert "<script" not in answer.text


def test_tables_of_the_public_have_no_person(engine) -> None:
    foreign = {key.column.table.name for key in SurveyAnswer.__table__.foreign_keys}
    assert "people" not in foreign


def test_answers_are_counted_for_the_unit_alone(client, link, sessions) -> None:
    answers(client, link)
    with sessions() as database:
        assert database.scalar(select(func.count()).where(SurveyAnswer.unit_id == link.unit_id)) == 1
