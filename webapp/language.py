"""The switch between Indonesian and English."""

from flask import Blueprint, current_app, g, redirect, request
from flask_login import current_user
from sqlalchemy import update
from werkzeug.wrappers import Response

from models.people import Account
from webapp import access
from webapp.db import db
from webapp.i18n import LANGUAGES
from webapp.navigation import safe_target

blueprint = Blueprint("language", __name__)
ONE_YEAR = 365 * 24 * 3600


@blueprint.post("/language")
@access.public("Whoever reads a page may read it in a language of his own.")
def switch() -> Response:
    """Keep the choice with the account, and in this browser for the time before signing in."""
    chosen = request.form.get("language", "")
    answer = redirect(safe_target(request.form.get("next", "")))
    if chosen not in LANGUAGES:
        return answer
    if current_user.is_authenticated:
        db().execute(update(Account).where(Account.person_id == current_user.person_id).values(language=chosen))
    answer.set_cookie(
        current_app.config["LANGUAGE_COOKIE_NAME"],
        chosen,
        max_age=ONE_YEAR,
        httponly=True,
        samesite="Lax",
        secure=current_app.config["SESSION_COOKIE_SECURE"],
        path="/",
    )
    return answer


def choose_by_address() -> None:
    """Take the language from `?lang=en`: for pages that strangers open and that set no cookie."""
    if request.args.get("lang") in LANGUAGES:
        g.language = request.args["lang"]
