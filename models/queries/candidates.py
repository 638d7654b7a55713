"""Who could win an award and in which order, each with the reasons for and against."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from forms.identifiers import read_employee_number
from forms.text import Message, Text, msg
from models.assignments import Assignment
from models.cycle_design import AwardCategory, RankBy
from models.cycles import Cycle, Stage
from models.people import Person
from models.queries.designs import cycle_design
from models.queries.people import matching
from models.queries.results import outcome_labels
from models.scores import Score
from models.states import Assignment as State
from models.words import kept

READ_AT_ONCE = 500


@dataclass
class Considered:
    """One person in one category: eligible or not, the place, and why."""

    subject_id: int
    eligible: bool
    rank: int | None = None
    reasons: list[Any] = field(default_factory=list)


def consider(session: Session, cycle: Cycle, category: AwardCategory) -> list[Considered]:
    """Everybody the category is for: the eligible ranked from the best, then the others."""
    design = cycle_design(cycle.design_version)
    labels = outcome_labels(design)
    results = (
        select(Person.id, Person.employee_number, Score.outcome, Score.steps)
        .join(Score, Score.subject_id == Person.id)
        .where(
            Score.cycle_id == cycle.id,
            Score.current,
            Person.active,
            Person.id.in_(matching(category.subjects, cycle.ends_on)),
        )
    )
    lapsed = set(
        session.scalars(
            select(Assignment.respondent_id)
            .join(Stage)
            .where(Stage.cycle_id == cycle.id, Stage.mode == "once", Assignment.state == State.LAPSED)
        )
    )
    ranked: list[tuple[tuple[Any, ...], Considered]] = []
    others = []
    # Whole derivations are large: read a part at a time, of each only the reasons are kept.
    for person, number, outcome, steps in session.execute(results.execution_options(yield_per=READ_AT_ONCE)):
        months = months_of_service(number, cycle.ends_on)
        against = _against(category, outcome, months, person in lapsed, labels)
        if against:
            others.append(Considered(person, False, None, [kept(reason) for reason in against]))
            continue
        by_key = {step["key"]: step for step in steps}
        figures = [_figure(criterion, by_key, months) for criterion in category.ranking]
        reasons = [_reason(criterion, by_key, months) for criterion in category.ranking]
        order = (*((value is None, -value if value is not None else 0) for value in figures), number)
        ranked.append((order, Considered(person, True, None, [kept(reason) for reason in reasons])))
    ranked.sort(key=lambda pair: pair[0])
    for place, (_order, one) in enumerate(ranked, start=1):
        one.rank = place
    return [one for _order, one in ranked] + sorted(others, key=lambda one: one.subject_id)


def months_of_service(employee_number: str, on: date) -> int:
    """Whole months since the appointment that the number tells; of PPPK it tells the year only, taken as January."""
    year, month = read_employee_number(employee_number, on).appointed
    return max(0, (on.year - year) * 12 + on.month - (month or 1))


def _against(
    category: AwardCategory, outcome: str | None, months: int, lapsed: bool, labels: dict[str, Text]
) -> list[Message]:
    """Why a person is not eligible; empty when he is."""
    rule = category.eligible
    found = []
    if outcome is None:
        found.append(msg("Belum memiliki predikat."))
    elif rule.outcomes and outcome not in rule.outcomes:
        found.append(msg("Predikat %(outcome)s tidak memenuhi syarat kategori.", outcome=labels.get(outcome, outcome)))
    if months < rule.minimum_service_years * 12:
        found.append(msg("Masa kerja kurang dari %(years)s tahun.", years=rule.minimum_service_years))
    if rule.no_lapse and lapsed:
        found.append(msg("Ada formulir yang tidak diajukan sampai batas waktu."))
    return found


def _figure(criterion: RankBy, steps: dict[str, Any], months: int) -> Decimal | None:
    """The criterion as a number, higher is better; nothing when it is not known."""
    if criterion.by == "service":
        return Decimal(months)
    value = steps.get(criterion.step or "", {}).get("value")
    if criterion.part is not None and isinstance(value, dict):
        value = value.get(criterion.part)
    if value is None:
        return None
    if criterion.order:
        return Decimal(-criterion.order.index(value)) if value in criterion.order else None
    return Decimal(str(value))


def _reason(criterion: RankBy, steps: dict[str, Any], months: int) -> Message:
    if criterion.by == "service":
        return msg(
            "%(what)s: %(years)s tahun %(months)s bulan.", what=criterion.title, years=months // 12, months=months % 12
        )
    step = steps.get(criterion.step or "")
    value = step.get("value") if step else None
    if step is None or value is None:
        return msg("%(what)s: belum ada.", what=criterion.title)
    if criterion.part is not None and isinstance(value, dict):
        part = value.get(criterion.part)
        return msg("%(what)s: %(shown)s.", what=criterion.title, shown="–" if part is None else Decimal(str(part)))
    return msg("%(what)s: %(shown)s.", what=criterion.title, shown=Text.model_validate(step["shown"]["text"]))
