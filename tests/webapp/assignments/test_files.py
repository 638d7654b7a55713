"""Evidence in pages: sent without script, shown, taken back, downloaded safely, and never by the wrong person."""

import io
import re
from typing import Any

import pytest
from sqlalchemy import select
from werkzeug.datastructures import FileStorage
from werkzeug.test import encode_multipart

from models.assignments import Assignment, Draft
from models.evidence import EvidenceFile
from models.operations import assignments
from models.queries.designs import form_schema
from models.session import writing
from models.settings import Settings
from models.storage import Storage
from models.uploads import child, examining
from tests.cast import as_actor, on_day
from tests.clamd import clamd
from tests.models import upload_files as made
from tests.proofs import answers_with, form_of, open_proofs
from webapp.assignments.files import question_at

FETCH = {"X-Requested-With": "fetch"}
TYPED = {"_version": "0", "summary": "Sudah selesai", "results-0-_id": "aa11", "results-0-what": "Pelayanan"}


@pytest.fixture
def backend() -> str:
    """One database is enough here: what each answers is proved in tests/models/test_evidence.py."""
    return "sqlite"


@pytest.fixture(autouse=True)
def _january():
    with on_day(2026, 1, 12):
        yield


@pytest.fixture(autouse=True)
def _in_this_process(monkeypatch):
    """Examining in a process of its own is proved in tests/models/uploads."""
    monkeypatch.setattr(examining, "_asked", child.examined)


@pytest.fixture
def ids(sessions, people) -> dict[str, int]:
    with writing(sessions) as database:
        open_proofs(database)
    with sessions() as database:
        return {key: form_of(database, people.citra, key).id for key in ("report", "notes")}


@pytest.fixture
def form_id(ids) -> int:
    return ids["report"]


@pytest.fixture
def citra(client_for, people):
    return client_for(people.citra)


def send(client, form_id: int, name: str = "letter", data: bytes | None = None, filename: str = "surat.pdf", **more):
    """Press "Unggah" beside a question, with everything else that stands in the form."""
    headers = more.pop("headers", {})
    content = made.paper() if data is None else data
    file = FileStorage(io.BytesIO(content), filename)
    fields: dict[str, Any] = {"csrf_token": client.csrf_token(), **TYPED, **more, f"_file-{name}": file}
    # Werkzeug's client would leave its own temporary file of a large body open.
    boundary, body = encode_multipart(fields)
    kind = f"multipart/form-data; boundary={boundary}"
    return client.post(f"/assignments/{form_id}/files/{name}", data=body, headers=headers, content_type=kind)


def sent(sessions) -> list[EvidenceFile]:
    with sessions() as database:
        return list(database.scalars(select(EvidenceFile).order_by(EvidenceFile.id)))


def draft_of(sessions, form_id) -> dict[str, Any]:
    with sessions() as database:
        found = database.scalar(select(Draft).where(Draft.assignment_id == form_id))
        return found.raw if found else {}


def submitted(sessions, people, form_id, tokens: list[str]) -> None:
    with writing(sessions) as database:
        form = database.get_one(Assignment, form_id)
        actor = as_actor(database, people.citra)
        assignments.submit(database, actor, form, raw=answers_with(tokens), request_key="k")


def test_a_file_is_sent_without_script_and_the_typed_text_is_kept(citra, form_id, sessions):
    page = citra.get(f"/assignments/{form_id}").text
    assert f'formaction="/assignments/{form_id}/files/letter"' in page
    assert 'formenctype="multipart/form-data"' in page
    assert 'accept=".pdf,.jpg,.jpeg,.png,.webp,.docx,.xlsx,.pptx"' in page
    answer = send(citra, form_id)
    assert answer.status_code == 303
    assert answer.location == f"/assignments/{form_id}#letter"
    (file,) = sent(sessions)
    assert (file.name, file.type, file.state) == ("surat.pdf", "pdf", "ready")
    assert draft_of(sessions, form_id)["letter"] == [file.token]
    assert draft_of(sessions, form_id)["summary"] == "Sudah selesai"
    page = citra.get(f"/assignments/{form_id}").text
    assert f'<input type="hidden" name="letter" value="{file.token}">' in page
    assert f'href="/files/{file.token}"' in page
    assert "surat.pdf diunggah." in page


