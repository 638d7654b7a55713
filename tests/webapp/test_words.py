"""Words: every Indonesian sentence has an English one, and no page mixes the two languages."""

import subprocess
from collections import Counter

import pytest
from babel.messages import Catalog
from babel.messages.pofile import read_po
from flask import Flask

from tests.cast import on_day
from tests.webapp import year
from tests.webapp.words import (
    ENGLISH,
    INDONESIAN,
    PLACE,
    ROOT,
    Words,
    compile_english,
    english,
    forms_of,
    indonesian_only,
    outside_data,
    pages,
)


@pytest.fixture(scope="module")
def compiled(tmp_path_factory: pytest.TempPathFactory) -> str:
    return compile_english(tmp_path_factory.mktemp("translations"))


@pytest.fixture
def app(app: Flask, compiled: str) -> Flask:
    app.extensions["babel"].translation_directories = [compiled]
    return app


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Catalog:
    """The sentences that stand in the sources now."""
    found = tmp_path_factory.mktemp("words") / "messages.pot"
    command = [ROOT / "scripts" / "extract_words.sh", "--to", found]
    subprocess.run(command, check=True, capture_output=True, cwd=ROOT)
    with found.open("rb") as file:
        return read_po(file)


def sentences(catalogue: Catalog) -> list[str]:
    return [forms_of(message.id)[0] for message in catalogue if message.id]


def test_the_extraction_finds_words_wherever_they_stand(template: Catalog) -> None:
    """One known sentence for each way of marking words and each floor."""
    found = set(sentences(template))
    assert "Isian ini wajib diisi." in found, "msg() in forms"
    assert "Anda tidak berwenang melakukan tindakan ini." in found, "msg() in models"
    assert "Kata sandi Anda telah disimpan. Selamat datang." in found, "gettext() in a view"
    assert "Kata sandi saat ini" in found, "lazy_gettext() of a form of a page"
    assert "Beranda" in found, "_() in the menu"
    assert "tinggal %(num)s hari" in found, "ngettext() in Python"
    assert "%(num)s belum dibaca" in found, "ngettext() in a template"
    assert "Simpan draf" in found, "_() in a template"
    assert len(found) > 900


def test_every_sentence_has_an_english_one(template: Catalog) -> None:
    missing = []
    for message in template:
        known = english().get(forms_of(message.id)[0])
        if not message.id:
            continue
        if known is None or not all(forms_of(known.string)) or len(forms_of(known.id)) != len(forms_of(message.id)):
            missing.append(message.id)
    assert missing == [], "run scripts/extract_words.sh and translate what is empty in the catalogue"


def test_the_catalogue_holds_nothing_guessed_and_nothing_out_of_use(template: Catalog) -> None:
    assert [message.id for message in english() if message.fuzzy and message.id] == []
    assert sorted(set(sentences(english())) - set(sentences(template))) == []


def test_english_sentences_have_the_places_of_the_indonesian_ones() -> None:
    wrong = [
        message.id
        for message in english()
        if message.id
        for own, other in zip(forms_of(message.id), forms_of(message.string), strict=True)
        if Counter(PLACE.findall(own)) != Counter(PLACE.findall(other)) or "%" in PLACE.sub("", other)
    ]
    assert wrong == []


def test_english_sentences_hold_no_indonesian_words() -> None:
    said = [text for message in english() if message.id for text in forms_of(message.string)]
    assert [text for text in said if INDONESIAN.search(text)] == []


def test_punctuation_at_the_end_is_kept() -> None:
    """A sentence stays a sentence, a label a label."""
    wrong = [
        (own, other)
        for message in english()
        if message.id
        for own, other in zip(forms_of(message.id), forms_of(message.string), strict=True)
        if own.endswith((".", "?")) != other.endswith((".", "?"))
    ]
    assert wrong == []


