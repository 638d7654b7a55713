"""The doctor finds every fault that is planted in a year of data, and none where there is none."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from random import Random

import pytest
from sqlalchemy import delete, insert, select, text, update
from sqlalchemy.orm import Session

from forms import answers
from models import clock
from models.assignments import Assignment, LogEntry, SignOff, Submission
from models.awards import Candidate, Certificate, Register
from models.cycles import Run, Stage
from models.designs import DesignVersion
from models.doctor import CHECKS, Finding, examine
from models.documents import Document
from models.feedback import Ballot, SurveyAnswer, SurveyLink
from models.journal import JournalEntry
from models.messages import OutboxMessage
from models.operations import awards, cycles, feedback, logs, runs, scores
from models.operations.documents import attach
from models.permissions import CLOCK, CLOSER, OPERATOR, ORGANISATION, PRINTER, PUBLIC
from models.queries import results
from models.queries.designs import form_schema
from models.scores import Score
from models.session import make_engine, session_factory, writing
from models.storage import Storage
from tests.cast import as_actor, at, cast, on_day, plan_cycle, stage
from tests.conftest import BACKENDS
from tests.stories import cast_all, fill, open_forms, sign_all, submit_all, until_planned

NOW = at(2027, 3, 1)


def live_a_year(session: Session, storage: Storage) -> None:
    """Plans, a log entry, ballots, an answer of the public, evaluations, results, two certificates."""
    people = cast(session)
    cycle = plan_cycle(session)
    until_planned(session, people, cycle)
    with on_day(2026, 2, 1):
        cycles.close_stage(session, CLOCK, stage(cycle, "planning"))
        cycles.open_stage(session, CLOCK, stage(cycle, "progress"))
        cycles.open_stage(session, CLOCK, stage(cycle, "public-survey"))
    with on_day(2026, 3, 4):
        entry_form = next(f for f in open_forms(session, people.citra) if f.stage.mode == "log")
        raw = fill(session, entry_form) | {"date": "2026-03-04", "count": "12"}
        logs.add_entry(session, as_actor(session, people.citra), entry_form, raw=raw, request_key="a")
        link = session.scalars(select(SurveyLink)).first()
        schema = form_schema(stage(cycle, "public-survey").form_version)
        raw = answers.example(schema, Random(1), answers.AnswerContext(today=clock.today("Asia/Jakarta")))
        feedback.answer_survey(session, PUBLIC, link, raw=raw, request_key="visit-1")
    with on_day(2026, 11, 17):
        cycles.open_stage(session, CLOCK, stage(cycle, "peer-feedback"))
        cast_all(session, people)
    with on_day(2027, 1, 2):
        for key in ("progress", "public-survey", "peer-feedback"):
            cycles.close_stage(session, CLOCK, stage(cycle, key))
        cycles.open_stage(session, CLOCK, stage(cycle, "self-assessment"))
        submit_all(session, people)
    with on_day(2027, 1, 13):
        cycles.close_stage(session, CLOCK, stage(cycle, "self-assessment"))
        cycles.open_stage(session, CLOCK, stage(cycle, "evaluation"))
        submit_all(session, people)
        sign_all(session, people)
    with on_day(2027, 2, 3):
        cycles.close_cycle(session, CLOSER, cycle)
        scores.score(session, CLOSER, cycle, subject_ids=list(results.subjects_of(session, cycle)))
        awards.propose_candidates(session, CLOSER, cycle)
        run = runs.request(session, OPERATOR, ORGANISATION, key="close:1", flow="close_and_score", cycle=cycle)
        attempt = runs.start(session, CLOSER, run)
        runs.finish(session, CLOSER, run, attempt=attempt, result={})
    indra = as_actor(session, people.indra)
    with on_day(2027, 2, 20):
        for category in ("general", "contract"):
            best = session.scalars(select(Candidate).where(Candidate.category == category, Candidate.rank == 1)).one()
            awards.confirm(session, indra, best)
            certificate = awards.issue_certificate(
                session, PRINTER, best, agency="a", place="b", verify_url="http://x/verify", demo=True
            )
            stored = storage.put(b"%PDF-1.7 " + category.encode())
            options = {"kind": f"certificate:{category}", "subject_id": best.subject_id, "revision": 1}
            document = attach(
                session, PRINTER, cycle, **options, code=certificate.code, filename=f"{category}.pdf", stored=stored
            )
            awards.attach_certificate(session, PRINTER, certificate, document=document)
    session.flush()
    session.execute(update(OutboxMessage).values(sent_at=NOW, next_try_at=None))


@dataclass
class Patient:
    """The year, in a transaction that is undone after the test."""

    session: Session
    storage: Storage
    evidence: Storage
    sqlite: bool

    def findings(self, everything: bool = False) -> list[Finding]:
        self.session.flush()
        self.session.expire_all()
        with clock.travel(NOW):
            return examine(self.session, self.storage, self.evidence, everything=everything)

    def ill(self, everything: bool = False) -> dict[str, list[str]]:
        """Invariant → what breaks it."""
        found: dict[str, list[str]] = {}
        for one in self.findings(everything):
            assert one.ok == (one.count == 0)
            if not one.ok:
                found.setdefault(one.invariant, []).extend(one.examples)
        return found

    def unguard(self, *triggers: str) -> None:
        """Take guards away, as somebody with the database in his hands could."""
        for name in triggers:
            table = name.rsplit("_no_", 1)[0].removesuffix("_frozen").removesuffix("_kept")
            self.session.execute(text(f"DROP TRIGGER {name}" + ("" if self.sqlite else f" ON {table}")))

    def change(self, table, **values) -> int:
        """Set columns of the newest row behind the operations' back; gives its number."""
        number = self.session.scalar(select(table.id).order_by(table.id.desc()).limit(1))
        self.session.execute(update(table).where(table.id == number).values(**values))
        return number


