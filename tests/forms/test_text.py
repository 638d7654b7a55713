"""Messages, texts of designs, and the characters they may hold."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from forms.characters import UnreadableText, clean_line, clean_paragraphs
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
    "wrong", ["", "  ", "\x00", "\ud800", "x" * 4001, {"id": "a", "fr": "b"}, {"en": "a"}, 5, None]
)
def test_a_text_has_to_say_something_readable(wrong):
    with pytest.raises(ValidationError):
        Text.model_validate(wrong)


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