MOMENTS = {
    "the plans are written": (lambda sessions, people: year.planning_open(sessions), (2026, 1, 8)),
    "work is logged": (year.progress_open, (2026, 2, 3)),
    "colleagues give feedback": (year.ballots_open, (2026, 11, 17)),
    "supervisors evaluate": (year.evaluation_open, (2027, 1, 12)),
    "the results are out": (year.released, (2027, 2, 3)),
}


def said_in(language: str, app: Flask, client_for, people) -> dict[str, str]:
    """Every text that staff, a supervisor, HR and a guest meet in a language, with a page where it stands."""
    guest = app.test_client()
    guest.send("/language", {"language": language})
    said: dict[str, str] = {}
    starts = ["/", "/verify", "/activate/none", "/nowhere"]
    for client in (client_for(people.ani), client_for(people.budi), client_for(people.citra), guest):
        if client is not guest:
            client.send("/language", {"language": language})
        for start in starts if client is guest else ["/"]:
            for path, page in pages(app, client, start):
                assert f'<html lang="{language}"' in page, path
                said |= dict.fromkeys(Words(page).texts, path)
    return said


only_sqlite = pytest.mark.parametrize("backend", ["sqlite"], indirect=True)
"""Words do not depend on the database."""


@only_sqlite
@pytest.mark.parametrize("moment", MOMENTS)
def test_english_pages_hold_no_indonesian_words(moment: str, app, client_for, people, sessions) -> None:
    make, day = MOMENTS[moment]
    make(sessions, people)
    with on_day(*day):
        said = said_in("en", app, client_for, people)
    assert len(said) > 200
    assert outside_data(said, INDONESIAN) == {}
    left = {text: path for text, path in said.items() if text in indonesian_only()}
    assert left == {}, "sentences of the catalogue that were shown untranslated"


@only_sqlite
@pytest.mark.parametrize("moment", ["the plans are written", "the results are out"])
def test_indonesian_pages_hold_no_english_words(moment: str, app, client_for, people, sessions) -> None:
    make, day = MOMENTS[moment]
    make(sessions, people)
    with on_day(*day):
        said = said_in("id", app, client_for, people)
    assert len(said) > 200
    assert outside_data(said, ENGLISH) == {}


@only_sqlite
@pytest.mark.parametrize(("language", "telltale"), [("id", ENGLISH), ("en", INDONESIAN)], ids=["id", "en"])
def test_refusals_speak_the_language_of_the_page(language, telltale, app, client_for, people, sessions) -> None:
    """What is wrong with a sign-in, an import, a new password, a form: said where it was typed."""
    year.planning_open(sessions)
    with on_day(2026, 1, 8), sessions() as database:
        form_id = year.open_forms(database, people.citra, "planning")[0].id
    with on_day(2026, 1, 8):
        ani, citra, guest = client_for(people.ani), client_for(people.citra), app.test_client()
        for client in (ani, citra, guest):
            client.send("/language", {"language": language})
        design = "key: a b\ntitle: A\nowner: x\nsections:\n  - {key: s, title: S, fields: [{key: f, kind: z}]}\n"
        cycle = "key: a\ntitle: A\nstages:\n  - {key: a, title: A, mode: never, respondents: self, window: 5}\n"
        answers = [
            guest.send("/sign-in", {"employee_number": "12", "password": "x"}),
            guest.post("/sign-in", data={"employee_number": "12"}),
            ani.send("/designs/import", {"text": design}),
            ani.send("/designs/import", {"text": cycle}),
            ani.send("/cycles/new", {}),
            ani.send("/people/import", {}),
            citra.send("/account/password", {"current": "x", "password": "y"}),
        ]
        unfinished = citra.get(f"/assignments/{form_id}?check=1")
    assert "govuk-error-summary" in unfinished.text
    for answer in answers:
        assert answer.status_code in (400, 422), (answer.request.path, answer.status_code)
    for answer in (*answers, unfinished):
        said = dict.fromkeys(Words(answer.text).texts, answer.request.path)
        assert outside_data(said, telltale) == {}
