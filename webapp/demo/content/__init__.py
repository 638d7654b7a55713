"""The words of the demo: what people in each position plan, log, answer and write, as data."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

import yaml

POSITION_FILES = ("heads_district", "heads_office", "staff")
"""In this order the patterns of titles are tried."""
KINDS = {
    "pimpinan tinggi": "leader",
    "administrator": "administrator",
    "pengawas": "supervisor",
    "fungsional": "functional",
    "pelaksana": "general",
}
"""Kinds of position as written in files → as they are stored; the stored words are taken too."""


@dataclass(frozen=True, slots=True)
class Indicator:
    """A measure of a planned result with the range its target is drawn from."""

    aspect: str
    say: str
    least: Decimal
    most: Decimal
    step: Decimal
    unit: str
    direction: str
    cap: Decimal | None
    """The highest possible value, where there is one."""
    evidence: str


@dataclass(frozen=True, slots=True)
class Result:
    """A planned result, worded as a result, with its indicators."""

    say: str
    indicators: tuple[Indicator, ...]


@dataclass(frozen=True, slots=True)
class Work:
    """A kind of daily work with how many are done in a day."""

    activity: str
    say: str
    least: int
    most: int


@dataclass(frozen=True, slots=True)
class Position:
    """What people in a position plan and do; `services` are counted by those who serve the public at a counter."""

    results: tuple[Result, ...]
    log: tuple[Work, ...]
    services: bool


@cache
def words(name: str) -> Mapping[str, Any]:
    """The content of one data file."""
    text = (files(__name__) / f"{name}.yaml").read_text(encoding="utf-8")
    content = yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506 - safe either way
    return MappingProxyType(content) if isinstance(content, dict) else MappingProxyType({"positions": content})


@cache
def position(title: str, kind: str) -> Position:
    """What belongs to a title, by the first pattern that fits it; else what belongs to its kind of position."""
    for pattern, found in _patterns():
        if pattern.search(title.casefold().strip()):
            return found
    return _by_kind()[known_kind(kind)]


def has_own_content(title: str) -> bool:
    """Whether a pattern fits the title, so that no fallback is needed."""
    return any(pattern.search(title.casefold().strip()) for pattern, _ in _patterns())


def known_kind(kind: str) -> str:
    """The stored word for a kind of position; `general` for one never heard of."""
    kind = KINDS.get(kind.casefold().strip(), kind)
    return kind if kind in KINDS.values() else "general"


@cache
def additional() -> tuple[Result, ...]:
    """Duties anybody may have beside the main ones."""
    return tuple(_result(entry) for entry in words("kinds")["additional"])


@cache
def indicators() -> Mapping[str, Indicator]:
    """All indicators by their wording."""
    everything = [found for _, found in _patterns()] + list(_by_kind().values())
    results = [result for found in everything for result in found.results] + list(additional())
    return MappingProxyType({indicator.say: indicator for result in results for indicator in result.indicators})


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], Position], ...]:
    return tuple(
        (re.compile(entry["title"]), _position(entry)) for name in POSITION_FILES for entry in words(name)["positions"]
    )


@cache
def _by_kind() -> Mapping[str, Position]:
    return MappingProxyType({kind: _position(words("kinds")[kind]) for kind in KINDS.values()})


def _position(entry: Mapping[str, Any]) -> Position:
    return Position(
        results=tuple(_result(result) for result in entry["results"]),
        log=tuple(Work(work["activity"], work["say"], *work["count"]) for work in entry["log"]),
        services=entry.get("services", False),
    )


def _result(entry: Mapping[str, Any]) -> Result:
    return Result(entry["say"], tuple(_indicator(indicator) for indicator in entry["indicators"]))


def _indicator(entry: Mapping[str, Any]) -> Indicator:
    least, most, step = (Decimal(str(number)) for number in entry["target"])
    cap = entry.get("cap", 100 if entry["unit"] == "persen" else None)
    return Indicator(
        aspect=entry["aspect"],
        say=entry["say"],
        least=least,
        most=most,
        step=step,
        unit=entry["unit"],
        direction=entry.get("direction", "higher"),
        cap=None if cap is None else Decimal(cap),
        evidence=entry["evidence"],
    )
