"""Filling a form in, as staff do it on a phone, in two tabs, without JavaScript and too late."""

import gzip
import re
from contextlib import ExitStack
from datetime import timedelta
from html import unescape

import pytest
from sqlalchemy import func, select

from models import clock
from models.assignments import Assignment, Draft, Submission
from models.operations import assignments, sign_offs
from models.queries import access
from models.session import writing
from models.states import Assignment as State
from tests.cast import as_actor, at, on_day
from tests.webapp.office import digest_of, example, hand_in, own_form, planning_open, state_of

ROW = {
    "results-0-_id": "aa11",
    "results-0-result": "Terlaksananya pelayanan surat keterangan",
    "results-0-kind": "utama",
    "results-0-aspect": "kuantitas",
    "results-0-indicator": "Jumlah surat yang selesai",
    "results-0-target": "1.200",
    "results-0-unit": "surat",
    "results-0-direction": "higher",
}
"""One row of a plan, as a browser sends it."""
ANNEX = {"resources": "Dua petugas loket", "accountability": "Laporan bulanan", "consequences": "Pembinaan"}
"""The rest of what a plan must say."""


@pytest.fixture
def form_id(sessions, people) -> int:
    planning_open(sessions)
    with sessions() as database:
        return own_form(database, people.citra).id


@pytest.fixture
def citra(client_for, people):
    return client_for(people.citra)


@pytest.fixture(autouse=True)
def _january(form_id):
    with on_day(2026, 1, 12):
        yield


def fields_of(page: str) -> dict[str, str]:
    """What a browser without JavaScript would send of the page's draft form: hidden fields and filled-in inputs."""
    found = dict(re.findall(r'<input[^>]*name="([^"]+)"[^>]*value="([^"]*)"', page))
    return {name: unescape(value) for name, value in found.items() if not name.startswith(("csrf", "language", "next"))}


def draft_of(sessions, form_id) -> Draft | None:
    with sessions() as database:
        return database.scalar(select(Draft).where(Draft.assignment_id == form_id))


def whole_plan(sessions, form_id, seed=1) -> dict:
    """Answers that can be accepted, stored as the draft."""
    with sessions() as database:
        return example(database, database.get_one(Assignment, form_id), seed)


def put_draft(sessions, people, form_id, raw) -> None:
    with writing(sessions) as database:
        form = database.get_one(Assignment, form_id)
        assignments.save_draft(database, as_actor(database, people.citra), form, raw=raw, lock=0)


def check_page(citra, form_id) -> dict[str, str]:
    """The hidden fields of the page on which answers are checked."""
    page = citra.get(f"/assignments/{form_id}/check")
    assert page.status_code == 200
    return {name: value for name, value in fields_of(page.text).items() if name in ("_version", "_request_key")}


def test_a_plan_is_filled_in_checked_and_handed_in_without_javascript(citra, form_id, sessions, people):
    page = citra.get(f"/assignments/{form_id}")
    assert page.status_code == 200
    assert "Bagian 1 dari" in page.text
    assert "Sabtu, 31 Januari 2026 pukul 23.59 WIB" in page.text
    answer = citra.send(f"/assignments/{form_id}", fields_of(page.text) | ROW | ANNEX | {"_check": "1"})
    assert answer.location == f"/assignments/{form_id}/check"
    check = citra.get(answer.location)
    assert "Terlaksananya pelayanan surat keterangan" in check.text
    assert f'href="/assignments/{form_id}#results"' in check.text
    assert "Setelah diajukan: ditandatangani oleh atasan." in check.text
    answer = citra.send(f"/assignments/{form_id}/submit", check_page(citra, form_id))
    assert answer.location == f"/assignments/{form_id}/receipt"
    receipt = citra.get(answer.location).text
    with sessions() as database:
        submission = database.scalars(select(Submission)).one()
    assert submission.digest[:8] in receipt
    assert f"{submission.receipt[:4]}-{submission.receipt[4:8]}" in receipt
    assert "Budi Santoso" in receipt
    assert "12 Januari 2026 pukul 10.00 WIB" in receipt
    assert state_of(sessions, form_id) == State.SUBMITTED


