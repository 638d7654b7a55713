"""The results of a cycle as a list: by unit and outcome, each leading to its explanation."""

from zoneinfo import ZoneInfo

from flask import render_template, request, url_for
from flask_babel import gettext
from sqlalchemy import Select
from sqlalchemy.orm import joinedload
from werkzeug.wrappers import Response

from models.cycles import Cycle
from models.people import Person
from models.queries import access as queries
from models.queries.designs import cycle_design
from models.queries.results import MISSING, outcome_labels
from models.scores import Score
from webapp.cycles.blueprint import blueprint, watchers
from webapp.db import db
from webapp.i18n import say
from webapp.listing import address, as_file, number, page_address, paged
from webapp.visitor import current_actor


@blueprint.get("/cycles/<key>/results")
@watchers
def scores(key: str) -> str:
    """Who has which result."""
    cycle = queries.cycle(db(), current_actor(), key)
    return render_template(
        "cycles/results.html",
        cycle=cycle,
        page=paged(_found(cycle)),
        outcomes=outcome_labels(cycle_design(cycle.design_version)),
        missing=MISSING,
        units=list(db().scalars(queries.units(current_actor()))),
        unit_id=number("unit"),
        outcome=request.args.get("outcome", ""),
        page_address=page_address,
        address=address,
        file_address=lambda kind: url_for("cycles.scores_file", key=key, kind=kind, **request.args.to_dict()),
    )


@blueprint.get("/cycles/<key>/results.<kind>")
@watchers
def scores_file(key: str, kind: str) -> Response:
    """The same results to take along."""
    cycle = queries.cycle(db(), current_actor(), key)
    labels = outcome_labels(cycle_design(cycle.design_version))
    columns = [gettext("NIP"), gettext("Nama"), gettext("Unit kerja"), gettext("Predikat"), gettext("Dihitung pada")]
    rows = [
        [
            one.subject.employee_number,
            one.subject.name,
            one.unit.name,
            say(labels.get(one.outcome, one.outcome)) if one.outcome else "",
            one.computed_at.astimezone(ZoneInfo(cycle.zone)),
        ]
        for one in db().scalars(_found(cycle)).unique()
    ]
    return as_file(kind, f"hasil-{cycle.key}", columns, rows)


def _found(cycle: Cycle) -> Select[tuple[Score]]:
    found = (
        queries.scores(current_actor())
        .join(Person, Person.id == Score.subject_id)
        .where(Score.cycle_id == cycle.id)
        .order_by(Person.name, Person.id)
        .options(joinedload(Score.unit))
    )
    if (unit_id := number("unit")) is not None:
        found = found.where(Score.unit_id == unit_id)
    if outcome := request.args.get("outcome", ""):
        found = found.where(Score.outcome.is_(None) if outcome == MISSING else Score.outcome == outcome)
    return found
