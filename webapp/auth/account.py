"""One's own account: language, password, and the browsers that are signed in."""

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext
from flask_login import current_user
from werkzeug.wrappers import Response

from models.errors import NotFound
from webapp import access
from webapp.auth.blueprint import blueprint
from webapp.db import db
from webapp.sessions import end_all, end_session, sessions_of


@blueprint.get("/account")
@access.signed_in
def account() -> str:
    """The account and where it is signed in."""
    return render_template(
        "auth/account.html", open_sessions=sessions_of(db(), current_user.person_id, current_user.has_role)
    )


@blueprint.post("/account/sessions/<reference>/end")
@access.signed_in
def end_one(reference: str) -> Response:
    """End one of one's own sessions."""
    if not end_session(db(), current_user.person_id, reference):
        raise NotFound
    flash(gettext("Sesi itu telah diakhiri."), "good")
    return redirect(url_for("auth.account"), 303)


@blueprint.post("/account/sessions/end-others")
@access.signed_in
def end_others() -> Response:
    """End all of one's own sessions but this one."""
    end_all(db(), current_user.person_id, but_here=True)
    flash(gettext("Semua sesi lain telah diakhiri."), "good")
    return redirect(url_for("auth.account"), 303)
