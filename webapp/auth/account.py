"""One's own account: language, password, and the browsers that are signed in."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext
from flask_login import current_user
from werkzeug.wrappers import Response

from models.errors import Invalid, NotFound
from models.operations.accounts import change_password
from models.people import Person
from webapp import access, limits
from webapp.auth.blueprint import blueprint
from webapp.auth.forms import ChangePasswordForm
from webapp.db import db
from webapp.form_errors import show_refusal
from webapp.sessions import end_all, end_session, sessions_of, sign_in
from webapp.visitor import current_actor


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


@blueprint.route("/account/password", methods=["GET", "POST"])
@access.signed_in
def password() -> Response | tuple[str, int] | str:
    """Choose another password; every other browser is signed out."""
    form = ChangePasswordForm()
    if not form.is_submitted():
        return render_template("auth/password.html", form=form)
    if form.validate():
        # Whoever found an open browser may not try passwords without end.
        limits.attempt(limits.SIGN_IN_ACCOUNT, "change-password", current_user.get_id())
        me = db().get_one(Person, current_user.person_id)
        try:
            change_password(db(), current_actor(), me, current=form.current.data or "", new=form.new.data or "")
        except Invalid as refusal:
            show_refusal(form, refusal)
        else:
            sign_in(db(), me.id, request.user_agent.string)
            flash(gettext("Kata sandi Anda telah diganti. Sesi lain telah diakhiri."), "good")
            return redirect(url_for("auth.account"), 303)
    return render_template("auth/password.html", form=form), 422
