"""Ballots: asked of colleagues, kept without a name, logged without a name."""

from flask import Blueprint, g, jsonify, make_response, redirect, render_template, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from forms.builder import AnswersForm
from models.assignments import Assignment
from models.cycles import Stage
from models.errors import Invalid
from models.operations import feedback
from models.queries import access as queries
from models.queries.designs import stage_design
from models.states import OPEN_ASSIGNMENT
from models.states import Assignment as State
from webapp import access
from webapp.assignments.filling import is_open, of_visitor
from webapp.assignments.forms import bound, bound_to_request
from webapp.assignments.renewal import brought_over
from webapp.db import db, only_reading
from webapp.i18n import language
from webapp.log import without_name
from webapp.questions import newly_asked
from webapp.visitor import current_actor

blueprint = Blueprint("feedback", __name__)


def ballots() -> list[Assignment]:
    """The ballots asked of the visitor, the open ones first."""
    found = queries.assignments(current_actor()).where(
        Assignment.respondent_id == current_user.person_id, Stage.mode == "ballot"
    )
    rows = list(db().scalars(found.order_by(Assignment.due_at.desc(), Assignment.id)).unique())
    return sorted(rows, key=lambda one: one.state not in OPEN_ASSIGNMENT)


def mine(assignment_id: int) -> Assignment:
    """One ballot asked of the visitor. Raises NotFound for any other."""
    return of_visitor(assignment_id, "ballot")


@blueprint.get("/feedback")
@access.signed_in
def index() -> str:
    """The colleagues to judge, and for whom that is done."""
    found = ballots()
    open_ones = [one for one in found if is_open(one)]
    return render_template(
        "feedback/index.html",
        open_ones=open_ones,
        finished=[one for one in found if one not in open_ones],
        threshold=threshold(found[0]) if found else None,
    )


@blueprint.get("/feedback/<int:assignment_id>")
@access.signed_in
@without_name
def ballot(assignment_id: int) -> str | Response:
    """The ballot about one colleague."""
    found = mine(assignment_id)
    if found.state == State.COMPLETED:
        return redirect(url_for("feedback.thanks", assignment_id=found.id))
    return page(found, bound(found) if is_open(found) else None)


@blueprint.post("/feedback/<int:assignment_id>")
@access.signed_in
@without_name
def cast(assignment_id: int) -> Response:
    """Put the ballot in the box; nothing is kept of one that has to be corrected."""
    found = mine(assignment_id)
    if found.state != State.COMPLETED:
        form = bound_to_request(found)
        if (updated := brought_over(found, form)) is not None:
            return make_response(page(found, updated[0], updated=True), 409)
        if newly_asked(form):
            return make_response(page(found, form, more=True), 422)
        try:
            feedback.cast_ballot(db(), current_actor(), found, raw=form.raw(), received_at=g.received_at)
        except Invalid as wrong:
            form.mark(wrong.errors)
            return make_response(page(found, form), 422)
    return redirect(url_for("feedback.thanks", assignment_id=found.id), 303)


@blueprint.get("/feedback/<int:assignment_id>/thanks")
@access.signed_in
@without_name
def thanks(assignment_id: int) -> str | Response:
    """Thanks, and the colleagues still to judge; never what was answered."""
    found = mine(assignment_id)
    if found.state != State.COMPLETED:
        return redirect(url_for("feedback.ballot", assignment_id=found.id))
    left = [one for one in ballots() if is_open(one)]
    return render_template("feedback/thanks.html", assignment=found, design=stage_design(found.stage), left=left)


@blueprint.post("/feedback/<int:assignment_id>/live")
@access.signed_in
@without_name
def live(assignment_id: int) -> Response:
    """What is asked, as the answers stand; nothing is kept."""
    only_reading()
    return jsonify(bound_to_request(mine(assignment_id)).live(language()))


def page(assignment: Assignment, form: AnswersForm | None, *, more: bool = False, updated: bool = False) -> str:
    """The ballot, empty or as it was typed; `more`: there are questions now that the page did not show; `updated`:
    the form itself is another one since."""
    return render_template(
        "feedback/ballot.html",
        assignment=assignment,
        design=stage_design(assignment.stage),
        form=form,
        more=more,
        updated=updated,
        threshold=threshold(assignment),
    )


def threshold(assignment: Assignment) -> int | None:
    """From how many answers on they are shown, in sum."""
    peers = stage_design(assignment.stage).peers
    return peers.threshold if peers else None
