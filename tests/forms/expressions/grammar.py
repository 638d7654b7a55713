"""Invented expressions that hold together, of every type, and answers to evaluate them on."""

from collections.abc import Callable
from datetime import date, time
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from forms.expressions.scanning import quoted
from forms.expressions.types import Kind, Type
from tests.forms.expressions.staff import FIELDS

Source = st.SearchStrategy[str]
numbers = st.decimals(-(10**6), 10**6, places=2)
days = st.dates(date(1900, 1, 1), date(2100, 12, 31))
hours = st.times().map(lambda one: one.replace(second=0, microsecond=0))
words = st.text(st.characters(exclude_categories=["C"]), min_size=1, max_size=12)
letters = st.text("aB1 .-'é\"\\", max_size=6)


def _literal(value: Any) -> str:
    match value:
        case bool():
            return str(value)
        case Decimal():
            return format(value, "f")
        case str():
            return quoted(value)
        case time():
            return f'time("{value:%H:%M}")'
    return f'date("{value.isoformat()}")'


def _form(template: str, *parts: Source) -> Source:
    return st.tuples(*parts).map(lambda said: template.format(*said))


def _sums(inner: dict[str, Source]) -> dict[str, Source]:
    """One more layer over expressions of each type."""
    number, truth, text, day, hour = (inner[name] for name in ("number", "truth", "text", "day", "hour"))
    row_number = st.one_of(number, st.sampled_from(["r.weight", "sum(r.parts.amount)", "r.scores.speed"]))
    row_truth = st.one_of(truth, st.sampled_from(['r.kind == "main"', "r.done", '"quick" in r.tags', "given(r.due)"]))
    one_of_numbers = st.sampled_from(["sum", "count", "min", "max", "mean"])
    order = st.sampled_from(["==", "!=", "<", "<=", ">", ">="])
    same = st.sampled_from(["==", "!="])
    return {
        "number": st.one_of(
            _form("({0} {1} {2})", number, st.sampled_from("+-*/"), number),
            _form("-{0}", number),
            _form("({0} if {1} else {2})", number, truth, number),
            _form("{0}({1}, {2})", one_of_numbers, number, number),
            _form("{0}({1} for r in results if {2})", one_of_numbers, row_number, row_truth),
            _form("{0}({1})", st.sampled_from(["abs", "floor", "ceil", "round"]), number),
            _form("round({0}, {1})", number, st.sampled_from("0123")),
            _form("length({0})", text),
            _form("number({0})", text),
            _form("{0}({1})", st.sampled_from(["year", "month", "day"]), day),
            _form("{0}({1}, {2})", st.sampled_from(["days", "months", "years"]), day, day),
            _form("coalesce({0}, {1})", number, number),
        ),
        "truth": st.one_of(
            _form("({0} {1} {2})", truth, st.sampled_from(["and", "or"]), truth),
            _form("(not {0})", truth),
            _form("({0} {1} {2})", number, order, number),
            _form("({0} {1} {2})", day, order, day),
            _form("({0} {1} {2})", hour, order, hour),
            _form("({0} {1} {2})", text, same, text),
            _form("({0} {1} {2})", truth, same, truth),
            _form("({0} < {1} <= {2})", number, number, number),
            _form("({0} in ({1}, {2}))", text, text, text),
            _form("({0} not in (r.weight for r in results if {1}))", number, row_truth),
            _form("{0}({1} for r in results)", st.sampled_from(["any", "all"]), row_truth),
            _form("{0}({1}, {2})", st.sampled_from(["contains", "starts_with", "ends_with"]), text, text),
            _form('matches({0}, "[a-z]*\\d?")', text),
            _form("given({0})", st.one_of(number, truth, text, day)),
        ),
        "text": st.one_of(
            _form("({0} + {1})", text, text),
            _form("{0}({1})", st.sampled_from(["lower", "upper"]), text),
            _form("text({0})", st.one_of(number, truth, day, hour, text)),
            _form("join(({0}, {1}), {2})", text, number, text),
            _form("({0} if {1} else {2})", text, truth, text),
            _form("join({0} for r in results)", text),
        ),
        "day": st.one_of(
            _form("coalesce({0}, {1})", day, day),
            _form("min({0}, {1})", day, day),
            _form("({0} if {1} else {2})", day, truth, day),
            _form("date(lower({0}))", text),
        ),
        "hour": st.one_of(_form("max({0}, {1})", hour, hour), _form("time(lower({0}))", text)),
    }


