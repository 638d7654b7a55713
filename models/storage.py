"""Bytes that are kept for ever: one file per content, named by its SHA-256, complete or not there."""

import hashlib
import os
import secrets
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Stored:
    """What was stored: its SHA-256 in hexadecimal and its size in bytes."""

    sha256: str
    size: int


class Storage:
    """A folder of content-addressed files; several processes and machines may share it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def put(self, content: bytes) -> Stored:
        """Store bytes; they are on disk, whole, when this returns. The same bytes are one file."""
        digest = hashlib.sha256(content).hexdigest()
        path = self.path(digest)
        if not path.exists():
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
        """The bytes under this name; raises `FileNotFoundError`, or `ValueError` when the disk gave other bytes."""
        content = self.path(sha256).read_bytes()
        if hashlib.sha256(content).hexdigest() != sha256:
            raise ValueError(f"the stored file {sha256} has been altered")
        return content

    def path(self, sha256: str) -> Path:
        """Where bytes of this name lie."""
        if len(sha256) != 64 or not all(letter in "0123456789abcdef" for letter in sha256):
            raise ValueError("not a SHA-256 in hexadecimal")
        return self.folder / sha256[:2] / sha256[2:4] / sha256


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