def test_rows_are_added_and_removed_without_javascript(citra, form_id):
    sent = {"_version": "0"} | ROW
    answer = citra.send(f"/assignments/{form_id}", sent | {"_add": "results"})
    assert answer.location == f"/assignments/{form_id}#results"
    page = citra.get(f"/assignments/{form_id}").text
    assert 'name="results-1-result"' in page
    assert "Terlaksananya pelayanan surat keterangan" in page
    answer = citra.send(f"/assignments/{form_id}", fields_of(page) | {"_remove": "results-0"})
    page = citra.get(f"/assignments/{form_id}").text
    assert 'name="results-1-result"' not in page
    assert "Terlaksananya pelayanan surat keterangan" not in page


def test_a_form_saves_itself_and_says_when(citra, form_id, sessions):
    answer = citra.send(f"/assignments/{form_id}/draft", {"_version": "0"} | ROW, headers={"X-Requested-With": "fetch"})
    assert answer.json == {"version": 1, "message": "Tersimpan pukul 10.00 WIB."}
    assert len(answer.data) <= 300
    assert state_of(sessions, form_id) == State.DRAFT
    assert draft_of(sessions, form_id).raw["results"][0]["target"] == "1.200"


def test_the_same_text_sent_again_after_a_lost_answer_is_no_conflict(citra, form_id):
    sent = {"_version": "0"} | ROW
    citra.send(f"/assignments/{form_id}/draft", sent)
    again = citra.send(f"/assignments/{form_id}/draft", sent, headers={"X-Requested-With": "fetch"})
    assert again.status_code == 200
    assert again.json["version"] == 1


def test_the_second_of_two_tabs_sees_both_texts_and_overwrites_nothing(citra, form_id, sessions):
    citra.send(f"/assignments/{form_id}", {"_version": "0"} | ROW)
    other = ROW | {"results-0-unit": "berkas", "_version": "0"}
    silent = citra.send(f"/assignments/{form_id}/draft", other, headers={"X-Requested-With": "fetch"})
    assert silent.status_code == 409
    assert "telah diubah di jendela atau perangkat lain" in silent.json["message"]
    answer = citra.send(f"/assignments/{form_id}", other)
    assert answer.status_code == 409
    assert draft_of(sessions, form_id).raw["results"][0]["unit"] == "surat"
    table = answer.text.partition("<tbody")[2].partition("</tbody>")[0]
    assert "surat" in table
    assert "berkas" in table
    assert 'value="berkas"' in answer.text
    assert "data-draft=" not in answer.text, "what may overwrite is never sent by itself"
    saved = citra.send(f"/assignments/{form_id}", other | {"_version": fields_of(answer.text)["_version"]})
    assert saved.status_code == 303
    assert draft_of(sessions, form_id).raw["results"][0]["unit"] == "berkas"


def test_wrong_answers_are_kept_and_each_mistake_leads_to_its_field(citra, form_id, sessions):
    sent = {"_version": "0"} | ROW | ANNEX | {"results-0-target": "banyak", "results-0-unit": "", "_check": "1"}
    answer = citra.send(f"/assignments/{form_id}", sent)
    assert answer.location == f"/assignments/{form_id}?check=1"
    assert draft_of(sessions, form_id).raw["results"][0]["target"] == "banyak"
    page = citra.get(answer.location).text
    assert "Ada 2 isian yang perlu diperbaiki." in page
    for field in ("results-0-target", "results-0-unit"):
        assert f'href="#{field}"' in page
        assert f'id="{field}"' in page
    assert 'value="banyak"' in page


