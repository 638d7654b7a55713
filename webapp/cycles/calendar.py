"""The stages of a cycle against the months, planned or made, as `ui.timeline` draws them."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from flask_babel import gettext

from models import clock
from models.cycle_design import CycleDesign
from models.cycles import Cycle
from models.queries.designs import cycle_design
from webapp.i18n import say, show_date


@dataclass(frozen=True)
class Calendar:
    """What the timeline macro asks for."""

    stages: list[dict[str, Any]]
    start: date
    end: date
    today: date
    scale: tuple[str, ...]


def of_cycle(cycle: Cycle, links: dict[str, str] | None = None) -> Calendar:
    """The calendar of a cycle that was made, with the states of its stages."""
    design = cycle_design(cycle.design_version)
    stages = []
    for stage in cycle.stages:
        planned = design.stage(stage.key)
        opens = clock.local_day(stage.opens_at, cycle.zone)
        closes = clock.local_day(stage.closes_at - timedelta(seconds=1), cycle.zone)
        title = say(planned.title) if planned else stage.key
        stages.append(_row(title, opens, closes, stage.state, (links or {}).get(stage.key)))
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
