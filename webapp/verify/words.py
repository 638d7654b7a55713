"""What is said of a paper, to people on the page and on the command line alike."""

from forms.text import Message, msg
from models import clock
from models.queries.verification import Verdict

VERDICTS = {
    "valid": msg("Dokumen ini sah."),
    "revoked": msg("Dokumen ini telah dicabut."),
    "replaced": msg("Dokumen ini telah digantikan."),
    "unknown": msg("Dokumen ini tidak ditemukan."),
}
KINDS = {"certificate": msg("Piagam penghargaan"), "evaluation": msg("Dokumen evaluasi kinerja pegawai")}


def facts(verdict: Verdict, zone: str) -> list[tuple[Message, object]]:
    """What the public may know, as (label, value) pairs; nothing of a paper that is unknown."""
    if verdict.state == "unknown":
        return []
    found: list[tuple[Message, object]] = [(msg("Jenis dokumen"), KINDS[verdict.kind])]
    if verdict.kind == "certificate":
        found += [
            (msg("Nomor"), verdict.number),
            (msg("Penghargaan"), verdict.category),
            (msg("Diterbitkan oleh"), verdict.agency),
        ]
    found += [
        (msg("Siklus"), verdict.cycle_title),
        (msg("Nama (disamarkan)"), verdict.holder),
        (msg("NIP (empat angka terakhir)"), verdict.employee_number),
        (msg("Tanggal terbit"), msg("%(day)s", day=verdict.dated)),
    ]
    if verdict.revoked_at is not None:
        found += [
            (msg("Dicabut pada"), msg("%(day)s", day=clock.local_day(verdict.revoked_at, zone))),
            (msg("Alasan pencabutan"), verdict.revoked_reason),
        ]
    return [*found, (msg("Sidik berkas (SHA-256)"), verdict.sha256)]