def test_the_same_click_sent_twice_is_one_submission_and_one_receipt(citra, form_id, sessions, people):
    put_draft(sessions, people, form_id, whole_plan(sessions, form_id))
    sent = check_page(citra, form_id)
    first = citra.send(f"/assignments/{form_id}/submit", sent)
    second = citra.send(f"/assignments/{form_id}/submit", sent)
    assert first.location == second.location == f"/assignments/{form_id}/receipt"
    with sessions() as database:
        assert database.scalar(select(func.count()).select_from(Submission)) == 1


def test_what_changed_after_checking_is_not_handed_in_unseen(citra, form_id, sessions, people):
    put_draft(sessions, people, form_id, whole_plan(sessions, form_id))
    sent = check_page(citra, form_id)
    raw = whole_plan(sessions, form_id, seed=2)
    with writing(sessions) as database:
        form = database.get_one(Assignment, form_id)
        assignments.save_draft(database, as_actor(database, people.citra), form, raw=raw, lock=1)
    answer = citra.send(f"/assignments/{form_id}/submit", sent)
    assert answer.location == f"/assignments/{form_id}/check"
    assert "Draf berubah" in citra.get(answer.location).text
    assert state_of(sessions, form_id) == State.DRAFT


def test_a_deadline_between_opening_and_handing_in_is_explained_and_nothing_is_lost(
    client_for, form_id, sessions, people
):
    put_draft(sessions, people, form_id, whole_plan(sessions, form_id) | {"expectation_akuntabel": "Cermat"})
    with sessions() as database:
        due_at = database.get_one(Assignment, form_id).due_at
    with clock.travel(due_at - timedelta(minutes=1)):
        citra = client_for(people.citra)
        sent = check_page(citra, form_id)
        assert "tinggal 1 menit" in citra.get(f"/assignments/{form_id}").text
    with clock.travel(due_at):
        answer = citra.send(f"/assignments/{form_id}/submit", sent)
        assert answer.status_code == 409
        assert "Batas waktu telah berakhir" in answer.text
        page = citra.get(f"/assignments/{form_id}").text
        assert "Batas waktu telah berakhir pada Sabtu, 31 Januari 2026 pukul 23.59 WIB." in page
        assert "Cermat" in page
        assert "<textarea" not in page
    assert draft_of(sessions, form_id) is not None


def test_a_request_that_arrived_in_time_counts_even_if_the_work_took_longer(client_for, form_id, sessions, people, app):
    put_draft(sessions, people, form_id, whole_plan(sessions, form_id))
    with sessions() as database:
        due_at = database.get_one(Assignment, form_id).due_at
    with clock.travel(due_at - timedelta(seconds=1)):
        citra = client_for(people.citra)
        sent = check_page(citra, form_id) | {"csrf_token": citra.csrf_token()}
        late = ExitStack()
        # After the request was received and before the view runs, the clock strikes midnight.
        app.before_request_funcs[None].append(lambda: late.enter_context(clock.travel(due_at)) and None)
        with late:
            answer = citra.post(f"/assignments/{form_id}/submit", data=sent)
    assert answer.status_code == 303
    assert answer.location.endswith("/receipt")
    assert state_of(sessions, form_id) == State.SUBMITTED


def test_a_returned_plan_shows_the_comment_on_top_and_keeps_the_old_round(citra, form_id, sessions, people):
    hand_in(sessions, people.citra)
    with writing(sessions) as database:
        form = database.get_one(Assignment, form_id)
        digest = access.submissions(database, form)[0].digest
        budi = as_actor(database, people.budi)
        sign_offs.return_for_revision(database, budi, form, digest=digest, comment="Mohon target dibuat terukur.")
    page = citra.get(f"/assignments/{form_id}").text
    assert page.index("Mohon target dibuat terukur.") < page.index('name="_version"')
    assert "Dikembalikan oleh Budi Santoso" in page
    sent = check_page(citra, form_id)
    citra.send(f"/assignments/{form_id}/submit", sent)
    page = citra.get(f"/assignments/{form_id}").text
    assert "Jawaban putaran 1" in page
    assert "Mohon target dibuat terukur." in page


