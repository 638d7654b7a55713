"""Checks of certificates and documents: numbers without gap, files whole and nobody's file left over."""

from collections.abc import Iterator
from datetime import timedelta

from sqlalchemy import func, select

from forms.text import msg
from models import clock
from models.awards import Certificate, Register
from models.doctor.base import SAMPLE, Examination, Finding, finding, found_by, streamed
from models.documents import Document
from models.states import Certificate as State
from models.storage import Store

FRESH_SECONDS = 3600
"""A file may lie there so long before its row is written."""


def numbers_have_no_gap(examination: Examination) -> Iterator[Finding]:
    """I4: the numbers of a register and year are 1, 2, 3 … as far as the register counted, each once."""
    session = examination.session
    used = {
        (row.register, row.year): row
        for row in session.execute(
            select(
                Certificate.register,
                Certificate.year,
                func.count().label("count"),
                func.count(func.distinct(Certificate.sequence)).label("different"),
                func.min(Certificate.sequence).label("first"),
                func.max(Certificate.sequence).label("last"),
            ).group_by(Certificate.register, Certificate.year)
        )
    }
    counted = {
        (key, year): last for key, year, last in session.execute(select(Register.key, Register.year, Register.last))
    }

    def broken() -> Iterator[str]:
        for place in sorted(used.keys() | counted.keys()):
            last, row = counted.get(place, 0), used.get(place)
            numbers = (row.count, row.different, row.first, row.last) if row else (0, 0, 1, 0)
            if numbers != (last, last, 1, last):
                yield f"register {place[0]} {place[1]}"

    yield finding("I4", msg("Nomor piagam berurutan tanpa celah dan sama dengan register."), broken())
    for message, columns in (
        (msg("Tidak ada nomor piagam yang sama."), (Certificate.number,)),
        (
            msg("Setiap penerima memiliki paling banyak satu piagam dalam satu kategori dan siklus."),
            (Certificate.cycle_id, Certificate.category, Certificate.holder_id),
        ),
    ):
        doubled = select(func.max(Certificate.id)).group_by(*columns).having(func.count() > 1)
        yield found_by(examination, "I4", message, "certificate", doubled)


def files_are_whole(examination: Examination) -> Iterator[Finding]:
    """I5: every issued certificate has its paper, every paper its file of that size and SHA-256.

    Existence and size of all; the bytes of the newest few hundred unless everything is to be looked at.
    """
    session, storage = examination.session, examination.storage
    yield found_by(
        examination,
        "I5",
        msg("Setiap piagam yang terbit memiliki berkas."),
        "certificate",
        select(Certificate.id).where(Certificate.state != State.NUMBERED, Certificate.document_id.is_(None)),
    )

    def broken() -> Iterator[str]:
        rows = select(Document.id, Document.sha256, Document.size).order_by(Document.id.desc())
        for seen, (number, sha256, size) in enumerate(streamed(session, rows)):
            if not is_whole(storage, sha256, size, read=examination.everything or seen < SAMPLE):
                yield f"document {number}"

    yield finding("I5", msg("Setiap dokumen tersimpan utuh."), broken())


def no_file_without_owner(examination: Examination) -> Iterator[Finding]:
    """I5: no file is left over, as a worker leaves it that was killed between the file and its row."""
    known = set(examination.session.scalars(select(Document.sha256)))
    old = clock.now() - timedelta(seconds=FRESH_SECONDS)
    left_over = (f"file {name[:20]}" for name in examination.storage.older(old) if name not in known)
    yield finding("I5", msg("Tidak ada berkas dokumen tanpa catatan."), left_over)


def is_whole(storage: Store, sha256: str, size: int, *, read: bool) -> bool:
    """Whether a file is there in its size and, when it is to be read, with its bytes."""
    if storage.size(sha256) != size:
        return False
    try:
        return not read or len(storage.get(sha256)) == size
    except (FileNotFoundError, ValueError):
        return False
