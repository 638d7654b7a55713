"""Sessions: what a browser keeps, what the database keeps, and how they end."""

import hashlib
from datetime import timedelta

import pytest
from flask import Flask, session
from sqlalchemy import select
from sqlalchemy.exc import OperationalError

from models import clock
from models.people import WebSession
from models.session import writing
from models.settings import Settings
from webapp import access
from webapp.app import create_app


def rows(sessions):
    with sessions() as database:
        return list(database.scalars(select(WebSession)))


def test_a_signed_in_person_sees_the_own_account(client_for, people) -> None:
    answer = client_for(people.citra).get("/account")
    assert answer.status_code == 200
    assert "Citra Lestari" in answer.text
    assert "sesi ini" in answer.text


def test_the_database_keeps_the_digest_of_the_id_not_the_id(client_for, people, sessions) -> None:
    client = client_for(people.citra)
    [row] = rows(sessions)
    assert row.digest == hashlib.sha256(client.session_cookie.encode()).hexdigest()
    assert client.session_cookie not in row.data


def test_a_guest_never_gets_a_row(client, sessions) -> None:
    client.get("/sign-in")
    client.send("/language", {"language": "en", "next": "/sign-in"})
    assert rows(sessions) == []
    assert client.session_cookie.count(".") >= 2, "a guest's session is a signed cookie"


def test_a_guest_cannot_write_himself_a_user_into_the_cookie(app: Flask, client, people) -> None:
    """Even a rightly signed cookie signs nobody in."""
    signer = app.session_interface.get_signing_serializer(app)
    client.set_cookie("kinerja", signer.dumps({"_user_id": str(people.ani.id), "_fresh": True}))
    assert client.get("/account").status_code == 303


def test_a_forged_or_unknown_cookie_is_a_guest(client, people) -> None:
    for value in ("a.b.c", "x" * 43, "", "é", "'; DROP TABLE web_sessions; --"):
        client.set_cookie("kinerja", value)
        assert client.get("/account").status_code == 303
        assert client.get("/sign-in").status_code == 200


def test_reading_pages_writes_at_most_once_a_minute(client_for, people, sessions) -> None:
    with clock.travel(clock.now()):
        client = client_for(people.citra)
        start = clock.now()
    with clock.travel(start + timedelta(seconds=59)):
        client.get("/account")
        assert rows(sessions)[0].seen_at == start
    with clock.travel(start + timedelta(seconds=61)):
        client.get("/account")
        assert rows(sessions)[0].seen_at == start + timedelta(seconds=61)


@pytest.mark.parametrize(("who", "alive", "over"), [("ani", 29, 30), ("citra", 479, 480)])
def test_a_session_left_alone_ends_sooner_for_whoever_holds_a_role(client_for, people, who, alive, over) -> None:
    start = clock.now()
    with clock.travel(start):
        client = client_for(getattr(people, who))
    with clock.travel(start + timedelta(minutes=alive)):
        assert client.get("/account").status_code == 200
    with clock.travel(start + timedelta(minutes=alive + over)):
        assert client.get("/account").status_code == 303


def test_a_session_ends_after_twelve_hours_however_busy(client_for, people) -> None:
    start = clock.now()
    with clock.travel(start):
        client = client_for(people.citra)
    for hours in (4, 8, 11.9):
        with clock.travel(start + timedelta(hours=hours)):
            assert client.get("/account").status_code == 200
    with clock.travel(start + timedelta(hours=12)):
        assert client.get("/account").status_code == 303


def test_whoever_comes_back_after_the_end_is_told_and_led_back(client_for, people) -> None:
    start = clock.now()
    with clock.travel(start):
        client = client_for(people.citra)
    with clock.travel(start + timedelta(hours=9)):
        answer = client.get("/account?tab=2")
        assert answer.headers["Location"] == "/sign-in?next=%2Faccount%3Ftab%3D2"
        assert "Sesi Anda telah berakhir demi keamanan." in client.get(answer.headers["Location"]).text
        assert "Sesi Anda telah berakhir" not in client.get("/sign-in").text


def test_what_was_typed_is_not_lost_when_the_session_has_ended(client_for, people) -> None:
    start = clock.now()
    with clock.travel(start):
        client = client_for(people.citra)
        fields = {"csrf_token": client.csrf_token(), "note": "Tulisan <panjang>", "new_password": "rahasia sekali"}
    with clock.travel(start + timedelta(hours=9)):
        answer = client.post(
            "/account/sessions/end-others", data=fields, headers={"Referer": "http://localhost/account"}
        )
    assert answer.status_code == 401
    assert "Tulisan &lt;panjang&gt;" in answer.text
    assert "rahasia sekali" not in answer.text
    assert fields["csrf_token"] not in answer.text
    assert "/sign-in?next=%2Faccount" in answer.text


