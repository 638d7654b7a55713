"""The achievement of a unit as an organisation, set by HR with the reason before people are rated."""

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext
from sqlalchemy import select
from werkzeug.wrappers import Response
from wtforms.fields.choices import SelectChoice

from models.cycles import UnitRating
from models.errors import Invalid, NotFound
from models.operations import cycles
from models.queries import access as queries
from models.queries.designs import cycle_design
from webapp.cycles.blueprint import blueprint, managers
from webapp.cycles.forms import RatingForm
from webapp.db import db
from webapp.form_errors import show_refusal
from webapp.i18n import say
from webapp.visitor import current_actor


@blueprint.route("/cycles/<key>/units/<int:unit_id>/rating", methods=["GET", "POST"])
@managers
def rate(key: str, unit_id: int) -> str | Response | tuple[str, int]:
    """Ask for the achievement and its reason."""
    cycle = queries.cycle(db(), current_actor(), key)
    unit = queries.unit(db(), current_actor(), unit_id)
    scoring = cycle_design(cycle.design_version).scoring
    if scoring is None or scoring.distribution is None:
        raise NotFound
    form = RatingForm()
    form.rating.choices = [SelectChoice(value, say(text)) for value, text in scoring.distribution.ratings.items()]
    known = db().scalar(select(UnitRating).where(UnitRating.cycle_id == cycle.id, UnitRating.unit_id == unit.id))
    if form.is_submitted() and form.validate():
        try:
            cycles.rate_unit(
                db(), current_actor(), cycle, unit=unit, rating=form.rating.data, reason=form.reason.data.strip()
            )
        except Invalid as refusal:
            show_refusal(form, refusal)
        else:
            flash(gettext("Predikat kinerja %(unit)s telah disimpan.", unit=unit.name), "good")
            return redirect(url_for("cycles.board", key=key, _anchor="distribution"), 303)
    if not form.is_submitted() and known is not None:
        form.rating.data, form.reason.data = known.rating, known.reason
        form.rating.process_data(known.rating)
    page = render_template("cycles/rate.html", cycle=cycle, unit=unit, form=form, known=known)
    return (page, 422) if form.is_submitted() else page
