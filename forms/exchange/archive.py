"""The rule for archives that somebody sent, office files among them: never more inside than agreed."""

import io
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

MOST_ENTRIES = 2_000
MOST_INFLATED_BYTES = 50_000_000
MOST_INFLATION = 100
ALWAYS_ALLOWED_BYTES = 1_000_000
"""Small archives may be packed tighter than `MOST_INFLATION`: white space compresses well."""
AT_ONCE = 1 << 16

BROKEN = (zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError, RuntimeError, OverflowError)
"""How an archive put together by hand makes zipfile stumble (also over passwords and unknown methods)."""


class ArchiveDamaged(ValueError):
    """This is no archive, or not one that can be read without a password."""


class ArchiveTooLarge(ValueError):
    """There is more in the archive than is allowed."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How much an archive may hold."""

    entries: int = MOST_ENTRIES
    inflated_bytes: int = MOST_INFLATED_BYTES


def names(data: bytes) -> list[str]:
    """The names in the directory. Raises `ArchiveDamaged`."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return archive.namelist()
    except BROKEN as wrong:
        raise ArchiveDamaged from wrong


def inflated(data: bytes, limits: Limits | None = None) -> Iterator[tuple[str, bytes]]:
    """Every entry, in pieces of its content: sizes in the directory are looked at first, then counted, not believed.

    Raises `ArchiveTooLarge` before more has been inflated than is allowed, `ArchiveDamaged` for what cannot be read.
    """
    limits = limits or Limits()
    allowed = min(limits.inflated_bytes, max(ALWAYS_ALLOWED_BYTES, MOST_INFLATION * len(data)))
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
            if len(entries) > limits.entries or sum(entry.file_size for entry in entries) > allowed:
                raise ArchiveTooLarge
            total = 0
            for entry in entries:
                with archive.open(entry) as content:
                    while piece := content.read(AT_ONCE):
                        total += len(piece)
                        if total > allowed:
                            raise ArchiveTooLarge
                        yield entry.filename, piece
    except ArchiveTooLarge:
        raise
    except BROKEN as wrong:
        raise ArchiveDamaged from wrong


def check(data: bytes, limits: Limits | None = None) -> None:
    """Refuse an archive before anything else is done with it. Raises as `inflated` does."""
    for _name, _piece in inflated(data, limits):
        pass
