"""The first visit of a fresh installation: the first HR administrator, with the code from the terminal."""

from flask import current_app, redirect, render_template, url_for
from werkzeug.wrappers import Response

from models.errors import Invalid, NotFound
from models.operations.first_administrator import make_first_administrator, needs_first_administrator
from webapp import access, limits
from webapp.auth.blueprint import blueprint
from webapp.auth.forms import SetupForm
from webapp.db import db
from webapp.form_errors import show_refusal


@blueprint.route("/setup", methods=["GET", "POST"])
@access.public("There is no account yet; the code stands only in the terminal of the machine.")
@limits.public_page
def setup() -> Response | tuple[str, int] | str:
    """Make the first HR administrator and go on to the password. Afterwards this page does not exist."""
    if not needs_first_administrator(db()):
        raise NotFound
    form = SetupForm()
    if not form.is_submitted():
        return render_template("auth/setup.html", form=form)
    if form.validate():
        try:
            token = make_first_administrator(
                db(),
                current_app.extensions["settings"].folder,
                code=form.code.data or "",
                employee_number=form.employee_number.data or "",
                name=form.name.data or "",
                email=form.email.data or "",
            )
        except Invalid as refusal:
            show_refusal(form, refusal)
        else:
            return redirect(url_for("auth.activate", token=token), 303)
    return render_template("auth/setup.html", form=form), 422
