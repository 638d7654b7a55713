"""Searching files for malware by ClamAV's daemon, where one is configured."""

import socket
import struct
from enum import StrEnum
from urllib.parse import unquote, urlsplit

from models.settings import Settings

SECONDS = 30
PIECE = 1 << 16
MOST_ANSWER = 4096


class Verdict(StrEnum):
    """What a search ended with."""

    CLEAN = "clean"
    INFECTED = "infected"
    UNKNOWN = "unknown"
    """The daemon could not be asked, or did not understand: nobody may take that for clean."""


def search(address: str, content: bytes) -> Verdict:
    """Ask the daemon at `tcp://host:port` or `unix:///path` about bytes (its command INSTREAM)."""
    try:
        with _connected(address) as line:
            line.sendall(b"zINSTREAM\0")
            for start in range(0, len(content), PIECE):
                piece = content[start : start + PIECE]
                line.sendall(struct.pack("!I", len(piece)) + piece)
            line.sendall(struct.pack("!I", 0))
            answer = _answer(line)
    except OSError:
        return Verdict.UNKNOWN
    if answer == b"stream: OK":
        return Verdict.CLEAN
    return Verdict.INFECTED if answer.startswith(b"stream: ") and answer.endswith(b" FOUND") else Verdict.UNKNOWN


def search_if_configured(settings: Settings, content: bytes) -> Verdict:
    """As `search`; without a daemon in the settings everything counts as clean."""
    return search(settings.clamd, content) if settings.clamd else Verdict.CLEAN


def check_address(address: str) -> None:
    """Raise `ValueError` for an address of the daemon that cannot be used."""
    parts = urlsplit(address)
    if not (
        (parts.scheme == "tcp" and parts.hostname and parts.port) or (parts.scheme == "unix" and parts.path.strip("/"))
    ):
        raise ValueError("KINERJA_CLAMD must look like tcp://127.0.0.1:3310 or unix:///run/clamav/clamd.ctl")


def _connected(address: str) -> socket.socket:
    parts = urlsplit(address)
    if parts.scheme == "tcp":
        return socket.create_connection((parts.hostname or "", parts.port or 0), timeout=SECONDS)
    line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    line.settimeout(SECONDS)
    try:
        line.connect(unquote(parts.path))
    except OSError:
        line.close()
        raise
    return line


def _answer(line: socket.socket) -> bytes:
    """What the daemon says, up to the zero byte."""
    answer = b""
    while b"\0" not in answer and len(answer) < MOST_ANSWER:
        piece = line.recv(MOST_ANSWER)
        if not piece:
            break
        answer += piece
    return answer.partition(b"\0")[0]
