"""One change between two versions of a form: what was done to which part, and what it means for answers."""

from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

from forms.changes.words import sentence
from forms.text import Message, Text

Effect: TypeAlias = Literal["safe", "needs-answer", "loses-data", "breaks"]
EFFECTS: tuple[Effect, ...] = ("breaks", "loses-data", "needs-answer", "safe")
"""From worst to best. `breaks` is never found by comparing forms: it takes who refers to them."""
Verb: TypeAlias = Literal["added", "removed", "moved", "changed"]
Part: TypeAlias = Literal[
    "form", "section", "field", "column", "option", "point", "statement", "row", "rule", "check", "item"
]


@dataclass(frozen=True, slots=True)
class Change:
    """One thing added, removed or moved, or one setting that changed from `before` to `after`."""

    verb: Verb
    part: Part
    place: str
    """Where it stands in the design: `work.results.target` is section, question, column; empty for the form itself."""
    name: Text
    """What the part is called; that of the newer version where it has one."""
    effect: Effect = "safe"
    answers: tuple[str, ...] = ()
    """The answers it meets, by path: `results` or `results.target`."""
    within: Text | None = None
    """What the part stands in."""
    setting: str = ""
    before: Any = None
    after: Any = None
    item: str = ""
    """The value or key of an option, point, statement or given row."""
    required: bool = False
    """Whether what was added has to be answered."""

    def sentence(self) -> Message:
        """The change as a sentence for whoever is about to publish it or has a draft."""
        return sentence(self)