@pytest.fixture(scope="module", params=BACKENDS)
def year(request, tmp_path_factory) -> Iterator[tuple]:
    databases = request.getfixturevalue("sqlite_databases" if request.param == "sqlite" else "postgres_databases")
    storage = Storage(tmp_path_factory.mktemp("documents"))
    with databases.fresh() as url:
        engine = make_engine(url)
        with writing(session_factory(engine)) as session:
            live_a_year(session, storage)
        yield engine, storage
        engine.dispose()


@pytest.fixture
def patient(year, tmp_path) -> Iterator[Patient]:
    engine, storage = year
    copy = Storage(tmp_path / "documents")
    for path in storage.folder.rglob("*"):
        if path.is_file():
            copy.put(path.read_bytes())
    with engine.connect() as connection, connection.begin() as outer:
        with session_factory(engine)(bind=connection, join_transaction_mode="create_savepoint") as session:
            yield Patient(session, copy, Storage(tmp_path / "evidence"), engine.dialect.name == "sqlite")
        outer.rollback()


def test_a_sound_year_has_no_finding(patient) -> None:
    found = patient.findings(everything=True)
    assert [one for one in found if not one.ok] == []
    assert {one.invariant for one in found} == {f"I{n}" for n in range(1, 12)} | {"anonymity"}
    assert len(found) >= len(CHECKS)


def test_an_empty_installation_has_no_finding(session, tmp_path) -> None:
    assert [one for one in examine(session, Storage(tmp_path / "a"), Storage(tmp_path / "b")) if not one.ok] == []


def test_examples_name_rows_and_no_person(patient) -> None:
    patient.session.execute(delete(Ballot))
    said = [text for examples in patient.ill().values() for text in examples]
    assert said
    assert not any(name in " ".join(said) for name in ("Citra", "Dedi", "1990"))


def test_a_lost_submission_is_found(patient) -> None:
    patient.unguard("submissions_no_delete")
    lost = patient.session.scalars(
        select(Submission).join(Assignment).where(Assignment.state == "submitted").limit(1)
    ).one()
    patient.session.execute(delete(Submission).where(Submission.id == lost.id))
    assert f"assignment {lost.assignment_id}" in patient.ill()["I1"]


def test_a_submission_of_a_round_to_come_is_found(patient) -> None:
    patient.unguard("submissions_no_update")
    number = patient.change(Submission, round=7)
    owner = patient.session.scalar(select(Submission.assignment_id).where(Submission.id == number))
    assert f"assignment {owner}" in patient.ill()["I1"]


def test_a_submission_that_the_journal_does_not_know_is_found(patient) -> None:
    patient.unguard("journal_no_delete")
    entry = patient.session.scalars(select(JournalEntry).where(JournalEntry.verb == "submit")).first()
    number = entry.subject_id
    patient.session.execute(delete(JournalEntry).where(JournalEntry.id == entry.id))
    ill = patient.ill()
    assert f"assignment {number}" in ill["I1"]
    assert f"assignment {number}" in ill["I3"]


def test_a_lost_ballot_is_found_by_counting_alone(patient) -> None:
    ballot = patient.session.scalars(select(Ballot)).first()
    patient.session.execute(delete(Ballot).where(Ballot.id == ballot.id))
    ill = patient.ill()
    assert ill.pop("I1") == [f"person {ballot.subject_id}"]
    assert set(ill) <= {"I9"}, "the result that was computed with it no longer follows"


