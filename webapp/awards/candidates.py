"""Candidates in their order with the reasons, and the committee's decision on each."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from sqlalchemy import select
from werkzeug.wrappers import Response

from models.awards import Candidate
from models.cycle_design import AwardCategory
from models.cycles import Cycle
from models.errors import Invalid
from models.operations import awards as operations
from models.queries import access as queries
from models.queries import awards
from models.queries.designs import cycle_design
from models.states import Candidate as State
from models.words import restored
from webapp.awards.blueprint import blueprint, committee, readers
from webapp.awards.forms import DecisionForm
from webapp.db import db
from webapp.form_errors import show_refusal
from webapp.i18n import say
from webapp.listing import address, page_address, paged
from webapp.visitor import current_actor


@blueprint.get("/awards")
@readers
def index() -> str:
    """The cycles that have an award, with how far it is."""
    cycles = [one for one in db().scalars(queries.cycles(current_actor())) if cycle_design(one.design_version).awards]
    rows = [
        {
            "cycle": one,
            "winners": sum(category.confirmed for category in awards.categories(db(), current_actor(), one)),
            "certificates": awards.certificate_counts(db(), one)["issued"],
        }
        for one in cycles
    ]
    return render_template("awards/index.html", rows=rows)


@blueprint.get("/cycles/<key>/awards")
@readers
def overview(key: str) -> str:
    """Every category with its first candidates and its winners."""
    cycle = cycle_with_award(key)
    found = awards.categories(db(), current_actor(), cycle)
    shown = [one for category in found for one in category.shown]
    return render_template(
        "awards/overview.html",
        cycle=cycle,
        categories=found,
        posts=awards.posts_then(db(), cycle, shown),
        deciders=awards.deciders(db(), shown),
        reasons=reasons,
        certificates=awards.certificate_counts(db(), cycle),
        missing=awards.without_certificate(db(), cycle),
    )


@blueprint.get("/cycles/<key>/awards/<category>")
@readers
def category(key: str, category: str) -> str:
    """Everybody who was considered in a category: the eligible in order, or the others with why not."""
    cycle = cycle_with_award(key)
    design = _category(cycle, category)
    others = request.args.get("others") == "1"
    page = paged(
        queries.candidates(current_actor(), cycle).where(
            Candidate.category == category, Candidate.eligible.is_(not others)
        )
    )
    return render_template(
        "awards/category.html",
        cycle=cycle,
        category=design,
        others=others,
        page=page,
        posts=awards.posts_then(db(), cycle, list(page.rows)),
        deciders=awards.deciders(db(), list(page.rows)),
        reasons=reasons,
        address=address,
        page_address=page_address,
    )


@blueprint.get("/awards/candidates/<int:candidate_id>")
@readers
def candidate(candidate_id: int) -> str:
    """One candidate with all reasons; the committee decides here."""
    return _candidate(queries.candidate(db(), current_actor(), candidate_id), DecisionForm())


@blueprint.post("/awards/candidates/<int:candidate_id>")
@committee
def decide(candidate_id: int) -> Response | tuple[str, int]:
    """Confirm or decline a candidate."""
    one = queries.candidate(db(), current_actor(), candidate_id)
    form = DecisionForm()
    if not form.validate():
        return _candidate(one, form), 422
    note = form.note.data or ""
    try:
        match request.form.get("decision"):
            case "confirm":
                operations.confirm(db(), current_actor(), one, note=note)
                flash(gettext("%(name)s ditetapkan sebagai penerima.", name=one.subject.name), "good")
            case "decline":
                operations.decline(db(), current_actor(), one, note=note)
                flash(gettext("%(name)s tidak ditetapkan; alasannya tersimpan.", name=one.subject.name), "good")
            case _:
                abort(400)
    except Invalid as error:
        show_refusal(form, error)
        return _candidate(one, form), 422
    return redirect(url_for("awards.overview", key=one.cycle.key, _anchor=one.category), 303)


def reasons(one: Candidate) -> list[str]:
    """The kept reasons in the visitor's language."""
    return [say(restored(reason)) for reason in one.reasons]


def _candidate(one: Candidate, form: DecisionForm) -> str:
    cycle = one.cycle
    design = _category(cycle, one.category)
    confirmed = db().scalars(
        select(Candidate).where(
            Candidate.cycle_id == cycle.id, Candidate.category == one.category, Candidate.state == State.CONFIRMED
        )
    )
    return render_template(
        "awards/candidate.html",
        one=one,
        cycle=cycle,
        category=design,
        form=form,
        post=awards.posts_then(db(), cycle, [one]).get(one.subject_id),
        decider=awards.deciders(db(), [one]).get(one.decided_by_id or 0, ""),
        reasons=reasons(one),
        open_places=design.winners - len(confirmed.all()),
        oneself=one.subject_id == current_actor().person_id,
    )


def cycle_with_award(key: str) -> Cycle:
    cycle = queries.cycle(db(), current_actor(), key)
    if cycle_design(cycle.design_version).awards is None:
        abort(404)
    return cycle


def _category(cycle: Cycle, key: str) -> AwardCategory:
    try:
        return operations.category_of(cycle, key)
    except LookupError:
        abort(404)
