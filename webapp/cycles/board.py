"""HR's board of one cycle: stages against the calendar, every count with the list behind it, who waits for whom."""

from dataclasses import dataclass
from typing import Any

from flask import render_template, request, url_for
from flask_babel import gettext
from sqlalchemy import func, select

from models import clock
from models.cycle_design import FORM_MODES
from models.cycles import Cycle, Stage
from models.queries import access as queries
from models.queries import progress, results
from models.queries.designs import cycle_design
from models.queries.progress import Filter, StageProgress
from models.states import Assignment as State
from models.states import Cycle as CycleState
from models.states import Stage as StageState
from webapp.cycles import calendar
from webapp.cycles.blueprint import blueprint, watchers
from webapp.db import db
from webapp.i18n import say, show_number
from webapp.listing import address
from webapp.runs.progress import work_on
from webapp.visitor import current_actor

COLUMNS = (State.WAITING, State.DRAFT, State.RETURNED, State.SUBMITTED, State.COMPLETED, State.LAPSED)
"""The states in the order in which a form goes through them."""
TONES = {State.COMPLETED: "good", State.SUBMITTED: "warn", State.RETURNED: "warn", State.LAPSED: "bad"}


@dataclass(frozen=True)
class StageLine:
    """One stage on the board: how far it is, and what HR may do with it now."""

    stage: Stage
    title: str
    mode: str
    progress: StageProgress
    can_open: bool
    can_close: bool
    can_extend: bool


@blueprint.get("/cycles/<key>")
@watchers
def board(key: str) -> str:
    """Everything about one cycle on one page; a stage may be chosen in the address."""
    actor = current_actor()
    cycle = queries.cycle(db(), actor, key)
    lines = stage_lines(cycle)
    chosen = chosen_stage(cycle)
    outcomes = results.outcome_labels(cycle_design(cycle.design_version))
    links = {line.stage.key: address(stage=line.stage.key) for line in lines if line.mode in FORM_MODES}
    return render_template(
        "cycles/board.html",
        cycle=cycle,
        design=cycle_design(cycle.design_version),
        calendar=calendar.of_cycle(cycle, links),
        lines=lines,
        chosen=chosen,
        chosen_line=next((line for line in lines if chosen is not None and line.stage.id == chosen.id), None),
        tiles=_tiles(cycle, lines, chosen),
        columns=COLUMNS,
        by_unit=progress.by_unit(db(), cycle, chosen, actor),
        waiting=progress.waiting_for(db(), cycle, actor=actor),
        spreads=results.spread_by_unit(db(), cycle, actor),
        outcomes=outcomes,
        tabs=_tabs(cycle, lines, chosen),
        unit_columns=_unit_columns(),
        spread_columns=_spread_columns([say(words) for words in outcomes.values()]),
        **work_on(cycle.key),
        last_day=calendar.last_day,
        shown_state=calendar.shown_state,
        has_survey=any(line.mode == "survey" and line.stage.state != StageState.PLANNED for line in lines),
    )


def stage_lines(cycle: Cycle) -> list[StageLine]:
    """The stages of a cycle with their progress as the visitor may count it."""
    design = cycle_design(cycle.design_version)
    now, runs = clock.now(), cycle.state == CycleState.OPEN
    lines = []
    for found in progress.by_stage(db(), cycle, current_actor()):
        stage = found.stage
        planned = design.stage(stage.key)
        form = stage.mode in FORM_MODES
        lines.append(
            StageLine(
                stage,
                say(planned.title) if planned else stage.key,
                stage.mode,
                found,
                can_open=runs and form and stage.state == StageState.PLANNED and stage.closes_at > now,
                can_close=runs and form and stage.state == StageState.OPEN,
                can_extend=runs and form,
            )
        )
    return lines


def chosen_stage(cycle: Cycle) -> Stage | None:
    """The stage the address names, among those that forms are filled in for."""
    wanted = request.args.get("stage", "")
    return next((stage for stage in cycle.stages if stage.key == wanted and stage.mode in FORM_MODES), None)


def count(cycle: Cycle, narrowed: Filter) -> int:
    """How many rows the list behind a filter has."""
    found = progress.listed(current_actor(), cycle, narrowed).order_by(None)
    return db().scalar(select(func.count()).select_from(found.subquery())) or 0


def _tiles(cycle: Cycle, lines: list[StageLine], chosen: Stage | None) -> list[dict[str, Any]]:
    """Counts of the chosen stage, else of all that are listed; each leads to exactly the rows it counts."""
    counted = [
        line.progress
        for line in lines
        if (line.stage.id == chosen.id if chosen is not None else line.mode in ("once", "log"))
    ]
    key = chosen.key if chosen is not None else ""
    secret = chosen is not None and chosen.mode in ("ballot", "survey")

    def tile(number: int, label: str, tone: str = "", **filters: Any) -> dict[str, Any]:
        href = None if secret else url_for("cycles.listing", key=cycle.key, stage=key or None, **filters)
        return {"number": show_number(number), "label": label, "href": href, "tone": tone if number else ""}

    if chosen is not None and chosen.mode == "survey":
        return [tile(sum(one.answers for one in counted), gettext("jawaban masyarakat"))]
    words = _state_words()
    tiles = [tile(sum(one.total for one in counted), gettext("formulir seluruhnya"))]
    for state in COLUMNS:
        number = sum(one.counts.get(state, 0) for one in counted)
        tiles.append(tile(number, words[state], TONES.get(state, ""), state=state.value))
    tiles.append(tile(sum(one.overdue for one in counted), gettext("lewat batas waktu"), "bad", late=1))
    if not secret:
        soon = count(cycle, Filter(stage=key, soon=True))
        tiles.append(tile(soon, gettext("batas dalam %(n)s hari", n=progress.SOON_DAYS), "warn", soon=1))
    return tiles


def _state_words() -> dict[State, str]:
    """The states as HR counts them, in the order of `COLUMNS`."""
    return {
        State.WAITING: gettext("belum dimulai"),
        State.DRAFT: gettext("draf"),
        State.RETURNED: gettext("dikembalikan"),
        State.SUBMITTED: gettext("menunggu tanda tangan"),
        State.COMPLETED: gettext("selesai"),
        State.LAPSED: gettext("terlewat"),
    }


def _tabs(cycle: Cycle, lines: list[StageLine], chosen: Stage | None) -> list[dict[str, Any]]:
    everything = {"label": gettext("Semua tahap"), "href": url_for("cycles.board", key=cycle.key)}
    return [
        everything | {"current": chosen is None},
        *(
            {"label": line.title, "href": address(stage=line.stage.key), "current": line.stage is chosen}
            for line in lines
            if line.mode in FORM_MODES and line.stage.state != StageState.PLANNED
        ),
    ]


def _unit_columns() -> list[dict[str, Any]]:
    states = [{"label": word.capitalize(), "number": True} for word in _state_words().values()]
    return [{"label": gettext("Unit kerja")}, *states, {"label": gettext("Jumlah"), "number": True}]


def _spread_columns(outcomes: list[str]) -> list[dict[str, Any]]:
    first = [{"label": gettext("Unit kerja")}, {"label": gettext("Predikat organisasi")}]
    words = [*outcomes, gettext("Belum ada predikat")]
    return first + [{"label": word, "number": True} for word in words]
