"""The functions of XPath and of ODK that mean something in our expressions, each with the way it is said there."""

import re
from collections.abc import Callable

from forms.exchange.xlsform.days import day_of, hour_of
from forms.exchange.xlsform.operators import Operators
from forms.exchange.xlsform.said import (
    COMPARED,
    CONDITIONAL,
    MISSING,
    OR,
    SUM,
    Said,
    Untranslatable,
    given,
    negated,
    of_rows,
    quoted_text,
    whole,
)
from forms.exchange.xlsform.xpath import Call, Literal, Self
from forms.expressions import BOOLEAN, DATE, NUMBER, TEXT, TIME, Kind, Type
from forms.expressions.patterns import pattern_problem
from forms.expressions.types import united
from forms.text import msg


def translate_call(translator: Operators, call: Call) -> Said:
    """What a function call says. Raises Untranslatable."""
    name = call.name.lower()
    if name not in _FUNCTIONS:
        raise Untranslatable(msg("Fungsi %(name)s() tidak dapat dialihkan.", name=call.name))
    least, most, say = _FUNCTIONS[name]
    count = len(call.arguments)
    if count < least or (most is not None and count > most):
        raise Untranslatable(msg("Fungsi %(name)s() ditulis dengan jumlah bagian yang salah.", name=call.name))
    return say(translator, call)


def _if(translator: Operators, call: Call) -> Said:
    condition = translator.condition(call.arguments[0])
    yes, no = (translator.said(argument) for argument in call.arguments[1:])
    if yes.moved or no.moved:
        raise Untranslatable(msg("Perhitungan tanggal ini terlalu rumit."))
    yes, no = _alike(translator, yes, no)
    if condition.source in ("True", "False"):
        return yes if condition.source == "True" else no
    source = f"{yes.at(OR)} if {condition.at(OR)} else {no.source}"
    values = yes.values if yes.values == no.values else None
    return Said(source, united([yes.type, no.type]) or TEXT, CONDITIONAL, values=values)


def _alike(translator: Operators, *parts: Said) -> tuple[Said, ...]:
    """Values of which one is taken, made to be of one type: that of those which are really given."""
    kinds = [_kind(part) for part in parts if part.type != MISSING]
    if not kinds:
        return tuple(Said('""', TEXT) for _ in parts)
    kind = kinds[0] if len(set(kinds)) == 1 else _common(set(kinds))
    return tuple(_as_kind(translator, part, kind) for part in parts)


def _kind(part: Said) -> Kind:
    return Kind.TEXT if part.type.kind == Kind.CHOICE else part.type.kind


def _common(kinds: set[Kind]) -> Kind:
    if kinds == {Kind.NUMBER, Kind.BOOLEAN}:
        return Kind.NUMBER
    return Kind.TEXT


def _as_kind(translator: Operators, part: Said, kind: Kind) -> Said:
    if part.type == MISSING:
        blank = {Kind.NUMBER: 'number("")', Kind.DATE: 'date("")', Kind.TIME: 'time("")'}
        if kind in blank and kind != Kind.NUMBER:
            raise Untranslatable(msg("Tanggal atau jam yang dikosongkan dalam if() tidak dapat dialihkan."))
        if kind == Kind.BOOLEAN:
            return Said("False", BOOLEAN)
        return Said(blank.get(kind, '""'), NUMBER if kind == Kind.NUMBER else TEXT)
    match kind:
        case Kind.NUMBER:
            return translator.number(part)
        case Kind.TEXT if part.type.kind != Kind.CHOICE:
            return translator.text(part)
    return part


def _coalesce(translator: Operators, call: Call) -> Said:
    parts = _alike(translator, *(translator.said(argument) for argument in call.arguments))
    kind = united([part.type for part in parts]) or TEXT
    return Said(f"coalesce({', '.join(part.source for part in parts)})", kind, values=parts[0].values)


def _selected(translator: Operators, call: Call) -> Said:
    where, what = (translator.said(argument) for argument in call.arguments)
    if where.literal is not None and what.literal is not None:
        return Said(str(what.literal in where.literal.split()), BOOLEAN)
    match where.type.kind:
        case Kind.CHOICES:
            if what.literal is not None:
                return translator.ticked(where, what.literal)
            return Said(f"{translator.text(what).at(SUM)} in {where.source}", BOOLEAN, COMPARED)
        case Kind.CHOICE:
            if what.literal is not None:
                return translator.chosen(where, what.literal)
            return Said(f"{where.source} == {translator.text(what).at(SUM)}", BOOLEAN, COMPARED)
        case Kind.BOOLEAN | Kind.NUMBER if what.literal is not None:
            return translator.same(where, what)
        case Kind.LIST:
            raise Untranslatable(of_rows(where))
    raise Untranslatable(msg("selected() hanya berlaku untuk pilihan, bukan untuk %(kind)s.", kind=where.type.label))


