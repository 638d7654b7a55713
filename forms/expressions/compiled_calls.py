"""The evaluation of calls of functions."""

from collections.abc import Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from forms.expressions import limits
from forms.expressions.functions import FUNCTIONS, LIST_FUNCTIONS, Function
from forms.expressions.nodes import Call, Literal
from forms.expressions.patterns import compiled
from forms.expressions.runtime import Frame, Run, admission, fitting, is_given, orderly, short
from forms.expressions.types import Kind

if TYPE_CHECKING:
    from forms.expressions.compiling import Compiler


def compile_call(compiler: "Compiler", node: Call) -> Run:
    """The function that evaluates a call."""
    name = node.name.name
    if name in FUNCTIONS:
        return _single(compiler, node, FUNCTIONS[name])
    if name in LIST_FUNCTIONS:
        return _of_list(compiler, node, name)
    first = compiler.run(node.arguments[0]) if node.arguments else None
    match name:
        case "today":
            return lambda frame: frame.today
        case "given":
            assert first is not None
            return lambda frame: is_given(first(frame))
        case "coalesce":
            runs = [compiler.run(argument) for argument in node.arguments]

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
            fits, text = compiled(pattern.value), compiler.fit(node.arguments[0], (Kind.TEXT,))
            return lambda frame: (value := text(frame)) is not None and fits(value)
        case "position":
            return _position(compiler, node)
        case "join":
            return _join(compiler, node)
    raise AssertionError(name)


def _single(compiler: "Compiler", node: Call, function: Function) -> Run:
    runs = [compiler.fit(one, kinds) for one, kinds in zip(node.arguments, function.parameters, strict=False)]
    missing = False if function.result.kind == Kind.BOOLEAN else None
    run = function.run
    if len(runs) == 1:
        only = runs[0]
        return lambda frame: missing if (value := only(frame)) is None else run(value)

    def applied(frame: Frame) -> Any:
        values = [one(frame) for one in runs]
        return missing if None in values else run(*values)

    return applied


def _items(compiler: "Compiler", node: Call, kinds: tuple[Kind, ...]) -> Run:
    """The list that a function of a list works on, whether it is given as one or one by one."""
    admit = fitting(kinds) if kinds else None
    if len(node.arguments) > 1:
        runs = [compiler.fit(argument, kinds) if kinds else compiler.run(argument) for argument in node.arguments]
        return lambda frame: [run(frame) for run in runs]
    run = compiler.run(node.arguments[0])
    kind = compiler.types[id(node.arguments[0])]
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


def _of_list(compiler: "Compiler", node: Call, name: str) -> Run:
    apply = LIST_FUNCTIONS[name]
    kinds: tuple[Kind, ...] = {"count": (), "any": (Kind.BOOLEAN,), "all": (Kind.BOOLEAN,)}.get(name, (Kind.NUMBER,))
    if name in ("min", "max"):
        items = _items(compiler, node, (Kind.NUMBER, Kind.DATE, Kind.TIME))
        if compiler.types[id(node)].kind == Kind.ANY:

            def of_one_kind(frame: Frame) -> Any:
                found = [item for item in items(frame) if item is not None]
                return apply(frame, [item for item in found if orderly(item, found[0])])

            return of_one_kind
    else:
        items = _items(compiler, node, kinds)
    return lambda frame: apply(frame, items(frame))


def _position(compiler: "Compiler", node: Call) -> Run:
    ranking, option = compiler.fit(node.arguments[0], (Kind.CHOICES,)), compiler.fit(node.arguments[1], (Kind.TEXT,))

    def found(frame: Frame) -> Decimal | None:
        options, wanted = ranking(frame), option(frame)
        if options is None or wanted not in options:
            return None
        frame.step(len(options))
        return Decimal(options.index(wanted) + 1)

    return found


def _join(compiler: "Compiler", node: Call) -> Run:
    as_text = FUNCTIONS["text"].run
    admit = fitting((Kind.TEXT, Kind.NUMBER, Kind.DATE, Kind.TIME))
    argument = Call(node.start, node.end, node.name, node.arguments[:1])
    items = _items(compiler, argument, ())
    separator = compiler.fit(node.arguments[1], (Kind.TEXT,)) if len(node.arguments) > 1 else None

    def joined(frame: Frame) -> str | None:
        between = separator(frame) if separator else ", "
        said = [as_text(one) for one in map(admit, items(frame)) if one is not None]
        length = sum(map(len, said)) + len(between or "") * len(said)
        return None if length > 2 * limits.TEXT else short((between or "").join(said))

    return joined
