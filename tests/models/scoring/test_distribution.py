"""The spread of predicates in a unit against SE MenPANRB 3/2023, in whole numbers."""

import pytest

from models.exchange.designs import shipped_cycles
from models.scoring.arithmetic import at_least, at_most
from models.scoring.distribution import DistributionRule

SCORING = shipped_cycles()["asn-annual"].scoring
assert SCORING is not None
assert SCORING.distribution is not None
RULE: DistributionRule = SCORING.distribution
OUTCOMES = ("very_good", "good", "needs_improvement", "poor", "very_poor")

CASES = [
    ("excellent", (14, 5, 1, 0, 0), True),
    ("excellent", (7, 8, 3, 2, 0), False),
    ("good", (4, 14, 2, 0, 0), True),
    ("good", (4, 15, 1, 0, 0), False),
    ("good", (0, 13, 0, 0, 7), False),
    ("needs_improvement", (3, 3, 12, 2, 0), False),
    ("poor", (2, 3, 2, 12, 1), True),
    ("poor", (0, 0, 2, 18, 0), True),
    ("very_poor", (1, 5, 1, 1, 12), False),
    ("good", (1, 4, 2, 0, 0), True),
    ("good", (0, 1, 0, 0, 0), False),
    ("needs_improvement", (0, 2, 3, 0, 0), True),
    ("very_poor", (0, 3, 1, 0, 6), True),
    ("good", (17, 45, 1, 1, 0), False),
    ("excellent", (63, 20, 7, 0, 0), True),
    ("excellent", (64, 20, 6, 0, 0), False),
]


@pytest.mark.parametrize(("rating", "counts", "fits"), CASES)
def test_the_spread_fits_or_is_warned_of(rating: str, counts: tuple[int, ...], fits: bool) -> None:
    warnings = RULE.warnings(rating, dict(zip(OUTCOMES, counts, strict=True)), {})
    assert (not warnings) == fits


def test_nobody_rated_is_nothing_to_warn_of() -> None:
    assert RULE.warnings("good", dict.fromkeys(OUTCOMES, 0), {}) == []


@pytest.mark.parametrize(("of", "most"), [(90, 63), (170, 119), (180, 126), (7, 4)])
def test_seventy_percent_is_counted_in_whole_numbers(of: int, most: int) -> None:
    assert at_most(70, of) == most


def test_sixty_percent_of_five_is_three() -> None:
    assert at_least(60, 5) == 3
