"""What a case of a kind of field is, and the world and the sentences that the cases share."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from forms.context import AnswerContext, FileRef

FILES = {
    "PDF1": FileRef("PDF1", "laporan.pdf", 120_000, "ab" * 32, "pdf"),
    "JPG2": FileRef("JPG2", "foto kegiatan.jpg", 380_000, "cd" * 32, "jpeg"),
    "BIG3": FileRef("BIG3", "besar.pdf", 3_000_000, "ef" * 32, "pdf", checking=True),
    "DOC4": FileRef("DOC4", "surat.docx", 9_000, "01" * 32, "docx"),
}
"""Uploaded files; the last two are too large or of another type for the evidence question below."""


def stored_file(token: str) -> dict[str, Any]:
    """A file as an answer keeps it."""
    file = FILES[token]
    return {"id": file.id, "name": file.name, "size": file.size, "sha256": file.sha256, "type": file.type}


CONTEXT = AnswerContext(
    files=FILES,
    today=date(2026, 1, 30),
    colleagues={"7": "Ani Rahmawati", "9": "Budi Santoso"},
    units={"3": "Seksi Pelayanan Umum", "4": "Kelurahan Surau Gadang"},
    sources={
        "planning.results": [{"_id": "a1", "result": "Terlayaninya pemohon"}, {"_id": "b2", "result": "Arsip"}],
        "supervisor:planning.results": [{"_id": "s1", "result": "Layanan prima"}, {"_id": "s2"}],
    },
)

REQUIRED = "Isian ini wajib diisi."
NOT_READABLE = "Isian ini tidak dapat dibaca. Silakan isi ulang."
NOT_OFFERED = "Pilih salah satu dari pilihan yang tersedia."
NOT_A_NUMBER = "Tuliskan angka, contoh 1.250 atau 18,75."
NOT_A_DATE = "Tuliskan tanggal dengan format hh/bb/tttt, contoh 30/01/2026."
DAMAGED = "Teks memuat karakter yang rusak. Silakan ketik ulang bagian tersebut."
TOO_LARGE = "Angka terlalu besar: paling banyak 14 angka di depan koma."


@dataclass(frozen=True)
class Cases:
    """One kind in one setting."""

    settings: dict[str, Any]
    good: list[tuple[Any, Any, str]]
    """(typed, or for what is computed the result; stored; shown in Indonesian)"""
    bad: list[tuple[Any, str]]
    """(typed, why it is refused)"""
    unfit: list[tuple[dict[str, Any], str]] = field(default_factory=list)
    """(other settings, path of the problem)"""


OPTIONS = [{"value": "a", "label": "Satu"}, {"value": "b", "label": "Dua"}, {"value": "no", "label": "Tiga"}]
POINTS = [
    {"key": "below", "value": 1, "label": "Kurang"},
    {"key": "2", "value": 2},
    {"key": "above", "value": "2.50", "label": "Lebih"},
    {"key": "cannot_judge", "label": "Tidak dapat menilai"},
]
