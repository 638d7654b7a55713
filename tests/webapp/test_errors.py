"""What people see, and what the log says, when something cannot be done."""

import json
import logging

import pytest
from flask import Flask, request
from sqlalchemy import select
from sqlalchemy.exc import OperationalError

from forms.text import msg
from models.errors import Conflict, Forbidden, Invalid, Stale
from models.people import Unit
from tests.webapp.conftest import Client
from webapp import access
from webapp.db import WriteWhileReadingError, db, keep
from webapp.log import JsonLines, logger

CANARY = "Rahasia Kenari"


@pytest.fixture
def page_that(app: Flask):
    """`page_that(raises)`: adds a page at /page, for GET and POST, that does this."""

    def add(does) -> None:
        @access.signed_in
        def view():
            return does()

        app.add_url_rule("/page/<word>", "page", lambda word: view(), methods=["GET", "POST"])
        app.view_functions["page"].access = access.Access("signed-in")

    return add


def raising(error: Exception):
    def does():
        raise error

    return does


@pytest.mark.parametrize(
    ("error", "status", "words"),
    [
        (Forbidden(), 403, "Anda tidak berwenang melakukan tindakan ini."),
        (Conflict(msg("Tahap ini sudah ditutup.")), 409, "Tahap ini sudah ditutup."),
        (Stale(msg("Data ini telah diubah oleh %(nama)s.", nama="Budi")), 409, "Data ini telah diubah oleh Budi."),
        (Invalid(msg("Periksa kembali."), {"a": msg("Terlalu %(x)s.", x="panjang")}), 422, "Terlalu panjang."),
    ],
)
def test_a_refusal_explains_and_keeps_what_was_typed(page_that, client_for, people, error, status, words) -> None:
    page_that(raising(error))
    answer = client_for(people.citra).send("/page/a", {"results-0-target": "Baris satu\nbaris <dua>", "_version": "3"})
    assert answer.status_code == status
    assert words in answer.text
    assert "Baris satu\nbaris &lt;dua&gt;" in answer.text
    assert "Citra Lestari" in answer.text, "the frame still knows who is signed in"


def test_a_script_gets_the_words_as_json(page_that, client_for, people) -> None:
    page_that(raising(Stale(msg("Sudah berubah."))))
    answer = client_for(people.citra).send("/page/a", {}, headers={"X-Requested-With": "fetch"})
    assert answer.status_code == 409
    assert answer.json["message"] == "Sudah berubah."


def test_htmx_gets_a_part_not_a_page(page_that, client_for, people) -> None:
    page_that(raising(Conflict(msg("Sudah berubah."))))
    answer = client_for(people.citra).send("/page/a", {}, headers={"HX-Request": "true"})
    assert answer.status_code == 409
    assert "Sudah berubah." in answer.text
    assert "<html" not in answer.text


def test_an_unexpected_error_shows_a_number_and_nothing_else(app, page_that, client_for, people, caplog) -> None:
    app.testing = False
    page_that(raising(RuntimeError(CANARY)))
    client = client_for(people.citra)
    with caplog.at_level(logging.INFO, logger="kinerja.web"):
        answer = client.send(f"/page/{CANARY}", {"note": "Tulisan saya"})
    number = answer.headers["X-Request-ID"]
    assert answer.status_code == 500
    assert f"Sebutkan kode {number} saat menghubungi bantuan." in answer.text
    assert "Tulisan saya" in answer.text
    assert CANARY not in answer.text
    assert "Traceback" not in answer.text
    lines = [json.loads(JsonLines().format(record)) for record in caplog.records if record.name == "kinerja.web"]
    [error] = [line for line in lines if line["event"] == "error"]
    assert error["request"] == number
    assert error["error"] == "RuntimeError"
    assert any("test_errors.py" in frame for frame in error["frames"])


def test_the_log_names_nobody(app, page_that, client_for, people, settings, caplog) -> None:
    app.testing = False
    app.extensions["settings"] = settings.model_copy(update={"environment": "production"})
    page_that(raising(RuntimeError(CANARY)))
    client = client_for(people.citra)
    with caplog.at_level(logging.DEBUG):
        client.send(f"/page/{CANARY}?q={CANARY}", {"note": CANARY})
        client.get("/activate/tokenkenari")
    log = "\n".join(JsonLines().format(record) for record in caplog.records)
    for word in (CANARY, "Kenari", "tokenkenari", "Citra", people.citra.employee_number, client.session_cookie):
        assert word not in log
    [line] = [json.loads(line) for line in log.splitlines() if '"request"' in line and '"/page/<word>"' in line][-1:]
    assert line["route"] == "/page/<word>"
    assert len(line["actor"]) == 12


