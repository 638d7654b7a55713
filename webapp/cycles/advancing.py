"""HR's buttons: open a cycle or a stage now, close or extend a stage, close the cycle and have it scored."""

from datetime import timedelta

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext
from sqlalchemy import func, select
from werkzeug.wrappers import Response

from models import clock
from models.assignments import Assignment
from models.cycle_design import FORM_MODES
from models.cycles import Cycle, Run, Stage, UnitRating
from models.errors import Invalid
from models.operations import cycles, reconciling
from models.queries import access as queries
from models.queries import results
from models.queries.designs import cycle_design
from models.states import OPEN_ASSIGNMENT
from models.states import Assignment as State
from models.states import Cycle as CycleState
from models.states import Run as RunState
from models.states import Stage as StageState
from webapp.cycles.blueprint import blueprint, managers
from webapp.cycles.forms import ExtendForm
from webapp.db import db
from webapp.form_errors import show_refusal
from webapp.handover import hand_over
from webapp.i18n import say
from webapp.visitor import current_actor


@blueprint.post("/cycles/<key>/open")
@managers
def open_cycle(key: str) -> Response:
    """Have the period opened; its stages follow on their days. A second click asks for nothing new."""
    cycle = queries.cycle(db(), current_actor(), key)
    if cycle.state == CycleState.DRAFT:
        hand_over(reconciling.open_period(db(), current_actor(), cycle))
        flash(gettext("Pembukaan periode sedang diproses. Anda tidak perlu menunggu di halaman ini."), "good")
    else:
        flash(gettext("Periode ini sudah dibuka."), "info")
    return _to_board(key)


@blueprint.post("/cycles/<key>/stages/<stage_key>/open")
@managers
def open_stage(key: str, stage_key: str) -> Response:
    """Have a stage opened now, be it before its day."""
    stage = queries.stage(db(), current_actor(), key, stage_key)
    if stage.state == StageState.PLANNED and stage.mode in FORM_MODES:
        cycles.check_can_open(stage)
        asked = reconciling.stage_work(db(), current_actor(), stage, "open", when=stage.opens_at.isoformat())
        hand_over(asked)
        flash(gettext("Pembukaan tahap %(stage)s sedang diproses.", stage=_title(stage)), "good")
    else:
        flash(gettext("Tahap ini sudah dibuka."), "info")
    return _to_board(key, stage_key)


@blueprint.get("/cycles/<key>/stages/<stage_key>/closing")
@managers
def closing_stage(key: str, stage_key: str) -> str:
    """What closing the stage now would do."""
    stage = queries.stage(db(), current_actor(), key, stage_key)
    states = _states([stage.id])
    return render_template(
        "cycles/close_stage.html",
        cycle=stage.cycle,
        stage=stage,
        title=_title(stage),
        lapsing=sum(states.get(state, 0) for state in OPEN_ASSIGNMENT),
        submitted=states.get(State.SUBMITTED, 0),
    )


@blueprint.post("/cycles/<key>/stages/<stage_key>/close")
@managers
def close_stage(key: str, stage_key: str) -> Response:
    """Close a stage now; what is not submitted lapses. A second click finds it closed."""
    stage = queries.stage(db(), current_actor(), key, stage_key)
    if stage.state == StageState.CLOSED:
        flash(gettext("Tahap ini sudah ditutup."), "info")
    else:
        lapsed = cycles.close_stage(db(), current_actor(), stage, at_once=True)
        words = gettext("Tahap %(stage)s telah ditutup; %(n)s formulir terlewat.", stage=_title(stage), n=lapsed)
        flash(words, "good")
    return _to_board(key, stage_key)


@blueprint.route("/cycles/<key>/stages/<stage_key>/extension", methods=["GET", "POST"])
@managers
def extend_stage(key: str, stage_key: str) -> str | Response | tuple[str, int]:
    """Give everybody who has not finished until the end of a later day, in the cycle's zone."""
    stage = queries.stage(db(), current_actor(), key, stage_key)
    form = ExtendForm()
    if form.is_submitted() and form.validate():
        try:
            closes_at = clock.end_of(form.closes_on.data, stage.cycle.zone)
            cycles.extend_stage(db(), current_actor(), stage, closes_at=closes_at)
        except Invalid as refusal:
            refusal.errors.update({"closes_on": refusal.errors.pop("closes_at")})
            show_refusal(form, refusal)
        else:
            flash(gettext("Batas waktu tahap %(stage)s telah diperpanjang.", stage=_title(stage)), "good")
            return _to_board(key, stage_key)
    if not form.is_submitted():
        form.closes_on.data = clock.local_day(stage.closes_at, stage.cycle.zone) + timedelta(days=6)
    page = render_template("cycles/extend.html", cycle=stage.cycle, stage=stage, title=_title(stage), form=form)
    return (page, 422) if form.is_submitted() else page


@blueprint.get("/cycles/<key>/closing")
@managers
def closing(key: str) -> str:
    """What closing the cycle would do, with counts, before anybody does it."""
    cycle = queries.cycle(db(), current_actor(), key)
    states = _states([stage.id for stage in cycle.stages])
    subjects = results.subjects_of(db(), cycle)
    return render_template(
        "cycles/close.html",
        cycle=cycle,
        open_stages=[_title(stage) for stage in cycle.stages if stage.state == StageState.OPEN],
        unopened=[_title(s) for s in cycle.stages if s.state == StageState.PLANNED and s.mode in FORM_MODES],
        lapsing=sum(states.get(state, 0) for state in OPEN_ASSIGNMENT),
        submitted=states.get(State.SUBMITTED, 0),
        people=len(subjects),
        units=len(set(subjects.values())),
        rated=db().scalar(select(func.count()).where(UnitRating.cycle_id == cycle.id)) or 0,
        has_distribution=bool((scoring := cycle_design(cycle.design_version).scoring) and scoring.distribution),
        asked=_asked(cycle),
    )


@blueprint.post("/cycles/<key>/close")
@managers
def close_cycle(key: str) -> Response:
    """Have the cycle closed and scored; however often it is asked, it happens once."""
    cycle = queries.cycle(db(), current_actor(), key)
    if cycle.state == CycleState.OPEN:
        hand_over(reconciling.close_and_score(db(), current_actor(), cycle))
        flash(gettext("Penutupan dan penilaian sedang diproses. Kemajuannya tampil di halaman ini."), "good")
    else:
        flash(gettext("Periode ini tidak sedang berjalan, sehingga tidak ada yang ditutup."), "info")
    return _to_board(key)


def _asked(cycle: Cycle) -> Run | None:
    unfinished = (RunState.REQUESTED, RunState.RUNNING)
    found = queries.runs(current_actor()).where(
        Run.cycle_id == cycle.id, Run.flow == "close_and_score", Run.state.in_(unfinished)
    )
    run: Run | None = db().scalars(found.limit(1)).unique().first()
    return run


def _states(stage_ids: list[int]) -> dict[str, int]:
    rows = db().execute(
        select(Assignment.state, func.count()).where(Assignment.stage_id.in_(stage_ids)).group_by(Assignment.state)
    )
    return dict(rows.all())


def _title(stage: Stage) -> str:
    planned = cycle_design(stage.cycle.design_version).stage(stage.key)
    return say(planned.title) if planned else stage.key


def _to_board(key: str, stage_key: str | None = None) -> Response:
    return redirect(url_for("cycles.board", key=key, stage=stage_key), 303)
