"""The checks of calls of functions: how many values, of which kinds, and what comes of them."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from forms.expressions.faults import closest
from forms.expressions.functions import FUNCTIONS, LIST_FUNCTIONS, NAMES, Function, read_day, read_hour
from forms.expressions.nodes import Call, Listing, Literal, Node, Path
from forms.expressions.patterns import pattern_problem
from forms.expressions.scanning import quoted
from forms.expressions.types import ANY, BOOLEAN, DATE, LIST, MEASURED, NUMBER, TEXT, Kind, Type
from forms.text import msg

if TYPE_CHECKING:
    from forms.expressions.checking import Checker

_SPELLINGS = {
    "len": "length", "avg": "mean", "average": "mean", "rata": "mean", "jumlah": "sum", "banyak": "count",
    "maks": "max", "bulatkan": "round", "int": "floor", "ceiling": "ceil", "regex": "matches", "str": "text",
    "string": "text", "concat": "join", "now": "today", "hari_ini": "today", "age": "years", "isset": "given",
    "float": "number", "decimal": "number", "startswith": "starts_with", "endswith": "ends_with", "umur": "years",
}  # fmt: skip
"""What is often written for names of functions."""
_JOINED = (Kind.TEXT, Kind.CHOICE, Kind.NUMBER, Kind.DATE, Kind.TIME)


def check_call(checker: "Checker", node: Call) -> Type:
    """The type of what a function gives, with mistakes noted."""
    name = node.name.name
    if name in FUNCTIONS:
        return _single(checker, node, FUNCTIONS[name])
    if name in LIST_FUNCTIONS:
        return _of_list(checker, node, name)
    match name:
        case "join":
            if _counted(checker, node, 1, 2):
                _joined(checker, node.arguments[0])
                for separator in node.arguments[1:]:
                    checker.expect(separator, (Kind.TEXT, Kind.CHOICE))
            return TEXT
        case "today":
            _counted(checker, node, 0, 0)
            return DATE
        case "given":
            if _counted(checker, node, 1, 1):
                checker.type_of(node.arguments[0])
            return BOOLEAN
        case "coalesce":
            if not _counted(checker, node, 1, None):
                return ANY
            return checker.together(node, node.arguments)
        case "matches":
            if _counted(checker, node, 2, 2):
                _pattern(checker, node)
            return BOOLEAN
        case "position":
            if _counted(checker, node, 2, 2):
                _position(checker, node)
            return NUMBER
    for argument in node.arguments:
        checker.type_of(argument)
    near = _SPELLINGS.get(name.lower()) or closest(name, NAMES)
    return checker.wrong(node.name, msg("Fungsi “%(name)s” tidak dikenal.", name=name), near)


def _counted(checker: "Checker", node: Call, least: int, most: int | None) -> bool:
    """Whether as many values are given as the function takes; if not, the mistake is noted."""
    count = len(node.arguments)
    if least <= count and (most is None or count <= most):
        return True
    for argument in node.arguments:
        checker.type_of(argument)
    if most is None:
        message = msg("Fungsi “%(name)s” memerlukan sedikitnya %(least)s nilai.", name=node.name.name, least=least)
    elif least == most:
        message = msg("Fungsi “%(name)s” memerlukan %(most)s nilai.", name=node.name.name, most=most)
    else:
        message = msg(
            "Fungsi “%(name)s” memerlukan %(least)s sampai %(most)s nilai.",
            name=node.name.name,
            least=least,
            most=most,
        )
    checker.wrong(node, message)
    return False


def _single(checker: "Checker", node: Call, function: Function) -> Type:
    most = len(function.parameters)
    if not _counted(checker, node, most - function.optional, most):
        return function.result
    for index, (argument, kinds) in enumerate(zip(node.arguments, function.parameters, strict=False)):
        checker.expect(argument, kinds)
        if index in function.literal and not _places(argument):
            checker.wrong(argument, msg("Tulis banyaknya angka desimal: 0 sampai 12."))
    first = node.arguments[0]
    if isinstance(first, Literal) and isinstance(first.value, str):
        if node.name.name == "date" and read_day(first.value) is None:
            checker.wrong(first, msg("Tanggal ditulis seperti 2026-01-30 dan harus ada dalam kalender."))
        elif node.name.name == "time" and read_hour(first.value) is None:
            checker.wrong(first, msg("Jam ditulis seperti 08:30."))
    return function.result


def _places(node: Node) -> bool:
    if not isinstance(node, Literal) or isinstance(node.value, bool | str):
        return False
    return node.value in range(13)


def _list(checker: "Checker", node: Node, kinds: Sequence[Kind]) -> Type:
    """The type of the items of what must be a list of one of these kinds."""
    found = checker.type_of(node)
    item = found.item
    if found.kind == Kind.RECORD:
        types = {kind for _, kind in found.fields}
        item = next(iter(types)) if len(types) == 1 else ANY
    if item is None:
        return checker.wrong(node, msg("Di sini diperlukan tabel atau daftar, bukan %(kind)s.", kind=found.label))
    if kinds and item.kind not in kinds and item.kind != Kind.ANY:
        wanted = Type(kinds[0]).label
        if found.kind == Kind.ROWS:
            column = next((name for name, kind in found.fields if kind.kind in kinds), None)
            suggestion = f"{checker.written(node)}.{column}" if column and isinstance(node, Path) else None
            return checker.wrong(node, msg("Sebutkan kolom yang berisi %(wanted)s.", wanted=wanted), suggestion)
        message = msg("Di sini diperlukan daftar %(wanted)s, bukan daftar %(kind)s.", wanted=wanted, kind=item.label)
        return checker.wrong(node, message)
    return item


def _joined(checker: "Checker", node: Node) -> None:
    if not isinstance(node, Listing):
        _list(checker, node, _JOINED)
        return
    for item in node.items:  # all become texts, so they need not be of one type
        checker.expect(item, _JOINED)
    checker.types[id(node)] = LIST()


def _of_list(checker: "Checker", node: Call, name: str) -> Type:
    if not _counted(checker, node, 1, None):
        return NUMBER
    kinds: tuple[Kind, ...] = {
        "sum": (Kind.NUMBER,),
        "mean": (Kind.NUMBER,),
        "min": (Kind.NUMBER, *sorted(MEASURED)),
        "max": (Kind.NUMBER, *sorted(MEASURED)),
        "any": (Kind.BOOLEAN,),
        "all": (Kind.BOOLEAN,),
    }.get(name, ())
    if len(node.arguments) > 1:
        for argument in node.arguments:
            if kinds:
                checker.expect(argument, kinds)
            else:
                checker.type_of(argument)
        item = checker.together(node, node.arguments) if name in ("min", "max") else ANY
    else:
        item = _list(checker, node.arguments[0], kinds)
    if name in ("min", "max"):
        return item
    return BOOLEAN if name in ("any", "all") else NUMBER


def _pattern(checker: "Checker", node: Call) -> None:
    text, pattern = node.arguments
    checker.expect(text, (Kind.TEXT, Kind.CHOICE))
    checker.type_of(pattern)
    if not isinstance(pattern, Literal) or not isinstance(pattern.value, str):
        checker.wrong(pattern, msg("Pola harus ditulis langsung sebagai teks dalam tanda kutip."))
        return
    problem = pattern_problem(pattern.value)
    if problem:
        checker.wrong(pattern, problem)


def _position(checker: "Checker", node: Call) -> None:
    ranking, option = node.arguments
    whole = checker.type_of(ranking)
    checker.expect(option, (Kind.TEXT, Kind.CHOICE))
    if whole.kind not in (Kind.CHOICES, Kind.ANY):
        checker.wrong(ranking, msg("Di sini diperlukan urutan pilihan, bukan %(kind)s.", kind=whole.label))
    elif isinstance(option, Literal) and whole.values is not None and option.value not in whole.values:
        near = closest(str(option.value), whole.values)
        message = msg(
            "“%(value)s” bukan salah satu pilihan dari “%(field)s”.",
            value=str(option.value),
            field=checker.written(ranking),
        )
        checker.wrong(option, message, quoted(near) if near and near.isprintable() else None)
