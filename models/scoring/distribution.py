"""How results may be spread over a unit, by its own achievement (SE MenPANRB 3/2023): a warning, never a block."""

from collections.abc import Mapping

from pydantic import BaseModel, ConfigDict

from forms.text import Message, Text, msg
from models.scoring.arithmetic import at_least, at_most


class Condition(BaseModel):
    """One condition on the number of people with one of these outcomes."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    of: list[str]
    at_most_percent: int | None = None
    at_least_percent: int | None = None
    at_least: int | None = None
    largest: bool = False
    """The largest group of all (read as plurality, not as more than half)."""


class DistributionRule(BaseModel):
    """Which conditions hold for which achievement of the unit."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    ratings: dict[str, Text]
    conditions: dict[str, list[Condition]]

    def warnings(self, rating: str, counts: Mapping[str, int], labels: Mapping[str, Text]) -> list[Message]:
        """What does not fit, in words; empty when the spread is as the rule asks or nobody is rated."""
        total = sum(counts.values())
        if not total:
            return []
        return [w for condition in self.conditions.get(rating, []) for w in _check(condition, counts, total, labels)]


def _check(condition: Condition, counts: Mapping[str, int], total: int, labels: Mapping[str, Text]) -> list[Message]:
    count = sum(counts.get(outcome, 0) for outcome in condition.of)
    names = Text(
        id=" atau ".join(labels[outcome].id if outcome in labels else outcome for outcome in condition.of),
        en=" or ".join(labels[outcome].say("en") if outcome in labels else outcome for outcome in condition.of),
    )
    found = []
    if condition.largest and any(counts.get(outcome, 0) >= count for outcome in counts if outcome not in condition.of):
        found.append(
            msg(
                "Kelompok terbesar seharusnya %(names)s; sekarang %(count)s dari %(total)s orang.",
                names=names,
                count=count,
                total=total,
            )
        )
    if condition.at_most_percent is not None and count > (limit := at_most(condition.at_most_percent, total)):
        found.append(
            msg(
                "Paling banyak %(percent)s%% (%(limit)s orang) %(names)s; sekarang %(count)s orang.",
                percent=condition.at_most_percent,
                limit=limit,
                names=names,
                count=count,
            )
        )
    if condition.at_least_percent is not None and count < (limit := at_least(condition.at_least_percent, total)):
        found.append(
            msg(
                "Sedikitnya %(percent)s%% (%(limit)s orang) %(names)s; sekarang %(count)s orang.",
                percent=condition.at_least_percent,
                limit=limit,
                names=names,
                count=count,
            )
        )
    if condition.at_least is not None and count < condition.at_least:
        found.append(
            msg(
                "Sedikitnya %(limit)s orang %(names)s; sekarang %(count)s orang.",
                limit=condition.at_least,
                names=names,
                count=count,
            )
        )
    return found
