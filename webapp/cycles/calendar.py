"""The stages of a cycle against the months, planned or made, as `ui.timeline` draws them."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from flask_babel import gettext

from models import clock
from models.cycle_design import FORM_MODES, CycleDesign
from models.cycles import Cycle, Stage
from models.queries.designs import cycle_design
from models.states import Cycle as CycleState
from webapp.i18n import say, show_date


@dataclass(frozen=True)
class Calendar:
    """What the timeline macro asks for."""

    stages: list[dict[str, Any]]
    start: date
    end: date
    today: date
    scale: tuple[str, ...]


def last_day(closes_at: datetime, zone: str) -> date:
    """The day whose last minute is still in time."""
    return clock.local_day(closes_at - timedelta(seconds=1), zone)


def shown_state(stage: Stage) -> str:
    """The state of a stage; those that nobody fills in are done when the cycle has gone past them."""
    past = {"score": (CycleState.CLOSED, CycleState.FINISHED)}.get(stage.mode, (CycleState.FINISHED,))
    return "done" if stage.mode not in FORM_MODES and stage.cycle.state in past else stage.state


def of_cycle(cycle: Cycle, links: dict[str, str] | None = None) -> Calendar:
    """The calendar of a cycle that was made, with the states of its stages."""
    design = cycle_design(cycle.design_version)
    stages = []
    for stage in cycle.stages:
        planned = design.stage(stage.key)
        opens = clock.local_day(stage.opens_at, cycle.zone)
        closes = last_day(stage.closes_at, cycle.zone)
        title = say(planned.title) if planned else stage.key
        stages.append(_row(title, opens, closes, shown_state(stage), (links or {}).get(stage.key)))
    return _calendar(stages, cycle.starts_on, cycle.ends_on, clock.today(cycle.zone))


def of_design(design: CycleDesign, starts_on: date, ends_on: date, today: date) -> Calendar:
    """The calendar a design would give over a period."""
    stages = []
    for stage in design.stages:
        opens, closes = stage.window.dates(starts_on, ends_on)
        stages.append(_row(say(stage.title), opens, closes, "planned", None))
    return _calendar(stages, starts_on, ends_on, today)


def _row(name: str, opens: date, closes: date, state: str, href: str | None) -> dict[str, Any]:
    when = gettext("%(opens)s sampai %(closes)s", opens=show_date(opens), closes=show_date(closes))
    return {"name": name, "opens": opens, "closes": max(opens, closes), "state": state, "when": when, "href": href}


def _calendar(stages: list[dict[str, Any]], starts_on: date, ends_on: date, today: date) -> Calendar:
    start = min([starts_on, *(stage["opens"] for stage in stages)])
    end = max([ends_on, *(stage["closes"] for stage in stages)])
    here = (gettext("hari ini, %(day)s", day=show_date(today)),) if start <= today <= end else ()
    return Calendar(stages, start, end, today, (show_date(start), *here, show_date(end)))
