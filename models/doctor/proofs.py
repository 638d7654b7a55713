"""Checks of evidence: what answers name is there with the bytes they were signed for, and nothing is left over."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import String, cast, select
from sqlalchemy.orm import InstrumentedAttribute

from forms.text import msg
from models import clock
from models.assignments import LogEntry, Submission
from models.doctor.base import SAMPLE, Examination, Finding, finding, streamed
from models.doctor.papers import is_whole
from models.evidence import EvidenceFile
from models.operations.evidence import LEFT_OVER_AFTER

NAMED = {"id", "name", "size", "sha256", "type"}
"""What an answer says of a file."""


def evidence_is_whole(examination: Examination) -> Iterator[Finding]:
    """I5: every file that was sent is there in its size; the newest few hundred, or all, with their bytes."""
    session, store = examination.session, examination.evidence

    def broken() -> Iterator[str]:
        rows = select(EvidenceFile.id, EvidenceFile.sha256, EvidenceFile.size).order_by(EvidenceFile.id.desc())
        for seen, (number, sha256, size) in enumerate(streamed(session, rows)):
            if not is_whole(store, sha256, size, read=examination.everything or seen < SAMPLE):
                yield f"evidence_file {number}"

    yield finding("I5", msg("Setiap bukti dukung tersimpan utuh."), broken())


def answers_have_their_evidence(examination: Examination) -> Iterator[Finding]:
    """I5: every file that handed-in answers name exists, belongs to them, and is the one that was signed for."""
    session = examination.session

    def broken() -> Iterator[str]:
        for kind, table in (("submission", Submission), ("log_entry", LogEntry)):
            answers: InstrumentedAttribute[dict[str, Any]] = table.answers
            rows = select(table.id, table.assignment_id, answers).where(cast(answers, String).contains('"sha256"'))
            for number, assignment_id, stored in streamed(session, rows):
                for named in _named(stored):
                    found = session.execute(
                        select(EvidenceFile.assignment_id, EvidenceFile.sha256, EvidenceFile.size).where(
                            EvidenceFile.token == named["id"]
                        )
                    ).one_or_none()
                    if found is None or tuple(found) != (assignment_id, named["sha256"], named["size"]):
                        yield f"{kind} {number}"

    yield finding("I5", msg("Setiap bukti dukung yang disebut jawaban ada dan sama dengan yang diajukan."), broken())


def no_evidence_without_owner(examination: Examination) -> Iterator[Finding]:
    """I5: no bytes are left over for longer than the next cleaning takes."""
    session = examination.session
    old = clock.now() - 24 * LEFT_OVER_AFTER
    known = set(session.scalars(select(EvidenceFile.sha256)))
    left_over = (f"file {name[:20]}" for name in examination.evidence.older(old) if name not in known)
    yield finding("I5", msg("Tidak ada berkas bukti dukung tanpa catatan."), left_over)


def _named(stored: Any) -> Iterator[dict[str, Any]]:
    """Every file that an answer names, however deep in its rows."""
    if isinstance(stored, dict):
        if set(stored) == NAMED:
            yield stored
            return
        stored = list(stored.values())
    if isinstance(stored, list):
        for part in stored:
            yield from _named(part)
