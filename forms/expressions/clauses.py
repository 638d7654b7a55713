"""Conditions composed from menus: all or any of “field – operator – value”, to and from their text."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal
from typing import Literal as OneOf
from typing import TypeAlias

from forms.expressions.checking import Checker
from forms.expressions.faults import Unreadable
from forms.expressions.functions import FUNCTIONS, read_day, read_hour
from forms.expressions.nodes import Call, Comparison, Listing, Literal, Logic, Node, Not, Path
from forms.expressions.parsing import literal_source, parse
from forms.expressions.scope import Scope
from forms.expressions.types import BOOLEAN, TEXTUAL, Kind, Type, united
from forms.text import Message, msg

ClauseValue: TypeAlias = str | Decimal | bool | date | time | tuple[str, ...] | None
Takes: TypeAlias = OneOf["nothing", "value", "values", "number"]


@dataclass(frozen=True, slots=True)
class Operator:
    """What a field can be asked in a menu, and whether a value (or several, or a number) belongs to it."""

    key: str
    label: Message
    takes: Takes = "value"


@dataclass(frozen=True, slots=True)
class Clause:
    """One line of a composed condition; `field` is a dotted name."""

    field: str
    operator: str
    value: ClauseValue = None


@dataclass(frozen=True, slots=True)
class Clauses:
    """A composed condition: all of its lines must hold, or any of them."""

    join: OneOf["all", "any"]
    clauses: tuple[Clause, ...]


_GIVEN = (
    Operator("given", msg("sudah diisi"), "nothing"),
    Operator("not_given", msg("belum diisi"), "nothing"),
)
_SAME = (Operator("is", msg("adalah")), Operator("is_not", msg("bukan")))
_ONE_OF = (
    Operator("one_of", msg("salah satu dari"), "values"),
    Operator("none_of", msg("bukan salah satu dari"), "values"),
)
_COUNTED = (
    Operator("count_at_least", msg("paling sedikit berjumlah"), "number"),
    Operator("count_at_most", msg("paling banyak berjumlah"), "number"),
)
_DAYS = (
    Operator("less", msg("sebelum")),
    Operator("at_most", msg("paling lambat")),
    Operator("more", msg("sesudah")),
    Operator("at_least", msg("paling cepat")),
)
OPERATORS_BY_TYPE: Mapping[Kind, tuple[Operator, ...]] = {
    Kind.TEXT: (
        *_SAME,
        Operator("contains", msg("memuat teks")),
        Operator("contains_not", msg("tidak memuat teks")),
        Operator("starts_with", msg("diawali")),
        Operator("ends_with", msg("diakhiri")),
        *_GIVEN,
    ),
    Kind.NUMBER: (
        Operator("is", msg("sama dengan")),
        Operator("is_not", msg("tidak sama dengan")),
        Operator("less", msg("kurang dari")),
        Operator("at_most", msg("paling banyak")),
        Operator("more", msg("lebih dari")),
        Operator("at_least", msg("paling sedikit")),
        *_GIVEN,
    ),
    Kind.BOOLEAN: (
        Operator("yes", msg("dijawab ya"), "nothing"),
        Operator("no", msg("dijawab tidak"), "nothing"),
        *_GIVEN,
    ),
    Kind.DATE: (*_SAME, *_DAYS, *_GIVEN),
    Kind.TIME: (*_SAME, *_DAYS, *_GIVEN),
    Kind.CHOICE: (*_SAME, *_ONE_OF, *_GIVEN),
    Kind.CHOICES: (
        Operator("includes", msg("memuat pilihan")),
        Operator("excludes", msg("tidak memuat pilihan")),
        *_COUNTED,
        *_GIVEN,
    ),
    Kind.LIST: (*_COUNTED, *_GIVEN),
    Kind.ROWS: (*_COUNTED, *_GIVEN),
    Kind.RECORD: _GIVEN,
}
"""What can be asked of a field of each kind, in the order of the menu; nothing of one whose kind is not known."""

_TEMPLATES = {
    "is": "{0} == {1}",
    "is_not": "{0} != {1}",
    "less": "{0} < {1}",
    "at_most": "{0} <= {1}",
    "more": "{0} > {1}",
    "at_least": "{0} >= {1}",
    "one_of": "{0} in {1}",
    "none_of": "{0} not in {1}",
    "includes": "{1} in {0}",
    "excludes": "{1} not in {0}",
    "contains": "contains({0}, {1})",
    "contains_not": "not contains({0}, {1})",
    "starts_with": "starts_with({0}, {1})",
    "ends_with": "ends_with({0}, {1})",
    "count_at_least": "count({0}) >= {1}",
    "count_at_most": "count({0}) <= {1}",
    "yes": "{0} == True",
    "no": "{0} == False",
    "given": "given({0})",
    "not_given": "not given({0})",
}
_SIGNS = {"==": "is", "!=": "is_not", "<": "less", "<=": "at_most", ">": "more", ">=": "at_least"}
_TURNED = {"==": "==", "!=": "!=", "<": ">", "<=": ">=", ">": "<", ">=": "<="}
_TAKES = {operator.key: operator.takes for operators in OPERATORS_BY_TYPE.values() for operator in operators}


def from_clauses(clauses: Clauses) -> str:
    """The condition as text; no lines at all hold always (all) or never (any).

    Raises ValueError for what is no field, no operator, or no value that the operator takes.
    """
    if not clauses.clauses:
        return str(clauses.join == "all")
    return (" and " if clauses.join == "all" else " or ").join(_written(clause) for clause in clauses.clauses)


def _written(clause: Clause) -> str:
    if not re.fullmatch(r"[A-Za-z_]\w*(\.[A-Za-z_]\w*)*", clause.field, re.ASCII):
        raise ValueError(f"{clause.field!r} is no name of a field")
    takes = _TAKES.get(clause.operator)
    if takes is None:
        raise ValueError(f"{clause.operator!r} is no operator")
    fits = {
        "nothing": clause.value is None,
        "value": isinstance(clause.value, str | Decimal | date | time) and not isinstance(clause.value, bool),
        "values": isinstance(clause.value, tuple),
        "number": isinstance(clause.value, Decimal),
    }
    if not fits[takes]:
        raise ValueError(f"{clause.operator} takes {takes}, not {clause.value!r}")
    value = "" if clause.value is None else _value_source(clause.value)
    return _TEMPLATES[clause.operator].format(clause.field, value)


def _value_source(value: ClauseValue) -> str:
    match value:
        case tuple():
            items = [literal_source(one) for one in value]
            return f"({', '.join(items)}{',' if len(items) == 1 else ''})"
        case time():
            return f"time({literal_source(value.strftime('%H:%M'))})"
        case date():
            return f"date({literal_source(value.isoformat())})"
        case None:
            raise ValueError("nothing is no value")
    return literal_source(value)


def to_clauses(source: str, scope: Scope) -> Clauses | None:
    """The lines of a condition as the menus show them; None when they cannot, or when it does not hold together."""
    try:
        node = parse(source)
        checker = Checker(source, scope)
        found = checker.type_of(node)
    except Unreadable:
        return None
    if checker.mistakes or united([found, BOOLEAN]) is None:
        return None
    if isinstance(node, Literal):
        return Clauses("all" if node.value is True else "any", ())
    operands = node.operands if isinstance(node, Logic) else (node,)
    clauses = [_clause(operand, checker.types) for operand in operands]
    if any(clause is None for clause in clauses):
        return None
    join: OneOf["all", "any"] = "any" if isinstance(node, Logic) and node.word == "or" else "all"
    return Clauses(join, tuple(clause for clause in clauses if clause is not None))


def _clause(node: Node, types: Mapping[int, Type]) -> Clause | None:
    clause = _read(node, types)
    if clause is None:
        return None
    path, operator, value = clause
    kind = types[id(path)].kind
    if operator not in {one.key for one in OPERATORS_BY_TYPE.get(kind, ())}:
        return None
    return Clause(path.dotted, operator, value)


def _read(node: Node, types: Mapping[int, Type]) -> tuple[Path, str, ClauseValue] | None:
    match node:
        case Path():
            return node, "yes", None
        case Not(operand=Call(name=name, arguments=(Path() as path,))) if name.name == "given":
            return path, "not_given", None
        case Not(operand=Call(name=name, arguments=(Path() as path, Literal(value=str() as text)))):
            return (path, "contains_not", text) if name.name == "contains" else None
        case Call(name=name, arguments=(Path() as path,)) if name.name == "given":
            return path, "given", None
        case Call(name=name, arguments=(Path() as path, Literal(value=str() as text))):
            return path, name.name, text
        case Comparison(first=first, rest=((sign, other),)):
            return _compared(first, sign, other, types)
    return None


def _compared(one: Node, sign: str, other: Node, types: Mapping[int, Type]) -> tuple[Path, str, ClauseValue] | None:
    if sign in ("in", "not in"):
        if isinstance(other, Path) and isinstance(one, Literal):
            return other, "includes" if sign == "in" else "excludes", one.value
        if isinstance(one, Path) and isinstance(other, Listing):
            values = tuple(
                item.value for item in other.items if isinstance(item, Literal) and isinstance(item.value, str)
            )
            return (one, "one_of" if sign == "in" else "none_of", values) if len(values) == len(other.items) else None
        return None
    if not isinstance(one, Path | Call) or (isinstance(one, Call) and one.name.name != "count"):
        one, sign, other = other, _TURNED[sign], one
    value = _value(other)
    if value is None:
        return None
    if isinstance(one, Call) and one.name.name == "count" and isinstance(one.arguments[0], Path):
        key = {">=": "count_at_least", "<=": "count_at_most"}.get(sign)
        return (one.arguments[0], key, value) if key and len(one.arguments) == 1 else None
    if not isinstance(one, Path):
        return None
    if isinstance(value, bool):
        return (one, "yes" if value else "no", None) if sign == "==" else None
    return one, _SIGNS[sign], value


def _value(node: Node) -> ClauseValue:
    match node:
        case Literal(value=value):
            return value
        case Call(name=name, arguments=(Literal(value=str() as text),)) if name.name == "date":
            return read_day(text)
        case Call(name=name, arguments=(Literal(value=str() as text),)) if name.name == "time":
            return read_hour(text)
    return None


def read_value(kind: Type, operator: str, typed: str | list[str]) -> ClauseValue:
    """The value of a line as a menu sends it: `12.5`, `2026-01-30`, `08:30`, an option, several options.

    Raises ValueError for what is no value of that kind.
    """
    takes = _TAKES.get(operator, "nothing")
    if takes == "nothing":
        return None
    if takes == "values":
        return tuple(typed) if isinstance(typed, list) else (typed,)
    text = typed if isinstance(typed, str) else "".join(typed[:1])
    value: ClauseValue = text if kind.kind in (*TEXTUAL, Kind.CHOICES) else None
    if takes == "number" or kind.kind == Kind.NUMBER:
        value = FUNCTIONS["number"].run(text)
    elif kind.kind == Kind.DATE:
        value = read_day(text)
    elif kind.kind == Kind.TIME:
        value = read_hour(text)
    if value is None or value == "":
        raise ValueError(f"{text!r} is no {kind}")
    return value
