"""Messages: complete, short, in both languages, and silent about people and ratings."""

import re

import pytest

from reports.messages import KINDS, LONGEST_SUBJECT, WrongMessage, body, subject, summary

PARAMS = {
    "task": {"id": "Sasaran Kinerja Pegawai (SKP)", "en": "Performance plan"},
    "cycle": "Penilaian Kinerja Tahun 2026",
    "deadline": {"id": "30 September 2026 pukul 23.59 WITA", "en": "30 September 2026 at 23.59 WITA"},
    "time": "12 Januari 2026 pukul 14.05 WIB",
    "number": "A1B2-C3D4",
    "link": "https://kinerja.example/tugas?a=1&b=2",
}
LANGUAGES = ["id", "en"]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS)
def test_a_message_is_short_complete_and_formal(kind, language):
    line = subject(kind, PARAMS, language)
    assert line.startswith("[Kinerja] ")
    assert len(line) <= LONGEST_SUBJECT
    text = body(kind, PARAMS, language).text
    assert text.startswith({"id": "Yth. Bapak/Ibu,", "en": "Dear Sir or Madam,"}[language])
    assert summary(kind, PARAMS, language) in text
    assert not re.search(r"[{}]|None|silahkan|merubah|\bkamu\b", text)
    assert PARAMS["link"] in text


@pytest.mark.parametrize("kind", KINDS)
def test_every_message_is_translated(kind):
    assert subject(kind, PARAMS, "en") != subject(kind, PARAMS, "id")
    assert summary(kind, PARAMS, "en") != summary(kind, PARAMS, "id")


@pytest.mark.parametrize("kind", KINDS)
def test_no_message_speaks_of_a_person_or_a_rating(kind):
    assert not set(KINDS[kind].params) & {"name", "holder", "predicate", "rating", "score", "employee_number", "nip"}
    words = body(kind, PARAMS, "id").text.lower()
    for rating in ("sangat baik", "butuh perbaikan", "sangat kurang", "ekspektasi", "predikat", "nip"):
        assert rating not in words


@pytest.mark.parametrize(("kind", "name"), [(kind, name) for kind in KINDS for name in KINDS[kind].params])
def test_a_missing_parameter_is_an_error_that_names_it(kind, name):
    params = {key: value for key, value in PARAMS.items() if key != name}
    for speak in (subject, summary, body):
        with pytest.raises(WrongMessage, match=name):
            speak(kind, params)


def test_an_unknown_kind_is_an_error():
    with pytest.raises(WrongMessage, match="birthday"):
        body("birthday", {})


def test_the_words_of_a_design_are_escaped_in_the_page():
    page = body("task_assigned", PARAMS | {"task": "<b>SKP</b> & {link}"}).html
    assert "&lt;b&gt;SKP&lt;/b&gt; &amp; {link}" in page
    assert '<a href="https://kinerja.example/tugas?a=1&amp;b=2">' in page
    assert "<img" not in page
    assert "<script" not in page


def test_without_a_link_a_message_invites_nowhere():
    params = {key: value for key, value in PARAMS.items() if key != "link"}
    assert "http" not in body("reminder", params).text
