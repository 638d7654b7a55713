"""The published schema of forms."""

from forms.exchange.json_schema import form_json_schema


def test_anybody_fetches_the_schema_of_forms_once(client) -> None:
    answer = client.get("/schemas/form.json")
    assert answer.status_code == 200
    assert answer.mimetype == "application/schema+json"
    assert answer.json == form_json_schema()
    assert answer.json["$id"] == "/schemas/form.json"
    assert "max-age=3600" in answer.headers["Cache-Control"]
    again = client.get("/schemas/form.json", headers={"If-None-Match": answer.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
