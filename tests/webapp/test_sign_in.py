"""Signing in: what is told, what is not, and under which id one leaves."""

import pytest
from sqlalchemy import select

from models.operations import passwords
from models.people import Account, WebSession
from models.session import writing
from tests.webapp.conftest import PASSWORD


def try_password(client, number: str, password: str, **more):
    return client.send("/sign-in", {"employee_number": number, "password": password}, **more)


def without_what_differs(text: str) -> str:
    lines = [line for line in text.splitlines() if "csrf_token" not in line and "nonce=" not in line]
    return "\n".join(lines)


def test_the_right_password_opens_the_door(client, people) -> None:
    answer = try_password(client, people.citra.employee_number, PASSWORD)
    assert answer.status_code == 303
    assert answer.headers["Location"] == "/"
    assert "Citra Lestari" in client.get("/account").text


def test_the_number_may_be_written_with_spaces(client, people) -> None:
    number = people.citra.employee_number
    spaced = f" {number[:8]} {number[8:14]} {number[14]} {number[15:]} "
    assert try_password(client, spaced, PASSWORD).status_code == 303


def test_one_returns_to_where_one_wanted_to_go(client, people) -> None:
    fields = {"employee_number": people.citra.employee_number, "password": PASSWORD}
    assert client.send("/sign-in?next=%2Faccount", fields).headers["Location"] == "/account"


def test_nobody_is_led_to_another_site(client, people) -> None:
    fields = {"employee_number": people.citra.employee_number, "password": PASSWORD}
    assert client.send("/sign-in?next=https://evil.example/", fields).headers["Location"] == "/"


def test_every_failure_looks_the_same_and_hashes_once(client, people, sessions, monkeypatch) -> None:
    """Wrong password, unknown number, inactive person, account without a password."""
    with writing(sessions) as database:
        database.merge(people.dedi).active = False
        database.get(Account, people.eka.id).password_hash = None
        database.delete(database.get(Account, people.gita.id))
    asked = []
    original = passwords.matches
    monkeypatch.setattr(passwords, "matches", lambda kept, password: asked.append(kept) or original(kept, password))
    numbers = [people.citra.employee_number, "198001012005011001", "abc"]
    numbers += [person.employee_number for person in (people.dedi, people.eka, people.gita)]
    answers = [try_password(client, number, "salah sama sekali") for number in numbers]
    assert {answer.status_code for answer in answers} == {422}
    assert all("NIP atau kata sandi tidak sesuai." in answer.text for answer in answers)
    pages = {
        without_what_differs(answer.text).replace(number, "…") for answer, number in zip(answers, numbers, strict=True)
    }
    assert len(pages) == 1
    assert len(asked) == len(numbers)


def test_an_inactive_person_cannot_sign_in_with_the_right_password(client, people, sessions) -> None:
    with writing(sessions) as database:
        database.merge(people.citra).active = False
    assert try_password(client, people.citra.employee_number, PASSWORD).status_code == 422


def test_the_password_never_comes_back_in_a_page(client, people) -> None:
    assert "rahasia-1234" not in try_password(client, people.citra.employee_number, "rahasia-1234").text


def test_empty_fields_are_named(client) -> None:
    answer = try_password(client, "", "")
    assert answer.status_code == 422
    assert answer.text.count("Isian ini wajib diisi.") >= 2


def test_signing_in_gives_a_new_id_and_keeps_nothing_of_the_guest(client, people, sessions) -> None:
    """Session fixation: whoever planted a cookie before has nothing afterwards."""
    planted_token = client.csrf_token()
    planted = client.session_cookie
    try_password(client, people.citra.employee_number, PASSWORD)
    fresh = client.session_cookie
    assert fresh != planted
    assert "." not in fresh
    assert len(fresh) == 43
    answer = client.post("/account/sessions/end-others", data={"csrf_token": planted_token})
    assert answer.status_code == 400
    attacker = client.application.test_client()
    attacker.set_cookie("kinerja", planted)
    assert attacker.get("/account").status_code == 303


