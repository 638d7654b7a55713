"""Any form that may be published, for property tests."""

from decimal import Decimal
from typing import Any

from hypothesis import assume
from hypothesis import strategies as st

from forms.characters import clean_paragraphs
from forms.fields import KINDS
from forms.fields.base import RESERVED_KEYS
from forms.schema import FormSchema

LETTERS = "abcdefghijklmnopqrstuvwxyz"
names = st.builds(
    lambda first, rest: f"{first}{rest}_" if first + rest in RESERVED_KEYS else first + rest,
    st.sampled_from(LETTERS),
    st.text(f"{LETTERS}0123456789_", max_size=8),
)
words = st.text(st.characters(exclude_categories=["Cs"]), max_size=30).map(
    lambda text: text if clean_paragraphs(text) else f"x{text}"
)
texts = words | st.fixed_dictionaries({"id": words, "en": words})
maybe = st.fixed_dictionaries({}, optional={"help": texts, "required": st.booleans()})


options = st.lists(
    st.tuples(st.sampled_from(["a", "b", "no", "yes", "1", "1e3", "null", "0x1", "true"]), st.integers(0, 10**6)),
    unique_by=(lambda pair: pair[0], lambda pair: pair[1]),
    min_size=1,
    max_size=5,
).map(lambda pairs: [{"value": value, "label": f"Pilihan {number}"} for value, number in pairs])

exact = st.decimals(-1000, 1000, places=2, allow_nan=False).map(str)


@st.composite
def numbers(draw: st.DrawFn) -> dict[str, Any]:
    low, high = sorted((draw(st.integers(-1000, 1000)), draw(st.integers(-1000, 1000))))
    bounds = draw(st.sampled_from([{}, {"min": low}, {"max": high}, {"min": low, "max": high}]))
    measure = draw(st.sampled_from([{}, {"measure": "m"}]))
    return {"places": draw(st.integers(0, 4)), **bounds, **measure}


@st.composite
def scales(draw: st.DrawFn) -> dict[str, Any]:
    keys = draw(st.lists(st.sampled_from(["above", "1", "2", "x_y"]), min_size=2, max_size=4, unique=True))
    values = draw(st.lists(exact, min_size=len(keys), max_size=len(keys), unique_by=Decimal))
    return {"points": [{"key": k, "value": v, "label": draw(texts)} for k, v in zip(keys, values, strict=True)]}


@st.composite
def choices(draw: st.DrawFn) -> dict[str, Any]:
    offered = draw(options)
    low = draw(st.integers(0, len(offered)))
    return {"options": offered, "min": low, "max": draw(st.integers(max(low, 1), 6))}


@st.composite
def bounded(draw: st.DrawFn, bounds: list[str], names: tuple[str, str] = ("earliest", "latest")) -> dict[str, Any]:
    """One, both or no limit out of texts in ascending order."""
    low, high = sorted((draw(st.integers(0, len(bounds) - 1)), draw(st.integers(0, len(bounds) - 1))))
    limits = {names[0]: bounds[low], names[1]: bounds[high]}
    return draw(st.sampled_from([{}, {names[0]: bounds[low]}, {names[1]: bounds[high]}, limits]))


@st.composite
def matrices(draw: st.DrawFn) -> dict[str, Any]:
    keys = draw(st.lists(names, min_size=1, max_size=4, unique=True))
    return {"statements": [{"key": key, "label": f"Pernyataan {key}"} for key in keys], **draw(scales())}


@st.composite
def rankings(draw: st.DrawFn) -> dict[str, Any]:
    offered = draw(options.filter(lambda found: len(found) > 1))
    return {"options": offered, **draw(st.sampled_from([{}, {"most": 1}, {"most": len(offered)}]))}


