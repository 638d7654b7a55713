"""What the form language answers when something cannot be accepted; every refusal carries words for a person."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from forms.text import Message, msg

if TYPE_CHECKING:
    from forms.expressions import Fault


class Invalid(ValueError):
    """One given value cannot be accepted. `errors` names places inside it (`2.target`) when it has parts."""

    def __init__(self, message: Message, errors: Mapping[str, Message] | None = None) -> None:
        super().__init__(str(message))
        self.message = message
        self.errors: dict[str, Message] = dict(errors or {})


class AnswersInvalid(ValueError):
    """Answers to a form cannot be accepted; `errors` says why by path (`note`, `results.2.target`, "" for all)."""

    def __init__(self, errors: Mapping[str, Message]) -> None:
        self.errors: dict[str, Message] = dict(errors)
        self.message = msg("Ada %(n)s isian yang perlu diperbaiki.", n=len(self.errors))
        super().__init__("; ".join(f"{path}: {message}" for path, message in self.errors.items()))


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a design may not be published: where (`sections.work`, `results.target`, "" for the whole) and what to do.

    Inside an expression the `fault` says the line and column.
    """

    path: str
    message: Message
    fault: "Fault | None" = None


class DefinitionInvalid(ValueError):
    """A definition cannot be read at all; `problems` says where and why."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = problems
        super().__init__("; ".join(f"{problem.path}: {problem.message}" for problem in problems))
