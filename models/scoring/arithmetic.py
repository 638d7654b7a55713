"""Exact arithmetic for figures that people are judged by: fractions inside, half-up at the end."""

from decimal import Decimal
from fractions import Fraction

from forms.wording import format_number


def half_up(value: Fraction | Decimal | int, places: int = 2) -> Decimal:
    """Round to decimal places, a half always away from zero (not to even, as Python's `round` would)."""
    scaled = Fraction(value) * 10**places
    whole = (abs(scaled) * 2 + 1) // 2
    return Decimal(int(whole) if scaled >= 0 else -int(whole)).scaleb(-places)


def at_most(percent: int, of: int) -> int:
    """The largest count that is at most this percentage, in whole numbers: `floor(percent · of / 100)`."""
    return percent * of // 100


def at_least(percent: int, of: int) -> int:
    """The smallest count that is at least this percentage: `ceil(percent · of / 100)`."""
    return -(-percent * of // 100)


def figure(value: Decimal, places: int | None = None) -> dict[str, str]:
    """A number as it is read in each language."""
    if places is not None:
        value = half_up(value, places)
    return {language: format_number(value, language=language) for language in ("id", "en")}
