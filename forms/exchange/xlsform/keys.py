"""From names of XLSForm to keys of our forms: letters, digits and underscores, unique where they are seen together."""

import re
import unicodedata

from forms.expressions.scanning import WORDS
from forms.fields.base import RESERVED_KEYS

LONGEST = 60
_FORBIDDEN = RESERVED_KEYS | WORDS


def field_key(name: str) -> str:
    """The key that is nearest to a name: `Umur-Anak.2` becomes `umur_anak_2`."""
    if re.fullmatch(r"[a-z][a-z0-9_]{0,59}", name) and name not in _FORBIDDEN:
        return name
    ascii_name = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    key = re.sub(r"[^a-z0-9]+", "_", ascii_name).strip("_")
    if not key or not key[0].isalpha():
        key = f"q_{key}" if key else "q"
    if key in _FORBIDDEN:
        key = f"q_{key}"
    return key[:LONGEST].rstrip("_")


def form_key(name: str) -> str:
    """The key of a form that is nearest to its id or title."""
    if re.fullmatch(r"[a-z][a-z0-9-]{0,59}", name):
        return name
    return field_key(name).replace("_", "-").removeprefix("q-") or "formulir"


def point_key(name: str) -> str:
    """The key of a point of a scale that is nearest to a choice's name: `-1` becomes `minus_1`."""
    text = re.sub(r"^-(?=\d)", "minus_", unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower())
    return (re.sub(r"[^a-z0-9]+", "_", text).strip("_") or "p")[:LONGEST]


def option_value(name: str) -> str:
    """The value of an option that is nearest to a choice's name: letters, digits, underscores and hyphens."""
    text = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    text = re.sub(r"^-(?=\d)", "minus_", text.strip())
    return (re.sub(r"[^A-Za-z0-9_-]+", "_", text).lstrip("_-").rstrip("_") or "x")[:LONGEST]


def unused(wanted: str, taken: set[str]) -> str:
    """The wanted key, or with a number behind it, such that nobody has it yet; from now on it is taken."""
    key, number = wanted, 1
    while key in taken:
        number += 1
        suffix = f"_{number}"
        key = wanted[: LONGEST - len(suffix)] + suffix
    taken.add(key)
    return key
