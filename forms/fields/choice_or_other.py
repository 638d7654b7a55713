"""One of several options, or something else in one's own words."""

from collections.abc import Mapping
from dataclasses import dataclass
from random import Random
from typing import Any, ClassVar, Literal, TypeAlias

from pydantic import Field

from forms.characters import clean_line
from forms.context import AnswerContext
from forms.errors import Invalid, Problem
from forms.expressions import CHOICE, Type
from forms.fields.base import NOT_OFFERED, Json, Raw, read_text
from forms.fields.choice import Option, conditions, option_problems
from forms.fields.parted import Parted
from forms.text import Text, msg

OTHER = "other"
"""The value that stands for an answer in one's own words."""
NOT_SAID = msg("Tuliskan jawaban Anda sendiri, atau pilih salah satu dari pilihan yang tersedia.")


@dataclass(frozen=True, slots=True)
class OwnWords:
    """What was typed instead of choosing."""

    text: str


ChosenOrTyped: TypeAlias = str | OwnWords


class ChoiceOrOther(Parted[ChosenOrTyped]):
    """One option, or after choosing `other` a text of at most `max` characters; stored as `"a"` or `{"other": "…"}`."""

    widget: ClassVar[str] = "choice_or_other"
    kind: Literal["choice_or_other"] = "choice_or_other"
    options: tuple[Option, ...] = ()
    other: Text = Text(id="Lainnya", en="Other")
    max: int = Field(default=200, ge=1, le=1000)

    def parts(self) -> tuple[str, ...]:
        return ("choice", OTHER)

    def parse(self, raw: Raw, context: AnswerContext) -> ChosenOrTyped:
        if isinstance(raw, str):  # from files and interfaces that know no parts
            raw = {"choice": raw}
        typed = self.typed(raw)
        chosen = typed["choice"]
        if chosen in (OTHER, ""):
            text = read_text(typed[OTHER], clean_line, self.max)
            if not text:
                raise Invalid(NOT_SAID)
            return OwnWords(text)
        for option in self.options:
            if option.value == chosen:
                return option.value
        raise Invalid(NOT_OFFERED)

    def store(self, value: ChosenOrTyped) -> Json:
        return {OTHER: value.text} if isinstance(value, OwnWords) else value

    def load(self, stored: Json) -> ChosenOrTyped:
        return OwnWords(stored[OTHER]) if isinstance(stored, dict) else str(stored)

    def edit(self, value: ChosenOrTyped) -> Raw:
        if isinstance(value, OwnWords):
            return {"choice": OTHER, OTHER: value.text}
        return {"choice": value, OTHER: ""}

    def words(self, value: ChosenOrTyped, language: str, context: AnswerContext) -> str:
        if isinstance(value, OwnWords):
            return f"{self.other.say(language)}: {value.text}"
        return next((option.label.say(language) for option in self.options if option.value == value), value)

    def expression_type(self) -> Type:
        return CHOICE([*(option.value for option in self.options), OTHER])

    def expression_value(self, value: ChosenOrTyped) -> str:
        return OTHER if isinstance(value, OwnWords) else value

    def from_expression(self, term: Any) -> ChosenOrTyped | None:
        return next((option.value for option in self.options if option.value == term), None)

    def option_conditions(self) -> Mapping[str, str]:
        return conditions(self.options)

    def problems(self) -> list[Problem]:
        found = super().problems() + option_problems(self.options)
        if any(option.value == OTHER for option in self.options):
            found.append(Problem("options", msg("Nilai “other” dipakai untuk jawaban sendiri. Gunakan nilai lain.")))
        return found

    def example(self, rng: Random, context: AnswerContext) -> Raw:
        if rng.random() < 0.2:
            return self.edit(OwnWords("Hal lain"[: self.max].strip()))
        return self.edit(rng.choice(self.options).value)