def _count_selected(translator: Operators, call: Call) -> Said:
    where = translator.said(call.arguments[0])
    if where.type.kind == Kind.CHOICES:
        return Said(f"count({where.source})", NUMBER)
    if where.type.kind == Kind.CHOICE:
        return Said(f"1 if given({where.source}) else 0", NUMBER, CONDITIONAL)
    raise Untranslatable(msg("count-selected() hanya berlaku untuk pilihan ganda."))


def _of_list(name: str) -> Callable[[Operators, Call], Said]:
    def say(translator: Operators, call: Call) -> Said:
        parts = [translator.said(argument) for argument in call.arguments]
        if len(parts) == 1 and parts[0].type.kind == Kind.LIST:
            return _over(parts[0], name)
        if len(parts) == 1 or name == "sum":
            raise Untranslatable(msg("%(name)s() memerlukan pertanyaan dari kelompok berulang.", name=name))
        if all(part.type.kind == Kind.DATE and not part.moved for part in parts):
            return Said(f"{name}({', '.join(part.source for part in parts)})", DATE)
        return Said(f"{name}({', '.join(translator.number(part).source for part in parts)})", NUMBER)

    return say


def _over(rows: Said, name: str) -> Said:
    item = rows.type.item
    assert item is not None, "a list has items"
    if item.kind in (Kind.TEXT, Kind.CHOICE):
        return Said(f"{name}(number(x) for x in {rows.source})", NUMBER)
    if item.kind not in (Kind.NUMBER, Kind.ANY) and not (name != "sum" and item.kind == Kind.DATE):
        raise Untranslatable(msg("%(name)s() tidak berlaku untuk %(kind)s.", name=name, kind=item.label))
    return Said(f"{name}({rows.source})", DATE if item.kind == Kind.DATE else NUMBER)


def _count(translator: Operators, call: Call) -> Said:
    what = translator.said(call.arguments[0])
    if what.type.kind in (Kind.ROWS, Kind.LIST):
        return Said(f"count({what.source})", NUMBER)
    raise Untranslatable(msg("count() memerlukan kelompok berulang."))


def _join(translator: Operators, call: Call) -> Said:
    between = translator.said(call.arguments[0])
    if between.literal is None or len(call.arguments) != 2:
        raise Untranslatable(msg("Bentuk join() ini tidak dapat dialihkan."))
    what = translator.said(call.arguments[1])
    if what.type.kind not in (Kind.LIST, Kind.CHOICES):
        raise Untranslatable(msg("%(name)s() memerlukan pertanyaan dari kelompok berulang.", name="join"))
    return Said(f"join({what.source}, {quoted_text(between.literal)})", TEXT)


def _concat(translator: Operators, call: Call) -> Said:
    parts = [translator.text(translator.said(argument)) for argument in call.arguments]
    if len(parts) == 1:
        return parts[0]
    return Said(f'join(({", ".join(part.source for part in parts)}), "")', TEXT)  # join leaves out what is missing


def _length(translator: Operators, call: Call) -> Said:
    what = translator.said(call.arguments[0]) if call.arguments else translator.said_self()
    text = translator.text(what)
    if what.literal is not None:
        return Said(f"{len(what.literal)}", NUMBER)
    if call.arguments in ((), (Self(),)):  # a limit is looked at only when the question is answered
        return Said(f"length({text.source})", NUMBER)
    return Said(f"length({text.source}) if {given(what).source} else 0", NUMBER, CONDITIONAL)


def _texts(name: str, result: Type, count: int) -> Callable[[Operators, Call], Said]:
    def say(translator: Operators, call: Call) -> Said:
        parts = [translator.text(translator.said(argument)).source for argument in call.arguments[:count]]
        return Said(f"{name}({', '.join(parts)})", result)

    return say


def _regex(translator: Operators, call: Call) -> Said:
    what, pattern = call.arguments
    if not isinstance(pattern, Literal) or pattern.number:
        raise Untranslatable(msg("Pola regex() harus ditulis langsung dalam tanda kutip."))
    problem = pattern_problem(pattern.value)
    if problem is not None:
        raise Untranslatable(problem)
    return Said(f"matches({translator.text(translator.said(what)).source}, {quoted_text(pattern.value)})", BOOLEAN)


def _not(translator: Operators, call: Call) -> Said:
    return negated(translator.condition(call.arguments[0]))


def _boolean(translator: Operators, call: Call) -> Said:
    return translator.condition(call.arguments[0])


def _number(translator: Operators, call: Call) -> Said:
    said = translator.said(call.arguments[0])
    if said.type.kind == Kind.DATE:
        raise Untranslatable(msg("Tanggal sebagai angka tidak dapat dialihkan."))
    return translator.number(said)


def _int(translator: Operators, call: Call) -> Said:
    said = _number(translator, call)
    if said.literal is not None:
        return Said(said.literal.split(".")[0] or "0", NUMBER)
    return whole(said)


def _round(translator: Operators, call: Call) -> Said:
    what = translator.number(translator.said(call.arguments[0]))
    if len(call.arguments) == 1:
        return Said(f"round({what.source})", NUMBER)
    places = call.arguments[1]
    if not isinstance(places, Literal) or not places.value.isdigit() or int(places.value) > 12:
        raise Untranslatable(msg("Banyaknya angka desimal pada round() harus ditulis langsung: 0 sampai 12."))
    return Said(f"round({what.source}, {int(places.value)})", NUMBER)


