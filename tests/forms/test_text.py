"""Messages, texts of designs, and the characters they may hold."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from forms.characters import UnreadableText, clean_line, clean_paragraphs
from forms.exchange.definition_errors import sentences
from forms.text import Text, msg


def test_a_message_is_indonesian_and_says_its_values_in_the_language_of_the_reader():
    message = msg(
        "Paling akhir %(day)s: %(count)s %(unit)s", day=date(2026, 1, 30), count=Decimal("1250.5"), unit="berkas"
    )
    assert str(message) == "Paling akhir 30 Januari 2026: 1.250,5 berkas"
    english = {"Paling akhir %(day)s: %(count)s %(unit)s": "At the latest %(day)s: %(count)s %(unit)s"}
    assert message.say("en", english.__getitem__) == "At the latest 30 January 2026: 1,250.5 berkas"


def test_texts_and_messages_inside_a_message_are_said_in_its_language():
    message = msg("%(field)s: %(why)s", field=Text(id="Tanggal", en="Date"), why=msg("wajib"))
    assert message.say("en", {"%(field)s: %(why)s": "%(field)s: %(why)s", "wajib": "required"}.get) == "Date: required"
    assert str(message) == "Tanggal: wajib"


def test_a_message_without_values_keeps_its_percent_sign():
    assert str(msg("Isi 100 % kolom.")) == "Isi 100 % kolom."


def test_equal_messages_are_equal():
    assert msg("a %(n)s", n=1) == msg("a %(n)s", n=1) != msg("a %(n)s", n=2)
    assert len({msg("a"), msg("a")}) == 1


def test_a_text_falls_back_to_indonesian():
    assert Text.model_validate("Nama") == Text(id="Nama")
    assert Text(id="Nama").say("en") == "Nama"
    assert Text(id="Nama", en="Name").say("en_GB") == "Name"
    assert Text(id="Nama", en="Name").say("id") == str(Text(id="Nama", en="Name")) == "Nama"


@pytest.mark.parametrize(
    "wrong",
    [
        "",
        "  ",
        "\x00",
        "\ud800",
        "x" * 4001,
        {"id": "a", "xx": "b"},
        {"id": "a", "und": "b"},
        {"id": "a", "jv": " "},
        {"id": "a", "jv": 5},
        {"id": "a", "stale": "en"},
        {"en": "a"},
        5,
        None,
    ],
)
def test_a_text_has_to_say_something_readable(wrong):
    with pytest.raises(ValidationError):
        Text.model_validate(wrong)


def test_a_text_speaks_any_language_that_unicode_knows():
    text = Text.model_validate({"id": "Nama", "su": " Ngaran ", "jv": "Je\u200bneng", "en": "Name", "zh_Hant": "姓名"})
    assert (text.say("jv"), text.say("jv_ID"), text.say("su"), text.say("zh-Hant")) == (
        "Je\u200bneng",
        "Je\u200bneng",
        "Ngaran",
        "姓名",
    )
    assert text.say("ban") == text.say("fr_FR") == text.say("zh") == "Nama"
    assert list(text.translations) == ["en", "jv", "su", "zh_Hant"]
    with pytest.raises(ValidationError) as wrong:
        Text.model_validate({"id": "Nama", "xx": "Name"})
    assert [str(sentence) for sentence in sentences(wrong.value).values()] == [
        "Kode bahasa ini tidak dikenal. Gunakan kode seperti id, en, jv, su, atau ban."
    ]


def test_equal_texts_are_written_alike_and_without_what_is_not_there():
    one = Text.model_validate({"su": "Ngaran", "id": "Nama", "jv": "Jeneng", "stale": ["su", "jv", "su"]})
    two = Text.model_validate({"id": "Nama", "stale": ["jv", "su"], "jv": "Jeneng", "en": None, "su": "Ngaran"})
    assert one == two
    assert hash(one) == hash(two)
    assert (
        one.model_dump_json()
        == two.model_dump_json()
        == ('{"id":"Nama","jv":"Jeneng","su":"Ngaran","stale":["jv","su"]}')
    )
    assert Text.model_validate_json(one.model_dump_json()) == one
    assert Text(id="Nama").model_dump() == {"id": "Nama"}


def test_a_translation_is_stale_when_the_source_changed_until_it_is_translated_again():
    text = Text.model_validate({"id": "Nama", "en": "Name", "jv": "Jeneng"})
    changed = text.reworded("Nama lengkap")
    assert (changed.id, changed.stale) == ("Nama lengkap", ("en", "jv"))
    assert text.reworded(" Nama ") is text
    assert changed.translated("en", "Full name").stale == ("jv",)
    assert changed.translated("jv", None) == Text(id="Nama lengkap", en="Name", stale=("en",))
    assert Text.model_validate({"id": "Nama", "stale": ["en"]}).stale == ()


@given(st.text(st.characters()))
def test_cleaning_is_done_once_and_for_all(text):
    for clean in (clean_paragraphs, clean_line):
        try:
            once = clean(text)
        except UnreadableText:
            assert any("\ud800" <= character <= "\udfff" for character in text)
        else:
            assert clean(once) == once
            assert "\x00" not in once
            assert once.encode().decode() == once
            assert clean is not clean_line or not set("\n\r\t") & set(once)
