"""One of several options."""

from random import Random
from typing import ClassVar, Literal

from pydantic import BaseModel, ConfigDict, Field

from forms.context import AnswerContext
from forms.errors import Invalid, Problem
from forms.fields.base import NOT_OFFERED, FieldBase, Raw, doubles
from forms.text import Text, msg


class Option(BaseModel):
    """Something that can be chosen: the value that is stored and the label that is read."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    value: str = Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9_-]*$", max_length=60)
    label: Text


def option_problems(options: tuple[Option, ...]) -> list[Problem]:
    """What is wrong with a list of options: none, too many, double values, double labels."""
    found = []
    if not options:
        found.append(Problem("options", msg("Tambahkan sedikitnya satu pilihan.")))
    if len(options) > 200:
        found.append(Problem("options", msg("Pilihan terlalu banyak: paling banyak 200.")))
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
    """Exactly one option; the option's value is stored."""

    widget: ClassVar[str] = "choice"
    kind: Literal["choice"] = "choice"
    options: tuple[Option, ...] = ()

    def parse(self, raw: Raw, context: AnswerContext) -> str:
        for option in self.options:
            if option.value == raw:
                return option.value
        raise Invalid(NOT_OFFERED)

    def words(self, value: str, language: str, context: AnswerContext) -> str:
        return next((option.label.say(language) for option in self.options if option.value == value), value)

    def problems(self) -> list[Problem]:
        return super().problems() + option_problems(self.options)

    def example(self, rng: Random, context: AnswerContext) -> Raw:
        return rng.choice(self.options).value
