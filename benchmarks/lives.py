"""A few dozen invented people's answers to every shipped form, checked once, to be given to thousands."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from forms import answers
from forms.answers import AnswerContext
from forms.catalogue import shipped
from forms.schema import FormSchema
from webapp.demo.answers import Inventor
from webapp.demo.organisation import generate_people

VARIETY = 40
TITLES = (("Penelaah Teknis Kebijakan", "general"), ("Pengadministrasi Perkantoran", "general"))


@dataclass(frozen=True)
class Answered:
    """Stored answers to one form, with the digest that is signed and the figures that are measured."""

    stored: dict[str, Any]
    digest: str
    measures: list[tuple[str, Decimal]]


@dataclass(frozen=True)
class Life:
    """What one invented person, the rating officer and a colleague hand in over a year; by stage."""

    forms: dict[str, Answered]
    ballot: dict[str, Any]
    survey: dict[str, Any]
    raw_plan: dict[str, Any]
    """The plan as it is typed."""


def invent_lives(seed: int, variety: int = VARIETY) -> list[Life]:
    """So many different years; whoever needs more uses them again."""
    inventor, schemas = Inventor(seed), shipped()
    numbers = [row["nip"] for row in generate_people(variety, seed)]
    return [_life(inventor, schemas, number, *TITLES[place % 2]) for place, number in enumerate(numbers)]


def _life(inventor: Inventor, schemas: dict[str, FormSchema], number: str, title: str, kind: str) -> Life:
    quality = inventor.quality(number)
    day = AnswerContext(today=date(2025, 1, 15))
    raw_plan = inventor.plan(title, kind, "Kecamatan Nanggalo", ["Terlaksananya pelayanan yang baik"])
    plan = answers.check(schemas["skp-quantitative"], raw_plan, day)
    rows: Any = plan["results"]
    after = AnswerContext(today=date(2026, 1, 15), sources={"planning.results": rows})
    forms = {
        "planning": _answered(schemas["skp-quantitative"], plan),
        "self-assessment": _checked(schemas["self-assessment"], inventor.self_assessment(rows, quality), after),
        "evaluation": _checked(schemas["evaluation"], inventor.evaluation(rows, quality), after),
    }
    ballot = answers.check(schemas["peer-feedback"], inventor.ballot(quality), day)
    survey = answers.check(schemas["public-survey"], inventor.survey("Kecamatan Nanggalo"), day)
    return Life(forms, ballot, survey, answers.edit(schemas["skp-quantitative"], plan))


def _checked(schema: FormSchema, raw: dict[str, Any], context: AnswerContext) -> Answered:
    return _answered(schema, answers.check(schema, raw, context))


def _answered(schema: FormSchema, stored: dict[str, Any]) -> Answered:
    return Answered(stored, answers.digest(stored), answers.measures(schema, stored))
