"""Designs of forms and cycles: brought in as drafts, published once they hold together, retired, never changed."""

from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError
from sqlalchemy import event, func, inspect, select
from sqlalchemy.orm import Session

from forms.errors import Problem
from forms.exchange.definition_errors import sentences
from forms.schema import FormSchema
from forms.text import msg
from models import clock, form_uses
from models.cycle_design import CycleDesign
from models.designs import Design, DesignVersion
from models.errors import Conflict, Invalid
from models.exchange.designs import canonical_digest
from models.operations.moves import move, record
from models.permissions import Action, Actor, Organisation, needs
from models.queries.design_references import design_references, forms_in
from models.queries.designs import cycle_design, form_schema, published_form_fields, published_forms
from models.states import Design as DesignState

KINDS: Mapping[str, type[FormSchema] | type[CycleDesign]] = {"form": FormSchema, "cycle": CycleDesign}


@needs(Action.DESIGN_EDIT)
def import_definition(
    session: Session, actor: Actor, subject: Organisation, *, kind: str, definition: dict[str, Any]
) -> DesignVersion:
    """Bring a definition in as a draft version; the same definition again gives the version there already is.

    Raises `Invalid` with a place for each thing that is not in the language of designs.
    """
    try:
        value = KINDS[kind].model_validate(definition)
    except ValidationError as wrong:
        raise Invalid(msg("Rancangan ini tidak dapat dibaca."), sentences(wrong)) from wrong
    stored = value.model_dump(mode="json", exclude_defaults=True, by_alias=True)
    design = session.scalar(select(Design).where(Design.kind == kind, Design.key == value.key))
    if design is None:
        design = Design(kind=kind, key=value.key)
        session.add(design)
        session.flush()
    digest = canonical_digest(stored)
    same = session.scalar(
        select(DesignVersion)
        .where(DesignVersion.design_id == design.id, DesignVersion.digest == digest)
        .order_by(DesignVersion.number.desc())
    )
    if same is not None and same.state != DesignState.RETIRED:
        return same
    number = session.scalar(select(func.max(DesignVersion.number)).where(DesignVersion.design_id == design.id)) or 0
    version = DesignVersion(
        design_id=design.id,
        number=number + 1,
        state=DesignState.DRAFT,
        title=value.title.say("id"),
        definition=stored,
        digest=digest,
        created_at=clock.now(),
    )
    session.add(version)
    session.flush()
    session.refresh(version, ["design"])
    record(session, actor, "import", "design_version", version.id, after=DesignState.DRAFT)
    return version


def problems(session: Session, version: DesignVersion) -> list[Problem]:
    """Why this version may not be published; empty when it may. A form may not break a published design of a cycle."""
    if version.design.kind == "form":
        return form_schema(version).problems() + _broken_designs(session, version)
    design = cycle_design(version)
    found = design.problems(published_form_fields(session))
    places = {problem.path for problem in found}
    further = form_uses.problems(design, forms_in(design, published_forms(session)))
    return found + [problem for problem in further if problem.path not in places]


def _broken_designs(session: Session, version: DesignVersion) -> list[Problem]:
    """What in the published designs of cycles would not work any more with this version of a form they use."""
    return [
        Problem(
            one.use.path,
            msg("Rancangan siklus “%(design)s”: %(problem)s", design=reference.version.title, problem=one.message),
        )
        for reference in design_references(session, version)
        if reference.version.state == DesignState.PUBLISHED
        for one in reference.broken
    ]


@needs(Action.DESIGN_PUBLISH)
def publish(session: Session, actor: Actor, version: DesignVersion) -> None:
    """Freeze a version for use; the one published before it is retired, cycles that use it keep it.

    Raises `Invalid` for what is unfinished, `Conflict` when somebody changed the draft since it was read here.
    """
    seen = version.lock
    session.refresh(version, with_for_update=True)  # nobody edits what is being judged
    if version.lock != seen:
        raise Conflict(msg("Rancangan ini berubah sejak halaman ini dibuka. Periksa kembali perubahannya."))
    found = problems(session, version)
    if found:
        raise Invalid(msg("Rancangan ini belum dapat diterbitkan."), {one.path: one.message for one in reversed(found)})
    before = session.scalars(
        select(DesignVersion).where(
            DesignVersion.design_id == version.design_id, DesignVersion.state == DesignState.PUBLISHED
        )
    )
    for older in before.all():
        move(session, actor, older, "retire")
    move(session, actor, version, "publish", published_at=clock.now())


@needs(Action.DESIGN_EDIT)
def retire(session: Session, actor: Actor, version: DesignVersion) -> None:
    """Take a published version out of use for new cycles."""
    move(session, actor, version, "retire")


@event.listens_for(DesignVersion, "before_update")
def _frozen(_mapper: Any, _connection: Any, version: DesignVersion) -> None:
    """A definition never changes once it was published; the database has a trigger that says the same."""
    if version.state == DesignState.DRAFT:
        return
    if any(inspect(version).attrs[name].history.has_changes() for name in ("definition", "digest")):
        raise Conflict(msg("Versi yang sudah diterbitkan tidak dapat diubah. Buat versi baru."))