def test_a_guard_that_was_taken_away_is_found(patient) -> None:
    patient.unguard("journal_no_update")
    assert patient.ill() == {"I2": ["trigger journal_no_update"]}


def test_a_state_that_was_changed_behind_the_journal_is_found(patient) -> None:
    number = patient.change(Stage, state="open")
    assert patient.ill() == {"I3": [f"stage {number}"]}


def test_a_move_that_the_table_does_not_know_is_found(patient) -> None:
    number = patient.session.scalar(select(Assignment.id).where(Assignment.state == "completed").limit(1))
    values = {"at": NOW, "actor_name": "closer", "verb": "submit", "subject_kind": "assignment", "subject_id": number}
    patient.session.execute(insert(JournalEntry).values(**values, before="completed", after="completed", details={}))
    assert f"assignment {number}" in patient.ill()["I3"]


def test_lines_of_things_that_are_gone_disturb_nobody(patient) -> None:
    values = {"at": NOW, "actor_name": "closer", "verb": "confirm", "subject_kind": "candidate", "subject_id": 999_999}
    patient.session.execute(insert(JournalEntry).values(**values, before="proposed", after="confirmed", details={}))
    assert patient.ill() == {}


def test_a_register_that_counted_too_far_is_found(patient) -> None:
    patient.change(Register, last=3)
    assert patient.ill() == {"I4": ["register piagam 2027"]}


def test_a_gap_and_a_doubled_number_are_found(patient) -> None:
    patient.unguard("certificates_frozen")
    patient.change(Certificate, sequence=9)
    assert "register piagam 2027" in patient.ill()["I4"]
    patient.change(Certificate, sequence=2, number="800.1.11.1/001/PEM-NGL/II/2027")
    assert [one for one in patient.ill()["I4"] if one.startswith("certificate ")]


def test_an_issued_certificate_without_paper_is_found(patient) -> None:
    number = patient.change(Certificate, document_id=None)
    assert f"certificate {number}" in patient.ill()["I5"]


def the_file(patient) -> tuple[int, Path]:
    document = patient.session.scalars(select(Document).order_by(Document.id.desc())).first()
    return document.id, patient.storage.path(document.sha256)


def test_a_missing_file_is_found(patient) -> None:
    number, path = the_file(patient)
    path.unlink()
    assert patient.ill() == {"I5": [f"document {number}"]}


def test_a_file_of_the_same_length_with_other_bytes_is_found(patient) -> None:
    number, path = the_file(patient)
    path.write_bytes(b"x" * path.stat().st_size)
    assert patient.ill() == {"I5": [f"document {number}"]}


def test_a_file_without_owner_is_found_once_it_is_an_hour_old(patient) -> None:
    stored = patient.storage.put(b"of a worker that was killed")
    path = patient.storage.path(stored.sha256)
    young = (NOW - timedelta(minutes=50)).timestamp()
    os.utime(path, (young, young))
    assert patient.ill() == {}
    old = (NOW - timedelta(minutes=70)).timestamp()
    os.utime(path, (old, old))
    assert patient.ill() == {"I5": [f"file {stored.sha256[:20]}"]}


def test_a_message_that_nobody_tries_any_more_is_found(patient) -> None:
    number = patient.change(OutboxMessage, sent_at=None, next_try_at=None, tries=7)
    assert patient.ill() == {"I6": [f"message {number}"]}


def test_a_message_that_waits_too_long_is_found(patient) -> None:
    number = patient.change(OutboxMessage, sent_at=None, next_try_at=NOW - timedelta(minutes=20))
    assert patient.ill() == {}
    patient.change(OutboxMessage, next_try_at=NOW - timedelta(minutes=40))
    assert patient.ill() == {"I6": [f"message {number}"]}


def test_a_message_written_twice_is_found(patient) -> None:
    if patient.sqlite:
        patient.session.execute(text("CREATE TEMP TABLE twin AS SELECT * FROM messages LIMIT 1"))
        with pytest.raises(Exception, match="UNIQUE"):
            patient.session.execute(text("INSERT INTO messages SELECT * FROM twin"))
        return
    patient.session.execute(text("ALTER TABLE messages DROP CONSTRAINT uq_messages_key"))
    first, second = patient.session.scalars(select(OutboxMessage.id).limit(2)).all()
    key = patient.session.scalar(select(OutboxMessage.key).where(OutboxMessage.id == first))
    patient.session.execute(update(OutboxMessage).where(OutboxMessage.id == second).values(key=key))
    assert patient.ill() == {"I6": [f"message {max(first, second)}"]}


