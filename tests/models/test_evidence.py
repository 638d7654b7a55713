"""Evidence of a form: who may send, see and take back what, how much, and what stays once it has been handed in."""

from datetime import timedelta

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session

from forms.proofs import proofs
from forms.schema import FormSchema
from models import clock, form_uses
from models.assignments import Assignment
from models.cycle_design import CycleDesign
from models.doctor import examine
from models.doctor import proofs as checks
from models.errors import Conflict, Forbidden, Invalid, NotFound
from models.evidence import EvidenceFile, FileState
from models.journal import JournalEntry
from models.operations import assignments, evidence, logs, sign_offs
from models.people import Person
from models.permissions import CLOCK, ORGANISATION, PRINTER, PUBLIC
from models.queries import access
from models.queries.designs import stage_form
from models.queries.evidence import references
from models.storage import Storage
from models.uploads.examining import Examined
from tests.cast import Cast, as_actor, cast, on_day
from tests.proofs import CYCLE, JPEG, PDF, REPORT, answers_with, form_of, open_proofs


@pytest.fixture
def store(tmp_path) -> Storage:
    return Storage(tmp_path / "evidence")


@pytest.fixture
def people(session: Session):
    with on_day(2026, 1, 5):
        found = cast(session)
        open_proofs(session)
        yield found


@pytest.fixture
def send(session: Session, people: Cast, store: Storage):
    """`send(file)`: Citra sends a file for her report."""

    def _send(file: Examined = PDF, *, by: Person | None = None, key: str = "report", searched: bool = True):
        person = by or people.citra
        form = form_of(session, person, key)
        stored = store.put(file.content)
        return evidence.upload(session, as_actor(session, person), form, file=file, stored=stored, searched=searched)

    return _send


def hand_in(session: Session, people: Cast, tokens: list[str], proof: list[str] | None = None) -> Assignment:
    form = form_of(session, people.citra)
    raw = answers_with(tokens, proof)
    assignments.submit(session, as_actor(session, people.citra), form, raw=raw, request_key=f"k{form.round}")
    return form


def opens(session: Session, person: Person, file: EvidenceFile) -> bool:
    """Whether a person may open a file."""
    session.flush()
    try:
        return access.evidence_file(session, as_actor(session, person), file.token).id == file.id
    except NotFound:
        return False


def test_answers_are_signed_with_the_digest_of_their_files(session, people, send):
    letter, photo = send(), send(JPEG)
    form = hand_in(session, people, [letter.token], [photo.token])
    submission = access.submissions(session, form)[0]
    assert submission.answers["letter"] == [
        {"id": letter.token, "name": "surat tugas.pdf", "size": 23, "sha256": letter.sha256, "type": "pdf"}
    ]
    assert submission.answers["results"][0]["proof"][0]["sha256"] == photo.sha256
    listed = proofs(stage_form(form.stage)[1], submission.answers)
    assert [(str(one.labels[0]), one.labels[1:2], one.file.name) for one in listed] == [
        ("Surat tugas", (), "surat tugas.pdf"),
        ("Hasil", (1,), "foto.jpg"),
    ]
    sign_offs.sign_off(session, as_actor(session, people.budi), form, digest=submission.digest)


def test_the_same_file_sent_twice_is_one(session, people, send):
    assert send().id == send().id
    assert send(Examined("pdf", "lain.pdf", PDF.content)).id != send().id
    lines = session.scalars(select(JournalEntry).where(JournalEntry.subject_kind == "evidence_file")).all()
    assert [line.verb for line in lines] == ["upload", "upload"]


def test_nobody_sends_files_for_another(session, people, store):
    form = form_of(session, people.citra)
    stored = store.put(PDF.content)
    for actor in (*(as_actor(session, one) for one in (people.dedi, people.budi, people.ani)), PUBLIC, CLOCK):
        with pytest.raises(Forbidden):
            evidence.upload(session, actor, form, file=PDF, stored=stored, searched=True)
        with pytest.raises(Forbidden):
            evidence.check_upload(session, actor, form, size=1)


def test_a_token_of_another_form_proves_nothing(session, people, send):
    stolen = send(by=people.dedi)
    with pytest.raises(Invalid) as refused:
        hand_in(session, people, [stolen.token])
    assert str(refused.value.errors["letter"]) == "Berkas ini tidak ada lagi. Silakan unggah kembali."


