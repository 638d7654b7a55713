"""Bytes that are kept for ever: one file per content, named by its SHA-256, complete or not there."""

import hashlib
import os
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol


@dataclass(frozen=True)
class Stored:
    """What was stored: its SHA-256 in hexadecimal and its size in bytes."""

    sha256: str
    size: int


class Store(Protocol):
    """A place for bytes under the name of their SHA-256, shared by processes and machines."""

    def put(self, content: bytes) -> Stored:
        """Store bytes; they are kept, whole, when this returns. The same bytes are one file, and young again."""
        ...

    def get(self, sha256: str) -> bytes:
        """The bytes under this name; raises `FileNotFoundError`, or `ValueError` when other bytes came back."""
        ...

    def size(self, sha256: str) -> int | None:
        """How many bytes are kept under this name; None when there are none."""
        ...

    def delete(self, sha256: str) -> None:
        """Forget the bytes under this name, if there are any."""
        ...

    def older(self, moment: datetime) -> Iterator[str]:
        """The names of everything that was stored before a moment, left-overs of broken writes among it."""
        ...


def check_name(sha256: str) -> str:
    """The name itself, if it is one; raises `ValueError` otherwise, so that no path is ever made of anything else."""
    if len(sha256) != 64 or not all(letter in "0123456789abcdef" for letter in sha256):
        raise ValueError("not a SHA-256 in hexadecimal")
    return sha256


def checked(sha256: str, content: bytes) -> bytes:
    """The bytes, if they bear their name rightly; raises `ValueError` otherwise."""
    if hashlib.sha256(content).hexdigest() != sha256:
        raise ValueError(f"the stored file {sha256} has been altered")
    return content


class Storage:
    """A folder of content-addressed files; several processes and machines may share it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def put(self, content: bytes) -> Stored:
        digest = hashlib.sha256(content).hexdigest()
        path = self.path(digest)
        if not self._made_young(path):
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            part = path.with_name(f".{digest}.{secrets.token_hex(6)}")
            with part.open("wb") as file:
                os.fchmod(file.fileno(), 0o600)
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            part.replace(path)
            _sync_folder(path.parent)
        return Stored(digest, len(content))

    def get(self, sha256: str) -> bytes:
        return checked(sha256, self.path(sha256).read_bytes())

    def size(self, sha256: str) -> int | None:
        try:
            return self.path(sha256).stat().st_size
        except FileNotFoundError:
            return None

    def delete(self, sha256: str) -> None:
        self.path(sha256).unlink(missing_ok=True)

    def older(self, moment: datetime) -> Iterator[str]:
        for path in sorted(self.folder.rglob("*")) if self.folder.is_dir() else ():
            if path.is_file() and datetime.fromtimestamp(path.stat().st_mtime, UTC) < moment:
                yield path.name

    def path(self, sha256: str) -> Path:
        """Where bytes of this name lie."""
        return self.folder / check_name(sha256)[:2] / sha256[2:4] / sha256

    def _made_young(self, path: Path) -> bool:
        """Whether the file is there; then nobody takes it for a left-over within the next hour."""
        try:
            os.utime(path)
        except FileNotFoundError:
            return False
        return True


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
