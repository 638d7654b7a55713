"""What is said of a certificate, to people on the page and on the command line alike."""

from forms.text import Message, msg
from models import clock
from models.queries.verification import Verdict

VERDICTS = {
    "valid": msg("Piagam ini sah."),
    "revoked": msg("Piagam ini telah dicabut."),
    "unknown": msg("Piagam ini tidak ditemukan."),
}


def facts(verdict: Verdict, zone: str) -> list[tuple[Message, object]]:
    """What the public may know, as (label, value) pairs; nothing of a certificate that is unknown."""
    if verdict.state == "unknown":
        return []
    found: list[tuple[Message, object]] = [
        (msg("Nomor"), verdict.number),
        (msg("Penghargaan"), verdict.category),
        (msg("Siklus"), verdict.cycle_title),
        (msg("Nama penerima (disamarkan)"), verdict.holder),
        (msg("NIP (empat angka terakhir)"), verdict.employee_number),
        (msg("Diterbitkan oleh"), verdict.agency),
        (msg("Tanggal terbit"), msg("%(day)s", day=verdict.dated)),
    ]
    if verdict.revoked_at is not None:
        found += [
            (msg("Dicabut pada"), msg("%(day)s", day=clock.local_day(verdict.revoked_at, zone))),
            (msg("Alasan pencabutan"), verdict.revoked_reason),
        ]
    return [*found, (msg("Sidik berkas (SHA-256)"), verdict.sha256)]
