"""What has to be known about the world to read answers: the day, the colleagues, earlier signed answers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from forms.fields.rows import Rows


@dataclass(frozen=True, slots=True)
class FileRef:
    """A file that was uploaded as evidence: its token, cleaned name, size in bytes, SHA-256 and type."""

    id: str
    name: str
    size: int
    sha256: str
    type: str
    checking: bool = False
    """Whether it still waits to be searched for malware; then only who uploaded it may open it."""


@dataclass(frozen=True)
class AnswerContext:
    """The world in which answers are given.

    `colleagues` maps person ids to names, `units` unit ids, `files` the tokens of what was uploaded as evidence to
    files. `sources` holds, by `stage.field`, the stored rows of earlier signed answers; `source_fields` the definitions
    those rows were answered to, so that they can be shown in words (without it their stored values are shown as they
    are).
    """

    today: date
    colleagues: Mapping[str, str] = field(default_factory=dict)
    units: Mapping[str, str] = field(default_factory=dict)
    sources: Mapping[str, Sequence[Mapping[str, Any]]] = field(default_factory=dict)
    source_fields: Mapping[str, "Rows"] = field(default_factory=dict)
    files: Mapping[str, FileRef] = field(default_factory=dict)
