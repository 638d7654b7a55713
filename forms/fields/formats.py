"""Texts with a known form: e-mail address, telephone number, web address, NIP."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from random import Random
from urllib.parse import urlsplit

from forms.context import AnswerContext
from forms.errors import Invalid
from forms.identifiers import read_employee_number
from forms.text import msg

NOT_AN_EMAIL = msg("Tuliskan alamat surel yang lengkap, contoh nama@instansi.go.id.")
NOT_A_PHONE = msg("Tuliskan nomor telepon Indonesia, contoh 0812-3456-7890 atau +62 812 3456 7890.")
NOT_A_URL = msg("Tuliskan alamat web yang lengkap, contoh https://contoh.go.id/dokumen.")

_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_EMAIL = re.compile(
    rf"[A-Za-z0-9!#$%&'*+/=?^_`{{|}}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{{|}}~-]+)*@((?:{_LABEL}\.)+[A-Za-z]{{2,63}})"
)
_BARE = re.compile(rf"(?:{_LABEL}\.)+[A-Za-z]{{2,63}}(?:[/?#].*)?")
_HOST = re.compile(rf"(?:{_LABEL}\.)*{_LABEL}\.?")
_BETWEEN = re.compile(r"[\s().\-/]+")
_NATIONAL = re.compile(r"8[1-9][0-9]{7,10}|[2-79][0-9]{7,10}")
_TWO_DIGIT_AREAS = ("21", "22", "24", "31", "61")


def read_email(text: str, context: AnswerContext) -> str:
    """An address as it can be written to, its domain in small letters. Raises Invalid."""
    match = _EMAIL.fullmatch(text) if len(text) <= 254 else None
    if not match or len(text) - len(match[1]) > 65:
        raise Invalid(NOT_AN_EMAIL)
    return text[: -len(match[1])] + match[1].lower()


def read_phone(text: str, context: AnswerContext) -> str:
    """An Indonesian number with the country's code, `+6281234567890`, however it was grouped. Raises Invalid."""
    digits = _BETWEEN.sub("", text)
    for start in ("+62", "0062", "62", "0"):
        if digits.startswith(start):
            national = digits[len(start) :].removeprefix("0")
            break
    else:
        national = digits if digits.startswith("8") else ""
    if not (national.isascii() and _NATIONAL.fullmatch(national)):
        raise Invalid(NOT_A_PHONE)
    return f"+62{national}"


def show_phone(value: str) -> str:
    """`0812-3456-7890`, a number of a fixed line with its area in front: `0751-705555`."""
    number = "0" + value.removeprefix("+62")
    if number.startswith("08"):
        tail = number[8:] if len(number) > 8 else ""
        return "-".join(part for part in (number[:4], number[4:8], tail) if part)
    area = 3 if number[1:3] in _TWO_DIGIT_AREAS else 4
    return f"{number[:area]}-{number[area:]}"


def read_url(text: str, context: AnswerContext) -> str:
    """An address of the web; what begins with a domain is given https. Raises Invalid.

    Addresses that carry a user name are refused: they are made to look like another place.
    """
    if _BARE.fullmatch(text):
        text = f"https://{text}"
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError as error:
        raise Invalid(NOT_A_URL) from error
    host = parts.hostname or ""
    fit = parts.scheme in ("http", "https") and (port is None or port > 0) and "@" not in parts.netloc
    if not fit or not _sound_host(host) or any(sign.isspace() or sign in '<>"\\^`{|}' for sign in text):
        raise Invalid(NOT_A_URL)
    return text


def _sound_host(host: str) -> bool:
    try:
        ascii_host = host.encode("idna").decode() if not host.isascii() else host
    except UnicodeError:
        return False
    return len(ascii_host) <= 253 and bool(_HOST.fullmatch(ascii_host)) and "." in ascii_host.strip(".")


def read_nip(text: str, context: AnswerContext) -> str:
    """An employee number's 18 digits. Raises Invalid with what is wrong with it."""
    return read_employee_number(text, context.today).value


def show_nip(value: str) -> str:
    """`19860926 201505 1 001`."""
    return f"{value[:8]} {value[8:14]} {value[14:15]} {value[15:]}"


def _invented_nip(rng: Random) -> str:
    born = f"{rng.randint(1975, 1995)}{rng.randint(1, 12):02}{rng.randint(1, 28):02}"
    return f"{born} {rng.randint(2015, 2022)}{rng.randint(1, 12):02} {rng.randint(1, 2)} {rng.randint(1, 999):03}"


@dataclass(frozen=True, slots=True)
class Format:
    """How a text of one form is read, shown, invented, and typed on a phone."""

    read: Callable[[str, AnswerContext], str]
    show: Callable[[str], str]
    invent: Callable[[Random], str]
    keyboard: str
    """The value of `inputmode`."""


FORMATS: Mapping[str, Format] = {
    "email": Format(read_email, str, lambda rng: f"pegawai{rng.randint(1, 999)}@contoh.go.id", "email"),
    "phone": Format(
        read_phone,
        show_phone,
        lambda rng: f"0812-{rng.randint(1000, 9999)}-{rng.randint(1000, 9999)}",
        "tel",
    ),
    "url": Format(read_url, str, lambda rng: f"https://contoh.go.id/{rng.randint(1, 999)}", "url"),
    "nip": Format(read_nip, show_nip, _invented_nip, "numeric"),
}
LONGEST = 40
"""No invented text of a format is longer, in characters: a field with a format must have room for so many."""
