"""Names of files as people gave them, made harmless: one line, no directions, no path, never longer than 120."""

import re
import unicodedata
from pathlib import PurePosixPath

MOST_CHARACTERS = 120
NAMELESS = "berkas"
_FORBIDDEN = re.compile(r'[<>:"|?*]')
"""What Windows refuses in names of files, after path separators are gone."""


def clean_name(given: str) -> str:
    """The last part of what was given, in NFC, without control, format and direction characters.

    A name without anything left is `berkas`; a long one loses its middle, never its ending.
    """
    last = re.split(r"[/\\]", given)[-1]
    visible = "".join(" " if letter.isspace() else letter for letter in last if _is_visible(letter))
    name = _FORBIDDEN.sub("_", unicodedata.normalize("NFC", visible))
    name = " ".join(name.split()).strip(". ")
    stem, suffix = _parts(name or NAMELESS)
    return f"{stem[: MOST_CHARACTERS - len(suffix)].rstrip()}{suffix}"


def ending_of(name: str) -> str:
    """`.pdf`: how a cleaned name ends, in small letters."""
    return _parts(name)[1].lower()


def _parts(name: str) -> tuple[str, str]:
    suffix = PurePosixPath(name).suffix
    if not re.fullmatch(r"\.[A-Za-z0-9]{1,5}", suffix):
        return name, ""
    return name.removesuffix(suffix), suffix


def _is_visible(letter: str) -> bool:
    """Blanks and letters; nothing that steers, marks direction, or is half a character."""
    return letter in "\t\n\r" or unicodedata.category(letter) not in ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")
