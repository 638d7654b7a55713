"""The forms that are measured: forty questions; three hundred with two hundred conditions; a table of 200 × 8 cells."""

from collections.abc import Iterator
from typing import Any

from forms.schema import FormSchema
from models.cycle_design import CycleDesign

FORTY, CONDITIONS, TABLE = "forty-questions", "two-hundred-conditions", "two-hundred-rows"
TABLE_ROWS = 200
_SCALE = [
    {"key": str(value), "value": str(value), "label": label}
    for value, label in enumerate(("Sangat kurang", "Kurang", "Cukup", "Baik", "Sangat baik"), start=1)
]
_OPTIONS = [
    {"value": f"o{number}", "label": {"id": f"Pilihan jawaban nomor {number}", "en": f"Answer number {number}"}}
    for number in range(1, 6)
]
_KINDS: tuple[dict[str, Any], ...] = (
    {"kind": "short_text"},
    {"kind": "number", "min": "0", "max": "100000", "unit": "dokumen"},
    {"kind": "choice", "options": _OPTIONS},
    {"kind": "long_text"},
    {"kind": "rating", "points": _SCALE},
    {"kind": "yes_no"},
    {"kind": "choices", "options": _OPTIONS},
    {"kind": "percentage"},
    {"kind": "short_text"},
    {"kind": "date"},
)
_TYPED: dict[str, Any] = {
    "short_text": "Pelayanan administrasi kependudukan",
    "long_text": "Seluruh berkas diselesaikan tepat waktu; antrean terpanjang dua belas menit. " * 3,
    "number": "1.250",
    "percentage": "87,5",
    "date": "2026-03-17",
    "choice": "o3",
    "choices": ["o1", "o4"],
    "rating": "4",
    "yes_no": "yes",
}


def _question(number: int, **more: Any) -> dict[str, Any]:
    """One question; kinds follow each other, every second one has a hint."""
    settings = dict(_KINDS[number % len(_KINDS)])
    settings |= {
        "key": f"q{number}",
        "label": {"id": f"Pertanyaan {number} tentang pekerjaan", "en": f"Question {number}"},
    }
    if number % 2:
        settings["help"] = {"id": "Tuliskan keadaan sampai akhir bulan lalu.", "en": "As of the end of last month."}
    return settings | more


def _sections(questions: list[dict[str, Any]], size: int) -> list[dict[str, Any]]:
    return [
        {
            "key": f"part{start // size}",
            "title": f"Bagian {start // size + 1}",
            "fields": questions[start : start + size],
        }
        for start in range(0, len(questions), size)
    ]


def forty() -> FormSchema:
    """Forty questions of nine kinds in five sections."""
    return _form(FORTY, _sections([_question(number) for number in range(40)], 8))


def conditions() -> FormSchema:
    """Three hundred questions, two hundred of which are asked because of an answer to one of the hundred others."""
    asked = [
        _question(number, show_when=_condition(number)) if number % 3 else _question(number) for number in range(300)
    ]
    return _form(CONDITIONS, _sections(asked, 15))


def _condition(number: int) -> str:
    """Something about the last question that is always asked, true for the answers that are typed here."""
    other = number - number % 3
    return {
        "short_text": f"given(q{other}) and length(q{other}) > 3",
        "long_text": f'contains(q{other}, "berkas") or not given(q{other})',
        "number": f"q{other} >= 1000 and q{other} / 2 < 5000",
        "percentage": f"q{other} > 50",
        "date": f"year(q{other}) == 2026",
        "choice": f'q{other} in ("o1", "o3")',
        "choices": f'"o4" in q{other}',
        "rating": f"q{other} >= 3",
        "yes_no": f"q{other}",
    }[_KINDS[other % len(_KINDS)]["kind"]]


def table() -> FormSchema:
    """One table with eight columns, to be filled with two hundred rows."""
    columns = [
        {"kind": "short_text", "key": "task", "label": "Kegiatan"},
        {"kind": "choice", "key": "sort", "label": "Jenis", "options": _OPTIONS},
        {"kind": "date", "key": "day", "label": "Tanggal"},
        {"kind": "number", "key": "target", "label": "Sasaran", "unit": "dokumen"},
        {"kind": "number", "key": "done", "label": "Realisasi", "unit": "dokumen"},
        {"kind": "percentage", "key": "share", "label": "Mutu"},
        {"kind": "yes_no", "key": "approved", "label": "Disetujui"},
        {"kind": "short_text", "key": "note", "label": "Catatan", "required": False},
    ]
    rows = {
        "kind": "rows",
        "key": "lines",
        "label": "Kegiatan sebulan",
        "min": 1,
        "max": TABLE_ROWS,
        "columns": columns,
    }
    return _form(TABLE, [{"key": "lines_section", "title": "Kegiatan", "fields": [rows]}])


def _form(key: str, sections: list[dict[str, Any]]) -> FormSchema:
    return FormSchema.model_validate({"key": key, "title": f"Formulir {key}", "sections": sections})


def every() -> Iterator[FormSchema]:
    """All measured forms."""
    yield from (forty(), conditions(), table())


def typed(schema: FormSchema) -> dict[str, Any]:
    """An answer to every question, as it is typed."""
    return {field.key: _rows(field) if field.kind == "rows" else _TYPED[field.kind] for field in schema.fields()}


def _rows(field: Any) -> list[dict[str, Any]]:
    return [
        {"_id": f"benchmark{place}"} | {column.key: _TYPED[column.kind] for column in field.columns}
        for place in range(TABLE_ROWS)
    ]


def posted(raw: dict[str, Any]) -> list[tuple[str, str]]:
    """The answers as a browser sends them."""
    fields: list[tuple[str, str]] = []
    for key, value in raw.items():
        match value:
            case [{}, *_]:
                for place, row in enumerate(value):
                    fields += posted({f"{key}-{place}-{name}": cell for name, cell in row.items()})
            case list():
                fields += [(key, one) for one in value]
            case _:
                fields.append((key, value))
    return fields


def cycle_design() -> CycleDesign:
    """A cycle in which everybody fills in each of the forms about himself; the supervisor signs the first."""
    stages = [
        {
            "key": form.key,
            "title": form.title.id,
            "mode": "once",
            "form": form.key,
            "respondents": "self",
            "sign_offs": ["supervisor"] if form.key == FORTY else [],
            "window": {"opens": "start+0", "closes": "end+0"},
        }
        for form in every()
    ]
    return CycleDesign.model_validate({"key": "measured-forms", "title": "Formulir yang diukur", "stages": stages})
