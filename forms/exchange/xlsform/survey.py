"""Everything a question needs to know about its form while it is carried over."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from forms.exchange.xlsform.cells import Row
from forms.exchange.xlsform.choices import ChoiceList
from forms.exchange.xlsform.elements import Element, Names
from forms.exchange.xlsform.findings import Report
from forms.exchange.xlsform.keys import field_key
from forms.exchange.xlsform.said import Said, Untranslatable
from forms.exchange.xlsform.texts import Texts
from forms.exchange.xlsform.to_expression import Translator
from forms.exchange.xlsform.tree import NO, YES, Node
from forms.exchange.xlsform.xpath import XPath, parse
from forms.exchange.xlsform.xpath_tokens import NotXPath
from forms.text import Message, msg

Place = tuple[str, int, str]
"""Sheet, row and column."""


@dataclass
class Survey:
    """The form that is being read."""

    report: Report
    texts: Texts
    lists: dict[str, ChoiceList]
    external: dict[str, ChoiceList]
    keys: dict[str, str] = field(default_factory=dict)
    """Keys that names of the sheet had in the form it was written from."""
    names: Names = field(default_factory=Names)
    elements: dict[int, Element] = field(default_factory=dict)
    """By the number of the row."""
    places: dict[str, Place] = field(default_factory=dict)
    """Where something of the form, by its path, was written."""
    kinds: dict[str, str] = field(default_factory=dict)
    """What selects were in the form the sheet was written from: `yes_no` or `rating`."""
    spoken_of: set[str] = field(default_factory=set)
    """Names that some logic of the form refers to."""
    room: int = 200_000
    """How many choices all questions together may still offer; one that is filtered counts for ten."""

    def has_room_for(self, choices: int, filtered: bool) -> bool:
        """Take the room that the choices of a further question need; False when there is not as much."""
        self.room -= choices * (10 if filtered else 1)
        return self.room >= 0

    def key_of(self, name: str) -> str:
        """The key wanted for what has this name in the sheet."""
        return self.keys.get(name) or field_key(name)

    def element(self, node: Node) -> Element:
        """What a row became."""
        return self.elements[node.row.number]

    def translate(
        self,
        row: Row,
        column: str,
        chain: tuple[str, ...],
        own: Element | None = None,
        how: Callable[[Translator, XPath], Said] = Translator.condition,
        loses: Message | None = None,
    ) -> Said | None:
        """The expression in a cell; None, with a finding, when it cannot be said.

        With `loses` the form is merely poorer without it, and the finding is a warning that says so.
        """
        title = row.title(column)
        try:
            translator = Translator(self.names, chain, own)
            said = how(translator, parse(row.logic(column)))
        except (NotXPath, Untranslatable) as wrong:
            if loses is None:
                self.report.error(row.sheet, row.number, title, wrong.message)
            else:
                both = msg("%(loses)s %(reason)s", loses=loses, reason=wrong.message)
                self.report.warn(row.sheet, row.number, title, both)
            return None
        for note in translator.notes:
            self.report.warn(row.sheet, row.number, title, note)
        return said

    def relevant(self, node: Node, chain: tuple[str, ...], conditions: Sequence[str] = ()) -> str | None:
        """When a row is asked: the conditions around it and its own; None for always."""
        written = node.row.logic("relevant").lower()
        found = [*conditions]
        if written and written not in YES:
            if written in NO:
                found.append("False")
            elif said := self.translate(node.row, "relevant", chain, self.elements.get(node.row.number)):
                found.append(said.source if said.source != "True" else "")
        return both(found)

    def place(self, path: str, row: Row) -> None:
        """Remember which row something of the form comes from."""
        self.places[path] = (row.sheet, row.number, row.title("name"))


def both(conditions: Sequence[str]) -> str | None:
    """All of these conditions together."""
    wanted = [one for one in dict.fromkeys(conditions) if one]
    if len(wanted) < 2:
        return wanted[0] if wanted else None
    return " and ".join(f"({one})" if _loose(one) else one for one in wanted)


def _loose(source: str) -> bool:
    """Whether a condition must stand in brackets beside an `and`."""
    outside, depth, quote, escaped = [], 0, "", False
    for sign in source:
        if quote:
            escaped = sign == "\\" and not escaped
            if sign == quote and not escaped:
                quote = ""
            continue
        if sign in "\"'":
            quote = sign
        depth += (sign == "(") - (sign == ")")
        outside.append(sign if depth == 0 else " ")
    words = "".join(outside).split()
    return "or" in words or "if" in words


Definition = dict[str, Any]
"""A field, section or form as plain JSON."""