def _figure(name: str) -> Callable[[Operators, Call], Said]:
    def say(translator: Operators, call: Call) -> Said:
        return Said(f"{name}({translator.number(translator.said(call.arguments[0])).source})", NUMBER)

    return say


def _string(translator: Operators, call: Call) -> Said:
    return translator.text(translator.said(call.arguments[0]))


def _today(translator: Operators, call: Call) -> Said:
    return Said("today()", DATE)


def _now(translator: Operators, call: Call) -> Said:
    translator.notes.append(msg("now() menjadi tanggal hari ini, tanpa jamnya."))
    return Said("today()", DATE)


def _date(translator: Operators, call: Call) -> Said:
    return day_of(translator.said(call.arguments[0]))


def _format_date(translator: Operators, call: Call) -> Said:
    day, pattern = day_of(translator.said(call.arguments[0])), call.arguments[1]
    written = pattern.value if isinstance(pattern, Literal) else ""
    if not re.fullmatch(r"(%[Ymnde]|[^%])+", written) or day.moved:
        raise Untranslatable(msg("Bentuk tanggal “%(pattern)s” tidak dapat dialihkan.", pattern=written))
    if written == "%Y-%m-%d":
        return Said(f"text({day.source})", TEXT)
    parts = [_part_of_day(piece, day.source) for piece in re.findall(r"%.|[^%]+", written)]
    if len(parts) == 1:
        return parts[0]
    return Said(f'join(({", ".join(part.source for part in parts)}), "")', TEXT)


def _part_of_day(piece: str, day: str) -> Said:
    """`%Y` and the like as a text; months and days of `%m` and `%d` have two figures."""
    if not piece.startswith("%"):
        return Said(quoted_text(piece), TEXT)
    number = f"{_PARTS_OF_DAYS[piece]}({day})"
    if piece in ("%m", "%d"):
        return Said(f'"0" + text({number}) if {number} < 10 else text({number})', TEXT, CONDITIONAL)
    return Said(f"text({number})", TEXT)


def _choice_name(translator: Operators, call: Call) -> Said:
    raise Untranslatable(msg("Label pilihan (jr:choice-name) tidak dapat dipakai dalam rumus."))


def _true(translator: Operators, call: Call) -> Said:
    return Said("True", BOOLEAN)


def _false(translator: Operators, call: Call) -> Said:
    return Said("False", BOOLEAN)


def _time(translator: Operators, call: Call) -> Said:
    said = translator.said(call.arguments[0])
    return hour_of(said.literal) if said.literal else Said(f"time({translator.text(said).source})", TIME)


def _empty(translator: Operators, call: Call) -> Said:
    return negated(given(translator.said(call.arguments[0])))


_PARTS_OF_DAYS = {"%Y": "year", "%n": "month", "%m": "month", "%e": "day", "%d": "day"}
_FUNCTIONS: dict[str, tuple[int, int | None, Callable[[Operators, Call], Said]]] = {
    "if": (3, 3, _if),
    "coalesce": (1, None, _coalesce),
    "selected": (2, 2, _selected),
    "count-selected": (1, 1, _count_selected),
    "sum": (1, 1, _of_list("sum")),
    "min": (1, None, _of_list("min")),
    "max": (1, None, _of_list("max")),
    "count": (1, 1, _count),
    "count-non-empty": (1, 1, _count),
    "join": (2, None, _join),
    "concat": (1, None, _concat),
    "string-length": (0, 1, _length),
    "contains": (2, 2, _texts("contains", BOOLEAN, 2)),
    "starts-with": (2, 2, _texts("starts_with", BOOLEAN, 2)),
    "ends-with": (2, 2, _texts("ends_with", BOOLEAN, 2)),
    "lower-case": (1, 1, _texts("lower", TEXT, 1)),
    "upper-case": (1, 1, _texts("upper", TEXT, 1)),
    "normalize-space": (1, 1, _string),
    "regex": (2, 2, _regex),
    "not": (1, 1, _not),
    "boolean": (1, 1, _boolean),
    "boolean-from-string": (1, 1, _boolean),
    "true": (0, 0, _true),
    "false": (0, 0, _false),
    "number": (1, 1, _number),
    "int": (1, 1, _int),
    "round": (1, 2, _round),
    "abs": (1, 1, _figure("abs")),
    "floor": (1, 1, _figure("floor")),
    "ceiling": (1, 1, _figure("ceil")),
    "string": (1, 1, _string),
    "today": (0, 0, _today),
    "now": (0, 0, _now),
    "date": (1, 1, _date),
    "date-time": (1, 1, _date),
    "decimal-date-time": (1, 1, _date),  # its differences are days, as those of dates
    "time": (1, 1, _time),
    "format-date": (2, 2, _format_date),
    "format-date-time": (2, 2, _format_date),
    "is-empty": (1, 1, _empty),
    "jr:choice-name": (2, 2, _choice_name),
}
"""Name → fewest and most arguments, and how it is said."""
