"""Headers on every answer: what a browser may do with our pages."""

import secrets
from collections.abc import Callable
from typing import Any, TypeVar

from flask import Flask, Response, current_app, g, request
from flask_login import current_user

View = TypeVar("View", bound=Callable[..., Any])

FIXED = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": ", ".join(
        f"{feature}=()"
        for feature in (
            "accelerometer",
            "autoplay",
            "browsing-topics",
            "camera",
            "display-capture",
            "encrypted-media",
            "fullscreen",
            "geolocation",
            "gyroscope",
            "hid",
            "idle-detection",
            "magnetometer",
            "microphone",
            "midi",
            "payment",
            "picture-in-picture",
            "publickey-credentials-get",
            "screen-wake-lock",
            "serial",
            "usb",
            "xr-spatial-tracking",
        )
    ),
}
SANDBOX = "sandbox; default-src 'none'"
"""For bytes that people sent: even if a browser showed them, they could do nothing."""
HSTS = "max-age=31536000; includeSubDomains"


def content_security_policy(nonce: str) -> str:
    """Only our own files, no inline script or style; the nonce is what htmx's guard (hx-csp) knows its elements by."""
    return (
        f"default-src 'none'; script-src 'self' 'nonce-{nonce}'; style-src 'self'; img-src 'self' data:; "
        "font-src 'self'; connect-src 'self'; manifest-src 'self'; worker-src 'self'; form-action 'self'; "
        "frame-ancestors 'none'; base-uri 'none'; object-src 'none'"
    )


def csp_nonce() -> str:
    """The nonce of this answer, for `<script nonce>` and `hx-nonce`."""
    if "csp_nonce" not in g:
        g.csp_nonce = secrets.token_urlsafe(16)
    return g.csp_nonce


def token_in_address(view: View) -> View:
    """Mark a page whose address is a secret: it is sent on to nobody and found by no search engine."""
    view.token_in_address = True
    return view


def only_downloaded(view: View) -> View:
    """Mark an answer that somebody else's file is: no browser is to show it, run it, or let another page have it."""
    view.only_downloaded = True
    return view


def add(response: Response) -> Response:
    """Set the headers; only caching may be set by a view, and only for guests."""
    for name, value in FIXED.items():
        response.headers[name] = value
    view = current_app.view_functions.get(request.endpoint or "")
    foreign = getattr(view, "only_downloaded", False) and response.status_code == 200
    response.headers["Content-Security-Policy"] = SANDBOX if foreign else content_security_policy(csp_nonce())
    secret = getattr(view, "token_in_address", False)
    response.headers["Referrer-Policy"] = "no-referrer" if secret else "same-origin"
    if secret:
        response.headers["X-Robots-Tag"] = "noindex, nofollow"
    if current_user.is_authenticated or "Cache-Control" not in response.headers:
        response.headers["Cache-Control"] = "no-store"
    if current_app.config["HSTS"]:
        response.headers["Strict-Transport-Security"] = HSTS
    return response


def init_app(app: Flask) -> None:
    """Put the headers on every answer, error pages included."""
    app.after_request(add)
    app.jinja_env.globals["csp_nonce"] = csp_nonce
