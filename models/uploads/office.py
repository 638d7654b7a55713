"""Office files: an archive within its limits, without macros, locks, foreign code or parts fetched from elsewhere."""

import re
from html import unescape
from urllib.parse import unquote

from forms.exchange import archive
from models.uploads.kinds import OFFICE
from models.uploads.refused import Refused

MACROS = re.compile(r"(^|/)(vbaproject\w*\.bin|vbadata\.xml|macrosheets?/|dialogsheets/|activex/|customui\w*/)", re.I)
OBJECTS = re.compile(r"(^|/)embeddings/(?!.*\.(docx|xlsx|pptx)$)", re.I)
"""Objects of other programs; the tables behind the charts of a presentation are office files themselves."""
ODD = re.compile(
    r"(^|/)\.\.(/|$)|^/|\\|\.(exe|dll|js|vbs|vbe|wsf|bat|cmd|ps1|hta|lnk|scr|com|jar|html?|svg|sct)$", re.I
)
MOST_PART_BYTES = 30_000_000
CHECKED_PARTS = re.compile(r"\.(xml|rels)$", re.I)
RELATION = re.compile(rb"<[\w.-]*:?Relationship\b[^>]*>", re.I)
TARGET = re.compile(rb"Target\s*=\s*[\"']([^\"']*)[\"']", re.I)
HYPERLINK = re.compile(rb"Type\s*=\s*[\"'][^\"']*/hyperlink[\"']", re.I)
EXTERNAL = re.compile(rb"TargetMode\s*=\s*[\"']External[\"']", re.I)
DDE = re.compile(rb"<\w*:?ddeLink\b|\bDDEAUTO\b|<w:instrText[^>]*>\s*DDE\b", re.I)


def check(kind: str, data: bytes) -> None:
    """Refuse an office file that is none, holds too much, or would do anything by itself. Raises `Refused`."""
    try:
        _check_directory(kind, archive.names(data))
        for name, part in _parts(data):
            _check_part(name, part)
    except archive.ArchiveTooLarge as bomb:
        raise Refused("large") from bomb
    except archive.ArchiveDamaged as wrong:
        raise Refused("damaged") from wrong


def _check_directory(kind: str, names: list[str]) -> None:
    if "[Content_Types].xml" not in names or OFFICE[kind] not in names:
        raise Refused("other")
    if any(MACROS.search(name) for name in names):
        raise Refused("macros")
    if any(OBJECTS.search(name) for name in names):
        raise Refused("attached")
    if any(ODD.search(name) for name in names) or len(set(names)) != len(names):
        raise Refused("mixed")


def _parts(data: bytes) -> list[tuple[str, bytes]]:
    """The parts that are text, whole; everything is inflated once, which is how its size is known."""
    found: dict[str, bytearray] = {}
    for name, piece in archive.inflated(data):
        if CHECKED_PARTS.search(name):
            part = found.setdefault(name, bytearray())
            part += piece
            if len(part) > MOST_PART_BYTES:
                raise Refused("large")
    return [(name, bytes(part)) for name, part in found.items()]


def _check_part(name: str, part: bytes) -> None:
    text = _as_utf8(part)
    if b"<!DOCTYPE" in text or b"<!ENTITY" in text:
        raise Refused("mixed")
    if name == "[Content_Types].xml" and re.search(rb"macroEnabled|vbaProject", text, re.I):
        raise Refused("macros")
    if name.lower().endswith(".rels"):
        for relation in RELATION.findall(text):
            target = TARGET.search(relation)
            if EXTERNAL.search(relation) and not HYPERLINK.search(relation) and target and _is_far(target[1]):
                raise Refused("launch")
            if b"vbaProject" in relation or b"/attachedToolbars" in relation:
                raise Refused("macros")
    if DDE.search(text):
        raise Refused("launch")


def _is_far(target: bytes) -> bool:
    """Whether a part would be fetched from another machine; a template on the writer's own disk is only not found."""
    address = unquote(unescape(target.decode(errors="replace"))).strip().lower().replace("\\", "/")
    if address.startswith("file:"):
        return not re.match(r"/*[a-z][:|]/", address.removeprefix("file:"))
    return address.startswith("//") or bool(re.match(r"[a-z][a-z0-9+.-]+:", address))


def _as_utf8(part: bytes) -> bytes:
    """The part in the encoding the patterns are written in."""
    if part.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in part[:200]:
        try:
            return part.decode("utf-16").encode()
        except (UnicodeDecodeError, UnicodeEncodeError) as wrong:
            raise Refused("damaged") from wrong
    return part
