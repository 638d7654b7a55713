"""Expressions read out for people who do not write them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeAlias

from forms.expressions.functions import read_day
from forms.expressions.nodes import (
    Arithmetic,
    Call,
    Comparison,
    Conditional,
    Listing,
    Literal,
    Logic,
    Loop,
    Minus,
    Node,
    Not,
    Path,
)
from forms.expressions.phrases import PHRASES
from forms.expressions.scope import FORM
from forms.expressions.types import TEXTUAL, Kind, Type
from forms.text import Text
from forms.wording import format_date, format_number, language_of

Labels: TypeAlias = Mapping[str, Text | str]
"""Words for fields by dotted name, and for options by dotted name and value."""
_DATES = {"<": "before", "<=": "until", ">": "after", ">=": "since"}
_TURNED = {"<": ">", "<=": ">=", ">": "<", ">=": "<="}
_SIGNS = {"*": "×", "/": "÷", "+": "+", "-": "–"}


@dataclass
class Speaker:
    """Reads a checked expression out in one language."""

    types: Mapping[int, Type]
    labels: Labels
    language: str

    def __post_init__(self) -> None:
        self.phrases = PHRASES[language_of(self.language)]
        self.loops: dict[str, str] = {}

    def sentence(self, node: Node) -> str:
        """The whole as a sentence without full stop."""
        if isinstance(node, Literal) and isinstance(node.value, bool):
            said = self.phrases["always" if node.value else "never"]
        else:
            said = self._condition(node) if self._kind(node) == Kind.BOOLEAN else self._say(node)
        return said[:1].upper() + said[1:]

    def _phrase(self, key: str, *said: str) -> str:
        return self.phrases[key].format(*said)

    def _kind(self, node: Node) -> Kind:
        return self.types[id(node)].kind

    def _condition(self, node: Node) -> str:
        """A part that says yes or no, as a clause."""
        match node:
            case Path():
                return self._phrase("yes", self._say(node))
            case Not(operand=Path() as path):
                return self._phrase("not_yes", self._say(path))
            case Not(operand=Call(name=name, arguments=arguments)) if name.name == "given":
                return self._phrase("not_given", self._say(arguments[0]))
            case Not(operand=operand):
                return self._phrase("not", f"({self._condition(operand)})")
            case Logic(word=word, operands=operands):
                return self.phrases[word].join(self._operand(one) for one in operands)
        return self._say(node)

    def _operand(self, node: Node) -> str:
        said = self._condition(node)
        return f"({said})" if isinstance(node, Logic | Conditional) else said

    def _say(self, node: Node, asked: Node | None = None) -> str:
        """Any part; a text that is written down is said in the words of the options of what is asked."""
        match node:
            case Literal(value=value):
                return self._literal(value, asked)
            case Path():
                return f"“{self._label(self._names(node))}”"
            case Not() | Logic():
                return f"({self._condition(node)})"
            case Minus(operand=operand):
                return self._phrase("minus", self._bracketed(operand))
            case Arithmetic(first=first, rest=rest):
                said = [self._bracketed(first)]
                for sign, operand in rest:
                    said += [_SIGNS[sign], self._bracketed(operand)]
                return " ".join(said)
            case Comparison(first=first, rest=rest):
                return self._comparison(first, rest)
            case Conditional(branches=branches, otherwise=otherwise):
                said = [self._phrase("if", self._condition(test), self._say(value)) for test, value in branches]
                return ", ".join([*said, self._phrase("else", self._say(otherwise))])
            case Listing(items=items):
                return ", ".join(self._say(item, asked) for item in items)
            case Loop():
                return self._loop("of_rows", node)
            case Call():
                return self._call(node)
        raise AssertionError(node)

    def _bracketed(self, node: Node) -> str:
        said = self._say(node)
        return f"({said})" if isinstance(node, Arithmetic | Conditional | Minus) else said

    def _literal(self, value: str | Decimal | bool, asked: Node | None) -> str:
        if isinstance(value, bool):
            return self.phrases["always" if value else "never"]
        if isinstance(value, Decimal):
            return format_number(value, language=self.language)
        names = self._names(asked) if isinstance(asked, Path) else None
        words = self.labels.get(f"{names}.{value}") if names else None
        return f"“{_words(words, self.language) if words is not None else value}”"

    def _names(self, path: Path) -> str:
        root, *rest = (part.name for part in path.parts)
        names = [self.loops.get(root, root), *rest]
        return ".".join(names[1:] if names[0] == FORM and rest else names)

    def _label(self, dotted: str) -> str:
        words = self.labels.get(dotted)
        return dotted if words is None else _words(words, self.language)

    def _comparison(self, first: Node, rest: Sequence[tuple[str, Node]]) -> str:
        said = []
        for sign, other in rest:
            said.append(self._pair(first, sign, other))
            first = other
        return self.phrases["and"].join(said)

    def _pair(self, one: Node, sign: str, other: Node) -> str:
        kinds = {self._kind(one), self._kind(other)}
        if sign in ("==", "!="):
            for value, asked in ((other, one), (one, other)):
                if isinstance(value, Literal) and isinstance(value.value, bool):
                    key = ("" if sign == "==" else "not_") + ("yes" if value.value else "no")
                    return self._phrase(key, self._say(asked))
            if not kinds <= {Kind.NUMBER, Kind.ANY}:
                sign = "is" if sign == "==" else "is_not"
        elif sign in ("in", "not in"):
            if self._kind(other) == Kind.CHOICES or not isinstance(other, Listing):
                key = "includes" if sign == "in" else "excludes"
                return self._phrase(key, self._say(one, other), self._say(other))
        elif isinstance(one, Literal) and not isinstance(other, Literal):
            return self._pair(other, _TURNED[sign], one)
        elif Kind.DATE in kinds or Kind.TIME in kinds:
            sign = _DATES[sign]
        return self._phrase(sign, self._say(one, other), self._say(other, one))

    def _loop(self, key: str, node: Loop) -> str:
        over = self._say(node.over)
        outer = self.loops
        if isinstance(node.over, Path):
            self.loops = {**outer, node.variable.name: self._names(node.over)}
        if node.conditions:
            over = self._phrase("with", over, self.phrases["and"].join(map(self._operand, node.conditions)))
        body = node.body
        if isinstance(body, Path) and body.dotted == node.variable.name:
            self.loops = outer
            return over
        said = self._condition(body) if self._kind(body) == Kind.BOOLEAN else self._say(body)
        self.loops = outer
        return self._phrase(key, over, said)

    def _call(self, node: Call) -> str:
        name, arguments = node.name.name, node.arguments
        if name in ("any", "all") and isinstance(arguments[0], Loop):
            return self._loop("any_row" if name == "any" else "all_rows", arguments[0])
        if name == "date" and isinstance(arguments[0], Literal) and (day := read_day(str(arguments[0].value))):
            return format_date(day, self.language)
        if name == "time" and isinstance(arguments[0], Literal):
            return self._phrase("time", str(arguments[0].value))
        if name == "round" and len(arguments) == 2:
            return self._phrase("round_to", self._bracketed(arguments[0]), self._say(arguments[1]))
        if name in ("sum", "count", "min", "max", "mean", "any", "all", "coalesce"):
            return self._phrase(name, ", ".join(self._bracketed(one) for one in arguments))
        return self._phrase(name, *(self._bracketed_after(one, arguments[0]) for one in arguments))

    def _bracketed_after(self, node: Node, first: Node) -> str:
        known = node is not first and isinstance(node, Literal) and self._kind(first) in (*TEXTUAL, Kind.CHOICES)
        return self._say(node, first) if known else self._bracketed(node)


def _words(words: Text | str, language: str) -> str:
    return words if isinstance(words, str) else words.say(language)
