"""Choosing a password with a one-time link: the first time, or after it was forgotten."""

from flask import flash, redirect, render_template, request
from flask_babel import gettext
from werkzeug.wrappers import Response

from models.errors import Conflict, Invalid
from models.operations.accounts import activate as set_password
from models.operations.accounts import person_of_token
from webapp import access, headers, limits
from webapp.auth.blueprint import blueprint
from webapp.auth.forms import NewPasswordForm
from webapp.db import db
from webapp.form_errors import show_refusal
from webapp.sessions import sign_in


@blueprint.route("/activate/<token>", methods=["GET", "POST"])
@access.public("The link itself is the key; whoever follows it has no password yet.")
@headers.token_in_address
@limits.public_page
def activate(token: str) -> Response | tuple[str, int] | str:
    """Greet the owner of the link, take the password, sign in. A link works once; opening it uses nothing up."""
    person = person_of_token(db(), token)
    if person is None:
        return render_template("auth/link_useless.html"), 404
    form = NewPasswordForm()
    if not form.is_submitted():
        return render_template("auth/activate.html", form=form, name=person.name)
    if form.validate():
        try:
            set_password(db(), token, form.password.data or "")
        except Invalid as refusal:
            show_refusal(form, refusal)
        except Conflict:
            return render_template("auth/link_useless.html"), 404
        else:
            sign_in(db(), person.id, request.user_agent.string)
            flash(gettext("Kata sandi Anda telah disimpan. Selamat datang."), "good")
            return redirect("/", 303)
    return render_template("auth/activate.html", form=form, name=person.name), 422
