"""Several statements judged on one scale: a Likert matrix."""

from decimal import Decimal
from random import Random
from typing import Any, ClassVar, Literal

from pydantic import BaseModel, ConfigDict, Field

from forms.context import AnswerContext
from forms.errors import Invalid, Problem
from forms.expressions import NUMBER, RECORD, Type
from forms.fields.base import Json, Raw, doubles
from forms.fields.parted import Parted
from forms.fields.rating import Point, point_problems
from forms.text import Text, msg

MOST_STATEMENTS = 100


class Statement(BaseModel):
    """A line of the matrix."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    key: str = Field(pattern=r"^[a-z][a-z0-9_]*$", max_length=60)
    label: Text


class Matrix(Parted[dict[str, str]]):
    """A point for each statement, stored by the statement's key; if required, each statement has to be judged."""

    widget: ClassVar[str] = "matrix"
    kind: Literal["matrix"] = "matrix"
    statements: tuple[Statement, ...] = ()
    points: tuple[Point, ...] = ()

    def parts(self) -> tuple[str, ...]:
        return tuple(statement.key for statement in self.statements)

    def read(self, raw: Raw, context: AnswerContext, *, required: bool | None = None) -> dict[str, str] | None:
        value = super().read(raw, context, required=required)
        if value is not None and (self.required if required is None else required):
            missing = len(self.statements) - len(value)
            if missing:
                raise Invalid(
                    msg("Pilih satu jawaban untuk setiap pernyataan. Yang belum dijawab: %(count)s.", count=missing)
                )
        return value

    def parse(self, raw: Raw, context: AnswerContext) -> dict[str, str]:
        offered = {point.key for point in self.points}
        value = {statement: point for statement, point in self.typed(raw).items() if point}
        if not value or not offered.issuperset(value.values()):
            raise Invalid(msg("Pilih jawaban dari pilihan yang tersedia."))
        return value

    def load(self, stored: Json) -> dict[str, str]:
        return {key: stored[key] for key in self.parts() if key in stored}

    def edit(self, value: dict[str, str]) -> Raw:
        return {key: value.get(key, "") for key in self.parts()}

    def words(self, value: dict[str, str], language: str, context: AnswerContext) -> str:
        points = {point.key: point.say(language) for point in self.points}
        return "\n".join(
            f"{statement.label.say(language)}: {points.get(value[statement.key], value[statement.key])}"
            for statement in self.statements
            if statement.key in value
        )

    def expression_type(self) -> Type:
        return RECORD(dict.fromkeys(self.parts(), NUMBER))

    def expression_value(self, value: dict[str, str]) -> dict[str, Decimal]:
        numbers = {point.key: point.value for point in self.points}
        found = {statement: numbers.get(point) for statement, point in value.items()}
        return {statement: number for statement, number in found.items() if number is not None}

    def from_expression(self, term: Any) -> None:
        return None  # judgements are not proposed

    def problems(self) -> list[Problem]:
        found = super().problems() + point_problems(self.points)
        if not self.statements:
            found.append(Problem("statements", msg("Tambahkan sedikitnya satu pernyataan.")))
        if len(self.statements) > MOST_STATEMENTS:
            found.append(
                Problem(
                    "statements",
                    msg("Pernyataan terlalu banyak: paling banyak %(limit)s.", limit=MOST_STATEMENTS),
                )
            )
        for key in doubles([statement.key for statement in self.statements]):
            found.append(Problem("statements", msg("Kunci “%(key)s” dipakai lebih dari sekali.", key=key)))
        for label in doubles([statement.label.id for statement in self.statements]):
            found.append(Problem("statements", msg("Pernyataan “%(label)s” tertulis lebih dari sekali.", label=label)))
        return found

    def example(self, rng: Random, context: AnswerContext) -> Raw:
        return {statement.key: rng.choice(self.points).key for statement in self.statements}