def test_an_inactive_person_is_out_at_once(client_for, people, sessions) -> None:
    client = client_for(people.citra)
    with writing(sessions) as database:
        database.merge(people.citra).active = False
    assert client.get("/account").status_code == 303


def test_signing_out_ends_the_session_on_the_server(client_for, people, sessions) -> None:
    client = client_for(people.citra)
    cookie = client.session_cookie
    answer = client.send("/sign-out")
    assert answer.status_code == 303
    assert answer.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert rows(sessions) == []
    client.set_cookie("kinerja", cookie)
    assert client.get("/account").status_code == 303


def test_one_ends_own_sessions_elsewhere_and_nobody_elses(client_for, people, sessions) -> None:
    here, phone, stranger = client_for(people.citra), client_for(people.citra), client_for(people.budi)
    reference = hashlib.sha256(hashlib.sha256(phone.session_cookie.encode()).hexdigest().encode()).hexdigest()[:16]
    assert reference in here.get("/account").text
    assert stranger.send(f"/account/sessions/{reference}/end").status_code == 404
    assert phone.get("/account").status_code == 200
    assert here.send(f"/account/sessions/{reference}/end").status_code == 303
    assert phone.get("/account").status_code == 303
    assert here.get("/account").status_code == 200
    assert stranger.get("/account").status_code == 200


def test_all_other_sessions_can_be_ended_at_once(client_for, people) -> None:
    here, phone, desk = (client_for(people.citra) for _ in range(3))
    stranger = client_for(people.budi)
    assert here.send("/account/sessions/end-others").status_code == 303
    statuses = [browser.get("/account").status_code for browser in (here, phone, desk, stranger)]
    assert statuses == [200, 303, 303, 200]


def test_a_request_under_way_does_not_bring_an_ended_session_back(app: Flask, client_for, people, sessions) -> None:
    @access.signed_in
    def slow() -> str:
        with writing(sessions) as database:
            for row in database.scalars(select(WebSession)):
                database.delete(row)
        session["note"] = "written after the end"
        return "done"

    app.add_url_rule("/slow", "slow", slow)
    client = client_for(people.citra)
    assert client.get("/slow").text == "done"
    assert rows(sessions) == []


def test_cookies_in_production_are_bound_to_the_host_and_to_tls(engine, tmp_path) -> None:
    settings = Settings(
        data=tmp_path, environment="production", secret_key="k" * 40, public_url="https://kinerja.example.go.id"
    )
    client = create_app(settings, engine).test_client()
    answer = client.get("/sign-in", base_url="https://kinerja.example.go.id")
    [cookie] = answer.headers.getlist("Set-Cookie")
    assert cookie.startswith("__Host-kinerja=")
    for part in ("Secure", "HttpOnly", "SameSite=Lax", "Path=/"):
        assert f"; {part}" in cookie
    assert "Domain" not in cookie
    assert "Expires" not in cookie


def test_cookies_without_tls_have_a_plain_name(client) -> None:
    [cookie] = client.get("/sign-in").headers.getlist("Set-Cookie")
    assert cookie.startswith("kinerja=")
    assert "; HttpOnly" in cookie
    assert "; Secure" not in cookie


def away(*_args, **_more):
    raise OperationalError("SELECT …", {}, Exception("the database is away"))


def test_when_the_database_is_away_nobody_is_taken_for_a_guest(client_for, people, monkeypatch) -> None:
    client = client_for(people.citra)
    cookie = client.session_cookie
    with monkeypatch.context() as patch:
        patch.setattr("webapp.sessions.visitor_for", away)
        answer = client.get("/account")
        assert answer.status_code == 503
        assert "Sistem sedang sibuk." in answer.text
        assert "Set-Cookie" not in answer.headers
    assert client.session_cookie == cookie
    assert client.get("/account").status_code == 200


def test_a_page_is_shown_even_when_it_cannot_be_noted_that_it_was_seen(client_for, people, monkeypatch) -> None:
    start = clock.now()
    with clock.travel(start):
        client = client_for(people.citra)
    monkeypatch.setattr("webapp.sessions.writing", away)
    with clock.travel(start + timedelta(minutes=2)):
        assert client.get("/account").status_code == 200