def _leaves() -> dict[str, Source]:
    return {
        "number": st.one_of(
            numbers.map(_literal),
            st.sampled_from(["target", "result", "attitude.service", "sum(results.weight)", "count(results)"]),
            st.sampled_from(["mean(attitude)", "count(strengths)", 'position(strengths, "kind")', "form.target"]),
        ),
        "truth": st.sampled_from(["True", "agreed", '(status == "pns")', '("kind" in strengths)', "all(results.done)"]),
        "text": st.one_of(letters.map(_literal), st.sampled_from(["name", '(status + "")', "form.name", "class"])),
        "day": st.one_of(days.map(_literal), st.sampled_from(["born", "joined", "today()", "max(results.due)"])),
        "hour": st.one_of(hours.map(_literal), st.just("starts")),
    }


TYPES: dict[str, type] = {"number": Decimal, "truth": bool, "text": str, "day": date, "hour": time}


def sound_expressions() -> st.SearchStrategy[tuple[str, type]]:
    """Sources that hold together over the form of these tests, with the class of the value they give."""
    layers = _leaves()
    for _ in range(3):
        upper = _sums(layers)
        layers = {name: st.one_of(layers[name], upper[name]) for name in layers}
    return st.sampled_from(list(TYPES)).flatmap(lambda name: st.tuples(layers[name], st.just(TYPES[name])))


def terms(kind: Type) -> st.SearchStrategy[Any]:
    """Values of a type, often missing."""
    made: dict[Kind, Callable[[], st.SearchStrategy[Any]]] = {
        Kind.TEXT: lambda: words,
        Kind.NUMBER: lambda: st.one_of(numbers, st.sampled_from([Decimal(0), Decimal("1E+300"), Decimal("1E-300")])),
        Kind.BOOLEAN: st.booleans,
        Kind.DATE: st.dates,
        Kind.TIME: lambda: hours,
        Kind.CHOICE: lambda: st.sampled_from([*(kind.values or ()), "gone"]),
        Kind.CHOICES: lambda: st.lists(st.sampled_from(kind.values or ("a",)), unique=True).map(tuple),
        Kind.LIST: lambda: st.lists(st.just({"id": "x"}), max_size=2),
        Kind.ROWS: lambda: st.lists(records(dict(kind.fields)), max_size=3),
        Kind.RECORD: lambda: records(dict(kind.fields)),
        Kind.ANY: anything,
    }
    return made[kind.kind]()


def records(fields: dict[str, Type]) -> st.SearchStrategy[dict[str, Any]]:
    """Answers of which any may be missing."""
    return st.fixed_dictionaries({}, optional={name: st.none() | terms(kind) for name, kind in fields.items()})


def anything() -> st.SearchStrategy[Any]:
    """Whatever a broken caller may hand over."""
    plain = st.one_of(st.none(), words, numbers, st.booleans(), st.integers(), st.floats(), days, st.datetimes(), hours)
    nested = st.one_of(plain, st.lists(plain, max_size=3), st.dictionaries(st.sampled_from("abc"), plain, max_size=3))
    return st.one_of(nested, st.lists(st.dictionaries(st.sampled_from(["weight", "kind"]), nested), max_size=2))


answers = records(FIELDS)
broken_answers = st.fixed_dictionaries({}, optional=dict.fromkeys([*FIELDS, "form"], anything()))