@pytest.mark.parametrize(("minutes", "ill"), [(5, False), (20, True)])
def test_answers_after_the_deadline_are_found(patient, minutes, ill) -> None:
    patient.unguard("submissions_no_update")
    number = patient.session.scalar(select(Submission.id).order_by(Submission.id.desc()).limit(1))
    due = patient.session.scalar(
        select(Assignment.due_at)
        .join(Submission, Submission.assignment_id == Assignment.id)
        .where(Submission.id == number)
    )
    patient.change(Submission, submitted_at=due + timedelta(minutes=minutes))
    assert (f"submission {number}" in patient.ill().get("I7", [])) is ill


def test_a_log_entry_and_a_survey_answer_after_the_end_are_found(patient) -> None:
    entry = patient.change(LogEntry, entered_at=NOW)
    patient.session.execute(update(SurveyAnswer).values(answered_on=NOW.date()))
    stage_id = patient.session.scalar(select(SurveyAnswer.stage_id))
    assert patient.ill()["I7"] == [f"log_entry {entry}", f"survey {stage_id}"]


def test_a_signature_for_other_answers_is_found(patient) -> None:
    patient.unguard("sign_offs_no_update")
    number = patient.change(SignOff, digest="0" * 64)
    assert f"sign_off {number}" in patient.ill()["I8"]


def test_a_signature_of_oneself_is_found(patient) -> None:
    patient.unguard("sign_offs_no_update")
    number = patient.session.scalar(select(SignOff.id).order_by(SignOff.id.desc()).limit(1))
    author = patient.session.scalar(
        select(Submission.submitted_by_id)
        .join(SignOff, SignOff.submission_id == Submission.id)
        .where(SignOff.id == number)
    )
    patient.change(SignOff, signer_id=author)
    assert f"sign_off {number}" in patient.ill()["I8"]


def test_answers_that_were_rewritten_are_found(patient) -> None:
    patient.unguard("submissions_no_update")
    number = patient.change(Submission, answers={"results_rating": "above"})
    assert f"submission {number}" in patient.ill()["I8"]


def test_a_result_that_was_improved_by_hand_is_found(patient) -> None:
    number = patient.change(Score, outcome="very_good")
    assert patient.ill() == {"I9": [f"score {number}"]}


def test_an_explanation_that_was_rewritten_is_found(patient) -> None:
    number = patient.change(Score, steps=[])
    assert patient.ill() == {"I9": [f"score {number}"]}


def test_a_reference_to_nothing_is_found(patient) -> None:
    if patient.sqlite:
        patient.session.execute(text("PRAGMA defer_foreign_keys = ON"))
        patient.session.execute(text("UPDATE log_entries SET entered_by_id = 4711"))
        assert len(patient.ill()["I10"]) == 1
        patient.session.execute(text("UPDATE log_entries SET entered_by_id = 1"))
        return
    name = "fk_log_entries_entered_by_id"
    patient.session.execute(text(f"ALTER TABLE log_entries DROP CONSTRAINT {name}"))
    patient.session.execute(text("UPDATE log_entries SET entered_by_id = 4711"))
    patient.session.execute(
        text(f"ALTER TABLE log_entries ADD CONSTRAINT {name} FOREIGN KEY (entered_by_id) REFERENCES people NOT VALID")
    )
    assert patient.ill()["I10"] == [name]


@pytest.mark.parametrize(
    ("values", "ill"),
    [
        ({"state": "running", "lease_until": NOW - timedelta(minutes=29)}, False),
        ({"state": "running", "lease_until": NOW - timedelta(minutes=31)}, True),
        ({"state": "requested", "requested_at": NOW - timedelta(minutes=31), "launched_at": None}, True),
        ({"state": "requested", "requested_at": NOW - timedelta(minutes=5), "launched_at": None}, False),
    ],
)
def test_work_that_was_left_behind_is_found(patient, values, ill) -> None:
    number = patient.change(Run, **values)
    assert (patient.ill().get("I11") == [f"run {number}"]) is ill


def test_a_column_that_could_name_the_author_of_a_ballot_is_found(patient) -> None:
    patient.session.execute(text("ALTER TABLE ballots ADD COLUMN respondent_id INTEGER"))
    assert patient.ill() == {"anonymity": ["ballots.respondent_id"]}


def test_a_box_with_ballots_of_two_versions_is_found(patient) -> None:
    ballot = patient.session.scalars(select(Ballot)).first()
    other = patient.session.scalar(select(DesignVersion.id).where(DesignVersion.id != ballot.form_version_id))
    ballot.form_version_id = other
    patient.session.flush()
    assert patient.ill() == {"anonymity": [f"stage {ballot.stage_id}"]}
