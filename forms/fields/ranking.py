"""Options put in order of preference."""

from collections.abc import Mapping
from random import Random
from typing import Any, ClassVar, Literal

from pydantic import Field

from forms.context import AnswerContext
from forms.errors import Invalid, Problem
from forms.expressions import CHOICES, Type
from forms.fields.base import NOT_READABLE, Json, Raw
from forms.fields.choice import Option, conditions, option_problems
from forms.fields.parted import Parted
from forms.text import Message, msg

MOST_RANKED = 50


class Ranking(Parted[tuple[str, ...]]):
    """The best `most` options (all, if it is not given), best first; each option is given its number in a page."""

    widget: ClassVar[str] = "ranking"
    kind: Literal["ranking"] = "ranking"
    options: tuple[Option, ...] = ()
    most: int | None = Field(default=None, ge=1)

    @property
    def places(self) -> int:
        """How many options are ranked."""
        return min(self.most or len(self.options), len(self.options))

    def parts(self) -> tuple[str, ...]:
        return tuple(option.value for option in self.options)

    def missing(self) -> Message:
        return self._rule()

    def _rule(self) -> Message:
        if self.places == len(self.options):
            return msg("Beri setiap pilihan nomor urut yang berbeda, dari 1 sampai %(last)s.", last=self.places)
        return msg(
            "Beri nomor urut 1 sampai %(last)s kepada %(last)s pilihan yang paling utama, tiap nomor satu kali.",
            last=self.places,
        )

    def parse(self, raw: Raw, context: AnswerContext) -> tuple[str, ...]:
        value = self._order(raw)
        if len(value) != self.places or len(set(value)) != len(value):
            raise Invalid(self._rule())
        return value

    def _order(self, raw: Raw) -> tuple[str, ...]:
        if isinstance(raw, list):  # from files and interfaces that know no parts: the options, best first
            if not all(isinstance(item, str) for item in raw):
                raise Invalid(NOT_READABLE)
            if any(item not in self.parts() for item in raw):
                raise Invalid(msg("Urutkan hanya pilihan yang tersedia."))
            return tuple(raw)
        numbers = {str(number): number for number in range(1, self.places + 1)}
        ranked: dict[int, str] = {}
        for option, text in self.typed(raw).items():
            if not text:
                continue
            number = numbers.get(text)
            if number is None or number in ranked:
                raise Invalid(self._rule())
            ranked[number] = option
        return tuple(ranked[number] for number in sorted(ranked))

    def store(self, value: tuple[str, ...]) -> Json:
        return list(value)

    def load(self, stored: Json) -> tuple[str, ...]:
        return tuple(stored)

    def edit(self, value: tuple[str, ...]) -> Raw:
        return {option: str(value.index(option) + 1) if option in value else "" for option in self.parts()}

    def ordered(self, raw: Raw) -> tuple[Option, ...]:
        """The options as they are drawn: those with a number first, in its order."""
        given = raw if isinstance(raw, Mapping) else {}
        numbers = {str(number): number for number in range(1, self.places + 1)}
        last = len(self.options) + 1
        return tuple(sorted(self.options, key=lambda option: numbers.get(str(given.get(option.value)), last)))

    def words(self, value: tuple[str, ...], language: str, context: AnswerContext) -> str:
        labels = {option.value: option.label.say(language) for option in self.options}
        return "\n".join(f"{number}. {labels.get(item, item)}" for number, item in enumerate(value, start=1))

    def expression_type(self) -> Type:
        return CHOICES(self.parts())

    def from_expression(self, term: Any) -> tuple[str, ...] | None:
        if not isinstance(term, tuple) or len(set(term)) != self.places:
            return None
        return term if len(term) == self.places and set(term).issubset(self.parts()) else None

    def problems(self) -> list[Problem]:
        found = super().problems() + option_problems(self.options)
        if conditions(self.options):
            found.append(
                Problem("options", msg("Pilihan yang diurutkan selalu ditawarkan semua; hapus syarat tampilnya."))
            )
        if len(self.options) == 1:
            found.append(Problem("options", msg("Tambahkan sedikitnya dua pilihan agar ada yang diurutkan.")))
        if len(self.options) > MOST_RANKED:
            found.append(
                Problem("options", msg("Terlalu banyak untuk diurutkan: paling banyak %(limit)s.", limit=MOST_RANKED))
            )
        if self.most is not None and self.options and self.most > len(self.options):
            found.append(Problem("most", msg("Jumlah yang diurutkan melebihi jumlah pilihan.")))
        return found

    def example(self, rng: Random, context: AnswerContext) -> Raw:
        return self.edit(tuple(rng.sample(self.parts(), self.places)))
