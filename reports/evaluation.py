"""What stands on the yearly evaluation: the cover and the evaluation itself (quantitative, PermenPANRB 6/2022)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from reports.facts import Facts
from reports.plan import Approval, Identity, Verification

DOCUMENT = "evaluation"

ACHIEVEMENTS = ("Istimewa", "Baik", "Butuh Perbaikan", "Kurang", "Sangat Kurang")
RATINGS = ("Di Atas Ekspektasi", "Sesuai Ekspektasi", "Di Bawah Ekspektasi")
PREDICATES = ("Sangat Baik", "Baik", "Butuh Perbaikan", "Kurang", "Sangat Kurang")
QUARTERS = ("Triwulan I", "Triwulan II", "Triwulan III", "Triwulan IV", "Akhir")


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice(Facts):
    """All words of a scale; on paper the ones that do not apply are struck through."""

    options: Sequence[str]
    chosen: str | None = None
    """None: not decided yet, nothing is struck."""

    def __post_init__(self) -> None:
        if self.chosen is not None and self.chosen not in self.options:
            raise ValueError(f"{self.chosen!r} is not one of {', '.join(self.options)}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Achievement(Facts):
    """What became of one indicator, and what the leader says about it."""

    aspect: str
    indicator: str
    target: str
    realisation: str
    feedback: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class EvaluatedResult(Facts):
    """One result of the plan with the achievement of each indicator."""

    main: bool
    leader_result: str = ""
    result: str
    assigned_by: str = ""
    indicators: Sequence[Achievement]


@dataclass(frozen=True, slots=True, kw_only=True)
class ObservedBehaviour(Facts):
    """One of the seven values and the continuous feedback about it."""

    value: str
    guidance: Sequence[str]
    expectation: str = ""
    feedback: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class EvaluationFacts(Facts):
    """Every word of the evaluation document."""

    agency: str
    starts_on: date
    ends_on: date
    period: Choice
    person: Identity
    officer: Identity
    superior: Identity | None = None
    """The officer's own superior; a mayor's direct report may have none on record."""
    organisation: Choice
    distribution: Sequence[tuple[str, int]] = ()
    """How many people of the unit got each predicate, best first; empty: the curve is not set."""
    results: Sequence[EvaluatedResult]
    work_rating: Choice
    behaviours: Sequence[ObservedBehaviour]
    behaviour_rating: Choice
    predicate: Choice
    note: str = ""
    officer_approval: Approval
    person_approval: Approval
    verification: Verification | None = None
    demo: bool = False
