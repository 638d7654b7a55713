"""The languages a text of a design may be written in: those of Unicode's CLDR, by their codes."""

from functools import cache

from babel import Locale

SOURCE = "id"
"""The language every text is written in first."""
_NOT_ONE_LANGUAGE = frozenset({"mis", "mul", "root", "und", "zxx"})


@cache
def language_codes() -> frozenset[str]:
    """Every known code: `id`, `en`, `jv` (Javanese), `su` (Sundanese), `ban` (Balinese), `zh_Hant` …"""
    return frozenset(Locale("en").languages) - _NOT_ONE_LANGUAGE


@cache
def language_name(code: str, language: str = "id") -> str:
    """What a language is called in another (`jv` → `Jawa`, in English `Javanese`); its code where CLDR has no name."""
    return str(Locale(language).languages.get(code) or Locale("en").languages.get(code) or code)
