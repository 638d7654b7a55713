"""Any form that may be published, for property tests."""

from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from forms.characters import clean_paragraphs
from forms.schema import FormSchema

names = st.from_regex(r"[a-z][a-z0-9_]{0,8}", fullmatch=True).filter(lambda name: name != "csrf_token")
words = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=30).filter(
    lambda text: clean_paragraphs(text) != ""
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


settings = {
    "short_text": st.fixed_dictionaries({"max": st.integers(1, 300)}),
    "long_text": st.fixed_dictionaries({"max": st.integers(1, 300)}),
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
    low = draw(st.integers(0, 3))
    show = [] if "result" in [column["key"] for column in columns] else ["result"]
    shape = draw(st.sampled_from([{}, {"min": low, "max": low + 1}, {"each": "planning.results", "show": show}]))
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
