"""Addresses of the built static files, which are named by their content."""

import json
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent / "static"
PREFIX = "/static/"


class NotBuilt(RuntimeError):  # noqa: N818 - reads as a sentence
    """The static files are missing: `make setup` builds them."""


@cache
def _manifest() -> dict[str, str]:
    path = FOLDER / "dist" / "manifest.json"
    if not path.is_file():
        raise NotBuilt("webapp/static/dist is missing; run `make setup`")
    manifest: dict[str, str] = json.loads(path.read_text())
    return manifest


def asset(name: str) -> str:
    """The address of a built file by its plain name (`app.css`). Raises NotBuilt, KeyError for an unknown name."""
    return f"{PREFIX}dist/{_manifest()[name]}"


def is_immutable(url: str) -> bool:
    """Whether what stands under this address never changes, so that browsers may keep it for ever."""
    return url.removeprefix(PREFIX + "dist/") in _manifest().values()