def test_evidence_is_seen_with_the_answers_and_not_before(session, people, send):
    file = send()
    everybody = [one for one in people.everybody if opens(session, one, file)]
    assert everybody == [people.citra], "a draft is nobody else's"
    hand_in(session, people, [file.token])
    seen = {one.name for one in people.everybody if opens(session, one, file)}
    assert seen == {one.name for one in (people.citra, people.budi, people.fitri, people.ani, people.hadi)}
    assert session.scalars(access.evidence_files(PUBLIC)).all() == []
    assert session.scalars(access.evidence_files(PRINTER)).one().id == file.id


def test_a_file_beside_the_answers_stays_the_senders(session, people, send):
    file, unused = send(), send(JPEG)
    hand_in(session, people, [file.token])
    assert opens(session, people.citra, unused)
    assert not opens(session, people.budi, unused)


def test_a_file_that_was_not_searched_yet_opens_for_its_sender_only(session, people, send):
    file = send(searched=False)
    hand_in(session, people, [file.token])
    assert opens(session, people.citra, file)
    assert not opens(session, people.budi, file)
    assert evidence.waiting(session) == [file]
    evidence.record_search(session, CLOCK, file, clean=True)
    assert opens(session, people.budi, file)
    assert evidence.waiting(session) == []


def test_an_infected_file_opens_for_nobody_and_proves_nothing(session, people, send):
    file = send(searched=False)
    with pytest.raises(Forbidden):
        evidence.record_search(session, as_actor(session, people.citra), file, clean=True)
    evidence.record_search(session, CLOCK, file, clean=False)
    evidence.record_search(session, CLOCK, file, clean=True)
    assert file.state == FileState.INFECTED, "a verdict stands"
    assert not opens(session, people.citra, file)
    assert references(session, file.assignment) == {}
    with pytest.raises(Invalid):
        hand_in(session, people, [file.token])


def test_a_file_is_taken_back_while_the_form_is_open(session, people, send):
    file = send()
    number = file.id
    with pytest.raises(Forbidden):
        evidence.remove(session, as_actor(session, people.budi), file)
    assert evidence.remove(session, as_actor(session, people.citra), file)
    assert session.get(EvidenceFile, number) is None


def test_what_was_handed_in_is_not_taken_back(session, people, send):
    file = send()
    form = hand_in(session, people, [file.token])
    citra = as_actor(session, people.citra)
    with pytest.raises(Conflict):
        evidence.remove(session, citra, file)
    with pytest.raises(Conflict):
        evidence.check_upload(session, citra, form, size=1)
    digest = access.submissions(session, form)[0].digest
    sign_offs.return_for_revision(session, as_actor(session, people.budi), form, digest=digest, comment="Perbaiki")
    assert not evidence.remove(session, citra, file), "the first round names it"
    assert opens(session, people.budi, file)


JPEG_OF_LATE = Examined("jpeg", "susulan.jpg", b"\xff\xd8\xff late")


def test_files_end_with_the_deadline(session, people, send):
    with on_day(2026, 2, 20), pytest.raises(Conflict):
        send()


def test_a_log_keeps_what_its_entries_name(session, people, send):
    file = send(key="notes")
    form = form_of(session, people.citra, "notes")
    citra = as_actor(session, people.citra)
    raw = {"what": "Posyandu", "photo": [file.token]}
    entry = logs.add_entry(session, citra, form, raw=raw, request_key="a")
    assert entry.answers["photo"][0]["sha256"] == file.sha256
    assert opens(session, people.budi, file)
    assert not evidence.remove(session, citra, file)


def test_ballots_take_no_files(session, people, store):
    form = form_of(session, people.citra)
    form.stage.mode = "ballot"
    with pytest.raises(Conflict):
        evidence.check_upload(session, as_actor(session, people.citra), form, size=1)


def test_a_form_takes_only_so_many_files(session, people, send, monkeypatch):
    monkeypatch.setattr(evidence, "MOST_FILES", 2)
    first = send()
    send(JPEG)
    assert send().id == first.id, "the same again needs no room"
    with pytest.raises(Invalid, match="sudah memuat 2 berkas"):
        send(JPEG_OF_LATE)


