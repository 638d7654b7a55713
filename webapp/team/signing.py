"""Signing several forms at once: each for itself, so that one that cannot be signed stops no other."""

import re
from dataclasses import dataclass

from flask import render_template, request
from flask_babel import gettext
from sqlalchemy import select

from models.assignments import Assignment, Submission
from models.errors import DomainError
from models.operations import sign_offs
from models.queries import access as queries
from models.queries import desk
from models.queries.designs import stage_design
from webapp import access
from webapp.db import db
from webapp.i18n import say
from webapp.team.blueprint import blueprint
from webapp.team.reviewing import signed_already, words
from webapp.visitor import current_actor

AT_ONCE = 30


@dataclass(frozen=True)
class Outcome:
    """What became of one chosen form."""

    title: str
    signed: bool
    message: str
    assignment_id: int


@blueprint.get("/team/sign")
@access.signed_in
def sign_list() -> str:
    """Everything that waits for my signature, each with its answers at hand."""
    return _list()


@blueprint.post("/team/sign")
@access.signed_in
def sign_several() -> str | tuple[str, int]:
    """Sign the chosen ones, each in a savepoint of its own; then say of each what became of it."""
    chosen = [value.partition(":") for value in request.form.getlist("sign")][:AT_ONCE]
    pairs = [(int(id_), digest) for id_, _colon, digest in chosen if re.fullmatch("[0-9]{1,9}", id_)]
    if not pairs:
        return _list(nothing_chosen=True), 422
    return render_template("team/signed.html", outcomes=[_sign(id_, digest) for id_, digest in pairs])


def _sign(assignment_id: int, digest: str) -> Outcome:
    title = gettext("Formulir")
    try:
        with db().begin_nested():
            assignment = queries.assignment(db(), current_actor(), assignment_id)
            title = f"{say(stage_design(assignment.stage).title)} – {assignment.subject.name}"
            if not signed_already(assignment, digest):
                sign_offs.sign_off(db(), current_actor(), assignment, digest=digest)
    except DomainError as refusal:
        return Outcome(title, False, say(refusal.message), assignment_id)
    return Outcome(title, True, "", assignment_id)


def _list(nothing_chosen: bool = False) -> str:
    queue = list(db().scalars(desk.to_sign(current_actor()).limit(AT_ONCE)).unique())
    latest = _latest(queue)
    items = [(one, latest[one.id], words(one, latest[one.id])) for one in queue if one.id in latest]
    return render_template(
        "team/sign.html", items=items, nothing_chosen=nothing_chosen, design=lambda one: stage_design(one.stage)
    )


def _latest(queue: list[Assignment]) -> dict[int, Submission]:
    found = db().scalars(
        select(Submission)
        .join(Assignment)
        .where(Submission.assignment_id.in_([one.id for one in queue]), Submission.round == Assignment.round)
    )
    return {one.assignment_id: one for one in found}
