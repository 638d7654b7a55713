"""A change must come from a page of ours, in the browser of the person."""

import pytest
from sqlalchemy import func, select

from models.people import WebSession
from webapp.app import create_app

CHANGE = "/account/sessions/end-others"


@pytest.fixture
def browsers(client_for, people):
    """Citra here and on the telephone: the change would end the session on the telephone."""
    return client_for(people.citra), client_for(people.citra)


def nothing_happened(sessions) -> bool:
    with sessions() as database:
        return database.scalar(select(func.count()).select_from(WebSession)) == 2


def test_a_change_without_a_token_is_refused(browsers, sessions) -> None:
    answer = browsers[0].post(CHANGE, data={"note": "Catatan"})
    assert answer.status_code == 400
    assert "kedaluwarsa" in answer.text
    assert "Catatan" in answer.text, "what was typed can be copied"
    assert nothing_happened(sessions)


def test_a_token_of_another_session_is_refused(browsers, sessions) -> None:
    here, phone = browsers
    assert here.post(CHANGE, data={"csrf_token": phone.csrf_token()}).status_code == 400
    assert nothing_happened(sessions)


def test_a_token_of_a_guest_is_refused(browsers, client, sessions) -> None:
    assert browsers[0].post(CHANGE, data={"csrf_token": client.csrf_token()}).status_code == 400
    assert nothing_happened(sessions)


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "http://localhost:9999"},
        {"Origin": "http://localhost.evil.example"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "cross-site", "Origin": "null"},
        {"Sec-Fetch-Site": "none", "Origin": "null"},
    ],
)
def test_a_change_from_elsewhere_is_refused_even_with_a_token(browsers, sessions, headers) -> None:
    assert browsers[0].send(CHANGE, headers=headers).status_code == 403
    assert nothing_happened(sessions)


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "http://localhost", "Sec-Fetch-Site": "same-origin"},
        {"Origin": "null", "Sec-Fetch-Site": "same-origin"},
        {"Origin": "null"},
        {},
    ],
)
def test_a_change_from_our_own_page_is_made(browsers, sessions, headers) -> None:
    """Pages that send no referrer send `Origin: null`."""
    assert browsers[0].send(CHANGE, headers=headers).status_code == 303
    assert not nothing_happened(sessions)


def test_the_token_may_come_in_the_header_as_htmx_sends_it(browsers) -> None:
    answer = browsers[0].post(CHANGE, headers={"X-CSRFToken": browsers[0].csrf_token()})
    assert answer.status_code == 303


def test_a_token_does_not_grow_old_with_the_page(browsers, monkeypatch) -> None:
    token = browsers[0].csrf_token()
    monkeypatch.setattr("itsdangerous.timed.TimestampSigner.get_timestamp", lambda self: 9_999_999_999)
    assert browsers[0].post(CHANGE, data={"csrf_token": token}).status_code == 303


def test_a_guest_can_send_a_form_too(client) -> None:
    assert client.send("/language", {"language": "en"}).status_code == 302


def test_the_token_of_one_installation_means_nothing_to_another(engine, tmp_path, client) -> None:
    from models.settings import Settings

    other = create_app(Settings(data=tmp_path / "other"), engine).test_client()
    other.get("/sign-in")
    assert other.post("/language", data={"csrf_token": client.csrf_token(), "language": "en"}).status_code == 400
