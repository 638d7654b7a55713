"""The built files of the look: named by their content, kept by browsers for ever."""

import json
from functools import cache
from pathlib import Path

from flask import Flask
from whitenoise import WhiteNoise

from webapp.headers import FIXED

FOLDER = Path(__file__).parent / "static"
BUILT = FOLDER / "dist"


@cache
def manifest() -> dict[str, str]:
    """`app.css` → `app-1a2b3c4d5e.css`. Raises FileNotFoundError when nothing was built."""
    return json.loads((BUILT / "manifest.json").read_text())


def asset(name: str) -> str:
    """The address of a built file. Raises KeyError for a name that is not built."""
    return f"/static/dist/{manifest()[name]}"


def _headers(headers: object, _path: str, _url: str) -> None:
    for name, value in FIXED.items():
        headers[name] = value


def init_app(app: Flask) -> None:
    """Serve the files in front of the application, without session or page."""
    manifest()
    app.wsgi_app = WhiteNoise(
        app.wsgi_app,
        root=FOLDER,
        prefix="/static/",
        allow_all_origins=False,
        add_headers_function=_headers,
        immutable_file_test=lambda _path, url: url.rsplit("/", 1)[-1] in manifest().values(),
    )
    app.jinja_env.globals["asset"] = asset
