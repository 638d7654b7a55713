"""A judgement on a scale of named points."""

from decimal import Decimal
from random import Random
from typing import Any, ClassVar, Literal

from pydantic import BaseModel, ConfigDict, Field

from forms.context import AnswerContext
from forms.errors import Invalid, Problem
from forms.expressions import NUMBER, Type
from forms.fields.base import NOT_OFFERED, FieldBase, Raw, doubles
from forms.fields.number import ExactNumber
from forms.text import Text, msg


class Point(BaseModel):
    """A point of a scale: its key is stored; its value counts, and a point without value ("cannot judge") does not."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    key: str = Field(pattern=r"^[a-z0-9][a-z0-9_]*$", max_length=60)
    value: ExactNumber | None = None
    label: Text | None = None

    def say(self, language: str) -> str:
        """The label, or the key of a point between the named ends."""
        return self.label.say(language) if self.label else self.key


def point_problems(points: tuple[Point, ...]) -> list[Problem]:
    """What is wrong with a scale: too short, too long, double points, ends without a name."""
    found = []
    if len(points) < 2:
        found.append(Problem("points", msg("Skala memerlukan sedikitnya dua titik.")))
    if len(points) > 20:
        found.append(Problem("points", msg("Skala terlalu panjang: paling banyak 20 titik.")))
    found += [
        Problem("points", msg("Titik skala “%(key)s” dipakai lebih dari sekali.", key=key))
        for key in doubles([point.key for point in points])
    ]
    found += [
        Problem("points", msg("Nilai %(value)s dipakai oleh lebih dari satu titik.", value=Decimal(value)))
        for value in doubles([str(point.value) for point in points if point.value is not None])
    ]
    if points and not (points[0].label and points[-1].label):
        found.append(Problem("points", msg("Beri nama pada titik pertama dan terakhir skala.")))
    return found


class Rating(FieldBase[str]):
    """One point of the scale. The first and the last point are named; those between may be only a figure."""

    widget: ClassVar[str] = "rating"
    numeric: ClassVar[bool] = True
    kind: Literal["rating"] = "rating"
    points: tuple[Point, ...] = ()

    def point(self, key: str) -> Point | None:
        """The point with this key."""
        return next((point for point in self.points if point.key == key), None)

    def parse(self, raw: Raw, context: AnswerContext) -> str:
        for point in self.points:
            if point.key == raw:
                return point.key
        raise Invalid(NOT_OFFERED)

    def words(self, value: str, language: str, context: AnswerContext) -> str:
        point = self.point(value)
        return point.say(language) if point else value

    def number(self, value: str) -> Decimal | None:
        point = self.point(value)
        return point.value if point else None

    def expression_type(self) -> Type:
        return NUMBER

    def expression_value(self, value: str) -> Decimal | None:
        return self.number(value)

    def from_expression(self, term: Any) -> str | None:
        return next((point.key for point in self.points if point.value is not None and point.value == term), None)

    def problems(self) -> list[Problem]:
        found = super().problems() + point_problems(self.points)
        if self.measure is not None and all(point.value is None for point in self.points):
            found.append(Problem("measure", msg("Beri nilai pada titik skala agar dapat menjadi ukuran.")))
        return found

    def example(self, rng: Random, context: AnswerContext) -> Raw:
        return rng.choice(self.points).key
