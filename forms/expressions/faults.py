"""What is wrong with an expression: where, in which words, and what may have been meant."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import lru_cache
from itertools import pairwise

from forms.text import Message, msg


@dataclass(frozen=True, slots=True)
class Fault:
    """A mistake. Lines and columns count from 1; `end_column` is the column after the last character of the mistake.

    `suggestion` is what may stand in its place instead.
    """

    line: int
    column: int
    end_column: int
    message: Message
    suggestion: str | None = None

    @property
    def question(self) -> Message | None:
        """What may have been meant, as a sentence."""
        return msg("Mungkin maksud Anda “%(suggestion)s”?", suggestion=self.suggestion) if self.suggestion else None

    def say(self, language: str = "id", translate: Callable[[str], str] | None = None) -> str:
        """The mistake in words, followed by what may have been meant."""
        said = [self.message, self.question] if self.question else [self.message]
        return " ".join(one.say(language, translate) for one in said if one)

    def __str__(self) -> str:
        return self.say()


class ExpressionInvalid(ValueError):
    """An expression cannot be used as it is written; `faults` says why, in the order of their places."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__("; ".join(f"{fault.line}:{fault.column} {fault}" for fault in faults))
        self.faults = list(faults)


@dataclass(frozen=True, slots=True)
class Mistake:
    """A fault by its characters `start` to `end` (exclusive) in the source."""

    start: int
    end: int
    message: Message
    suggestion: str | None = None

    def placed(self, source: str) -> Fault:
        """The same with line and columns; what spans lines is shown on its first one."""
        start = max(0, min(self.start, len(source)))
        line = source.count("\n", 0, start)
        first = source.rfind("\n", 0, start) + 1
        line_end = source.find("\n", start)
        end = min(max(self.end, start), len(source) if line_end < 0 else line_end)
        column = start - first + 1
        return Fault(line + 1, column, max(end - first + 1, column), self.message, self.suggestion)


class Unreadable(Exception):
    """The text is no expression at all; carries the mistakes found before reading stopped."""

    def __init__(self, *mistakes: Mistake) -> None:
        super().__init__(mistakes[0].message.msgid)
        self.mistakes = mistakes


def closest(written: str, known: Sequence[str]) -> str | None:
    """The known word that was probably meant: by its letters, whatever their size."""
    by_lower = {word.lower(): word for word in reversed(known[:500])}
    sought = written.lower()[:80]
    pairs = _pairs(sought)
    # Comparing letter by letter with hundreds of names takes long; shared pairs of letters find the few to compare.
    likely = sorted(by_lower, key=lambda word: len(pairs & _pairs(word)) - abs(len(word) - len(sought)), reverse=True)
    found = get_close_matches(sought, likely[:8], n=1, cutoff=0.65)
    return by_lower[found[0]] if found else None


@lru_cache(maxsize=2000)
def _pairs(word: str) -> frozenset[str]:
    return frozenset(map("".join, pairwise(f" {word} ")))
