"""From the rows of the domain to the facts of papers: evaluations of many people, gathered in few statements."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from forms.fields import Rows
from forms.identifiers import read_employee_number
from forms.schema import FormSchema
from forms.wording import format_number
from models import clock
from models.cycles import Cycle, UnitRating
from models.organisation import rank_in_words
from models.people import Person, Post
from models.queries.people import posts, supervisors
from models.queries.results import spread_by_unit
from models.queries.scoring_inputs import inputs_for
from models.scores import Score
from models.scoring.base import SignedForm
from reports.evaluation import (
    ACHIEVEMENTS,
    PREDICATES,
    QUARTERS,
    RATINGS,
    Achievement,
    Choice,
    EvaluatedResult,
    EvaluationFacts,
    ObservedBehaviour,
)
from reports.plan import BERAKHLAK, Approval, Identity, Verification

NOBODY = Identity(name="-", number="-", rank="-", position="-", unit="-")
RATING_WORDS = dict(zip(("above", "meets", "below"), RATINGS, strict=True))
PREDICATE_WORDS = dict(zip(("very_good", "good", "needs_improvement", "poor", "very_poor"), PREDICATES, strict=True))
ACHIEVEMENT_WORDS = dict(
    zip(("excellent", "good", "needs_improvement", "poor", "very_poor"), ACHIEVEMENTS, strict=True)
)
VALUE_KEYS = ("berorientasi_pelayanan", "akuntabel", "kompeten", "harmonis", "loyal", "adaptif", "kolaboratif")


def evaluations(
    session: Session, cycle: Cycle, codes: Mapping[int, str], *, agency: str, place: str, verify_url: str, demo: bool
) -> dict[int, EvaluationFacts]:
    """The facts of the evaluation paper of each person that has a result; `codes` gives the paper's code by person."""
    scores = {
        score.subject_id: score
        for score in session.scalars(
            select(Score).where(Score.cycle_id == cycle.id, Score.current, Score.subject_id.in_(codes))
        )
    }
    inputs = inputs_for(session, cycle, {person: score.unit_id for person, score in scores.items()})
    identities = _Identities(session, list(scores), cycle.ends_on)
    ratings = {
        row.unit_id: row.rating for row in session.scalars(select(UnitRating).where(UnitRating.cycle_id == cycle.id))
    }
    spreads = {spread.unit.id: spread for spread in spread_by_unit(session, cycle)}
    found = {}
    for person, score in scores.items():
        forms = inputs[person].forms
        evaluation, plan = forms.get("evaluation"), forms.get("planning")
        rating = ratings.get(score.unit_id)
        spread = spreads.get(score.unit_id)
        values = evaluation.answers if evaluation else {}
        found[person] = EvaluationFacts(
            agency=agency,
            starts_on=cycle.starts_on,
            ends_on=cycle.ends_on,
            period=Choice(options=QUARTERS, chosen="Akhir"),
            person=identities.of(person),
            officer=identities.above(person) or NOBODY,
            superior=identities.second(person),
            organisation=Choice(options=ACHIEVEMENTS, chosen=ACHIEVEMENT_WORDS.get(rating or "")),
            distribution=_curve(spread.counts) if spread and rating else (),
            results=_results(plan, forms.get("self-assessment"), evaluation),
            work_rating=Choice(options=RATINGS, chosen=RATING_WORDS.get(values.get("results_rating", ""))),
            behaviours=_behaviours(plan, evaluation),
            behaviour_rating=Choice(options=RATINGS, chosen=RATING_WORDS.get(values.get("behaviour_rating", ""))),
            predicate=Choice(options=PREDICATES, chosen=PREDICATE_WORDS.get(score.outcome or "")),
            note=str(values.get("recommendation") or ""),
            officer_approval=Approval(
                place=place, on=clock.local_day(evaluation.final_at, cycle.zone) if evaluation else None
            ),
            person_approval=Approval(place=place),
            verification=Verification(code=codes[person], url=verify_url),
            demo=demo,
        )
    return found


