"""What the frame of every page (`base.html`) shows besides the page itself."""

from typing import Any

from flask import Flask, current_app, request, url_for
from flask_login import current_user

from models.permissions import Action
from models.permissions import can as actor_can
from webapp.access import may_open
from webapp.i18n import LANGUAGES, language
from webapp.navigation import navigation
from webapp.visitor import current_actor


def can(action: Action | str, subject: Any) -> bool:
    """Whether the visitor may do this: for showing or hiding a button. The operation itself refuses all the same."""
    return actor_can(current_actor(), Action(action), subject)


def frame() -> dict[str, Any]:
    """The variables of `base.html`."""
    settings = current_app.extensions["settings"]
    signed_in = current_user.is_authenticated
    return {
        "agency": settings.agency,
        "demo": settings.demo,
        "navigation": navigation(),
        "person": {"name": current_user.name, "href": url_for("auth.account")} if signed_in else None,
        "sign_out_url": url_for("auth.sign_out"),
        "language_url": url_for("language.switch"),
        "languages": [
            {"code": code, "label": label, "current": code == language()} for code, label in LANGUAGES.items()
        ],
        "here": request.full_path.rstrip("?") if request.method == "GET" and request.url_rule else "/",
    }


def init_app(app: Flask) -> None:
    """Give every page its frame."""
    app.context_processor(frame)
    app.jinja_env.globals.update(can=can, may_open=may_open)
