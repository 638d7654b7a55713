"""A form whose questions depend on each other, on several pages: as somebody without JavaScript meets it."""

import re

import pytest

from models.operations import designs
from models.permissions import ORGANISATION
from models.queries import access
from models.session import writing
from tests.cast import as_actor, on_day
from tests.webapp.office import own_form, planning_open

FORM = {
    "key": "dependent",
    "title": "Rencana singkat",
    "layout": "pages",
    "after": "Berkas Anda diperiksa dalam tiga hari.",
    "sections": [
        {
            "key": "who",
            "title": "Tentang Anda",
            "fields": [
                {
                    "kind": "choice",
                    "key": "status",
                    "label": "Status kepegawaian",
                    "options": [{"value": "pns", "label": "PNS"}, {"value": "pppk", "label": "PPPK"}],
                },
                {
                    "kind": "number",
                    "key": "years",
                    "label": "Lama kontrak",
                    "show_when": 'status == "pppk"',
                    "checks": [{"rule": "years <= 5", "message": "Kontrak paling lama lima tahun."}],
                },
            ],
        },
        {
            "key": "contract",
            "title": "Kontrak",
            "show_when": 'status == "pppk"',
            "fields": [{"kind": "short_text", "key": "number", "label": "Nomor kontrak"}],
        },
        {
            "key": "work",
            "title": "Pekerjaan",
            "fields": [
                {
                    "kind": "rows",
                    "key": "results",
                    "label": "Hasil kerja",
                    "columns": [
                        {"kind": "short_text", "key": "name", "label": "Hasil"},
                        {"kind": "percentage", "key": "weight", "label": "Bobot"},
                    ],
                },
                {"kind": "calculated", "key": "total", "label": "Jumlah bobot", "formula": "sum(results.weight)"},
            ],
        },
    ],
    "rules": [{"rule": "total == 100", "message": "Bobot harus berjumlah 100.", "at": "results"}],
}


@pytest.fixture
def form_id(sessions, people) -> int:
    planning_open(sessions)
    with on_day(2026, 1, 3), writing(sessions) as database:
        actor = as_actor(database, people.ani)
        version = designs.import_definition(database, actor, ORGANISATION, kind="form", definition=FORM)
        designs.publish(database, actor, version)
        form = own_form(database, people.citra)
        form.stage.form_version = version
        return form.id


@pytest.fixture
def citra(client_for, people):
    return client_for(people.citra)


@pytest.fixture(autouse=True)
def _january(form_id):
    with on_day(2026, 1, 12):
        yield


def hidden(page: str) -> dict[str, str]:
    """The hidden inputs that a browser sends back."""
    return dict(re.findall(r'<input type="hidden" name="(_[a-z]+)" value="([^"]*)"', page))


def visible(page: str, name: str) -> bool:
    """Whether a question is asked in a page."""
    box = re.search(f'data-field="{name}"( hidden)?', page)
    return box is not None and box[1] is None


def send(citra, form_id: int, page: str, button: str, **typed: str):
    """Press a button of the page; gives the page that follows."""
    kept = hidden(page)
    response = citra.send(f"/assignments/{form_id}", {**kept, **typed, button: "1"})
    assert response.status_code == 303
    return response.location, citra.get(response.location).text


def test_the_steps_follow_the_answers(citra, form_id):
    first = citra.get(f"/assignments/{form_id}").text
    assert "Langkah 1 dari 2" in first
    assert not visible(first, "years")
    address, again = send(citra, form_id, first, "_next", status="pppk")
    assert "ada pertanyaan baru" in again
    assert "page=1" in address
    assert visible(again, "years")
    assert "Langkah 1 dari 3" in again
    address, wrong = send(citra, form_id, again, "_next", status="pppk", years="9")
    assert "Kontrak paling lama lima tahun." in wrong
    address, second = send(citra, form_id, wrong, "_next", status="pppk", years="4")
    assert "page=2" in address
    assert "Nomor kontrak" in second
    assert "Langkah 2 dari 3" in second


def test_a_step_that_is_not_asked_is_passed_over_and_going_back_keeps_what_was_typed(citra, form_id):
    first = citra.get(f"/assignments/{form_id}").text
    address, work = send(citra, form_id, first, "_next", status="pns")
    assert "page=3" in address
    assert "Langkah 2 dari 2" in work
    address, _ = send(citra, form_id, work, "_back", **{"results-0-name": "Arsip", "results-0-weight": "60"})
    assert "page=1" in address
    assert 'value="Arsip"' in citra.get(f"/assignments/{form_id}?page=3").text


def test_the_total_is_told_checked_and_handed_in(citra, form_id, sessions, people):
    _, work = send(citra, form_id, citra.get(f"/assignments/{form_id}").text, "_next", status="pns")
    row = {"results-0-_id": "aa", "results-0-name": "Arsip", "results-0-weight": "60"}
    address, wrong = send(citra, form_id, work, "_check", **row)
    assert "check=1" in address
    assert "Bobot harus berjumlah 100." in wrong
    assert re.search(r"<output[^>]*>60</output>", wrong)
    address, check = send(citra, form_id, wrong, "_check", **row | {"results-0-weight": "100"})
    assert address.endswith("/check")
    assert "Lama kontrak" not in check
    assert f'href="/assignments/{form_id}?page=3#results"' in check
    data = {"_version": hidden(check)["_version"], "_request_key": re.search(r'_request_key" value="(\w+)"', check)[1]}
    receipt = citra.send(f"/assignments/{form_id}/submit", data, follow_redirects=True).text
    assert "Berkas Anda diperiksa dalam tiga hari." in receipt
    with sessions() as database:
        actor = as_actor(database, people.citra)
        (kept,) = access.submissions(database, access.assignment(database, actor, form_id))
        assert kept.answers["total"] == {"number": "100"}
        assert "years" not in kept.answers


def test_the_page_asks_the_server_what_to_show(citra, form_id):
    typed = {"_page": "1", "status": "pppk"}
    live = citra.send(f"/assignments/{form_id}/live", typed).json
    assert "years" not in live["hidden"]
    assert "years" in citra.send(f"/assignments/{form_id}/live", typed | {"status": "pns"}).json["hidden"]


def test_only_the_respondent_may_ask(client_for, people, form_id):
    for stranger in (people.budi, people.dedi, people.ani):
        assert client_for(stranger).send(f"/assignments/{form_id}/live").status_code == 404