def test_a_file_belongs_to_a_row(citra, form_id, sessions):
    send(citra, form_id, "results-0-proof", made.picture(), "foto.jpg")
    (file,) = sent(sessions)
    assert draft_of(sessions, form_id)["results"][0]["proof"] == [file.token]
    assert f'name="results-0-proof" value="{file.token}"' in citra.get(f"/assignments/{form_id}").text
    assert send(citra, form_id, "results-0-proof", made.office(), "surat.docx", _version="1").status_code == 422


def test_a_second_file_joins_the_first_and_a_third_is_too_many(citra, form_id, sessions):
    send(citra, form_id)
    first = sent(sessions)[0].token
    send(citra, form_id, data=made.picture(), filename="foto.jpg", letter=first, _version="1")
    assert draft_of(sessions, form_id)["letter"] == [file.token for file in sent(sessions)]
    page = citra.get(f"/assignments/{form_id}").text
    assert re.search(r'data-file-add hidden><label[^>]*for="letter-file"', page), "there is no room for a third"


def test_a_script_sends_the_file_alone(citra, form_id, sessions):
    answer = send(citra, form_id, headers=FETCH)
    assert answer.status_code == 200
    (file,) = sent(sessions)
    assert answer.json["name"] == "surat.pdf"
    assert f'value="{file.token}"' in answer.json["item"]
    assert draft_of(sessions, form_id) == {}, "the form saves itself"


def test_a_file_is_taken_back_and_the_typed_text_is_kept(citra, form_id, sessions):
    send(citra, form_id)
    token = sent(sessions)[0].token
    again = TYPED | {"_version": "1", "letter": token, "summary": "Diubah", "_remove_file": token}
    answer = citra.send(f"/assignments/{form_id}/files/letter", again)
    assert answer.status_code == 303
    assert sent(sessions) == []
    assert draft_of(sessions, form_id)["letter"] == []
    assert draft_of(sessions, form_id)["summary"] == "Diubah"
    assert citra.get(f"/files/{token}").status_code == 404


def test_a_script_takes_a_file_back_alone(citra, form_id, sessions):
    token = send(citra, form_id, headers=FETCH).json["item"].partition('value="')[2][:26]
    answer = citra.send(f"/assignments/{form_id}/files/letter", {"_remove_file": token}, headers=FETCH)
    assert answer.json == {"name": "surat.pdf"}
    assert sent(sessions) == []
    again = citra.send(f"/assignments/{form_id}/files/letter", {"_remove_file": token}, headers=FETCH)
    assert again.json == {"name": ""}


REFUSED = [
    (made.scripted_paper(), "surat.pdf", "PDF ini berisi skrip."),
    (made.picture("PNG"), "surat.pdf", "bukan PDF seperti yang tertulis"),
    (made.paper(), "surat.svg", "Jenis berkas tidak didukung."),
    (made.paper() + bytes(1024 * 1024), "surat.pdf", "Ukuran berkas melebihi 1 MB."),
    (b"", "surat.pdf", "Berkas ini kosong."),
    (b"", "", "Pilih berkas lebih dahulu."),
]


def test_a_refused_file_is_explained_beside_the_question_and_nothing_typed_is_lost(citra, form_id, sessions):
    for version, (data, filename, words) in enumerate(REFUSED):
        answer = send(citra, form_id, data=data, filename=filename, summary=f"Ke-{version}", _version=str(version))
        assert answer.status_code == 422
        assert words in re.search(r'id="letter-error"[^>]*>(.*?)</p>', answer.text)[1]
        assert 'href="#letter"' in answer.text
        assert f'name="_version" value="{version + 1}"' in answer.text
        assert draft_of(sessions, form_id)["summary"] == f"Ke-{version}"
        told = send(citra, form_id, data=data, filename=filename, headers=FETCH)
        assert (told.status_code, words in told.json["message"]) == (422, True)
    assert sent(sessions) == []


