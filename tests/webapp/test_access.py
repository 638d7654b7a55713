"""Who may open which page."""

import pytest
from flask import Flask

from models.errors import NotFound
from models.permissions import Role
from webapp import access
from webapp.app import create_app
from webapp.navigation import after_sign_in, safe_target


def page() -> str:
    return "the page"


def test_a_route_that_says_nothing_is_closed_to_everybody(app: Flask, client, client_for, people) -> None:
    app.add_url_rule("/forgotten", "forgotten", page)
    assert client.get("/forgotten").status_code == 404
    assert client_for(people.ani).get("/forgotten").status_code == 404


def test_a_route_that_calls_itself_public_without_standing_in_the_list_is_closed(app: Flask, client) -> None:
    app.add_url_rule("/hasty", "hasty", access.public("somebody thought so")(lambda: "the page"))
    assert client.get("/hasty").status_code == 404


def test_a_silent_route_stops_the_start(monkeypatch, engine, settings) -> None:
    monkeypatch.setattr("webapp.areas.register", lambda app: app.add_url_rule("/forgotten", "forgotten", page))
    with pytest.raises(ValueError, match="forgotten"):
        create_app(settings, engine)


@pytest.mark.parametrize(("who", "status"), [("ani", 200), ("citra", 404), ("hadi", 404), ("indra", 404)])
def test_a_page_of_a_role_does_not_exist_for_others(app: Flask, client_for, people, who, status) -> None:
    app.add_url_rule("/for-hr", "for_hr", access.role(Role.HR_ADMINISTRATOR)(lambda: "the page"))
    assert client_for(getattr(people, who)).get("/for-hr").status_code == status


def test_a_guest_is_led_to_sign_in_and_back(app: Flask, client) -> None:
    app.add_url_rule("/mine/<int:number>", "mine", access.signed_in(lambda number: "the page"))
    answer = client.get("/mine/7?page=2")
    assert answer.status_code == 303
    assert answer.headers["Location"] == "/sign-in?next=%2Fmine%2F7%3Fpage%3D2"


def test_absent_and_foreign_look_the_same(app: Flask, client_for, people) -> None:
    @access.signed_in
    def foreign() -> str:
        raise NotFound

    app.add_url_rule("/foreign", "foreign", foreign)
    client = client_for(people.citra)
    one, other = client.get("/foreign"), client.get("/no-such-page")
    assert one.status_code == other.status_code == 404
    assert "Halaman tidak ditemukan atau Anda tidak memiliki akses." in one.text

    def without_what_differs(text: str) -> str:
        return "\n".join(line for line in text.splitlines() if "csrf_token" not in line and "nonce=" not in line)

    assert without_what_differs(one.text) == without_what_differs(other.text)


def test_a_script_is_told_in_its_own_way(app: Flask, client) -> None:
    answer = client.get("/account", headers={"X-Requested-With": "fetch"})
    assert answer.status_code == 401
    assert answer.json["message"].startswith("Silakan masuk")


def test_htmx_is_led_to_sign_in_as_a_whole_page(client) -> None:
    answer = client.get("/account", headers={"HX-Request": "true", "HX-Current-URL": "http://localhost/account"})
    assert answer.status_code == 401
    assert answer.headers["HX-Redirect"] == "/sign-in?next=%2Faccount"
    assert "<html" not in answer.text


@pytest.mark.parametrize(
    "target",
    [
        "https://evil.example/",
        "//evil.example/account",
        "/\\evil.example",
        "\\\\evil.example",
        "/account\r\nSet-Cookie: a=b",
        "javascript:alert(1)",
        "account",
        "/no-such-page",
        "/account/sessions/end-others",
        "/%0d%0aevil",
        "",
    ],
)
def test_nobody_is_led_astray_after_signing_in(app: Flask, target) -> None:
    with app.test_request_context("/"):
        assert safe_target(target) == after_sign_in(target) == "/"


@pytest.mark.parametrize("target", ["/sign-in", "/sign-in?next=/account", "/setup", "/activate/abc", "/healthz"])
def test_a_page_for_guests_is_no_target_after_signing_in(app: Flask, target) -> None:
    with app.test_request_context("/"):
        assert safe_target(target) == target
        assert after_sign_in(target) == "/"


@pytest.mark.parametrize("target", ["/account", "/account?tab=2&x=%2F%2Fevil.example"])
def test_a_page_of_ours_is_a_good_target(app: Flask, target) -> None:
    with app.test_request_context("/"):
        assert safe_target(target) == target
