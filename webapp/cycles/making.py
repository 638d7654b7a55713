"""The list of cycles, and making a new one: first the calendar it would have, then the cycle."""

from datetime import date
from typing import Any

from flask import current_app, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response
from wtforms.fields.choices import SelectChoice

from models import clock
from models.designs import DesignVersion
from models.errors import Conflict, Invalid
from models.operations import cycles
from models.permissions import ORGANISATION
from models.queries import access as queries
from models.queries.designs import cycle_design
from models.states import Design as DesignState
from webapp.cycles import calendar
from webapp.cycles.blueprint import blueprint, managers, watchers
from webapp.cycles.forms import NewCycleForm
from webapp.db import db
from webapp.form_errors import show_refusal
from webapp.visitor import current_actor


@blueprint.get("/cycles")
@watchers
def index() -> str:
    """All cycles, the latest first."""
    return render_template("cycles/index.html", cycles=list(db().scalars(queries.cycles(current_actor())).unique()))


@blueprint.route("/cycles/new", methods=["GET", "POST"])
@managers
def new() -> str | Response | tuple[str, int]:
    """Ask for design and dates; show the calendar; make the cycle when it was seen."""
    versions = _published()
    form = NewCycleForm()
    form.design.choices = [SelectChoice(version.id, version.title) for version in versions]
    if not form.is_submitted():
        _propose(form, versions)
        return render_template("cycles/new.html", form=form, preview=None)
    if not form.validate():
        return render_template("cycles/new.html", form=form, preview=None), 422
    version = next(version for version in versions if version.id == form.design.data)
    try:
        cycle = cycles.create_cycle(db(), current_actor(), ORGANISATION, version=version, **_values(form))
    except Invalid as refusal:
        show_refusal(form, refusal)
        return render_template("cycles/new.html", form=form, preview=None), 422
    except Conflict as conflict:
        form.form_errors.append(conflict.message)
        return render_template("cycles/new.html", form=form, preview=None), 422
    if "_create" not in request.form:
        # The operation has checked everything; the answer is a picture of it, and nothing is kept.
        db().rollback()
        preview = calendar.of_design(
            cycle_design(version), form.starts_on.data, form.ends_on.data, clock.today(form.zone.data)
        )
        return render_template("cycles/new.html", form=form, preview=preview, design=cycle_design(version))
    words = gettext("Periode %(title)s telah dibuat. Periksa tahapannya, lalu buka periodenya.", title=cycle.title)
    flash(words, "good")
    return redirect(url_for("cycles.board", key=cycle.key), 303)


def _published() -> list[DesignVersion]:
    found = queries.design_versions(current_actor(), "cycle").where(DesignVersion.state == DesignState.PUBLISHED)
    return list(db().scalars(found))


def _propose(form: NewCycleForm, versions: list[DesignVersion]) -> None:
    """Next year's period, which is what is asked for nearly every time."""
    zone = current_app.config["BABEL_DEFAULT_TIMEZONE"]
    today = clock.today(zone)
    year = today.year + (today.month > 6)
    form.starts_on.data, form.ends_on.data = date(year, 1, 1), date(year, 12, 31)
    form.zone.data, form.key.data = zone, str(year)
    form.title.data = gettext("Penilaian Kinerja %(year)s", year=year)
    wanted = request.args.get("design", "")
    form.design.data = next((version.id for version in versions if version.design.key == wanted), None)


def _values(form: NewCycleForm) -> dict[str, Any]:
    return {
        "key": form.key.data,
        "title": form.title.data.strip(),
        "starts_on": form.starts_on.data,
        "ends_on": form.ends_on.data,
        "zone": form.zone.data,
    }
