"""What a paper is told: values that can be frozen, stored as JSON and read back without loss, never live objects."""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, ClassVar, Self

from pydantic import ConfigDict, TypeAdapter

PLAIN = (str, bool, int, Decimal, date, type(None))
"""Types a template may see (datetime is a date). No float: figures on papers are exact."""


class Facts:
    """Base of the frozen dataclasses in this package; a snapshot is their JSON form."""

    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(extra="forbid")

    def check(self) -> None:
        """Raises ValueError when the paper has no room for a fact; asked when printing, not when reading snapshots."""

    def to_snapshot(self) -> dict[str, Any]:
        """The facts as JSON values: dates in ISO form, decimals as text."""
        snapshot: dict[str, Any] = TypeAdapter(type(self)).dump_python(self, mode="json")
        return snapshot

    @classmethod
    def from_snapshot(cls, snapshot: Mapping[str, Any]) -> Self:
        """The facts of a stored snapshot; raises `pydantic.ValidationError`, naming each fact missing or unknown."""
        return TypeAdapter(cls).validate_python(dict(snapshot))


def printable(facts: Mapping[str, Any] | Facts) -> dict[str, Any]:
    """A plain copy of facts that fit their paper; raises TypeError or ValueError, saying which fact does not."""
    if isinstance(facts, Facts):
        facts.check()
    copy: dict[str, Any] = plain(facts)
    return copy


def plain(value: Any, path: str = "facts") -> Any:
    """Copy of facts made of plain values, lists and dicts only.

    Raises TypeError with the path of anything else: a template never gets an object with behaviour, let alone a row
    of the database.
    """
    if isinstance(value, PLAIN):
        return value
    if is_dataclass(value) and not isinstance(value, type):
        return {f.name: plain(getattr(value, f.name), f"{path}.{f.name}") for f in fields(value)}
    if isinstance(value, Mapping):
        return {str(key): plain(item, f"{path}.{key}") for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(item, f"{path}[{index}]") for index, item in enumerate(value)]
    raise TypeError(f"{path} is a {type(value).__name__}, which a document may not be given")


def moment(dated: date | datetime) -> str:
    """A date or time as the metadata of a document carry it (W3C form, time zone kept)."""
    return dated.isoformat(timespec="seconds") if isinstance(dated, datetime) else dated.isoformat()
