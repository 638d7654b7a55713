"""Signing in and out."""

from flask import after_this_request, make_response, redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from forms.text import msg
from models.operations.accounts import check_password
from models.operations.first_administrator import needs_first_administrator
from webapp import access, limits
from webapp.auth.blueprint import blueprint
from webapp.auth.forms import SignInForm
from webapp.db import db
from webapp.navigation import after_sign_in
from webapp.sessions import sign_in as begin_session
from webapp.sessions import sign_out as end_session

WRONG = msg("NIP atau kata sandi tidak sesuai.")


@blueprint.route("/sign-in", methods=["GET", "POST"])
@access.public("Whoever has no session yet must be able to begin one.")
def sign_in() -> Response | tuple[str, int] | str:
    """Ask for NIP and password; every failure looks the same and takes as long, whether or not there is an account."""
    target = after_sign_in(request.args.get("next", ""))
    form = SignInForm()
    if not form.is_submitted():
        if current_user.is_authenticated:
            return redirect(target, 303)
        if needs_first_administrator(db()):
            return redirect(url_for("auth.setup"), 303)
        return render_template("auth/sign_in.html", form=form)
    if not form.validate():
        return render_template("auth/sign_in.html", form=form), 422
    number, address, network = form.employee_number.data or "", limits.address(), limits.network()
    limits.attempt(limits.SIGN_IN_ADDRESS, "sign-in", address)
    limits.attempt(limits.SIGN_IN_ACCOUNT, "sign-in", number, network)
    person = check_password(db(), number, form.password.data or "")
    if person is None:
        return render_template("auth/sign_in.html", form=form, wrong=WRONG), 422
    begin_session(db(), person.id, request.user_agent.string)

    @after_this_request  # the counters have a transaction of their own, which must wait for ours
    def forgive(response: Response) -> Response:
        limits.forgive(limits.SIGN_IN_ACCOUNT, "sign-in", number, network)
        limits.give_back(limits.SIGN_IN_ADDRESS, "sign-in", address)
        return response

    return redirect(target, 303)


@blueprint.post("/sign-out")
@access.public("Whoever's session has ended already has signed out too.")
def sign_out() -> Response:
    """End the session and let the browser forget what it kept of it."""
    end_session()
    answer = make_response(redirect(url_for("auth.sign_in"), 303))
    answer.headers["Clear-Site-Data"] = '"cache", "storage"'
    return answer
