"""What names of the survey sheet stand for in the form that is made of it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from forms.exchange.xlsform.tree import Node
from forms.expressions import ANY, Type
from forms.text import Message

Values = Mapping[str, tuple[str, ...]]
"""Choice name → values of our options; several where the sheet had the name more than once."""


@dataclass
class Element:
    """A question, calculation or repeat of the sheet, and where its answer is in the form.

    `chain` holds the keys of the rows it stands in; `key` its own key, `part` the line of a matrix.
    """

    node: Node
    chain: tuple[str, ...]
    key: str
    part: str = ""
    type: Type = ANY
    values: Values | None = None
    missing: Message | None = None
    """Why it is not in the form, where it is not."""
    settle: Callable[[], None] | None = None
    """Finds out the type of what is calculated, when somebody asks for it."""

    @property
    def path(self) -> str:
        return f"{self.key}.{self.part}" if self.part else self.key


@dataclass
class Names:
    """The elements of a form by their names in the sheet, and which keys are seen from where."""

    by_name: dict[str, list[Element]] = field(default_factory=dict)
    keys: dict[tuple[str, ...], set[str]] = field(default_factory=dict)
    """Keys by the chain of rows they stand in."""

    def add(self, element: Element) -> None:
        """Make an element known by its name."""
        self.by_name.setdefault(element.node.name, []).append(element)

    def find(self, name: str, chain: tuple[str, ...]) -> Element | None:
        """The element a name means to somebody standing in `chain`: the nearest; None if there is none."""
        candidates = self.by_name.get(name, [])
        return max(candidates, key=lambda one: _shared(one.chain, chain), default=None)

    def taken(self, chain: tuple[str, ...]) -> set[str]:
        """The keys that stand side by side in these rows."""
        return self.keys.setdefault(chain, set())

    def source(self, element: Element, chain: tuple[str, ...]) -> tuple[str, bool]:
        """How an expression standing in `chain` names an element, and whether that is a list of all rows' answers."""
        common = _shared(element.chain, chain)
        below = element.chain[common:]
        first = below[0] if below else element.key
        hidden = any(first in self.taken(chain[:depth]) for depth in range(common + 1, len(chain) + 1))
        names = [*below, element.path]
        if hidden and common == 0:
            names.insert(0, "form")
        return ".".join(names), bool(below)


def _shared(one: tuple[str, ...], other: tuple[str, ...]) -> int:
    count = 0
    while count < min(len(one), len(other)) and one[count] == other[count]:
        count += 1
    return count
