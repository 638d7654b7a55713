"""A cycle whose forms ask for evidence: a report, once and signed, with a table; and a log."""

from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from models.assignments import Assignment
from models.cycles import Cycle
from models.operations import cycles, designs
from models.people import Person
from models.permissions import CLOCK, OPERATOR, ORGANISATION
from models.queries import desk
from models.queries.designs import published_version
from models.uploads.examining import Examined
from tests.cast import ZONE, as_actor, stage

REPORT = {
    "key": "report",
    "title": "Laporan hasil kerja",
    "sections": [
        {
            "key": "work",
            "title": "Hasil kerja",
            "fields": [
                {"kind": "long_text", "key": "summary", "label": "Ringkasan"},
                {"kind": "evidence", "key": "letter", "label": "Surat tugas", "most": 2, "max_mb": 1},
                {
                    "kind": "rows",
                    "key": "results",
                    "label": "Hasil",
                    "item": "hasil",
                    "columns": [
                        {"kind": "short_text", "key": "what", "label": "Apa"},
                        {
                            "kind": "evidence",
                            "key": "proof",
                            "label": "Bukti",
                            "required": False,
                            "types": ["jpeg", "pdf"],
                        },
                    ],
                },
            ],
        }
    ],
}
NOTES = {
    "key": "notes",
    "title": "Catatan kegiatan",
    "sections": [
        {
            "key": "note",
            "title": "Kegiatan",
            "fields": [
                {"kind": "short_text", "key": "what", "label": "Kegiatan"},
                {"kind": "evidence", "key": "photo", "label": "Foto", "required": False, "most": 3},
            ],
        }
    ],
}
CYCLE = {
    "key": "proofs",
    "title": "Bukti",
    "stages": [
        {
            "key": "report",
            "title": "Laporan",
            "mode": "once",
            "form": "report",
            "respondents": "self",
            "sign_offs": ["supervisor"],
            "window": {"opens": "start+0", "closes": "start+30"},
        },
        {
            "key": "notes",
            "title": "Catatan",
            "mode": "log",
            "form": "notes",
            "respondents": "self",
            "window": {"opens": "start+0", "closes": "end+0"},
        },
    ],
}
PDF = Examined("pdf", "surat tugas.pdf", b"%PDF-1.7 a letter %%EOF")
JPEG = Examined("jpeg", "foto.jpg", b"\xff\xd8\xff a photo")


def open_proofs(session: Session) -> Cycle:
    """The cycle of 2026 with both stages open."""
    for kind, definition in (("form", REPORT), ("form", NOTES), ("cycle", CYCLE)):
        version = designs.import_definition(session, OPERATOR, ORGANISATION, kind=kind, definition=definition)
        designs.publish(session, OPERATOR, version)
    version = published_version(session, "cycle", "proofs")
    assert version is not None
    cycle = cycles.create_cycle(
        session,
        OPERATOR,
        ORGANISATION,
        version=version,
        key="proofs",
        title="Bukti 2026",
        starts_on=date(2026, 1, 1),
        ends_on=date(2026, 12, 31),
        zone=ZONE,
    )
    cycles.open_cycle(session, CLOCK, cycle)
    for key in ("report", "notes"):
        cycles.open_stage(session, CLOCK, stage(cycle, key))
    return cycle


def form_of(session: Session, person: Person, key: str = "report") -> Assignment:
    """The open form of a person."""
    forms = session.scalars(desk.to_answer(as_actor(session, person))).unique()
    return next(form for form in forms if form.stage.key == key)


def answers_with(letter: list[str], proof: list[str] | None = None) -> dict[str, Any]:
    """What is typed into the report, with the tokens of files."""
    row = {"_id": "r1", "what": "Pelayanan", "proof": proof or []}
    return {"summary": "Selesai", "letter": letter, "results": [row]}
