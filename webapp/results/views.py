"""One's performance over the cycles, one result with its whole derivation, and the papers to download."""

from collections.abc import Sequence
from datetime import datetime
from io import BytesIO
from typing import Any

from flask import Blueprint, current_app, render_template, send_file
from flask_login import current_user
from sqlalchemy import select
from werkzeug.wrappers import Response

from models.assignments import Assignment
from models.awards import Certificate
from models.cycles import Cycle, Stage
from models.documents import Document
from models.errors import NotFound
from models.people import Person
from models.queries import access as queries
from models.queries import desk
from models.queries.designs import cycle_design, stage_design
from models.scores import Score
from models.stores import open_store
from models.words import restored
from webapp import access
from webapp.assignments.strip import shown_state
from webapp.db import db
from webapp.results.matrix import picture
from webapp.visitor import current_actor

blueprint = Blueprint("results", __name__)


@blueprint.get("/results")
@access.signed_in
def mine() -> str:
    """All cycles the visitor took part in, with every form and the result of each."""
    forms: dict[int, list[Assignment]] = {}
    for found in (desk.to_answer(current_actor()), desk.handed_in(current_actor())):
        for one in db().scalars(found.where(Assignment.subject_id == current_user.person_id)).unique():
            forms.setdefault(one.stage.cycle_id, []).append(one)
    scores = {
        one.cycle_id: one
        for one in db().scalars(queries.scores(current_actor()).where(Score.subject_id == current_user.person_id))
    }
    cycles = [one for one in db().scalars(queries.cycles(current_actor())) if one.id in forms or one.id in scores]
    listed = [
        {
            "cycle": cycle,
            "forms": [
                (one, stage_design(one.stage), shown_state(one))
                for one in sorted(forms.get(cycle.id, ()), key=lambda one: one.stage.position)
            ],
            "score": scores.get(cycle.id),
            "outcome": _outcome(scores[cycle.id]) if cycle.id in scores else None,
        }
        for cycle in cycles
    ]
    return render_template("results/mine.html", listed=listed)


@blueprint.get("/results/<cycle_key>")
@access.signed_in
def own(cycle_key: str) -> str:
    """The visitor's own result, or when it will be there."""
    return _page(cycle_key, current_user.person_id)


@blueprint.get("/results/<cycle_key>/<int:person_id>")
@access.signed_in
def of_person(cycle_key: str, person_id: int) -> str:
    """The result of somebody else, for supervisors, HR and auditors."""
    return _page(cycle_key, person_id)


def _page(cycle_key: str, person_id: int) -> str:
    cycle = queries.cycle(db(), current_actor(), cycle_key)
    try:
        score = queries.score(db(), current_actor(), cycle_key, person_id)
    except NotFound:
        if person_id != current_user.person_id or not _takes_part(cycle, person_id):
            raise
        return render_template("results/waiting.html", cycle=cycle, expected=_expected(cycle))
    design = cycle_design(cycle.design_version)
    steps = [_step(step) for step in score.steps]
    return render_template(
        "results/result.html",
        cycle=cycle,
        score=score,
        subject=score.subject,
        about_me=person_id == current_user.person_id,
        outcome=_outcome(score),
        steps=steps,
        deciding=next((step for step in steps if design.scoring and step["key"] == design.scoring.outcome), None),
        scoring=design.scoring,
        matrix=picture(cycle, design, score),
        documents=_documents(cycle, score.subject),
        certificates=_certificates(cycle, score.subject),
        titles={one.key: one.title for one in design.documents},
        categories={one.key: one.title for one in design.awards.categories} if design.awards else {},
    )


def _takes_part(cycle: Cycle, person_id: int) -> bool:
    found = select(Assignment.id).join(Stage).where(Stage.cycle_id == cycle.id, Assignment.subject_id == person_id)
    return db().scalar(found.limit(1)) is not None


def _expected(cycle: Cycle) -> datetime | None:
    """The day from which the result is there: the stage that closes and scores."""
    return next((stage.opens_at for stage in cycle.stages if stage.mode == "score"), None)


def _step(step: dict[str, Any]) -> dict[str, Any]:
    """One scoring step with its words restored."""
    return step | {
        "title": restored(step["title"]),
        "shown": restored(step["shown"]),
        "sentences": [restored(one) for one in step["sentences"]],
        "sources": [
            {name: restored(value) for name, value in source.items()}
            | ({"at": datetime.fromisoformat(source["at"])} if "at" in source else {})
            for source in step["sources"]
        ],
    }


def _outcome(score: Score) -> Any:
    """The words of the step that decides."""
    scoring = cycle_design(score.cycle.design_version).scoring
    deciding = next((step for step in score.steps if scoring and step["key"] == scoring.outcome), None)
    return restored(deciding["shown"]) if deciding and score.outcome is not None else None


def _documents(cycle: Cycle, person: Person) -> Sequence[Document]:
    found = queries.documents(current_actor()).where(
        Document.cycle_id == cycle.id, Document.subject_id == person.id, ~Document.kind.startswith("certificate:")
    )
    return db().scalars(found.order_by(Document.kind, Document.revision.desc())).all()


def _certificates(cycle: Cycle, person: Person) -> Sequence[tuple[Certificate, Document]]:
    """Certificates whose paper the visitor may download, revoked ones among them."""
    found = (
        queries.documents(current_actor())
        .join(Certificate, Certificate.document_id == Document.id)
        .where(Certificate.cycle_id == cycle.id, Certificate.holder_id == person.id)
        .with_only_columns(Certificate, Document)
    )
    return db().execute(found).all()


@blueprint.get("/documents/<code>")
@access.signed_in
def document(code: str) -> Response:
    """The bytes of one paper, as a download."""
    found = queries.document(db(), current_actor(), code)
    content = open_store(current_app.extensions["settings"], "documents").get(found.sha256)
    answer = send_file(
        BytesIO(content), mimetype="application/pdf", as_attachment=True, download_name=found.filename, etag=False
    )
    answer.headers["X-Content-Type-Options"] = "nosniff"
    return answer
