"""A form with a bit of everything, for tests of what surrounds the kinds."""

from forms.schema import FormSchema

FORM = FormSchema.model_validate(
    {
        "key": "dialogue",
        "title": {"id": "Dialog kinerja", "en": "Performance dialogue"},
        "sections": [
            {
                "key": "talk",
                "title": {"id": "Dialog", "en": "Dialogue"},
                "fields": [
                    {"kind": "date", "key": "date", "label": {"id": "Tanggal", "en": "Date"}, "latest": "today"},
                    {"kind": "colleague", "key": "data", "label": "Rekan", "required": False},
                    {
                        "kind": "choices",
                        "key": "errors",
                        "label": "Topik",
                        "required": False,
                        "options": [{"value": "hasil", "label": "Hasil"}, {"value": "perilaku", "label": "Perilaku"}],
                    },
                ],
            },
            {
                "key": "agreed",
                "title": {"id": "Kesepakatan", "en": "Agreed"},
                "fields": [
                    {
                        "kind": "rows",
                        "key": "results",
                        "label": {"id": "Hasil", "en": "Results"},
                        "max": 3,
                        "columns": [
                            {"kind": "short_text", "key": "what", "label": {"id": "Apa", "en": "What"}},
                            {
                                "kind": "number",
                                "key": "target",
                                "label": "Target",
                                "places": 2,
                                "measure": "target",
                            },
                        ],
                    },
                    {"kind": "number", "key": "results_2", "label": "Jumlah", "required": False, "measure": "services"},
                ],
            },
        ],
    }
)
FOLLOW_UP = FormSchema.model_validate(
    {
        "key": "follow-up",
        "title": "Tindak lanjut",
        "sections": [
            {
                "key": "s",
                "title": "Realisasi",
                "fields": [
                    {
                        "kind": "rows",
                        "key": "results",
                        "label": "Realisasi",
                        "each": "planning.results",
                        "show": ["result"],
                        "columns": [{"kind": "number", "key": "realisation", "label": "Realisasi"}],
                    }
                ],
            }
        ],
    }
)