class _Identities:
    """Who people, their supervisors and those above them are on a day."""

    def __init__(self, session: Session, ids: Sequence[int], on: date) -> None:
        self.on = on
        self.first = supervisors(session, ids, on)
        self.next = supervisors(session, set(self.first.values()), on)
        everybody = {*ids, *self.first.values(), *self.next.values()}
        self.posts = posts(session, everybody, on)
        self.people = {person.id: person for person in session.scalars(select(Person).where(Person.id.in_(everybody)))}

    def of(self, person_id: int) -> Identity:
        return _identity(self.people[person_id], self.posts.get(person_id), self.on)

    def above(self, person_id: int) -> Identity | None:
        return self.of(self.first[person_id]) if person_id in self.first else None

    def second(self, person_id: int) -> Identity | None:
        officer = self.first.get(person_id)
        return self.of(self.next[officer]) if officer in self.next else None


def _identity(person: Person, post: Post | None, on: date) -> Identity:
    return Identity(
        name=person.name,
        number_label="NIP" if person.status == "pns" else "NI PPPK",
        number=read_employee_number(person.employee_number, on).grouped,
        rank=rank_in_words(person.rank),
        position=post.title if post else "-",
        unit=post.unit.name if post else "-",
    )


def _curve(counts: Mapping[str, int]) -> tuple[tuple[str, int], ...]:
    return tuple((word, counts.get(outcome, 0)) for outcome, word in PREDICATE_WORDS.items())


def _results(
    plan: SignedForm | None, own: SignedForm | None, evaluation: SignedForm | None
) -> tuple[EvaluatedResult, ...]:
    """The planned results with their indicators; rows of the same result stand together."""
    if plan is None:
        return ()
    realised = {row["_id"]: row for row in (own.answers.get("results") or [])} if own else {}
    remarks = {row["_id"]: row for row in (evaluation.answers.get("results") or [])} if evaluation else {}
    grouped: dict[tuple[str, str, str], list[Achievement]] = {}
    for row in plan.answers.get("results") or []:
        key = (row.get("kind", "utama"), row.get("leader_result", ""), row.get("result", ""))
        done = realised.get(row["_id"], {})
        evidence = done.get("evidence", "")
        realisation = _figure(done.get("realisation"), row.get("unit", ""))
        grouped.setdefault(key, []).append(
            Achievement(
                aspect=_label(plan.schema, "aspect", row.get("aspect")),
                indicator=row.get("indicator", ""),
                target=_figure(row.get("target"), row.get("unit", "")),
                realisation=f"{realisation} ({evidence})" if realisation and evidence else realisation or "-",
                feedback=remarks.get(row["_id"], {}).get("feedback", ""),
            )
        )
    return tuple(
        EvaluatedResult(main=kind != "tambahan", leader_result=leader, result=result, indicators=tuple(indicators))
        for (kind, leader, result), indicators in grouped.items()
    )


def _behaviours(plan: SignedForm | None, evaluation: SignedForm | None) -> tuple[ObservedBehaviour, ...]:
    return tuple(
        ObservedBehaviour(
            value=behaviour.value,
            guidance=behaviour.guidance,
            expectation=str(plan.answers.get(f"expectation_{key}") or "") if plan else "",
            feedback=str(evaluation.answers.get(f"note_{key}") or "") if evaluation else "",
        )
        for key, behaviour in zip(VALUE_KEYS, BERAKHLAK, strict=True)
    )


def _label(schema: FormSchema | None, column: str, value: Any) -> str:
    """The word of a choice in the rows of the plan."""
    rows = schema.field("results") if schema else None
    definition = rows.column(column) if isinstance(rows, Rows) else None
    options = getattr(definition, "options", ())
    return next((option.label.say("id") for option in options if option.value == value), "")


def _figure(value: Any, unit: str) -> str:
    return "" if value is None else f"{format_number(Decimal(str(value)))} {unit}".strip()


def _signed_on(form: SignedForm | None, zone: str) -> date | None:
    return clock.local_day(form.final_at, zone) if form else None
