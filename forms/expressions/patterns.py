"""Patterns that HR writes, matched by RE2: in time that grows with the text, whatever the pattern says."""

from collections.abc import Callable
from functools import lru_cache
from typing import Any

import re2

from forms.expressions import limits
from forms.text import Message, msg


def _options() -> Any:
    options = re2.Options()
    options.log_errors = False  # RE2 would write to the standard error stream by itself
    options.max_mem = 1 << 20
    return options


@lru_cache(maxsize=1000)
def compiled(pattern: str) -> Callable[[str], bool]:
    """Whether a whole text fits the pattern. Raises ValueError when RE2 does not take the pattern."""
    try:
        found = re2.compile(pattern, options=_options())
    except (re2.error, UnicodeError) as error:
        reason = error.args[0] if error.args else ""
        raise ValueError(reason.decode(errors="replace") if isinstance(reason, bytes) else str(reason)) from error
    return lambda text: found.fullmatch(text) is not None


def pattern_problem(pattern: str) -> Message | None:
    """Why a pattern cannot be used, None when it can."""
    if len(pattern) > limits.PATTERN:
        return msg("Pola terlalu panjang: paling banyak %(limit)s karakter.", limit=limits.PATTERN)
    try:
        compiled(pattern)
    except ValueError as error:
        if "(?=" in pattern or "(?!" in pattern or "(?<" in pattern:
            return msg("Pola dengan (?=…), (?!…) atau (?<…) tidak dapat dipakai.")
        return msg("Pola ini tidak dapat dipakai: %(reason)s.", reason=str(error))
    return None
