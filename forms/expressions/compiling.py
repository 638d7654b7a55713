"""From a checked expression to functions of Python that evaluate it quickly and never raise."""

import operator
from collections.abc import Callable, Mapping
from typing import Any

from forms.expressions.checking import inside
from forms.expressions.compiled_calls import compile_call
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
from forms.expressions.runtime import (
    CONTEXT,
    Frame,
    Run,
    admission,
    equal,
    finite,
    fitting,
    orderly,
    short,
)
from forms.expressions.scope import FORM, Scope
from forms.expressions.types import MEASURED, Kind, Type

_ORDERS: dict[str, Callable[[Any, Any], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
_ARITHMETIC = {"+": CONTEXT.add, "-": CONTEXT.subtract, "*": CONTEXT.multiply, "/": CONTEXT.divide}
_BARE = frozenset({Kind.TEXT, Kind.NUMBER, Kind.DATE, Kind.TIME, Kind.CHOICE})
"""Kinds whose terms are compared by Python as they are."""


class Compiler:
    """Builds one function for each part; the types say which care a value needs."""

    def __init__(self, scope: Scope, types: Mapping[int, Type]) -> None:
        self.scope = scope
        self.types = types
        self.variables: dict[str, tuple[int, Type]] = {}

    def run(self, node: Node) -> Run:
        """The function that evaluates a part."""
        match node:
            case Literal(value=value):
                return lambda frame: value
            case Path():
                return self._path(node)
            case Not(operand=operand):
                inner = self.run(operand)
                return lambda frame: inner(frame) is not True
            case Logic():
                return self._logic(node)
            case Minus(operand=operand):
                inner = self.fit(operand, (Kind.NUMBER,))
                return lambda frame: None if (value := inner(frame)) is None else value.copy_negate()
            case Arithmetic():
                return self._arithmetic(node)
            case Comparison():
                return self._comparison(node)
            case Conditional():
                return self._conditional(node)
            case Listing(items=items):
                runs = [self.run(item) for item in items]
                return lambda frame: [run(frame) for run in runs]
            case Loop():
                return self._loop(node)
            case Call():
                return compile_call(self, node)
        raise AssertionError(node)

    def fit(self, node: Node, kinds: tuple[Kind, ...]) -> Run:
        """A part of which only these kinds of value count; needed where its type is not known before."""
        run = self.run(node)
        if self.types[id(node)].kind != Kind.ANY:
            return run
        admit = fitting(kinds)
        return lambda frame: admit(run(frame))

    def _path(self, node: Path) -> Run:
        root, *rest = (part.name for part in node.parts)
        start, kind = self._root(root)
        for name in rest:
            start, kind = _column(start, kind, name)
        return start

    def _root(self, name: str) -> tuple[Run, Type]:
        if name in self.variables:
            slot, kind = self.variables[name]
            return lambda frame: frame.turns[slot], kind
        found = self.scope.find(name)
        assert found is not None, "checked"
        admit = admission(found.type)
        if name == FORM and name not in self.scope.known():
            return lambda frame: frame.form, found.type
        if found.whole_form:
            return lambda frame: admit(frame.form.get(name)), found.type
        return lambda frame: admit(frame.values.get(name)), found.type

    def _logic(self, node: Logic) -> Run:
        runs = tuple(self.run(operand) for operand in node.operands)
        if node.word == "and":
            if len(runs) == 2:
                one, two = runs
                return lambda frame: one(frame) is True and two(frame) is True
            return lambda frame: all(run(frame) is True for run in runs)
        return lambda frame: any(run(frame) is True for run in runs)

    def _arithmetic(self, node: Arithmetic) -> Run:
        kind = self.types[id(node)].kind
        operands = [node.first, *(operand for _, operand in node.rest)]
        if kind == Kind.TEXT:
            texts = [self.fit(operand, (Kind.TEXT,)) for operand in operands]

            def joined(frame: Frame) -> str | None:
                said = [text(frame) for text in texts]
                return None if any(one is None for one in said) else short("".join(said))

            return joined
        if kind == Kind.ANY:  # `a + b` of types not known before: two numbers, or two texts
            return self._sum_of_any([self.run(operand) for operand in operands])
        first = self.fit(node.first, (Kind.NUMBER,))
        steps = [(_ARITHMETIC[sign], self.fit(operand, (Kind.NUMBER,))) for sign, operand in node.rest]

        def calculated(frame: Frame) -> Any:
            total = first(frame)
            if total is None:
                return None
            for apply, operand in steps:
                value = operand(frame)
                if value is None:
                    return None
                total = apply(total, value)
            return finite(total)

        return calculated

    def _sum_of_any(self, runs: list[Run]) -> Run:
        number, text = fitting((Kind.NUMBER,)), fitting((Kind.TEXT,))

        def added(frame: Frame) -> Any:
            values = [run(frame) for run in runs]
            if all(text(value) is not None for value in values):
                return short("".join(values))
            if any(number(value) is None for value in values):
                return None
            total = values[0]
            for value in values[1:]:
                total = CONTEXT.add(total, value)
            return finite(total)

        return added

    def _comparison(self, node: Comparison) -> Run:
        operands = [node.first, *(operand for _, operand in node.rest)]
        pairs = [self._pair(one, sign, other) for one, (sign, other) in zip(operands, node.rest, strict=False)]
        if len(pairs) == 1:
            return pairs[0]
        return lambda frame: all(pair(frame) for pair in pairs)

    def _pair(self, one: Node, sign: str, other: Node) -> Run:
        left, right = self.run(one), self.run(other)
        kinds = {self.types[id(one)].kind, self.types[id(other)].kind}
        if sign in ("in", "not in"):
            member = _member(left, right)
            return member if sign == "in" else lambda frame: not member(frame)
        if sign in ("==", "!="):
            if kinds <= _BARE:
                if isinstance(other, Literal):
                    value = other.value
                    if sign == "==":
                        return lambda frame: bool(left(frame) == value)
                    return lambda frame: bool(left(frame) != value)
                if sign == "==":
                    return lambda frame: bool(left(frame) == right(frame))
                return lambda frame: bool(left(frame) != right(frame))
            if sign == "==":
                return lambda frame: equal(left(frame), right(frame))
            return lambda frame: not equal(left(frame), right(frame))
        order = _ORDERS[sign]
        if kinds <= MEASURED:

            def ordered(frame: Frame) -> bool:
                a, b = left(frame), right(frame)
                return a is not None and b is not None and order(a, b)

            return ordered

        def carefully_ordered(frame: Frame) -> bool:
            a, b = left(frame), right(frame)
            return orderly(a, b) and order(a, b)

        return carefully_ordered

    def _conditional(self, node: Conditional) -> Run:
        branches = [(self.run(condition), self.run(value)) for condition, value in node.branches]
        otherwise = self.run(node.otherwise)

        def chosen(frame: Frame) -> Any:
            for condition, value in branches:
                if condition(frame) is True:
                    return value(frame)
            return otherwise(frame)

        return chosen

    def _loop(self, node: Loop) -> Run:
        over = self.run(node.over)
        item = self.types[id(node.over)].item
        assert item is not None, "checked"
        slot = len(self.variables)
        outer = self.variables
        self.variables = {**outer, node.variable.name: (slot, item)}
        conditions = [self.run(condition) for condition in node.conditions]
        body = self.run(node.body)
        self.variables = outer

        def looped(frame: Frame) -> list[Any] | None:
            items = over(frame)
            if not isinstance(items, list | tuple):
                return None
            found = []
            for one in items:
                frame.step(1)
                frame.turns[slot] = one
                if all(condition(frame) is True for condition in conditions):
                    found.append(body(frame))
            return found

        return looped


def _member(left: Run, right: Run) -> Run:
    def member(frame: Frame) -> bool:
        value, many = left(frame), right(frame)
        if value is None or not isinstance(many, list | tuple):
            return False
        frame.step(len(many))
        return any(equal(value, one) for one in many)

    return member


def _column(start: Run, kind: Type, name: str) -> tuple[Run, Type]:
    """One name further along a path."""
    inner = inside(kind, name)
    assert inner is not None, "checked"
    if kind.kind == Kind.RECORD:
        admit = admission(inner)
        return lambda frame: None if (record := start(frame)) is None else admit(record.get(name)), inner
    if kind.kind == Kind.ANY:
        anything = admission(inner)

        def of_anything(frame: Frame) -> Any:
            held = start(frame)
            if isinstance(held, list):
                frame.step(len(held))
                return [anything(one.get(name)) for one in held if isinstance(one, Mapping)]
            return anything(held.get(name)) if isinstance(held, Mapping) else None

        return of_anything, inner
    column = (kind.item or kind).field(name)
    assert column is not None
    admit = admission(column)
    flat = column.kind in (Kind.ROWS, Kind.LIST)

    def of_rows(frame: Frame) -> Any:
        rows = start(frame)
        if rows is None:
            return None
        frame.step(len(rows))
        values = [None if row is None else admit(row.get(name)) for row in rows]
        return [one for value in values if value is not None for one in value] if flat else values

    return of_rows, inner
