"""People by name, number and unit; the tree of units; the list to take along."""

from flask import Response, render_template, request

from models import clock, organisation
from models.exchange.people import write_csv, write_xlsx
from models.people import Person, Unit
from models.queries import access as queries
from models.queries.people_rows import people_rows
from models.queries.people_search import PeopleFilter, search
from models.queries.person_profile import people_by_unit
from webapp.db import db
from webapp.i18n import zone
from webapp.listing import FILE_KINDS, address, download, number, page_address, page_number
from webapp.people.blueprint import blueprint, readers
from webapp.visitor import current_actor


@blueprint.get("/people")
@readers
def index() -> str:
    """The people whom the visitor may look up, narrowed by the address."""
    text, filters = request.args.get("q", "")[:100], _filters()
    today = clock.today(zone())
    return render_template(
        "people/index.html",
        page=search(db(), current_actor(), text, filters, on=today, page=page_number()),
        text=text,
        filters=filters,
        units=list(db().scalars(queries.units(current_actor()))),
        statuses=organisation.STATUSES,
        kinds=organisation.POSITION_KINDS,
        page_address=page_address,
        address=address,
    )


@blueprint.get("/people/units")
@readers
def units() -> str:
    """The tree of units; the number of each counts everybody in it and below."""
    found = list(db().scalars(queries.units(current_actor())))
    own = people_by_unit(db(), current_actor(), clock.today(zone()))
    return render_template("people/units.html", rows=[_branch(unit, found, own) for unit in _in_order(found)])


@blueprint.get("/people.<kind>")
@readers
def export(kind: str) -> Response | tuple[str, int]:
    """Everybody whom the visitor may look up, in the header of the import."""
    if kind not in FILE_KINDS:
        return "", 404
    seen = set(db().scalars(queries.people(current_actor()).with_only_columns(Person.employee_number)))
    rows = [row for row in people_rows(db()) if row["nip"] in seen]
    content = write_csv(rows) if kind == "csv" else write_xlsx(rows)
    return download(content, f"pegawai-{clock.now():%Y%m%d}.{kind}", FILE_KINDS[kind])


def _filters() -> PeopleFilter:
    status, kind = request.args.get("status", ""), request.args.get("kind", "")
    return PeopleFilter(
        unit_id=number("unit"),
        status=status if status in organisation.STATUSES else "",
        kind=kind if kind in organisation.POSITION_KINDS else "",
        without_supervisor=request.args.get("missing") == "supervisor",
        without_account=request.args.get("missing") == "account",
        inactive=request.args.get("inactive") == "1",
    )


def _in_order(found: list[Unit]) -> list[Unit]:
    """Parents before children, siblings by the order in which they were made."""
    return sorted(found, key=lambda unit: [int(step) for step in unit.path.strip("/").split("/")])


def _branch(unit: Unit, found: list[Unit], own: dict[int, int]) -> tuple[Unit, int, int]:
    below = sum(own.get(other.id, 0) for other in found if other.path.startswith(unit.path))
    depth = sum(1 for other in found if other is not unit and unit.path.startswith(other.path))
    return unit, depth, below
