"""The first page of whoever is signed in."""

from typing import Any

from flask import Blueprint, render_template, url_for
from flask_babel import gettext, ngettext
from flask_login import current_user

from models.assignments import Assignment
from models.queries import access as queries
from models.queries import desk
from models.queries.designs import stage_design
from models.states import Assignment as State
from webapp import access
from webapp.assignments.strip import called, next_words, shown_state, strip
from webapp.db import db
from webapp.deadlines import due
from webapp.i18n import say, show_date
from webapp.messages.words import in_words
from webapp.visitor import current_actor

blueprint = Blueprint("desk", __name__)

MOST_HANDED_IN = 5
MOST_MESSAGES = 3


@blueprint.get("/")
@access.signed_in
def home() -> str:
    """What waits for me, what I handed in and where it is, what happens next, what is new."""
    waiting = list(db().scalars(desk.to_answer(current_actor())).unique())
    to_sign = list(db().scalars(desk.to_sign(current_actor())).unique())
    handed_in = [one for one in db().scalars(desk.handed_in(current_actor())).unique() if one.stage.mode == "once"]
    return render_template(
        "desk/home.html",
        tasks=_tasks(waiting, to_sign),
        under_way=[
            _where(one) for one in handed_in if one.state == State.SUBMITTED and one.subject_id == one.respondent_id
        ],
        finished=[_line(one) for one in handed_in if one.state != State.SUBMITTED][:MOST_HANDED_IN],
        for_others=[
            _line(one) for one in handed_in if one.state == State.SUBMITTED and one.subject_id != one.respondent_id
        ],
        upcoming=[(stage, stage_design(stage)) for stage in desk.upcoming(db())],
        messages=[in_words(one) for one in db().scalars(desk.messages(current_user.person_id).limit(MOST_MESSAGES))],
        unread=desk.unread(db(), current_user.person_id),
    )


def _tasks(waiting: list[Assignment], to_sign: list[Assignment]) -> list[dict[str, Any]]:
    """Forms by deadline, then signatures, then logs, which are never finished; ballots of a stage are one task."""
    forms = [_task(one) for one in waiting if one.stage.mode == "once"]
    logs = [_task(one) for one in waiting if one.stage.mode == "log"]
    boxes: dict[int, list[Assignment]] = {}
    for one in waiting:
        if one.stage.mode == "ballot":
            boxes.setdefault(one.stage_id, []).append(one)
    ballots = [_ballots(ones) for ones in boxes.values()]
    signing = [
        {
            "title": gettext(
                "Tanda tangani: %(form)s, %(name)s", form=say(stage_design(one.stage).title), name=one.respondent.name
            ),
            "href": url_for("assignments.show", assignment_id=one.id),
            "note": gettext("Menunggu Anda sejak %(when)s", when=show_date(one.state_since)),
            "state": "submitted",
        }
        for one in to_sign
    ]
    return forms + signing + ballots + logs


def _task(one: Assignment) -> dict[str, Any]:
    title = say(stage_design(one.stage).title)
    if one.subject_id != one.respondent_id:
        title = f"{title}: {one.subject.name}"
    log = one.stage.mode == "log"
    return {
        "title": title,
        "href": url_for("assignments.show", assignment_id=one.id),
        "due": due(one.due_at),
        "note": gettext("Catat pekerjaan begitu selesai; kurang dari satu menit.") if log else next_words(one),
        "state": shown_state(one),
    }


def _ballots(ones: list[Assignment]) -> dict[str, Any]:
    return {
        "title": say(stage_design(ones[0].stage).title),
        "href": url_for("feedback.index"),
        "due": due(ones[0].due_at),
        "note": ngettext(
            "%(num)s rekan kerja menunggu umpan balik Anda.",
            "%(num)s rekan kerja menunggu umpan balik Anda.",
            len(ones),
        ),
        "state": "waiting",
    }


def _where(one: Assignment) -> dict[str, Any]:
    rounds = queries.submissions(db(), one)
    return {
        "title": say(stage_design(one.stage).title),
        "href": url_for("assignments.show", assignment_id=one.id),
        "steps": strip(one, rounds[0] if rounds else None, queries.sign_offs(db(), one)),
        "next": next_words(one),
    }


def _line(one: Assignment) -> dict[str, Any]:
    title = say(stage_design(one.stage).title)
    if one.subject_id != one.respondent_id:
        title = f"{title}: {one.subject.name}"
    waiting = gettext("Menunggu %(name)s", name=called(one.signer)) if one.signer else ""
    return {
        "title": title,
        "href": url_for("assignments.show", assignment_id=one.id),
        "note": waiting or show_date(one.state_since),
        "state": shown_state(one),
    }
