"""Work that is not done yet, as a part of a page that looks again until everything is done."""

from typing import Any

from flask import url_for
from flask_babel import gettext

from models import clock
from models.cycles import Cycle, Run
from models.queries import access as queries
from models.queries.designs import stage_design
from models.states import Run as RunState
from webapp.db import db
from webapp.i18n import say
from webapp.listing import number
from webapp.visitor import current_actor

SHORTEST_WAIT, LONGEST_WAIT = 2, 8
MOST_POLLS = 150
"""After so many looks the page stops by itself, so that it keeps no forgotten session awake."""
AT_WORK = (RunState.REQUESTED, RunState.RUNNING)


def work_on(cycle_key: str = "") -> dict[str, Any]:
    """Variables of `runs/part.html`: unfinished work (of one cycle), and when to look again, if at all."""
    found = queries.runs(current_actor()).where(Run.state.in_((*AT_WORK, RunState.FAILED)))
    if cycle_key:
        found = found.join(Cycle, Cycle.id == Run.cycle_id).where(Cycle.key == cycle_key)
    runs = list(db().scalars(found.limit(50)).unique())
    polls, waited, stood = number("polls", 0) or 0, number("wait", SHORTEST_WAIT) or SHORTEST_WAIT, number("stood")
    stands = sum(run.done for run in runs) + len(runs)
    wait = min(2 * waited, LONGEST_WAIT) if stood == stands else SHORTEST_WAIT
    at_work = any(run.state in AT_WORK for run in runs)
    again = None
    if at_work and polls < MOST_POLLS:
        again = url_for("runs.part", cycle=cycle_key or None, wait=wait, stood=stands, polls=polls + 1)
    return {
        "runs": runs,
        "run_title": run_title,
        "again": again,
        "wait": wait,
        "was_at_work": polls > 0 and not at_work,
        "looked_at": clock.now(),
    }


def run_title(run: Run) -> str:
    """What a piece of work is, in the words of HR."""
    stage = say(stage_design(run.stage).title) if run.stage is not None else ""
    match run.flow, run.action:
        case "open_period", _:
            return gettext("Membuka periode")
        case "close_and_score", _:
            return gettext("Menutup periode dan menghitung hasil")
        case "issue_certificates", _:
            return gettext("Menerbitkan piagam")
        case "deliver_messages", _:
            return gettext("Mengirim pesan")
        case _, "open":
            return gettext("Membuka tahap %(stage)s", stage=stage)
        case _, "close":
            return gettext("Menutup tahap %(stage)s", stage=stage)
        case _, "remind":
            return gettext("Mengingatkan tahap %(stage)s", stage=stage)
    return f"{run.flow} {run.action}".strip()
