"""What was typed, in words, also where it is no answer yet."""

from forms.builder import bind
from forms.schema import FormSchema
from tests.forms.kinds import CASES, CONTEXT
from webapp.assignments.typed import typed

NUMBER = {"kind": "number", "key": "n", "label": "Angka"}
INNER = {"kind": "rows", "key": "inner", "label": "Langkah", "columns": [NUMBER]}
FIELDS = [
    {"kind": "matrix", "key": "m", "label": "Matriks", **CASES["matrix"][0].settings},
    {"kind": "rows", "key": "r", "label": "Sasaran", "columns": [INNER]},
]
FORM = FormSchema.model_validate({"key": "f", "title": "F", "sections": [{"key": "s", "title": "S", "fields": FIELDS}]})


def test_half_a_matrix_and_wrong_rows_in_rows_are_told_in_their_words(app):
    matrix = FORM.field("m")
    first = matrix.statements[0]
    raw = {"m": {first.key: matrix.points[0].key}, "r": [{"_id": "a", "inner": [{"_id": "b", "n": "dua"}]}]}
    with app.test_request_context():
        told = [one.text for one in typed(bind(FORM, raw=raw, context=CONTEXT))]
    assert told == [f"{first.label.id}: {matrix.points[0].say('id')}", "dua"]
