"""One person: posts, supervisors, roles and account; and what the administrator changes of them."""

from flask import current_app, flash, redirect, render_template, url_for
from flask_babel import gettext
from sqlalchemy import select
from werkzeug.wrappers import Response
from wtforms.fields.choices import SelectChoice

from forms.text import msg
from models import clock, organisation
from models.errors import Conflict, Invalid
from models.operations import people as operations
from models.operations import roles
from models.operations.accounts import ACTIVATION_HOURS, start_activation
from models.people import Person, RoleGrant
from models.permissions import ORGANISATION, Role
from models.queries import access as queries
from models.queries.person_profile import profile
from webapp.db import db
from webapp.form_errors import show_refusal
from webapp.i18n import zone
from webapp.people.blueprint import blueprint, managers, readers
from webapp.people.forms import ROLES, GrantForm, SupervisorForm
from webapp.visitor import current_actor


@blueprint.get("/people/<int:person_id>")
@readers
def show(person_id: int) -> str:
    """Everything about one person."""
    return _page(person_id)


@blueprint.post("/people/<int:person_id>/activation")
@managers
def activate(person_id: int) -> str | tuple[str, int]:
    """Make a one-time link and show it this once; a link made before no longer works."""
    person = queries.person(db(), current_actor(), person_id)
    token = start_activation(db(), current_actor(), person)
    base: str = current_app.extensions["settings"].public_url
    link = base.rstrip("/") + url_for("auth.activate", token=token)
    return render_template("people/activation.html", person=person, link=link, hours=ACTIVATION_HOURS)


@blueprint.post("/people/<int:person_id>/roles")
@managers
def grant(person_id: int) -> str | Response | tuple[str, int]:
    """Give a role."""
    person = queries.person(db(), current_actor(), person_id)
    form = _grant_form()
    if not form.validate():
        return _page(person_id, grant_form=form), 422
    unit = queries.unit(db(), current_actor(), form.unit.data) if form.unit.data else None
    try:
        roles.grant_role(db(), current_actor(), ORGANISATION, person=person, role=Role(form.role.data), unit=unit)
    except Invalid as refusal:
        show_refusal(form, refusal)
        return _page(person_id, grant_form=form), 422
    except Conflict as conflict:
        form.form_errors.append(conflict.message)
        return _page(person_id, grant_form=form), 409
    flash(gettext("Peran %(role)s telah diberikan.", role=ROLES[Role(form.role.data)]), "good")
    return redirect(url_for("people.show", person_id=person_id), 303)


@blueprint.post("/people/<int:person_id>/roles/<int:grant_id>/revoke")
@managers
def revoke(person_id: int, grant_id: int) -> Response:
    """Take a role back; taking it back twice is the same."""
    person = queries.person(db(), current_actor(), person_id)
    found = db().scalar(select(RoleGrant).where(RoleGrant.id == grant_id, RoleGrant.person_id == person.id))
    if found is not None:
        role = Role(found.role)
        roles.revoke_role(db(), current_actor(), ORGANISATION, person=person, role=role, unit=found.unit)
        flash(gettext("Peran %(role)s telah dicabut.", role=ROLES[role]), "good")
    return redirect(url_for("people.show", person_id=person_id), 303)


@blueprint.route("/people/<int:person_id>/supervisor", methods=["GET", "POST"])
@managers
def supervisor(person_id: int) -> str | Response | tuple[str, int]:
    """Give a person another supervisor from a day on; what waits for a signature moves along."""
    person = queries.person(db(), current_actor(), person_id)
    form = SupervisorForm()
    if form.is_submitted() and form.validate():
        try:
            above = _by_number(form.supervisor.data or "")
            operations.change_supervisor(db(), current_actor(), person, supervisor=above, on=form.on.data)
        except Invalid as refusal:
            show_refusal(form, refusal)
        else:
            flash(gettext("Atasan %(name)s telah diubah.", name=person.name), "good")
            return redirect(url_for("people.show", person_id=person_id), 303)
    if not form.is_submitted():
        form.on.data = clock.today(zone())
    page = render_template("people/supervisor.html", person=person, form=form)
    return (page, 422) if form.is_submitted() else page


def _by_number(text: str) -> Person | None:
    number = "".join(text.split())
    if not number:
        return None
    found = db().scalar(queries.people(current_actor()).where(Person.employee_number == number))
    if found is None:
        message = msg("Pegawai dengan NIP %(number)s tidak ditemukan.", number=number[:40])
        raise Invalid(msg("Periksa kembali isian Anda."), {"supervisor": message})
    person: Person = found
    return person


def _grant_form() -> GrantForm:
    form = GrantForm()
    units = [SelectChoice(unit.id, unit.name) for unit in db().scalars(queries.units(current_actor()))]
    form.unit.choices = [SelectChoice(0, gettext("Seluruh instansi")), *units]
    return form


def _page(person_id: int, grant_form: GrantForm | None = None) -> str:
    return render_template(
        "people/person.html",
        profile=profile(db(), current_actor(), person_id),
        form=grant_form or _grant_form(),
        roles=ROLES,
        rank_in_words=organisation.rank_in_words,
        statuses=organisation.STATUSES,
        kinds=organisation.POSITION_KINDS,
        today=clock.today(zone()),
    )
