"""Texts invented to follow a pattern, for trying a form out."""

import string
from collections.abc import Callable
from random import Random

from forms.expressions.patterns import compiled

_LETTERS = string.ascii_lowercase
_COMMON = string.ascii_letters + string.digits + " -._/"
_ESCAPES = {"d": string.digits, "w": string.ascii_letters + string.digits + "_", "s": " ", "D": _LETTERS, "S": _LETTERS}
_ESCAPES["W"] = "-./"
_NAMED = {
    "alpha": string.ascii_letters,
    "digit": string.digits,
    "alnum": string.ascii_letters + string.digits,
    "upper": string.ascii_uppercase,
    "lower": _LETTERS,
    "space": " ",
    "punct": "-./",
    "word": _ESCAPES["w"],
    "xdigit": string.digits + "abcdef",
}
_ATTEMPTS = 60
_MOST_CHARACTERS = 2_000
_Inventor = Callable[[Random, int], str]
"""Writes a text; the number says how many repetitions beyond the needed ones are fine."""


class _Unknown(ValueError):
    """The pattern uses something that this reader does not know."""


def invent(pattern: str, rng: Random, limit: int) -> str | None:
    """A text of at most `limit` characters that follows the pattern; None when none could be found."""
    try:
        inventor = _Reader(pattern).read()
        follows = compiled(pattern)
        for attempt in range(_ATTEMPTS):
            text = inventor(rng, attempt % 3)
            if len(text) <= limit and text == text.strip() != "" and follows(text):
                return text
    except ValueError:  # not read by us, or not taken by RE2
        return None
    return None


class _Reader:
    """Reads the usual part of the syntax: literals, classes, groups, alternatives, repetitions."""

    def __init__(self, pattern: str) -> None:
        self._pattern = pattern
        self._at = 0

    def read(self) -> _Inventor:
        inventor = self._alternatives()
        if self._at < len(self._pattern):
            raise _Unknown
        return inventor

    def _next(self) -> str:
        if self._at >= len(self._pattern):
            raise _Unknown
        self._at += 1
        return self._pattern[self._at - 1]

    def _take(self, text: str) -> bool:
        found = self._pattern.startswith(text, self._at)
        self._at += len(text) if found else 0
        return found

    def _until(self, end: str) -> str:
        start, self._at = self._at, self._pattern.find(end, self._at) + len(end)
        if self._at < start + len(end):
            raise _Unknown
        return self._pattern[start : self._at - len(end)]

    def _alternatives(self) -> _Inventor:
        ways = [self._sequence()]
        while self._take("|"):
            ways.append(self._sequence())
        return lambda rng, more: rng.choice(ways)(rng, more)

    def _sequence(self) -> _Inventor:
        parts = []
        while self._at < len(self._pattern) and self._pattern[self._at] not in "|)":
            parts.append(self._repeated(self._atom()))
        return lambda rng, more: "".join(part(rng, more) for part in parts)

    def _repeated(self, inner: _Inventor) -> _Inventor:
        least, most = 1, 1
        if self._take("*"):
            least, most = 0, -1
        elif self._take("+"):
            least, most = 1, -1
        elif self._take("?"):
            least, most = 0, 1
        elif self._take("{"):
            first, comma, last = self._until("}").partition(",")
            if not first.isdigit() or (last and not last.isdigit()):
                raise _Unknown
            least = int(first)
            most = int(last) if last else (-1 if comma else least)
        self._take("?")  # as few as possible: the same texts

        def repeat(rng: Random, more: int) -> str:
            high = least + more if most < 0 else min(most, least + more)
            text = ""
            for _ in range(rng.randint(least, max(least, high))):
                text += inner(rng, more)
                if len(text) > _MOST_CHARACTERS:
                    raise _Unknown
            return text

        return repeat

    def _atom(self) -> _Inventor:
        sign = self._next()
        if sign == "(":
            return self._group()
        if sign == "[":
            return _one_of(self._set())
        if sign == ".":
            return _one_of(_LETTERS)
        if sign in "^$":
            return lambda rng, more: ""
        if sign == "\\":
            escaped = self._next()
            if escaped in "AzbB":
                return lambda rng, more: ""
            return _one_of(self._escaped(escaped))
        if sign in "*+?{":
            raise _Unknown
        return _one_of(sign)

    def _group(self) -> _Inventor:
        if self._take("?"):
            if self._take("P<") or self._take("<"):
                self._until(">")
            elif not self._take(":"):
                raise _Unknown
        inner = self._alternatives()
        if not self._take(")"):
            raise _Unknown
        return inner

    def _escaped(self, sign: str) -> str:
        if sign in _ESCAPES:
            return _ESCAPES[sign]
        if sign.isalnum():
            raise _Unknown
        return sign

    def _set(self) -> str:
        negated = self._take("^")
        found = ""
        first = True
        while first or not self._take("]"):
            first = False
            if self._take("[:"):
                found += _NAMED.get(self._until(":]"), "")
                continue
            sign = self._next()
            signs = self._escaped(self._next()) if sign == "\\" else sign
            if len(signs) == 1 and self._take("-"):
                if self._take("]"):
                    found += signs + "-"
                    break
                last = self._next()
                last = self._escaped(self._next()) if last == "\\" else last
                if len(last) != 1 or ord(last) - ord(signs) > 1000:
                    raise _Unknown
                signs = "".join(map(chr, range(ord(signs), ord(last) + 1)))
            found += signs
        if negated:
            found = "".join(sign for sign in _COMMON if sign not in found)
        if not found:
            raise _Unknown
        return found


def _one_of(signs: str) -> _Inventor:
    return lambda rng, more: rng.choice(signs)