PATTERNS = ["[A-Z]{2}-[0-9]{3}", r"(SK|ST)/\d+/20\d\d", r"[[:alpha:]]+(?:-\w)?", "[^x]{3}", "^a?b*c+$"]
short_texts = (
    st.fixed_dictionaries({"max": st.integers(1, 300)})
    | st.fixed_dictionaries({"format": st.sampled_from(["email", "phone", "url", "nip"])})
    | st.fixed_dictionaries({"pattern": st.sampled_from(PATTERNS)}, optional={"pattern_message": texts})
)
long_texts = st.fixed_dictionaries(
    {"max": st.integers(200, 900)}, optional={"min": st.integers(1, 200)}
) | st.fixed_dictionaries({"max": st.integers(1, 300)})
CLOCK = ["00:00", "07:30", "09:59", "16:00", "23:59"]
CALENDAR = ["1900-01", "2020-02", "2025-12", "2026-01", "2199-12"]
rows_to_choose = st.fixed_dictionaries(
    {"source": st.just("planning.results"), "show": st.just("result"), "of": st.sampled_from(["self", "supervisor"])}
)
formulas = st.sampled_from(["1 / 3", '"Baik"', "1 < 2", "today()", "1 / 0"])
computed = st.fixed_dictionaries({"formula": formulas, "places": st.integers(0, 6)}, optional={"unit": texts})

settings = {
    "short_text": short_texts,
    "long_text": long_texts,
    "money": numbers().map(lambda given: {**given, "places": given["places"] // 2 * 2 % 4}),
    "choice_or_other": st.fixed_dictionaries({"options": options, "other": texts}),
    "matrix": matrices(),
    "ranking": rankings(),
    "time": bounded(CLOCK),
    "month": bounded(CALENDAR),
    "evidence": st.fixed_dictionaries({}, optional={"most": st.integers(1, 5)}),
    "link": st.fixed_dictionaries({}, optional={"max": st.integers(30, 100)}),
    "unit": st.just({}),
    "row": rows_to_choose,
    "note": st.just({"required": False}),
    "declaration": st.just({}),
    "calculated": computed,
    "hidden": computed,
    "number": numbers(),
    "percentage": st.fixed_dictionaries({"places": st.integers(0, 4)}),
    "choice": st.fixed_dictionaries({"options": options}),
    "choices": choices(),
    "rating": scales(),
    "yes_no": st.just({}),
    "date": st.fixed_dictionaries({}, optional={"earliest": st.just("2020-02-29"), "latest": st.just("today")}),
    "colleague": st.just({}),
}


@st.composite
def single_fields(draw: st.DrawFn, key: str) -> dict[str, Any]:
    kind = draw(st.sampled_from(sorted(settings)))
    return {"kind": kind, "key": key, "label": draw(texts), **draw(maybe), **draw(settings[kind])}


@st.composite
def rows_fields(draw: st.DrawFn, key: str) -> dict[str, Any]:
    columns = [draw(single_fields(name)) for name in draw(st.lists(names, min_size=1, max_size=4, unique=True))]
    assume(any(KINDS[column["kind"]].answered for column in columns))
    low = draw(st.integers(0, 3))
    show = [] if "result" in [column["key"] for column in columns] else ["result"]
    given_rows = [{"key": "first_one", "label": "Baris 1"}, {"key": "b", "label": "Baris 2"}]
    shapes = [{}, {"min": low, "max": low + 1}, {"each": "planning.results", "show": show}, {"fixed": given_rows}]
    shape = draw(st.sampled_from(shapes))
    return {"kind": "rows", "key": key, "label": draw(texts), "columns": columns, **draw(maybe), **shape}


@st.composite
def schemas(draw: st.DrawFn) -> FormSchema:
    """A form of one to three sections in which every kind may stand."""
    keys = draw(st.lists(names, min_size=1, max_size=6, unique=True))
    fields = [draw(single_fields(key) | rows_fields(key)) for key in keys]
    cut = draw(st.integers(1, len(fields)))
    parts = [part for part in (fields[:cut], fields[cut:]) if part]
    sections = [{"key": f"s{number}", "title": draw(texts), "fields": part} for number, part in enumerate(parts)]
    return FormSchema.model_validate({"key": "a-form", "title": draw(texts), "sections": sections})


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters()),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(st.characters()) | names, inner, max_size=4),
    max_leaves=12,
)
