"""Two versions of a form that share some of their questions, for property tests; and a way to write small forms."""

from typing import Any

from hypothesis import strategies as st

from forms.schema import FormSchema

OPTIONS = [{"value": value, "label": f"Pilihan {value}"} for value in "abcd"]
POINTS = [{"key": value, "value": str(number), "label": f"Titik {value}"} for number, value in enumerate("abcd")]
STATEMENTS = [{"key": key, "label": f"Butir {key}"} for key in ("x", "y", "z")]


def form(*fields: dict[str, Any], **more: Any) -> FormSchema:
    """A form of one section, `work`, with these questions."""
    sections = [{"key": "work", "title": "Pekerjaan", "fields": list(fields)}]
    return FormSchema.model_validate({"key": "a-form", "title": "Formulir", "sections": sections, **more})


def some(items: list[Any], least: int = 1) -> st.SearchStrategy[list[Any]]:
    """Some of the items, in any order."""
    return st.lists(st.sampled_from(items), min_size=least, unique_by=str)


SETTINGS: dict[str, st.SearchStrategy[dict[str, Any]]] = {
    "short_text": st.fixed_dictionaries({"max": st.sampled_from([50, 200])}),
    "long_text": st.just({}),
    "number": st.fixed_dictionaries({}, optional={"max": st.sampled_from([10, 100]), "unit": st.just("buku")}),
    "percentage": st.just({}),
    "money": st.just({}),
    "choice": st.fixed_dictionaries({"options": some(OPTIONS)}),
    "choices": st.fixed_dictionaries({"options": some(OPTIONS)}),
    "choice_or_other": st.fixed_dictionaries({"options": some(OPTIONS)}),
    "rating": st.fixed_dictionaries({"points": some(POINTS, 2)}),
    "matrix": st.fixed_dictionaries({"statements": some(STATEMENTS), "points": some(POINTS, 2)}),
    "ranking": st.fixed_dictionaries({"options": some(OPTIONS)}),
    "yes_no": st.just({}),
    "date": st.just({}),
    "time": st.just({}),
    "month": st.just({}),
    "link": st.just({}),
    "declaration": st.just({}),
    "note": st.just({}),
    "colleague": st.just({}),
}
COMMON = st.fixed_dictionaries(
    {"label": st.sampled_from(["Satu", "Dua", {"id": "Satu", "en": "One"}, {"id": "Dua", "en": "One"}])},
    optional={
        "required": st.booleans(),
        "disabled": st.booleans(),
        "help": st.just("Petunjuk"),
        "show_when": st.just("1 == 1"),
        "checks": st.lists(
            st.sampled_from([{"rule": "1 < 2", "message": "A"}, {"rule": "1 < 3", "message": "B"}]), max_size=2
        ),
    },
)
KEYS = ["one", "two", "three", "four"]


@st.composite
def questions(draw: st.DrawFn, key: str, nested: int = 0) -> dict[str, Any]:
    """Any question under a key; rows hold others, `nested` levels deep."""
    kinds = [*SETTINGS, *(["rows", "rows", "rows"] if nested else [])]
    kind = draw(st.sampled_from(kinds))
    own = draw(COMMON)
    if kind != "rows":
        return {"kind": kind, "key": key, **own, **draw(SETTINGS[kind])}
    columns = [draw(questions(name, nested - 1)) for name in draw(some(KEYS[:3]))]
    fixed = draw(st.sampled_from([{}, {"fixed": [{"key": name, "label": name} for name in ("r1", "r2")]}, {}]))
    return {"kind": "rows", "key": key, "columns": columns, **own, **fixed}


@st.composite
def versions(draw: st.DrawFn) -> FormSchema:
    """A version of a form; drawn twice, they have questions in common."""
    sections = []
    left = draw(some(KEYS))
    for key in draw(some(["work", "talk", "end"])):
        count = draw(st.integers(0, len(left)))
        fields = [draw(questions(name, 2)) for name in left[:count]]
        sections.append({"key": key, "title": draw(st.sampled_from(["Bagian", "Lain"])), "fields": fields})
        left = left[count:]
    rules = draw(st.lists(st.sampled_from([("1 == 1", "A"), ("2 == 2", "B"), ("1 == 1", "C")]), max_size=3))
    return FormSchema.model_validate(
        {
            "key": "a-form",
            "title": draw(st.sampled_from(["Formulir", "Lain"])),
            "layout": draw(st.sampled_from(["all", "pages"])),
            "sections": sections,
            "rules": [{"rule": rule, "message": message} for rule, message in rules],
        }
    )
