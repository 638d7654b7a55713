"""From a checked expression to functions of Python that evaluate it quickly and never raise."""

import operator
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from forms.expressions import limits
from forms.expressions.checking import inside
from forms.expressions.functions import FUNCTIONS, LIST_FUNCTIONS, Function
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
from forms.expressions.patterns import compiled
from forms.expressions.runtime import (
    CONTEXT,
    Frame,
    Run,
    admission,
    equal,
    finite,
    fitting,
    is_given,
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
                return self._call(node)
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

    def _call(self, node: Call) -> Run:
        name = node.name.name
        if name in FUNCTIONS:
            return self._single(node, FUNCTIONS[name])
        if name in LIST_FUNCTIONS:
            return self._of_list(node, name)
        first = self.run(node.arguments[0]) if node.arguments else None
        match name:
            case "today":
                return lambda frame: frame.today
            case "given":
                assert first is not None
                return lambda frame: is_given(first(frame))
            case "coalesce":
                runs = [self.run(argument) for argument in node.arguments]

                def first_given(frame: Frame) -> Any:
                    for run in runs:
                        value = run(frame)
                        if is_given(value):
                            return value
                    return None

                return first_given
            case "matches":
                pattern = node.arguments[1]
                assert isinstance(pattern, Literal)
                assert isinstance(pattern.value, str)
                fits, text = compiled(pattern.value), self.fit(node.arguments[0], (Kind.TEXT,))
                return lambda frame: (value := text(frame)) is not None and fits(value)
            case "position":
                return self._position(node)
            case "join":
                return self._join(node)
        raise AssertionError(name)

    def _single(self, node: Call, function: Function) -> Run:
        runs = [self.fit(one, kinds) for one, kinds in zip(node.arguments, function.parameters, strict=False)]
        missing = False if function.result.kind == Kind.BOOLEAN else None
        run = function.run
        if len(runs) == 1:
            only = runs[0]
            return lambda frame: missing if (value := only(frame)) is None else run(value)

        def applied(frame: Frame) -> Any:
            values = [one(frame) for one in runs]
            return missing if None in values else run(*values)

        return applied

    def _items(self, node: Call, kinds: tuple[Kind, ...]) -> Run:
        """The list that a function of a list works on, whether it is given as one or one by one."""
        admit = fitting(kinds) if kinds else None
        if len(node.arguments) > 1:
            runs = [self.fit(argument, kinds) if kinds else self.run(argument) for argument in node.arguments]
            return lambda frame: [run(frame) for run in runs]
        run = self.run(node.arguments[0])
        kind = self.types[id(node.arguments[0])]
        known = kind.item is not None and kind.item.kind != Kind.ANY
        if kind.kind == Kind.RECORD:
            known = all(one.kind != Kind.ANY for _, one in kind.fields)
            parts = [(name, admission(one)) for name, one in kind.fields]

            def of_record(frame: Frame) -> list[Any]:
                record = run(frame)
                return [] if record is None else [take(record.get(name)) for name, take in parts]

            run_list: Run = of_record
        else:

            def of_list(frame: Frame) -> list[Any]:
                items = run(frame)
                if not isinstance(items, list | tuple):
                    return list(items.values()) if isinstance(items, Mapping) else []
                frame.step(len(items))
                return list(items)

            run_list = of_list
        if known or admit is None:
            return run_list
        take_fitting = admit
        return lambda frame: [take_fitting(item) for item in run_list(frame)]

    def _of_list(self, node: Call, name: str) -> Run:
        apply = LIST_FUNCTIONS[name]
        kinds: tuple[Kind, ...] = {"count": (), "any": (Kind.BOOLEAN,), "all": (Kind.BOOLEAN,)}.get(
            name, (Kind.NUMBER,)
        )
        if name in ("min", "max"):
            items = self._items(node, (Kind.NUMBER, Kind.DATE, Kind.TIME))
            if self.types[id(node)].kind == Kind.ANY:

                def of_one_kind(frame: Frame) -> Any:
                    found = [item for item in items(frame) if item is not None]
                    return apply(frame, [item for item in found if orderly(item, found[0])])

                return of_one_kind
        else:
            items = self._items(node, kinds)
        return lambda frame: apply(frame, items(frame))

    def _position(self, node: Call) -> Run:
        ranking, option = self.fit(node.arguments[0], (Kind.CHOICES,)), self.fit(node.arguments[1], (Kind.TEXT,))

        def found(frame: Frame) -> Decimal | None:
            options, wanted = ranking(frame), option(frame)
            if options is None or wanted not in options:
                return None
            frame.step(len(options))
            return Decimal(options.index(wanted) + 1)

        return found

    def _join(self, node: Call) -> Run:
        as_text = FUNCTIONS["text"].run
        admit = fitting((Kind.TEXT, Kind.NUMBER, Kind.DATE, Kind.TIME))
        argument = Call(node.start, node.end, node.name, node.arguments[:1])
        items = self._items(argument, ())
        separator = self.fit(node.arguments[1], (Kind.TEXT,)) if len(node.arguments) > 1 else None

        def joined(frame: Frame) -> str | None:
            between = separator(frame) if separator else ", "
            said = [as_text(one) for one in map(admit, items(frame)) if one is not None]
            length = sum(map(len, said)) + len(between or "") * len(said)
            return None if length > 2 * limits.TEXT else short((between or "").join(said))

        return joined


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
