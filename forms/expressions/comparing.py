"""Whether values can be compared, and texts that are written down are among the options."""

from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from forms.expressions.faults import closest
from forms.expressions.functions import FUNCTIONS, read_day, read_hour
from forms.expressions.nodes import Comparison, Listing, Literal, Node
from forms.expressions.scanning import quoted
from forms.expressions.types import ANY, BOOLEAN, MEASURED, NUMBER, TEXT, TEXTUAL, Kind, Type, united
from forms.text import Message, msg

if TYPE_CHECKING:
    from forms.expressions.checking import Checker

WORDS_FOR = {
    "true": "True",
    "false": "False",
    "ya": "True",
    "yes": "True",
    "benar": "True",
    "tidak": "False",
    "no": "False",
    "salah": "False",
    "dan": "and",
    "atau": "or",
    "bukan": "not",
}
"""What is often written for words of the language."""


def check_comparison(checker: "Checker", node: Comparison) -> Type:
    """Check every neighbouring pair of a comparison, with mistakes noted; it says yes or no."""
    before = node.first
    checker.type_of(before)
    for operator, after in node.rest:
        checker.type_of(after)
        if operator in ("in", "not in"):
            _membership(checker, before, after)
        else:
            _comparable(checker, before, after, operator)
        before = after
    return BOOLEAN


def _membership(checker: "Checker", one: Node, many: Node) -> None:
    whole, item = checker.types[id(many)], checker.types[id(one)]
    if isinstance(many, Listing):
        for part in many.items:
            _comparable(checker, one, part, "==")
    elif whole.kind == Kind.CHOICES:
        _offered(checker, one, Type(Kind.CHOICE, values=whole.values), many)
        if item.kind not in TEXTUAL and item != ANY:
            checker.wrong(
                one, msg("Di sini diperlukan %(wanted)s, bukan %(kind)s.", wanted=TEXT.label, kind=item.label)
            )
    elif whole.kind == Kind.LIST:
        inner = whole.item or ANY
        _offered(checker, one, inner, many)
        if united([item, inner]) is None:
            checker.wrong(one, msg("Daftar ini berisi %(other)s, bukan %(kind)s.", other=inner.label, kind=item.label))
    elif whole.kind in TEXTUAL:
        message = msg("Apakah sebuah teks memuat bagian tertentu ditanyakan dengan contains(…).")
        place = Node(one.start, many.end)
        checker.wrong(place, message, f"contains({checker.written(many)}, {checker.written(one)})")
    elif whole.kind != Kind.ANY:
        checker.wrong(many, msg("Setelah “in” diperlukan daftar, bukan %(kind)s.", kind=whole.label))


def _comparable(checker: "Checker", one: Node, other: Node, operator: str) -> None:
    """Check that two parts can be compared in this way."""
    left, right = checker.types[id(one)], checker.types[id(other)]
    if _offered(checker, other, left, one) or _offered(checker, one, right, other):
        return
    for kind, literal in ((left, other), (right, one)):
        if isinstance(literal, Literal) and (instead := _literal_of_kind(kind, literal.value)):
            message = msg("Di sini diperlukan %(wanted)s, bukan %(kind)s.", wanted=kind.label, kind=_label(literal))
            checker.wrong(literal, message, instead)
            return
    place = Node(one.start, other.end)
    if Kind.CHOICES in (left.kind, right.kind) and (left.kind in TEXTUAL or right.kind in TEXTUAL):
        many, single = (one, other) if left.kind == Kind.CHOICES else (other, one)
        word = "not in" if operator == "!=" else "in"
        message = msg("Apakah sesuatu termasuk yang dipilih ditanyakan dengan in.")
        checker.wrong(place, message, f"{checker.written(single)} {word} {checker.written(many)}")
    elif ANY not in (left, right) and united([left, right]) is None:
        message = msg("Tidak dapat membandingkan %(kind)s dengan %(other)s.", kind=left.label, other=right.label)
        checker.wrong(place, message)
    elif operator not in ("==", "!="):
        for kind in (left, right):
            if kind.kind not in MEASURED and kind != ANY:
                message = msg("Lebih besar atau lebih kecil tidak berlaku untuk %(kind)s.", kind=kind.label)
                checker.wrong(place, message)
                return
    elif left.kind in (Kind.LIST, Kind.ROWS, Kind.RECORD):
        checker.wrong(place, msg("Tidak dapat membandingkan %(kind)s.", kind=left.label))


def _offered(checker: "Checker", node: Node, choice: Type, asked: Node) -> bool:
    """Whether a text that is written down is none of the options it is compared with; the mistake is noted."""
    if choice.kind != Kind.CHOICE or choice.values is None:
        return False
    if not isinstance(node, Literal) or not isinstance(node.value, str) or node.value in choice.values:
        return False
    message = msg(
        "“%(value)s” bukan salah satu pilihan dari “%(field)s”.", value=node.value, field=checker.written(asked)
    )
    near = closest(node.value, choice.values)
    checker.wrong(node, message, quoted(near) if near and near.isprintable() else None)
    return True


def _label(literal: Literal) -> Message:
    value = literal.value
    return (BOOLEAN if isinstance(value, bool) else TEXT if isinstance(value, str) else NUMBER).label


def _literal_of_kind(kind: Type, value: str | Decimal | bool) -> str | None:
    """How a written value of the wrong kind would be written in this one."""
    if isinstance(value, str):
        return literal_instead(value, (kind.kind,))
    if isinstance(value, Decimal) and kind.kind in TEXTUAL:
        text = format(value, "f")
        return quoted(text) if kind.values is None or text in kind.values else None
    if isinstance(value, Decimal) and kind.kind == Kind.BOOLEAN and value in (0, 1):
        return str(bool(value))
    return None


def literal_instead(value: str, kinds: Sequence[Kind]) -> str | None:
    """How a text that is written down would be written as one of these kinds, None when it says none."""
    if Kind.NUMBER in kinds:
        number = FUNCTIONS["number"].run(value)
        return None if number is None else format(number, "f")
    if Kind.DATE in kinds:
        return f"date({quoted(value)})" if read_day(value) else None
    if Kind.TIME in kinds:
        return f"time({quoted(value)})" if read_hour(value) else None
    if Kind.BOOLEAN in kinds:
        return WORDS_FOR.get(value.lower()) if value.lower() in ("true", "false", "ya", "tidak", "yes", "no") else None
    return None
