"""The list behind every number of a board: filters in the address, as a page or as a file; opening a form again."""

from zoneinfo import ZoneInfo

from flask import flash, get_template_attribute, redirect, render_template, request, url_for
from flask_babel import gettext
from sqlalchemy.orm import joinedload
from werkzeug.wrappers import Response

from models import clock
from models.assignments import Assignment
from models.cycle_design import FORM_MODES
from models.cycles import Cycle
from models.errors import Invalid, NotFound
from models.operations import assignments
from models.queries import access as queries
from models.queries import progress
from models.queries.designs import cycle_design, stage_design
from models.queries.progress import Filter
from models.states import Assignment as State
from webapp.cycles.blueprint import blueprint, managers, watchers
from webapp.cycles.board import COLUMNS
from webapp.cycles.calendar import last_day
from webapp.cycles.forms import ReopenForm
from webapp.db import db
from webapp.form_errors import show_refusal
from webapp.i18n import say
from webapp.listing import address, as_file, number, page_address, paged, sort_address
from webapp.visitor import current_actor

REOPENED = (State.LAPSED, State.COMPLETED)
"""States from which HR may open a form again."""


@blueprint.get("/cycles/<key>/list")
@watchers
def listing(key: str) -> str:
    """The forms that a filter leaves over."""
    cycle = queries.cycle(db(), current_actor(), key)
    narrowed, sort = filter_of_address(), request.args.get("sort", "name")
    return render_template(
        "cycles/list.html",
        cycle=cycle,
        page=paged(progress.ordered(progress.listed(current_actor(), cycle, narrowed), sort)),
        narrowed=narrowed,
        sort=sort,
        stages=stage_titles(cycle),
        states=COLUMNS,
        units=list(db().scalars(queries.units(current_actor()))),
        reopened=REOPENED,
        last_day=last_day,
        sort_address=sort_address,
        page_address=page_address,
        file_address=lambda kind: url_for("cycles.listing_file", key=key, kind=kind, **request.args.to_dict()),
        answers_address=lambda kind: _answers_address(key, narrowed.stage, kind),
        address=address,
    )


def _answers_address(key: str, stage_key: str, kind: str) -> str:
    """Where the answers behind a list of one stage are taken along, under the same filter."""
    filters = {name: value for name, value in request.args.to_dict().items() if name not in ("stage", "page", "sort")}
    return url_for("cycles.answers_file", key=key, stage_key=stage_key, kind=kind, **filters)


@blueprint.get("/cycles/<key>/list.<kind>")
@watchers
def listing_file(key: str, kind: str) -> Response:
    """The same forms to take along."""
    cycle = queries.cycle(db(), current_actor(), key)
    sort = request.args.get("sort", "name")
    found = progress.ordered(progress.listed(current_actor(), cycle, filter_of_address()), sort)
    state_word = get_template_attribute("components/ui.html", "state_word")
    titles, zone = stage_titles(cycle), ZoneInfo(cycle.zone)
    columns = [gettext("NIP"), gettext("Nama"), gettext("Unit kerja"), gettext("Tahap"), gettext("Pengisi")]
    columns += [gettext("Keadaan"), gettext("Penanda tangan"), gettext("Batas waktu"), gettext("Keadaan sejak")]
    rows = [
        [
            one.subject.employee_number,
            one.subject.name,
            one.unit.name,
            titles.get(one.stage.key, one.stage.key),
            one.respondent.name,
            str(state_word(one.state)).strip(),
            one.signer.name if one.signer else "",
            one.due_at.astimezone(zone),
            one.state_since.astimezone(zone),
        ]
        for one in db().scalars(found).unique()
    ]
    return as_file(kind, f"kinerja-{cycle.key}", columns, rows)


def filter_of_address() -> Filter:
    """The filter as it stands in the address; what makes no sense does not narrow."""
    state = request.args.get("state", "")
    return Filter(
        stage=request.args.get("stage", "")[:64],
        state=state if state in set(State) else "",
        unit_id=number("unit"),
        late=request.args.get("late") == "1",
        soon=request.args.get("soon") == "1",
        text=request.args.get("q", "")[:100],
        signer_id=number("signer"),
    )


def stage_titles(cycle: Cycle) -> dict[str, str]:
    """Key → title of the stages whose forms are listed."""
    design = cycle_design(cycle.design_version)
    listed = [stage for stage in design.stages if stage.mode in FORM_MODES and stage.mode in ("once", "log")]
    return {stage.key: say(stage.title) for stage in listed}


@blueprint.route("/cycles/<key>/list/<int:assignment_id>/reopening", methods=["GET", "POST"])
@managers
def reopen(key: str, assignment_id: int) -> str | Response | tuple[str, int]:
    """Let a form be filled in after all, or be corrected in a new round; with a reason."""
    cycle = queries.cycle(db(), current_actor(), key)
    assignment = _one(cycle, assignment_id)
    form = ReopenForm()
    if not form.is_submitted():
        return _reopen_page(cycle, assignment, form)
    if not form.validate():
        return _reopen_page(cycle, assignment, form), 422
    due_at = clock.end_of(form.due_on.data, cycle.zone)
    try:
        assignments.reopen(db(), current_actor(), assignment, reason=form.reason.data or "", due_at=due_at)
    except Invalid as refusal:
        refusal.errors.update({"due_on": refusal.errors.pop("due_at")} if "due_at" in refusal.errors else {})
        show_refusal(form, refusal)
        return _reopen_page(cycle, assignment, form), 422
    flash(gettext("Formulir %(name)s telah dibuka kembali.", name=assignment.subject.name), "good")
    return redirect(url_for("cycles.listing", key=key, stage=assignment.stage.key, q=assignment.subject.name), 303)


def _reopen_page(cycle: Cycle, assignment: Assignment, form: ReopenForm) -> str:
    return render_template(
        "cycles/reopen.html", cycle=cycle, assignment=assignment, design=stage_design(assignment.stage), form=form
    )


def _one(cycle: Cycle, assignment_id: int) -> Assignment:
    found = progress.listed(current_actor(), cycle, Filter()).where(Assignment.id == assignment_id)
    assignment = db().scalars(found.options(joinedload(Assignment.stage))).unique().first()
    if assignment is None:
        raise NotFound
    return assignment
