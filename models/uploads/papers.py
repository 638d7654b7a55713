"""PDFs: opened, never changed (a signature on them stays valid), refused when they would do anything by themselves."""

import io
from collections.abc import Iterator
from typing import Any

import pikepdf

from models.uploads.refused import Refused

MOST_OBJECTS = 200_000
MOST_DEPTH = 60
HEAD, TAIL = 4096, 1024
MARKUP = (b"<script", b"<html", b"<!doctype", b"<svg", b"<?php", b"<iframe")
"""What the head of a file for two readers holds."""
SCRIPT_KEYS = ("/JS", "/JavaScript", "/XFA")
ATTACHED_KEYS = ("/EF", "/EmbeddedFiles", "/RichMediaContent")
ACTIONS = {
    "/JavaScript": "script",
    "/Rendition": "script",
    "/Launch": "launch",
    "/GoToE": "launch",
    "/ImportData": "launch",
    "/SubmitForm": "launch",
}
"""Kind of action → why it is refused, wherever it stands."""
TRIGGERS = ("/OpenAction", "/AA")
"""Where actions stand that nobody clicks."""
FAR = ("/URI", "/GoToR")
"""Actions that lead elsewhere: a link may, a trigger may not."""
MOST_FOLLOWED = 500
NESTED = (
    "/O",
    "/C",
    "/E",
    "/X",
    "/D",
    "/U",
    "/Fo",
    "/Bl",
    "/PO",
    "/PC",
    "/PV",
    "/PI",
    "/K",
    "/F",
    "/V",
    "/WC",
    "/WS",
    "/DS",
    "/WP",
    "/DP",
)
"""The moments an `/AA` knows."""


def check(data: bytes) -> None:
    """Refuse a PDF that is locked, damaged, meant for a second reader, or that acts by itself. Raises `Refused`."""
    _check_frame(data)
    try:
        with pikepdf.open(io.BytesIO(data)) as paper:
            if paper.is_encrypted:
                raise Refused("locked")
            if len(paper.pages) == 0:
                raise Refused("damaged")
            _check_objects(paper)
    except pikepdf.PasswordError as locked:
        raise Refused("locked") from locked
    except (pikepdf.PdfError, ValueError, TypeError, RuntimeError, OverflowError, KeyError, IndexError) as wrong:
        if isinstance(wrong, Refused):
            raise
        raise Refused("damaged") from wrong


def _check_frame(data: bytes) -> None:
    """A PDF from the first byte to the last: no web page in front, no archive behind."""
    head = data[:HEAD].lower()
    if any(word in head for word in MARKUP):
        raise Refused("mixed")
    end = data.rfind(b"%%EOF")
    if end < 0:
        raise Refused("damaged")
    if len(data) - end > TAIL or b"PK\x05\x06" in data[-(1 << 16) - 22 :]:
        raise Refused("mixed")


def _check_objects(paper: pikepdf.Pdf) -> None:
    if len(paper.objects) > MOST_OBJECTS:
        raise Refused("large")
    for thing in paper.objects:
        for dictionary in _dictionaries(thing):
            _check_one(dictionary)
    for dictionary in _dictionaries(paper.trailer):
        _check_one(dictionary)


def _check_one(dictionary: Any) -> None:
    keys = dictionary.keys()
    if any(key in keys for key in SCRIPT_KEYS):
        raise Refused("script")
    if any(key in keys for key in ATTACHED_KEYS) or dictionary.get("/Type") == "/EmbeddedFile":
        raise Refused("attached")
    if (reason := ACTIONS.get(_kind(dictionary))) and _is_action(dictionary):
        raise Refused(reason)
    for trigger in TRIGGERS:
        if trigger in keys and any(_kind(action) in FAR for action in _followed(dictionary[trigger])):
            raise Refused("launch")


def _kind(dictionary: Any) -> str:
    kind = dictionary.get("/S")
    return str(kind) if isinstance(kind, pikepdf.Name) else ""


def _is_action(dictionary: Any) -> bool:
    """`/S` is also what marks of structure are called by; an action says what it is or what it acts on."""
    return dictionary.get("/Type") in (None, "/Action") and "/P" not in dictionary


def _dictionaries(thing: Any) -> Iterator[Any]:
    """The dictionary itself and those that stand directly in it; what it refers to is an object of its own."""
    waiting: list[tuple[Any, int]] = [(thing, 0)]
    while waiting:
        one, depth = waiting.pop()
        if depth > MOST_DEPTH:
            raise Refused("large")
        inside = _inside(one)
        if isinstance(one, pikepdf.Dictionary | pikepdf.Stream):
            yield one
        waiting += [(value, depth + 1) for value in inside if not value.is_indirect]


def _followed(action: Any) -> Iterator[Any]:
    """The action and whatever comes after it, through references as well."""
    waiting = [action]
    seen: set[tuple[int, int]] = set()
    for _ in range(MOST_FOLLOWED):
        if not waiting:
            return
        one = waiting.pop()
        if one.is_indirect:
            if one.objgen in seen:
                continue
            seen.add(one.objgen)
        if isinstance(one, pikepdf.Dictionary):
            yield one
            # Pages and their parents are where an action leads, not what it does.
            waiting += [value for key, value in one.items() if key in ("/Next", *NESTED) and _is_container(value)]
        elif isinstance(one, pikepdf.Array):
            waiting += [value for value in _inside(one) if value.get("/S") is not None] if _of_actions(one) else []
    raise Refused("large")


def _inside(thing: Any) -> list[Any]:
    if isinstance(thing, pikepdf.Dictionary | pikepdf.Stream):
        return [value for value in dict(thing.items()).values() if _is_container(value)]
    return [value for value in thing if _is_container(value)] if isinstance(thing, pikepdf.Array) else []


def _is_container(value: Any) -> bool:
    return isinstance(value, pikepdf.Dictionary | pikepdf.Array)


def _of_actions(array: Any) -> bool:
    return all(isinstance(value, pikepdf.Dictionary) for value in array)
