"""Which characters a text may hold: one rule for what people type and for what designs say."""

import re
import unicodedata

# Controls have no visible form and PostgreSQL refuses NUL in JSON; directional overrides can make a text read
# differently from what it says; a byte order mark and the noncharacters are left-overs of broken exports.
_INVISIBLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff]")
_LINE_END = re.compile("\r\n|[\r\x85\u2028\u2029]")
_SURROGATE = re.compile("[\ud800-\udfff]")


class UnreadableText(ValueError):
    """The text holds half a character (a lone surrogate): it was damaged on its way, so it is not guessed at."""


def clean_paragraphs(text: str) -> str:
    """The text in NFC with plain line ends, without invisible controls and without blanks around it or its lines.

    Raises UnreadableText for lone surrogates.
    """
    if text.isascii() and text.isprintable():  # nearly all answers: nothing but blanks to take away
        return text.strip()
    if _SURROGATE.search(text):
        raise UnreadableText("the text holds a lone surrogate")
    text = _INVISIBLE.sub("", _LINE_END.sub("\n", text))
    text = unicodedata.normalize("NFC", text)
    return "\n".join(line.rstrip() for line in text.split("\n")).strip()


def clean_line(text: str) -> str:
    """As `clean_paragraphs`, on one line: line ends and tabs become a space."""
    text = clean_paragraphs(text)
    return text if text.isprintable() else " ".join(part for part in re.split("[\n\t]+", text) if part).strip()
