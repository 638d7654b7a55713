"""What was moved in a list: as few parts as explain the new order."""

from bisect import bisect_left
from collections.abc import Sequence


def displaced(before: Sequence[str], after: Sequence[str]) -> set[str]:
    """The keys that stand elsewhere among those that are in both lists; the most that can are taken as in place."""
    position = {key: index for index, key in enumerate(before)}
    common = [key for key in after if key in position]
    return set(common) - set(_longest_rising(common, [position[key] for key in common]))


def _longest_rising(keys: Sequence[str], places: Sequence[int]) -> list[str]:
    ends: list[int] = []
    """Smallest last place of a rising run, by its length."""
    tails: list[int] = []
    before: list[int] = []
    for index, place in enumerate(places):
        length = bisect_left(ends, place)
        before.append(tails[length - 1] if length else -1)
        if length == len(ends):
            ends.append(place)
            tails.append(index)
        else:
            ends[length], tails[length] = place, index
    found = []
    index = tails[-1] if tails else -1
    while index >= 0:
        found.append(keys[index])
        index = before[index]
    return found
