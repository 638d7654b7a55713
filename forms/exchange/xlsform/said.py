"""Parts of an expression while it is translated: what was said, of which type, and how tightly it holds together."""

import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from forms.exchange.xlsform.elements import Values
from forms.expressions import BOOLEAN, NUMBER, Kind, Type
from forms.expressions.scanning import quoted
from forms.text import Message, msg
from forms.wording import plain

CONDITIONAL, OR, AND, NOT, COMPARED, SUM, PRODUCT, SIGN, ATOM = range(9)
"""How tightly parts hold together; a part that holds less tightly than its place needs brackets."""
LONGEST = 4_000
"""Characters of a part; twice as long as any expression of ours may be."""
MISSING = Type(Kind.ANY, values=("",))
"""The type of `''`, which means nothing given."""


class Untranslatable(ValueError):
    """The expression means something that ours cannot say; `message` names it."""

    def __init__(self, message: Message) -> None:
        super().__init__(str(message))
        self.message = message


@dataclass(frozen=True, slots=True)
class Said:
    """A part in our language. `literal` is the text or number it was written as; `values` those of a choice's options.

    A day moved by a number of days is `source`, the day, with `moved`, the days: our language compares them by `days`.
    `opposite` is the shortest way to deny it.
    """

    source: str
    type: Type
    level: int = ATOM
    literal: str | None = None
    values: Values | None = None
    moved: str = ""
    opposite: tuple[str, int] | None = None

    def __post_init__(self) -> None:
        # Some parts are said twice; without a bound an expression could double with every word.
        if len(self.source) > LONGEST:
            raise Untranslatable(msg("Rumus ini terlalu panjang untuk dialihkan."))

    def at(self, level: int) -> str:
        """The source for a place that needs this tightness."""
        return self.source if self.level >= level else f"({self.source})"


def equal(left: str, right: str) -> Said:
    """That two parts are the same."""
    return Said(f"{left} == {right}", BOOLEAN, COMPARED, opposite=(f"{left} != {right}", COMPARED))


def negated(said: Said) -> Said:
    """The opposite of a condition."""
    here = (said.source, said.level)
    if said.source in ("True", "False"):
        return Said("False" if said.source == "True" else "True", BOOLEAN)
    source, level = said.opposite or (f"not {said.at(COMPARED)}", NOT)
    return Said(source, BOOLEAN, level, opposite=here)


def given(said: Said) -> Said:
    """That something was answered."""
    if said.type.kind == Kind.ROWS:
        return Said(f"count({said.source}) > 0", BOOLEAN, COMPARED, opposite=(f"count({said.source}) == 0", COMPARED))
    return Said(f"given({said.source})", BOOLEAN)


def whole(said: Said) -> Said:
    """The number without what is behind the point, towards zero as XPath's int()."""
    return Said(f"floor({said.source}) if {said.at(SUM)} >= 0 else ceil({said.source})", NUMBER, CONDITIONAL)


def of_rows(said: Said) -> Message:
    """That one answer is wanted where there is one in every row."""
    return msg("“%(name)s” berada dalam kelompok berulang, sehingga jawabannya lebih dari satu.", name=said.source)


def quoted_text(text: str) -> str:
    """A text as it is written in our expressions. Raises Untranslatable."""
    try:
        return quoted(text)
    except ValueError as wrong:
        raise Untranslatable(msg("Teks dalam rumus memuat karakter yang tidak terlihat.")) from wrong


def number_source(text: str) -> str | None:
    """A written number as our expressions write it; None when the text is no number."""
    if not re.fullmatch(r"\s*-?(\d{1,15}(\.\d{0,15})?|\.\d{1,15})\s*", text):
        return None
    try:
        return plain(Decimal(text.strip()))
    except InvalidOperation:
        return None