def test_signing_in_again_gives_another_id_and_ends_the_old_one(client_for, people, sessions) -> None:
    client = client_for(people.citra)
    old = client.session_cookie
    try_password(client, people.budi.employee_number, PASSWORD)
    assert client.session_cookie != old
    with sessions() as database:
        assert [row.person_id for row in database.scalars(select(WebSession))] == [people.budi.id]


def test_whoever_is_signed_in_already_is_led_on(client_for, people) -> None:
    answer = client_for(people.citra).get("/sign-in?next=%2Faccount")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/account")


def test_a_link_opens_an_account_once(client, client_for, people, sessions) -> None:
    from models.operations.accounts import start_activation
    from models.queries.people import actor_for

    with writing(sessions) as database:
        token = start_activation(database, actor_for(database, people.ani.id), database.merge(people.citra))
    before = client_for(people.citra)
    page = client.get(f"/activate/{token}")
    assert page.status_code == 200
    assert "Citra Lestari" in page.text
    assert page.headers["Referrer-Policy"] == "no-referrer"
    assert "noindex" in page.headers["X-Robots-Tag"]
    short = client.send(f"/activate/{token}", {"password": "pendek"})
    assert short.status_code == 422
    assert "paling sedikit 12 karakter" in short.text
    assert client.get(f"/activate/{token}").status_code == 200, "looking and failing use nothing up"
    answer = client.send(f"/activate/{token}", {"password": "ombak di pantai barat"})
    assert answer.status_code == 303
    assert "Citra Lestari" in client.get("/account").text
    assert before.get("/account").status_code == 303, "sessions begun with the old password have ended"
    assert client.get(f"/activate/{token}").status_code == 404
    guest = client.application.test_client()
    assert guest.send(f"/activate/{token}", {"password": "ombak di pantai timur"}).status_code == 404
    assert try_password(guest, people.citra.employee_number, "ombak di pantai barat").status_code == 303


def test_a_made_up_link_tells_nothing(client) -> None:
    answer = client.get("/activate/" + "x" * 43)
    assert answer.status_code == 404
    assert "tidak berlaku atau sudah digunakan" in answer.text


def test_changing_the_password_ends_all_other_sessions(client_for, people) -> None:
    here, phone = client_for(people.citra), client_for(people.citra)
    old = here.session_cookie
    fields = {"current": PASSWORD, "new": "ombak di pantai barat"}
    answer = here.send("/account/password", fields)
    assert answer.status_code == 303
    assert here.session_cookie != old
    assert here.get("/account").status_code == 200
    assert phone.get("/account").status_code == 303


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"current": "salah", "new": "ombak di pantai barat"}, "Kata sandi saat ini tidak sesuai."),
        ({"current": PASSWORD, "new": "pendek"}, "paling sedikit 12 karakter"),
        ({"current": PASSWORD, "new": ""}, "Isian ini wajib diisi."),
    ],
)
def test_a_password_is_not_changed_without_the_old_or_to_a_bad_one(client_for, people, fields, words) -> None:
    here, phone = client_for(people.citra), client_for(people.citra)
    answer = here.send("/account/password", fields)
    assert answer.status_code == 422
    assert words in answer.text
    assert phone.get("/account").status_code == 200


def test_the_first_visit_makes_the_first_administrator(client, sessions, settings) -> None:
    from models.operations.first_administrator import first_administrator_code

    with writing(sessions) as database:
        code = first_administrator_code(database, settings.folder)
    assert client.get("/setup").status_code == 200
    fields = {
        "employee_number": "19800101 200501 1 001",
        "name": "Sari Utami, S.STP.",
        "email": "sari@nanggalo.example",
    }
    wrong = client.send("/setup", {**fields, "code": "AAAA-BBBB"})
    assert wrong.status_code == 422
    assert "Kode ini tidak sesuai." in wrong.text
    answer = client.send("/setup", {**fields, "code": code.lower()})
    assert answer.status_code == 303
    assert client.send(answer.headers["Location"], {"password": "ombak di pantai barat"}).status_code == 303
    assert "Sari Utami" in client.get("/account").text
    assert client.get("/setup").status_code == 404
    assert client.application.test_client().get("/setup").status_code == 404
