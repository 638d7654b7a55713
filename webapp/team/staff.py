"""The team at a glance: what waits for my signature, where each form is, what was logged this month and just now."""

from dataclasses import dataclass

from flask import render_template, url_for
from flask_login import current_user

from forms import answers
from forms.context import AnswerContext
from models import clock
from models.assignments import LogEntry
from models.queries import desk, team
from models.queries.designs import answered_form
from models.queries.people import subordinates
from webapp import access
from webapp.db import db
from webapp.i18n import language, zone
from webapp.listing import number
from webapp.team.blueprint import blueprint
from webapp.visitor import current_actor

SHORTEST_WAIT, LONGEST_WAIT = 2, 8
MOST_POLLS = 150
"""After so many looks (some twenty minutes) the page stops by itself, so that it keeps no forgotten session awake."""


@dataclass(frozen=True)
class Line:
    """One entry of the feed in words."""

    entry: LogEntry
    parts: list[tuple[str, str]]


@blueprint.get("/team")
@access.signed_in
def home() -> str:
    """My staff of today, and those below them."""
    actor, today = current_actor(), clock.today(zone())
    found = team.team_of(db(), actor, today)
    queue = list(db().scalars(desk.to_sign(actor)).unique())
    return render_template(
        "team/home.html",
        team=found,
        people={member.person.id: member.person for member in found.direct},
        queue=queue,
        today=today,
        stage_title=team.stage_title,
        **_feed([member.person.id for member in found.direct]),
    )


@blueprint.get("/team/feed")
@access.signed_in
def feed() -> str:
    """The latest entries of my staff, as a part of the page that asks for itself again."""
    assert current_user.person_id is not None
    staff = subordinates(db(), current_user.person_id, clock.today(zone()))
    return render_template("team/feed.html", **_feed([person.id for person in staff]))


def _feed(ids: list[int]) -> dict[str, object]:
    """The lines, and when to look again: soon after something new, slower when it is quiet, at last not at all."""
    entries = team.latest_entries(db(), current_actor(), ids)
    newest = max((entry.id for entry in entries), default=0)
    polls, waited, seen = number("polls", 0) or 0, number("wait", SHORTEST_WAIT) or SHORTEST_WAIT, number("seen")
    fresh = seen is None or newest > seen
    wait = SHORTEST_WAIT if fresh else min(2 * waited, LONGEST_WAIT)
    again = url_for("team.feed", seen=newest, wait=wait, polls=polls + 1) if polls < MOST_POLLS and ids else None
    return {
        "lines": [Line(entry, _words(entry)) for entry in entries],
        "seen": seen,
        "again": again,
        "wait": wait,
        "looked_at": clock.now(),
    }


def _words(entry: LogEntry) -> list[tuple[str, str]]:
    schema, context = answered_form(db(), entry), AnswerContext(today=entry.occurred_on)
    # The day stands in front of the entry already.
    shown = {field.key for field in schema.fields() if field.kind != "date" and field.key in entry.answers}
    sections = answers.display(schema, entry.answers, language(), context)
    return [(row.label, row.text) for section in sections for row in section.rows if row.key in shown]
