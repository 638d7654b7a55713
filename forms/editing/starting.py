"""What a new part of a form starts with, so that it can be looked at and answered at once."""

from typing import Any

from forms.editing.places import Definition

NEW_FORM = "Formulir tanpa judul"
NEW_SECTION = "Bagian tanpa judul"
NEW_FIELD = "Pertanyaan tanpa judul"

_OPTIONS = [{"value": "pilihan_1", "label": "Pilihan 1"}, {"value": "pilihan_2", "label": "Pilihan 2"}]
_POINTS = [
    {"key": "1", "value": "1", "label": "Sangat kurang"},
    {"key": "2", "value": "2", "label": "Kurang"},
    {"key": "3", "value": "3", "label": "Cukup"},
    {"key": "4", "value": "4", "label": "Baik"},
    {"key": "5", "value": "5", "label": "Sangat baik"},
]
_STATEMENTS = [{"key": "pernyataan_1", "label": "Pernyataan 1"}, {"key": "pernyataan_2", "label": "Pernyataan 2"}]

START: dict[str, dict[str, Any]] = {
    "calculated": {"formula": "0"},
    "choice": {"options": _OPTIONS},
    "choice_or_other": {"options": _OPTIONS},
    "choices": {"options": _OPTIONS},
    "declaration": {"label": "Saya menyatakan bahwa isian ini benar."},
    "hidden": {"formula": "0"},
    "matrix": {"statements": _STATEMENTS, "points": _POINTS},
    "note": {"label": "Keterangan"},
    "ranking": {"options": _OPTIONS},
    "rating": {"points": _POINTS},
    "row": {"source": "planning.results", "show": "result"},
    "rows": {"columns": [{"kind": "short_text", "key": "uraian", "label": "Uraian"}]},
}
"""Kind → the settings it needs before it can be drawn; a kind that needs none is not here."""


def blank_form(key: str, title: str = NEW_FORM) -> Definition:
    """A form with one empty section."""
    return {"key": key, "title": title, "sections": [{"key": "bagian_1", "title": NEW_SECTION}]}