def test_a_line_of_the_log_is_one_line() -> None:
    record = logger.makeRecord("kinerja.web", logging.INFO, "", 0, "a\nb", (), None, extra={"fields": {"x": "c\r\nd"}})
    line = JsonLines().format(record)
    assert len(line.splitlines()) == 1
    assert json.loads(line)["event"] == "a\nb"


def test_an_error_page_without_its_template_is_still_words(app, page_that, client_for, people, monkeypatch) -> None:
    app.testing = False
    page_that(raising(RuntimeError("first")))
    monkeypatch.setattr("webapp.errors.render_template", raising_any)
    answer = client_for(people.citra).get("/page/a")
    assert answer.status_code == 500
    assert "Terjadi kendala pada sistem." in answer.text


def raising_any(*_args, **_more):
    raise RuntimeError("no template")


def test_a_busy_database_is_said_to_be_busy(page_that, client_for, people) -> None:
    page_that(raising(OperationalError("UPDATE …", {}, Exception("database is locked"))))
    answer = client_for(people.citra).send("/page/a", {"note": "Tulisan saya"})
    assert answer.status_code == 503
    assert answer.headers["Retry-After"] == "5"
    assert "Tulisan saya" in answer.text


def stored_units(sessions) -> list[str]:
    with sessions() as database:
        return [name for name in database.scalars(select(Unit.name)) if name.startswith("Unit")]


def test_what_a_view_did_is_kept_once_at_the_end(page_that, client_for, people, sessions) -> None:
    def does():
        db().add(Unit(name="Unit A"))
        db().flush()
        return "done"

    page_that(does)
    assert client_for(people.citra).send("/page/a").status_code == 200
    assert stored_units(sessions) == ["Unit A"]


@pytest.mark.parametrize("end", ["refusal", "error", "unexpected"])
def test_what_a_failed_view_did_is_undone(app, page_that, client_for, people, sessions, end) -> None:
    app.testing = False

    def does():
        db().add(Unit(name="Unit A"))
        db().flush()
        if end == "refusal":
            return "no", 422
        raise Conflict(msg("Sudah berubah.")) if end == "error" else RuntimeError("x")

    page_that(does)
    assert client_for(people.citra).send("/page/a").status_code in (409, 422, 500)
    assert stored_units(sessions) == []


def test_a_refusal_may_be_kept_on_purpose(page_that, client_for, people, sessions) -> None:
    def does():
        db().add(Unit(name="Unit A"))
        keep()
        return "no", 422

    page_that(does)
    client_for(people.citra).send("/page/a")
    assert stored_units(sessions) == ["Unit A"]


def test_what_cannot_be_committed_is_an_error_of_the_page(app, page_that, client_for, people, sessions) -> None:
    """The answer of the view was success; the person must not read it."""
    app.testing = False

    def does():
        from flask import flash

        db().add(Unit(name="Unit A"))
        db().add(Unit(name="Unit A"))
        flash("Tersimpan.")
        return "done"

    page_that(does)
    client = client_for(people.citra)
    answer = client.send("/page/a")
    assert answer.status_code == 500
    assert stored_units(sessions) == []
    assert "Tersimpan." not in client.get("/account").text


def test_a_page_that_is_read_cannot_write(page_that, client_for, people, sessions) -> None:
    def does():
        db().add(Unit(name="Unit A"))
        if request.args.get("flush"):
            db().flush()
        return "done"

    page_that(does)
    client: Client = client_for(people.citra)
    for address in ("/page/a", "/page/a?flush=1"):
        with pytest.raises(WriteWhileReadingError):
            client.get(address)
    assert stored_units(sessions) == []


def test_the_wrong_method_is_a_page_of_ours(client) -> None:
    answer = client.delete("/sign-in")
    assert answer.status_code == 405
    assert "POST" in answer.headers["Allow"]
    assert "Halaman tidak ditemukan" in answer.text
