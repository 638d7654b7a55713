"""What every scoring step has: what it reads, how it computes, and how it tells in words what it did."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any, ClassVar

from pydantic import BaseModel, ConfigDict, SerializerFunctionWrapHandler, model_serializer

from forms.schema import FormSchema
from forms.text import Message, Text
from models.words import kept


@dataclass(frozen=True)
class SignedForm:
    """The answers of one stage about one person, as signed, with who answered and who signed."""

    answers: Mapping[str, Any]
    assignment_id: int
    answered_by: str
    signed_by: tuple[str, ...]
    final_at: datetime
    schema: FormSchema | None = None
    """The form as it was answered; the stage may have gone on to a newer version since."""


@dataclass
class Inputs:
    """Everything the steps may read about one person in one cycle."""

    forms: Mapping[str, SignedForm] = field(default_factory=dict)
    """Stage key → the signed form; a stage that was not completed is missing here."""
    ballots: Mapping[str, Sequence[Mapping[str, Any]]] = field(default_factory=dict)
    surveys: Mapping[str, Sequence[Mapping[str, Any]]] = field(default_factory=dict)
    """Stage key → the public's answers about the person's unit."""
    measures: Mapping[tuple[str, str], Decimal] = field(default_factory=dict)
    thresholds: Mapping[str, int] = field(default_factory=dict)
    schemas: Mapping[str, FormSchema] = field(default_factory=dict)
    titles: Mapping[str, Text] = field(default_factory=dict)
    results: dict[str, "StepResult"] = field(default_factory=dict)
    """What earlier steps gave."""
    unit_results: dict[str, "StepResult"] = field(default_factory=dict)
    """What steps gave that depend on the unit alone; one dictionary for all people of the unit."""


@dataclass(frozen=True)
class StepResult:
    """What one step gave: the value, how it reads, and the sentences that explain it."""

    key: str
    kind: str
    title: Text
    value: Any
    """JSON: a key, a decimal as text, or an object of these; null when an input is missing."""
    shown: Text
    sentences: tuple[Message, ...]
    sources: tuple[Mapping[str, Any], ...] = ()

    def stored(self) -> dict[str, Any]:
        """As it is kept with the score."""
        return {
            "key": self.key,
            "kind": self.kind,
            "title": kept(self.title),
            "value": self.value,
            "shown": kept(self.shown),
            "sentences": [kept(sentence) for sentence in self.sentences],
            "sources": [{name: kept(value) for name, value in source.items()} for source in self.sources],
        }


class StepBase(BaseModel):
    """A step of a scoring, as HR configures it; a kind is one subclass."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    of_unit: ClassVar[bool] = False
    """Whether the result is the same for everybody in a unit, so that it is computed once for all of them."""

    key: str
    title: Text

    @model_serializer(mode="wrap")
    def _with_kind(self, handler: SerializerFunctionWrapHandler) -> dict[str, Any]:
        # The kind has a default in its class, yet a dump without defaults must say it.
        return {"kind": getattr(self, "kind", ""), **handler(self)}

    def needs(self) -> list[str]:
        """Keys of earlier steps this one uses."""
        return []

    def reads(self) -> list[tuple[str, str | None]]:
        """Stage and field this step reads."""
        return []

    def problems(self) -> list[Message]:
        """What is wrong with the settings themselves."""
        return []

    def compute(self, inputs: Inputs) -> StepResult:
        """Derive the value; a missing input gives no value, never a guess."""
        raise NotImplementedError(type(self).__name__)

    def result(
        self, value: Any, shown: Text, *sentences: Message, sources: Sequence[Mapping[str, Any]] = ()
    ) -> StepResult:
        kind = getattr(self, "kind", "")
        return StepResult(self.key, kind, self.title, value, shown, tuple(sentences), tuple(sources))


NOTHING = Text(id="Belum ada", en="Not available")
