"""Indonesian first, English by switch; words, numbers and times as people write them."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from flask import Flask, render_template_string
from sqlalchemy import select

from forms.text import Message, Text, msg
from models.people import Account, Unit
from models.session import writing
from webapp.app import create_app
from webapp.i18n import say, show_date, show_datetime, show_number, show_time

CATALOGUE = """
msgid ""
msgstr "Content-Type: text/plain; charset=utf-8\\n"

msgid "Masuk"
msgstr "Sign in"

msgid "Draf"
msgstr "Draft"

msgid "Ukuran berkas melebihi %(limit)s MB."
msgstr "The file is larger than %(limit)s MB."

msgid "Data ini telah diubah oleh %(nama)s pada %(waktu)s."
msgstr "This was changed by %(nama)s on %(waktu)s."

msgid "Beranda"
msgstr "Home"
"""


@pytest.fixture
def app(engine, settings, tmp_path, monkeypatch) -> Flask:
    """The application with a small catalogue of its own, apart from the wording of the real one."""
    folder = tmp_path / "translations" / "en" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    with (folder / "messages.mo").open("wb") as compiled:
        write_mo(compiled, read_po(CATALOGUE.strip().splitlines(), locale="en"))
    import webapp.app as module
    from tests.webapp.conftest import Client

    original = module.flask_config
    monkeypatch.setattr(
        module,
        "flask_config",
        lambda s: {**original(s), "BABEL_TRANSLATION_DIRECTORIES": str(tmp_path / "translations")},
    )
    app = create_app(settings, engine)
    app.testing = True
    app.test_client_class = Client
    return app


def in_english(client, **more):
    return client.send("/language", {"language": "en", "next": "/sign-in"}, **more)


def test_a_guest_sees_indonesian_whatever_the_browser_prefers(client, people) -> None:
    page = client.get("/sign-in", headers={"Accept-Language": "en-GB,en"})
    assert '<html lang="id"' in page.text
    assert ">Masuk</h1>" in page.text


def test_a_guest_switches_and_comes_back_to_the_same_page(client, people) -> None:
    answer = in_english(client)
    assert answer.headers["Location"] == "/sign-in"
    page = client.get("/sign-in")
    assert '<html lang="en"' in page.text
    assert ">Sign in</h1>" in page.text
    client.send("/language", {"language": "id"})
    assert ">Masuk</h1>" in client.get("/sign-in").text


def test_the_switch_leads_nowhere_else_and_knows_two_languages(client) -> None:
    assert client.send("/language", {"language": "en", "next": "https://evil.example"}).headers["Location"] == "/"
    answer = client.send("/language", {"language": "xx"})
    assert answer.status_code == 302
    assert not any("bahasa" in cookie for cookie in answer.headers.getlist("Set-Cookie"))


def test_a_link_cannot_switch(client) -> None:
    assert client.get("/language?language=en").status_code == 405


def test_the_account_remembers_on_every_device(client_for, people, sessions) -> None:
    in_english(client_for(people.citra))
    with sessions() as database:
        assert database.scalar(select(Account.language).where(Account.person_id == people.citra.id)) == "en"
    assert '<html lang="en"' in client_for(people.citra).get("/account").text
    assert '<html lang="id"' in client_for(people.budi).get("/account").text


def test_a_message_is_translated_before_its_values_are_set_in(app: Flask, client) -> None:
    when = datetime(2026, 1, 30, 7, 5, tzinfo=UTC)
    words = msg("Data ini telah diubah oleh %(nama)s pada %(waktu)s.", nama=Text(id="Camat", en="Head"), waktu=when)
    limit = msg("Ukuran berkas melebihi %(limit)s MB.", limit=Decimal("1.5"))
    with app.test_request_context("/"):
        assert say(words) == "Data ini telah diubah oleh Camat pada 30 Januari 2026 pukul 14.05 WIB."
        assert say(limit) == "Ukuran berkas melebihi 1,5 MB."
    with app.test_request_context("/", headers={"Cookie": "bahasa=en"}):
        assert say(words) == "This was changed by Head on 30 January 2026 at 14.05 WIB."
        assert say(limit) == "The file is larger than 1.5 MB."


def test_a_message_without_values_may_hold_a_percent_sign(app: Flask) -> None:
    with app.test_request_context("/"):
        assert say(msg("Capaian 100% tercapai.")) == "Capaian 100% tercapai."


def test_everything_that_may_be_said_is_said(app: Flask) -> None:
    with app.test_request_context("/", headers={"Cookie": "bahasa=en"}):
        assert say({"id": "Rencana", "en": "Plan"}) == "Plan"
        assert say({"id": "Rencana"}) == "Rencana"
        assert say({"id": "Rencana", "en": None}) == "Rencana"
        assert say(Text(id="Rencana", en="Plan")) == "Plan"
        assert say(Message("Draf")) == "Draft"
        assert say(msg("%(a)s", a={"id": "satu", "en": "one"})) == "one"
        assert say("<b>") == "<b>"
        assert say(None) == ""


def test_what_a_message_says_is_escaped_in_a_page(app: Flask) -> None:
    with app.test_request_context("/"):
        page = render_template_string("{{ say(m) }}{{ m|say }}", m=msg("%(a)s", a="<script>"))
    assert "<script>" not in page


def test_numbers_dates_and_times_are_written_as_people_do(app: Flask) -> None:
    when = datetime(2026, 1, 30, 17, 5, tzinfo=UTC)
    with app.test_request_context("/"):
        assert show_number(Decimal("18.75")) == "18,75"
        assert show_number(1250) == "1.250"
        assert show_number(Decimal("2"), 2) == "2,00"
        assert show_date(date(2026, 1, 30)) == "30 Januari 2026"
        assert show_date(when) == "31 Januari 2026", "the day it is in the unit's zone"
        assert show_time(when) == "00.05 WIB"
        assert show_datetime(when, "Asia/Jayapura") == "31 Januari 2026 pukul 02.05 WIT"
        assert show_datetime(None) == show_number(None) == show_date(None) == show_time(None) == ""
        assert render_template_string("{{ w|date }}|{{ w|datetime }}|{{ 3|number }}|{{ w|time }}", w=when) == (
            "31 Januari 2026|31 Januari 2026 pukul 00.05 WIB|3|00.05 WIB"
        )


def test_times_are_shown_in_the_zone_of_ones_unit(client_for, people, sessions) -> None:
    with writing(sessions) as database:
        database.get(Unit, people.village.id).zone = "Asia/Makassar"
    assert "WITA" in client_for(people.gita).get("/account").text
    assert "WIB" in client_for(people.citra).get("/account").text


def test_the_words_of_components_change_with_the_language_too(app: Flask, client) -> None:
    """Macros are imported once and kept: words must not be kept with them."""
    source = '{% import "components/ui.html" as ui %}{{ ui.tag("draft") }}'
    with app.test_request_context("/"):
        assert "Draf<" in render_template_string(source)
    with app.test_request_context("/", headers={"Cookie": "bahasa=en"}):
        assert "Draft<" in render_template_string(source)


def test_every_template_compiles(app: Flask) -> None:
    for name in app.jinja_env.list_templates():
        app.jinja_env.get_template(name)
