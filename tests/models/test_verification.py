"""What the public may learn about a paper."""

from datetime import date

from sqlalchemy.orm import Session

from models.operations.documents import attach
from models.permissions import PRINTER
from models.queries import verification
from models.storage import Stored
from tests.cast import cast, on_day, plan_cycle


def test_an_evaluation_is_genuine_until_a_later_one_replaces_it(session: Session) -> None:
    people = cast(session)
    cycle = plan_cycle(session)
    for revision, code in ((1, "A" * 26), (2, "B" * 26)):
        with on_day(2027, 2, revision):
            attach(
                session,
                PRINTER,
                cycle,
                kind="evaluation",
                subject_id=people.citra.id,
                revision=revision,
                code=code,
                filename="evaluasi.pdf",
                stored=Stored(sha256=code[0].lower() * 64, size=10),
            )
    older, newer = verification.by_code(session, "A" * 26), verification.by_code(session, "b" * 26)
    assert (older.state, newer.state) == ("replaced", "valid")
    assert (newer.kind, newer.holder, newer.dated) == ("evaluation", "C**** L******", date(2027, 2, 2))
    assert people.citra.name not in str(newer)


def test_a_code_nobody_issued_is_unknown(session: Session) -> None:
    cast(session)
    assert verification.by_code(session, "C" * 26) == verification.UNKNOWN
    assert verification.by_file(session, b"%PDF-1.7 nothing of ours") == verification.UNKNOWN
