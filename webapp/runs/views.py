"""Work of the flows: the list, its progress while one looks, and trying failed work again."""

from flask import current_app, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from sqlalchemy import func, select
from werkzeug.wrappers import Response

from flows import launch
from models.cycles import Run
from models.messages import OutboxMessage
from models.queries import access as queries
from models.states import Run as RunState
from webapp.db import db
from webapp.handover import hand_over
from webapp.listing import page_address, paged
from webapp.runs.blueprint import blueprint, managers, watchers
from webapp.runs.progress import run_title, work_on
from webapp.visitor import current_actor


@blueprint.get("/flows")
@watchers
def index() -> str:
    """Everything that was asked of the flows, the latest first, narrowed to a state when the address names one."""
    state = request.args.get("state", "")
    found = queries.runs(current_actor())
    if state in set(RunState):
        found = found.where(Run.state == state)
    counts = dict(db().execute(select(Run.state, func.count()).group_by(Run.state)).all())
    values = work_on()
    return render_template(
        "runs/index.html",
        page=paged(found),
        page_address=page_address,
        state=state,
        states=list(RunState),
        counts=counts,
        engine_answers=launch.is_up(),
        engine_address=_engine_address(),
        messages=_undelivered(),
        **values,
    )


@blueprint.get("/flows/part")
@watchers
def part() -> str:
    """Unfinished work alone, as a part of a page that asks for it again."""
    return render_template("runs/part.html", **work_on(request.args.get("cycle", "")[:64]))


@blueprint.post("/flows/<int:run_id>/retry")
@managers
def retry(run_id: int) -> Response:
    """Have failed work tried again; what is not failed (any more) is left alone."""
    run = queries.run(db(), current_actor(), run_id)
    if run.state == RunState.FAILED:
        hand_over(run)
        flash(gettext("%(work)s akan dicoba lagi.", work=run_title(run)), "good")
    else:
        flash(gettext("Pekerjaan ini tidak perlu dicoba lagi."), "info")
    return redirect(url_for("runs.index"), 303)


def _engine_address() -> str:
    """Where the administrator finds the engine's own pages."""
    api: str = current_app.extensions["settings"].prefect_api_url
    return api.removesuffix("/").removesuffix("/api")


def _undelivered() -> dict[str, int]:
    """Messages that wait for their first or next try, and those that were set aside after the last."""
    unsent = OutboxMessage.sent_at.is_(None)
    waiting = select(func.count()).where(unsent, OutboxMessage.next_try_at.is_not(None))
    aside = select(func.count()).where(unsent, OutboxMessage.next_try_at.is_(None))
    return {"waiting": db().scalar(waiting) or 0, "aside": db().scalar(aside) or 0}
