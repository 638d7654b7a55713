"""The second line against forged requests: a change must come from a page of our own."""

from urllib.parse import urlsplit

from flask import Flask, abort, request
from flask_wtf import CSRFProtect

from webapp.db import READING_METHODS

csrf = CSRFProtect()


def check() -> None:
    """Refuse a change that a browser says comes from elsewhere.

    `Origin: null` is what pages without a referrer send (those with a token in their address); then
    `Sec-Fetch-Site` decides, and for browsers that send neither, the token in the form.
    """
    if request.method in READING_METHODS:
        return
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None and site not in ("same-origin", "none"):
        abort(403)
    origin = request.headers.get("Origin")
    if origin is None or (origin == "null" and site != "none"):
        return
    if urlsplit(origin).netloc != request.host:
        abort(403)


def init_app(app: Flask) -> None:
    """Check the origin, then the token, of every change."""
    app.before_request(check)
    csrf.init_app(app)
