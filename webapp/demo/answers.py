"""Invented answers of invented people: believable, fitting to position and unit, the same for the same seed."""

from collections.abc import Mapping, Sequence
from datetime import date
from random import Random
from typing import Any

from webapp.demo import content, judged, planned

Raw = dict[str, Any]

QUALITIES = ("outstanding", "good", "weak", "poor")
"""How a person fares over the year."""
SHARES = (22, 66, 9, 3)
"""Of a hundred people, how many fare so."""


class Inventor:
    """Invents raw answers to the shipped forms, as they would be typed.

    How a person fares and how a unit is liked depend on the seed alone; everything else on the seed and the order of
    the calls, so that two people in the same post do not write the same.
    """

    def __init__(self, seed: int) -> None:
        self._seed = seed
        self._rng = Random(seed)  # noqa: S311 - invented answers, no secrets

    def quality(self, employee_number: str) -> str:
        """How the person fares: one of QUALITIES, the same whenever asked."""
        return self._settled("quality", employee_number).choices(QUALITIES, SHARES)[0]

    def plan(self, title: str, kind: str, unit: str, leader_results: Sequence[str]) -> Raw:
        """A plan for `skp-quantitative`; `kind` of position as stored or as written in files."""
        return planned.plan(self._rng, title, kind, unit, leader_results)

    def correction(self, raw: Mapping[str, Any]) -> Raw:
        """The plan after it was returned, with one target or wording sharper; row names stay."""
        return planned.correction(self._rng, raw)

    def return_comment(self) -> str:
        """What a supervisor asks to be improved in a plan."""
        return self._rng.choice(content.words("plan_words")["returned"])  # type: ignore[no-any-return]

    def log_entry(self, title: str, kind: str, day: date) -> Raw:
        """An entry of `progress-log` for a day."""
        return planned.log_entry(self._rng, title, kind, day)

    def ballot(self, quality: str) -> Raw:
        """A colleague's `peer-feedback` for somebody who fares so."""
        return judged.ballot(self._rng, quality)

    def survey(self, unit: str) -> Raw:
        """A visitor's `public-survey` of a unit; how well the unit is liked is settled by its name."""
        settled = self._settled("survey", unit)
        level = settled.uniform(2.85, 3.6)
        strengths = [settled.gauss(0, 0.15) for _ in judged.ELEMENTS]
        return judged.survey(self._rng, level, strengths)

    def self_assessment(self, plan_rows: Sequence[Mapping[str, Any]], quality: str) -> Raw:
        """The person's `self-assessment`: one row for each row of the signed plan."""
        return judged.self_assessment(self._rng, plan_rows, quality)

    def evaluation(self, plan_rows: Sequence[Mapping[str, Any]], quality: str) -> Raw:
        """The rating officer's `evaluation`: one row for each row of the signed plan."""
        return judged.evaluation(self._rng, plan_rows, quality)

    def _settled(self, subject: str, name: str) -> Random:
        """Chance that comes out the same for the same seed and name, in whatever order it is asked."""
        return Random(f"{self._seed}:{subject}:{name}")  # noqa: S311 - invented answers, no secrets