def test_answers_are_taken_back_while_nobody_has_signed(citra, form_id, sessions, people):
    hand_in(sessions, people.citra)
    assert "Tarik kembali" in citra.get(f"/assignments/{form_id}").text
    answer = citra.send(f"/assignments/{form_id}/withdraw")
    assert answer.status_code == 303
    assert state_of(sessions, form_id) == State.DRAFT
    assert 'name="results-0-target"' in citra.get(f"/assignments/{form_id}").text


def test_signed_answers_are_read_with_who_signed_and_cannot_be_taken_back(citra, form_id, sessions, people):
    hand_in(sessions, people.citra)
    digest = digest_of(sessions, form_id)
    with writing(sessions) as database:
        form = database.get_one(Assignment, form_id)
        sign_offs.sign_off(database, as_actor(database, people.budi), form, digest=digest, comment="Baik.")
    page = citra.get(f"/assignments/{form_id}").text
    assert "Tarik kembali" not in page
    assert "Baik." in page
    assert "Budi Santoso" in page
    assert citra.send(f"/assignments/{form_id}/withdraw").status_code == 409
    assert citra.send(f"/assignments/{form_id}", {"_version": "0"} | ROW).status_code == 409


@pytest.mark.parametrize("path", ["", "/check", "/receipt"])
def test_a_form_of_somebody_else_does_not_exist(client_for, people, form_id, path):
    assert client_for(people.dedi).get(f"/assignments/{form_id}{path}").status_code == 404


@pytest.mark.parametrize("path", ["", "/draft", "/submit", "/withdraw"])
def test_nobody_writes_into_the_form_of_somebody_else(client_for, people, form_id, sessions, path):
    for person in (people.dedi, people.budi, people.ani):
        answer = client_for(person).send(f"/assignments/{form_id}{path}", {"_version": "0", "_request_key": "x"} | ROW)
        assert answer.status_code == 404
    assert draft_of(sessions, form_id) is None


def test_a_supervisor_does_not_read_a_draft(client_for, people, form_id, sessions):
    put_draft(sessions, people, form_id, {"results": [{"_id": "a", "result": "Masih rahasia"}]})
    page = client_for(people.budi).get(f"/assignments/{form_id}")
    assert page.status_code == 200
    assert "Masih rahasia" not in page.text
    assert "Belum diajukan" in page.text


def test_what_is_not_asked_cannot_be_set(citra, form_id, sessions):
    citra.send(f"/assignments/{form_id}", {"_version": "0", "state": "completed", "respondent_id": "1"} | ROW)
    assert set(draft_of(sessions, form_id).raw) & {"state", "respondent_id"} == set()
    assert state_of(sessions, form_id) == State.DRAFT


def test_the_page_of_a_plan_with_five_rows_stays_light(citra, form_id, sessions, people):
    rows = [
        {
            "_id": f"r{n}",
            "result": f"Terlaksananya pelayanan {n} bagi masyarakat",
            "kind": "utama",
            "aspect": "kuantitas",
            "indicator": f"Jumlah layanan {n} yang selesai tepat waktu",
            "target": "1.200",
            "unit": "layanan",
            "direction": "higher",
        }
        for n in range(5)
    ]
    put_draft(sessions, people, form_id, {"results": rows})
    page = citra.get(f"/assignments/{form_id}").data
    assert len(gzip.compress(page, 9)) <= 12 * 1024


def test_a_refusal_of_the_form_that_saves_itself_is_json(citra, form_id, sessions, people):
    hand_in(sessions, people.citra)
    answer = citra.send(f"/assignments/{form_id}/draft", {"_version": "0"} | ROW, headers={"X-Requested-With": "fetch"})
    assert answer.status_code == 409
    assert "sudah diajukan" in answer.json["message"]
    assert at(2026, 1, 12) == clock.now()
