"""One of several options."""

from collections.abc import Mapping
from decimal import Decimal
from random import Random
from typing import Any, ClassVar, Literal

from pydantic import BaseModel, ConfigDict, Field

from forms.context import AnswerContext
from forms.errors import Invalid, Problem
from forms.expressions import CHOICE, Type
from forms.fields.base import NOT_OFFERED, ExpressionText, FieldBase, Raw, doubles
from forms.text import Text, msg


class Option(BaseModel):
    """Something that can be chosen: the value that is stored and the label that is read.

    With `show_when` it is offered only when the other answers make that true.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    value: str = Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9_-]*$", max_length=60)
    label: Text
    show_when: ExpressionText | None = None


MOST_OPTIONS = 1_000


def conditions(options: tuple[Option, ...]) -> dict[str, str]:
    """When an option is offered, by value, for those that are not always."""
    return {option.value: option.show_when for option in options if option.show_when is not None}


def option_problems(options: tuple[Option, ...]) -> list[Problem]:
    """What is wrong with a list of options: none, too many, double values, double labels."""
    found = []
    if not options:
        found.append(Problem("options", msg("Tambahkan sedikitnya satu pilihan.")))
    if len(options) > MOST_OPTIONS:
        limit = Decimal(MOST_OPTIONS)
        found.append(Problem("options", msg("Pilihan terlalu banyak: paling banyak %(limit)s.", limit=limit)))
    found += [
        Problem("options", msg("Nilai pilihan “%(value)s” dipakai lebih dari sekali.", value=value))
        for value in doubles([option.value for option in options])
    ]
    found += [
        Problem("options", msg("Pilihan “%(label)s” tertulis lebih dari sekali.", label=label))
        for label in doubles([option.label.id for option in options])
    ]
    return found


class Choice(FieldBase[str]):
    """Exactly one option; its value is stored. `look` says how it is drawn, if the number of options shall not."""

    widget: ClassVar[str] = "choice"
    kind: Literal["choice"] = "choice"
    options: tuple[Option, ...] = ()
    look: Literal["radios", "list"] | None = None

    def parse(self, raw: Raw, context: AnswerContext) -> str:
        for option in self.options:
            if option.value == raw:
                return option.value
        raise Invalid(NOT_OFFERED)

    def words(self, value: str, language: str, context: AnswerContext) -> str:
        return next((option.label.say(language) for option in self.options if option.value == value), value)

    def expression_type(self) -> Type:
        return CHOICE(option.value for option in self.options)

    def from_expression(self, term: Any) -> str | None:
        return next((option.value for option in self.options if option.value == term), None)

    def option_conditions(self) -> Mapping[str, str]:
        return conditions(self.options)

    def problems(self) -> list[Problem]:
        return super().problems() + option_problems(self.options)

    def example(self, rng: Random, context: AnswerContext) -> Raw:
        return rng.choice(self.options).value
