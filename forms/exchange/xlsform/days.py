"""Days and times in translated expressions: read from texts, compared, and moved by a number of days."""

import re
from collections.abc import Callable

from forms.exchange.xlsform.said import COMPARED, PRODUCT, Said, Untranslatable
from forms.expressions import BOOLEAN, DATE, NUMBER, TIME, Kind
from forms.text import msg


def days_compared(left: Said, operator: str, right: Said) -> Said:
    """A comparison of days, each perhaps moved by some days. Raises Untranslatable."""
    left, right = day_of(left), day_of(right)
    if not left.moved and not right.moved:
        return Said(f"{left.source} {operator} {right.source}", BOOLEAN, COMPARED)
    # (one day + some) against (other day + others): how far they are apart against how far they were moved.
    apart = f"days({right.source}, {left.source}){left.moved}"
    limit = right.moved.removeprefix(" + ").replace(" - ", "-", 1) or "0"
    return Said(f"{apart} {operator} {limit}", BOOLEAN, COMPARED)


def day_of(said: Said) -> Said:
    """A part as a day. Raises Untranslatable."""
    if said.type.kind == Kind.DATE:
        return said
    if said.literal is not None and (match := re.match(r"\d{4}-\d{2}-\d{2}(?=T|$)", said.literal)):
        return Said(f'date("{match[0]}")', DATE)
    if said.type.kind == Kind.TEXT and said.literal is None:
        return Said(f"date({said.source})", DATE)
    raise Untranslatable(
        msg("Tanggal hanya dapat dibandingkan dengan tanggal, bukan dengan “%(part)s”.", part=said.source)
    )


def hour_of(written: str) -> Said:
    """A time that is written down. Raises Untranslatable."""
    match = re.match(r"(\d{2}:\d{2})(:|$)", written)
    if match is None:
        raise Untranslatable(msg("“%(part)s” bukan jam.", part=written))
    return Said(f'time("{match[1]}")', TIME)


def days_moved(left: Said, operator: str, right: Said, number: Callable[[Said], Said]) -> Said:
    """Days between two days, or a day moved by a `number` of them. Raises Untranslatable."""
    if operator == "-" and left.type.kind == right.type.kind == Kind.DATE:
        if left.moved or right.moved:
            raise Untranslatable(msg("Selisih tanggal ini terlalu rumit."))
        return Said(f"days({right.source}, {left.source})", NUMBER)
    day, amount = (left, right) if left.type.kind == Kind.DATE else (right, left)
    if amount.literal and amount.type.kind == Kind.TEXT and re.match(r"\d{4}-\d\d-\d\d$", amount.literal):
        return days_moved(day_of(left), operator, day_of(right), number)
    if day.moved or (operator == "-" and day is right):
        raise Untranslatable(msg("Perhitungan tanggal ini terlalu rumit."))
    return Said(day.source, DATE, moved=f" {operator} {number(amount).at(PRODUCT)}")
