"""Which language a column title means: `English (en)`, `Bahasa Indonesia (id)`, `Français`, `fr`, `Sunda`."""

import re
from functools import cache

from babel import Locale
from babel.core import get_global

from forms.languages import SOURCE, language_codes

_CODE = re.compile(r"[(\[]\s*([A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*)\s*[)\]]\s*$")
_NAMED_IN = ("en", "id", "fr", "es", "pt", "ar", "de", "sw", "nl", "ru")
"""Languages in whose words titles are written most."""
_OTHER_NAMES = {
    "bahasa": "id",
    "indonesia": "id",
    "inggris": "en",
    "bahasa inggris": "en",
    "eng": "en",
    "ind": "id",
    "ina": "id",
    "jawa": "jv",
    "kiswahili": "sw",
    "castellano": "es",
    "farsi": "fa",
    "filipino": "fil",
    "tagalog": "fil",
    "mandarin": "zh",
}


def language_code(title: str) -> str | None:
    """The code of the language a title names, as texts of designs use it; None when no language is known by it."""
    title = title.strip()[:100]
    coded = _CODE.search(title)
    if coded and (code := _known(coded[1])):
        return code
    name = _CODE.sub("", title).strip().casefold()
    if found := _OTHER_NAMES.get(name) or _names().get(name):
        return found
    return _known(title) or _names().get(name.removeprefix("bahasa ").strip())


def _known(code: str) -> str | None:
    parts = code.replace("-", "_").split("_")
    base = parts[0].lower()
    aliases = get_global("language_aliases")
    base = str(aliases.get(base, base)).split("_")[0]
    for candidate in ("_".join([base, *(part.title() for part in parts[1:] if len(part) == 4)]), base):
        if candidate in language_codes():
            return candidate
    return None


@cache
def _names() -> dict[str, str]:
    """What languages are called, in small letters: in the languages of titles, and in themselves."""
    found: dict[str, str] = {}
    for named_in in _NAMED_IN:
        for code, name in Locale(named_in).languages.items():
            if code in language_codes():
                found.setdefault(str(name).casefold(), code)
    for code in ("am", "bn", "hi", "km", "ku", "lo", "my", "ne", "ps", "so", "ta", "th", "tr", "uk", "ur", "vi", "zh"):
        name = Locale(code).languages.get(code)
        if name:
            found.setdefault(str(name).casefold(), code)
    return found


__all__ = ["SOURCE", "language_code"]