def test_a_request_that_is_far_too_large_is_not_read(citra, form_id, sessions):
    answer = send(citra, form_id, data=bytes(13 * 1024 * 1024))
    assert answer.status_code == 413
    assert sent(sessions) == []


def test_in_a_second_tab_the_file_comes_and_both_texts_are_shown(citra, form_id, sessions):
    send(citra, form_id, summary="Tab satu")
    answer = send(citra, form_id, data=made.picture(), filename="foto.jpg", summary="Tab dua")
    assert answer.status_code == 409
    assert draft_of(sessions, form_id)["summary"] == "Tab satu"
    assert f'name="letter" value="{sent(sessions)[1].token}"' in answer.text


def test_a_chosen_file_is_not_forgotten_when_another_button_is_pressed(citra, form_id, ids, sessions):
    fields = TYPED | {"_file-letter": "surat.pdf", "_check": "1"}
    answer = citra.send(f"/assignments/{form_id}", fields)
    assert answer.location == f"/assignments/{form_id}#letter"
    assert "surat.pdf belum diunggah." in citra.get(answer.location).text
    log = citra.send(
        f"/assignments/{ids['notes']}/entries", {"_request_key": "k", "what": "Posyandu", "_file-photo": "a.jpg"}
    )
    assert (log.status_code, "a.jpg belum diunggah." in log.text) == (422, True)


def test_a_log_entry_gets_its_photo_without_script(citra, ids, sessions):
    page = send(citra, ids["notes"], "photo", made.picture(), "foto.jpg", _request_key="key1", what="Posyandu")
    (file,) = sent(sessions)
    assert page.status_code == 200
    assert f'name="photo" value="{file.token}"' in page.text
    assert 'value="Posyandu"' in page.text
    assert 'name="_request_key" value="key1"' in page.text
    fields = {"_request_key": "key1", "what": "Posyandu", "photo": file.token}
    assert citra.send(f"/assignments/{ids['notes']}/entries", fields).status_code == 303
    assert f'href="/files/{file.token}"' in citra.get(f"/assignments/{ids['notes']}").text


def test_a_download_is_an_attachment_that_can_do_nothing(citra, form_id, sessions, settings: Settings):
    data = made.paper()
    send(citra, form_id, data=data, filename="Surat “Tugas”\u202e é.pdf")
    (file,) = sent(sessions)
    answer = citra.get(f"/files/{file.token}")
    assert answer.data == data
    assert answer.headers["Content-Type"] == "application/pdf"
    named = "attachment; filename*=UTF-8''Surat%20%E2%80%9CTugas%E2%80%9D%20%C3%A9.pdf"
    assert answer.headers["Content-Disposition"] == named
    assert answer.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert answer.headers["Cache-Control"] == "no-store"
    assert Storage(settings.subfolder("evidence")).path(file.sha256).read_bytes() == data


def test_who_may_read_the_answers_may_open_their_files(citra, client_for, people, form_id, sessions):
    send(citra, form_id)
    (file,) = sent(sessions)
    before = {one.name for one in people.everybody if client_for(one).get(f"/files/{file.token}").status_code == 200}
    assert before == {people.citra.name}
    submitted(sessions, people, form_id, [file.token])
    after = {one.name for one in people.everybody if client_for(one).get(f"/files/{file.token}").status_code == 200}
    assert after == {one.name for one in (people.citra, people.budi, people.fitri, people.ani, people.hadi)}
    review = client_for(people.budi).get(f"/assignments/{form_id}/review").text
    assert f'href="/files/{file.token}"' in review
    assert "Berkas bukti dukung" in review
    assert f'href="/files/{file.token}"' in citra.get(f"/assignments/{form_id}").text


