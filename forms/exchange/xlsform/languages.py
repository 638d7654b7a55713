"""Which language a column title means: `English (en)`, `Bahasa Indonesia (id)`, `Français`, `fr`, `Sunda`."""

import re
from functools import cache

from babel import Locale
from babel.core import get_global

from forms.languages import SOURCE, language_codes

_CODE = re.compile(r"[(\[]\s*([A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*)\s*[)\]]\s*$")
_MOSTLY = ("en", "id", "fr", "es", "pt", "ar", "de", "sw", "nl", "ru")
"""Languages in whose words titles are written most; the rest is known by the name they give themselves."""
_THEMSELVES = ("am", "bn", "hi", "km", "ku", "lo", "my", "ne", "ps", "so", "ta", "th", "tr", "uk", "ur", "vi", "zh")
_NAMED_IN = (*_MOSTLY, *_THEMSELVES)
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
    if not title:
        return None
    coded = _CODE.search(title)
    if coded and (code := _known(coded[1])):
        return code
    name = _CODE.sub("", title).strip().casefold()
    found = _OTHER_NAMES.get(name) or _named(name) or _known(title)
    return found or _named(name.removeprefix("bahasa ").strip()) or _named(re.split("[-/]", name)[0].strip())


def _named(name: str) -> str | None:
    """The code of the language called so: in the language of most titles, in others, in itself."""
    return next((code for named_in in _NAMED_IN if (code := _names(named_in).get(name))), None)


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
def _names(named_in: str) -> dict[str, str]:
    """What languages are called in one of them, in small letters."""
    called = [(code, name) for code, name in Locale(named_in).languages.items() if code in language_codes()]
    own = [(code, name) for code, name in called if code == named_in]
    return {str(name).casefold(): code for code, name in reversed(called if named_in in _MOSTLY else own)}


__all__ = ["SOURCE", "language_code"]
