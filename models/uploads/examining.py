"""Whether a sent file is what its name says, and harmless: ending, first bytes and parse must agree."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from threading import BoundedSemaphore
from typing import Any

from forms.fields.evidence import EXTENSIONS, TYPES, type_words
from forms.text import Message, msg
from models.errors import Invalid
from models.uploads.kinds import begins_like
from models.uploads.names import clean_name, ending_of

ROOT = Path(__file__).parent.parent.parent
SECONDS = 30
AT_ONCE = 2
"""How many files of one process are examined at the same time; the others wait their turn."""
_turn = BoundedSemaphore(AT_ONCE)

EMPTY = msg("Berkas ini kosong. Pilih berkas lain.")
UNSUPPORTED = msg("Jenis berkas tidak didukung. Gunakan %(types)s.", types=type_words(TYPES))
NOT_WHAT_IT_SAYS = msg("Isi berkas ini bukan %(type)s seperti yang tertulis pada namanya. Simpan ulang lalu unggah.")
TOO_COMPLEX = msg("Isi berkas ini terlalu besar untuk diperiksa. Simpan ulang dengan ukuran lebih kecil.")
WORDS = {
    "damaged": msg("Berkas ini rusak atau tidak dapat dibaca. Simpan ulang lalu unggah kembali."),
    "other": NOT_WHAT_IT_SAYS,
    "pixels": msg("Gambar ini terlalu besar: paling banyak 40 juta piksel. Perkecil ukurannya lalu unggah kembali."),
    "locked": msg("Berkas ini dikunci dengan kata sandi. Simpan tanpa kata sandi lalu unggah kembali."),
    "script": msg("PDF ini berisi skrip. Cetak ulang sebagai PDF biasa lalu unggah kembali."),
    "launch": msg(
        "Berkas ini menjalankan program atau membuka alamat lain dengan sendirinya, sehingga tidak diterima."
    ),
    "attached": msg("Berkas ini memuat berkas lain di dalamnya. Unggah setiap berkas tersendiri."),
    "macros": msg("Berkas ini berisi makro. Simpan tanpa makro atau sebagai PDF lalu unggah kembali."),
    "mixed": msg("Berkas ini memuat isi yang tidak semestinya. Cetak ulang sebagai PDF lalu unggah kembali."),
    "large": TOO_COMPLEX,
}
"""What is said for each reason of `models.uploads.refused`."""


@dataclass(frozen=True, slots=True)
class Examined:
    """A file that may be kept: its type, its cleaned name, and the bytes to keep."""

    type: str
    name: str
    content: bytes


def examine(data: bytes, filename: str) -> Examined:
    """The file as it may be kept; pictures come back without anything but the picture.

    Raises `Invalid` with what to do. Takes up to half a minute of a process of its own: never call it while a
    transaction is open.
    """
    name = clean_name(filename)
    ending = ending_of(name)
    kind = next((kind for kind, endings in EXTENSIONS.items() if ending in endings), None)
    if kind is None:
        raise Invalid(UNSUPPORTED)
    if not data:
        raise Invalid(EMPTY)
    if not begins_like(kind, data):
        raise Invalid(_words("other", kind))
    with _turn:
        verdict, kept = _asked(kind, data)
    if "refused" in verdict:
        raise Invalid(_words(verdict["refused"], kind))
    return Examined(kind, name, kept or data)


def _asked(kind: str, data: bytes) -> tuple[dict[str, Any], bytes]:
    """What the child says, and the bytes it gives."""
    # Nothing of our environment (keys, database address) goes along.
    environment = {key: os.environ[key] for key in ("PATH", "HOME", "LANG", "TMPDIR") if key in os.environ}
    try:
        done = subprocess.run(  # noqa: S603  (our own program; the file goes in as data)
            [sys.executable, "-P", "-m", "models.uploads.child", kind],
            input=data,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=SECONDS,
            check=False,
            cwd=ROOT,
            env={**environment, "PYTHONPATH": str(ROOT)},
        )
    except subprocess.TimeoutExpired as wrong:
        raise Invalid(TOO_COMPLEX) from wrong
    line, _, kept = done.stdout.partition(b"\n")
    if done.returncode != 0 or not line:
        raise Invalid(TOO_COMPLEX)
    verdict: dict[str, Any] = json.loads(line)
    return verdict, kept


def _words(reason: str, kind: str) -> Message:
    return msg(WORDS[reason].msgid, type=type_words((kind,)))