def test_a_guest_is_led_to_sign_in(client, citra, form_id, sessions):
    send(citra, form_id)
    token = sent(sessions)[0].token
    assert client.get(f"/files/{token}").status_code == 303
    assert client.get("/files/unknown").status_code == 303
    assert client.send(f"/assignments/{form_id}/files/letter", {}).status_code == 401


def test_nobody_sends_or_removes_files_of_somebody_else(citra, client_for, people, form_id, sessions):
    send(citra, form_id)
    token = sent(sessions)[0].token
    for person in (people.dedi, people.budi, people.ani, people.fitri, people.hadi):
        other = client_for(person)
        assert send(other, form_id).status_code == 404
        assert other.send(f"/assignments/{form_id}/files/letter", {"_remove_file": token}).status_code == 404
    with sessions() as database:
        theirs = form_of(database, people.dedi).id
    dedi = client_for(people.dedi)
    dedi.send(f"/assignments/{theirs}/files/letter", TYPED | {"_remove_file": token, "letter": token})
    assert [file.token for file in sent(sessions)] == [token], "a token of another form is not one's own"


def test_without_the_token_of_the_form_nothing_is_taken(citra, form_id, sessions):
    fields = {"_file-letter": FileStorage(io.BytesIO(made.paper()), "a.pdf")}
    assert citra.post(f"/assignments/{form_id}/files/letter", data=fields).status_code == 400
    assert sent(sessions) == []


def test_only_questions_for_files_take_files(citra, form_id, sessions):
    for name in ("summary", "results", "nothing", "results-0", "results-x-proof", "results-0-what", "letter-0", "_id"):
        assert send(citra, form_id, name).status_code == 404, name
    assert sent(sessions) == []


def test_after_handing_in_nothing_is_added_or_taken_away(citra, people, form_id, sessions):
    send(citra, form_id)
    (file,) = sent(sessions)
    submitted(sessions, people, form_id, [file.token])
    assert send(citra, form_id, data=made.picture(), filename="a.jpg", headers=FETCH).status_code == 409
    answer = citra.send(f"/assignments/{form_id}/files/letter", {"_remove_file": file.token}, headers=FETCH)
    assert answer.status_code == 409
    assert len(sent(sessions)) == 1


@pytest.fixture
def daemon():
    with clamd() as daemon:
        yield daemon


@pytest.fixture
def settings(request, tmp_path) -> Settings:
    if "daemon" in request.fixturenames:
        return Settings(data=tmp_path, clamd=request.getfixturevalue("daemon").address)
    return Settings(data=tmp_path)


def test_malware_is_refused_and_what_could_not_be_searched_waits(daemon, citra, client_for, people, form_id, sessions):
    virus = made.office(more={"word/x.xml": "<VIRUS/>"})
    daemon.mood = "well"
    refused = send(citra, form_id, data=virus + b"VIRUS", filename="a.docx", headers=FETCH)
    assert "program berbahaya" in refused.json["message"]
    daemon.mood = "silent"
    send(citra, form_id)
    (file,) = sent(sessions)
    assert file.state == "checking"
    assert "Sedang diperiksa" in citra.get(f"/assignments/{form_id}").text
    submitted(sessions, people, form_id, [file.token])
    assert citra.get(f"/files/{file.token}").status_code == 200
    assert client_for(people.budi).get(f"/files/{file.token}").status_code == 404
    review = client_for(people.budi).get(f"/assignments/{form_id}/review").text
    assert "Sedang diperiksa" in review
    assert f'href="/files/{file.token}"' not in review


def test_a_name_in_the_address_finds_its_question(sessions, ids):
    with sessions() as database:
        schema = form_schema(database.get_one(Assignment, ids["report"]).stage.form_version)
    assert question_at(schema, "results-12-proof").key == "proof"
    assert question_at(schema, "letter").key == "letter"
    assert question_at(schema, "results-0-proof-0-x") is None