def test_a_person_sends_only_so_much_a_year(session, people, send, monkeypatch):
    monkeypatch.setattr(evidence, "MOST_BYTES_A_YEAR", len(PDF.content) + 5)
    send()
    form = form_of(session, people.citra, "notes")
    with pytest.raises(Invalid, match="tahun ini"):
        evidence.check_upload(session, as_actor(session, people.citra), form, size=6)
    evidence.check_upload(session, as_actor(session, people.citra), form, size=5)
    send(by=people.dedi)
    with on_day(2027, 1, 1):
        assert evidence.questions.sent_this_year(session, people.citra.id, "Asia/Jakarta") == 0


def test_what_nobody_names_is_thrown_away_a_day_later(session, people, send, store):
    unused, drafted, handed = send(JPEG), send(), send(by=people.dedi)
    form = form_of(session, people.citra)
    raw = answers_with([drafted.token])
    assignments.save_draft(session, as_actor(session, people.citra), form, raw=raw, lock=0)
    dedi = form_of(session, people.dedi)
    raw = answers_with([handed.token])
    assignments.submit(session, as_actor(session, people.dedi), dedi, raw=raw, request_key="k")
    assert evidence.discard_unused(session, CLOCK, ORGANISATION) == 0
    with on_day(2026, 1, 7):
        assert evidence.discard_unused(session, CLOCK, ORGANISATION) == 1
    assert [one.id for one in session.scalars(select(EvidenceFile).order_by(EvidenceFile.id))] == [
        drafted.id,
        handed.id,
    ]
    assert store.size(unused.sha256) is not None
    with clock.travel(clock.now() + timedelta(days=365 * 50)):
        assert evidence.clear_left_over(session, store) == 1
    assert store.size(unused.sha256) is None
    assert store.size(drafted.sha256) == drafted.size


def test_what_a_file_is_cannot_be_changed_in_the_database(session, people, send):
    send()
    for change in ("sha256 = 'forged'", "size = 1", "assignment_id = 1 + assignment_id", "name = 'x'"):
        with pytest.raises(DatabaseError), session.begin_nested():
            session.execute(text(f"UPDATE evidence_files SET {change}"))
    session.execute(text("UPDATE evidence_files SET state = 'checking'"))


def findings(session: Session, store: Storage) -> list[list[str]]:
    session.flush()
    session.expire_all()
    found = examine(
        session,
        store,
        store,
        checks=(
            checks.evidence_is_whole,
            checks.answers_have_their_evidence,
            checks.no_evidence_without_owner,
        ),
    )
    return [one.examples for one in found]


def test_the_doctor_finds_lost_altered_and_left_over_evidence(session, people, send, store):
    file, lost = send(), send(JPEG)
    form = hand_in(session, people, [file.token])
    submission = access.submissions(session, form)[0]
    assert findings(session, store) == [[], [], []]
    store.delete(lost.sha256)
    store.path(file.sha256).write_bytes(bytes(file.size))
    assert findings(session, store)[0] == [f"evidence_file {lost.id}", f"evidence_file {file.id}"]
    store.delete(file.sha256)
    store.put(PDF.content)
    store.put(b"nobody's")
    session.execute(text("DELETE FROM evidence_files WHERE token = :token"), {"token": file.token})
    with on_day(2099, 1, 1):
        found = findings(session, store)
    assert found[1] == [f"submission {submission.id}"]
    assert len(found[2]) == 2


def test_a_secret_ballot_and_the_public_are_not_asked_for_files():
    schema = FormSchema.model_validate(REPORT)
    for mode, respondents in (("ballot", "peers"), ("survey", "public")):
        stage = CYCLE["stages"][0] | {"mode": mode, "respondents": respondents, "sign_offs": []}
        design = CycleDesign.model_validate({"key": "c", "title": "C", "stages": [stage]})
        found = form_uses.problems(design, {"report": schema})
        assert [one.message.msgid[:26] for one in found] == ["Berkas tidak dapat diminta"] * 2
        assert form_uses.broken(design, {}, {"report": schema})
    assert form_uses.problems(CycleDesign.model_validate(CYCLE), {"report": schema}) == []
