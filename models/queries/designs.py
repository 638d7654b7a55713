"""Questions about designs: which versions there are, and their definitions as typed values."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, TypeVar

from pydantic import BaseModel
from sqlalchemy import select
from sqlalchemy.orm import Session

from forms.schema import FormSchema
from forms.text import msg
from models.cycle_design import CycleDesign, StageDesign
from models.cycles import Stage
from models.designs import Design, DesignVersion
from models.errors import Conflict
from models.states import Design as DesignState

if TYPE_CHECKING:
    from models.assignments import LogEntry, Submission

V = TypeVar("V", bound=BaseModel)
_schemas: dict[str, FormSchema] = {}
_cycles: dict[str, CycleDesign] = {}
MOST_KEPT = 200


def form_schema(version: DesignVersion) -> FormSchema:
    """The form of a version, as a value; read once per digest."""
    return _kept(_schemas, version, FormSchema)


def cycle_design(version: DesignVersion) -> CycleDesign:
    """The cycle design of a version, as a value; read once per digest."""
    return _kept(_cycles, version, CycleDesign)


def _kept(kept: dict[str, V], version: DesignVersion, kind: type[V]) -> V:
    if version.digest not in kept:
        if len(kept) >= MOST_KEPT:
            kept.clear()
        kept[version.digest] = kind.model_validate(version.definition)
    return kept[version.digest]


def published_version(session: Session, kind: str, key: str) -> DesignVersion | None:
    """The version of a design that is in use for new cycles."""
    return session.scalar(
        select(DesignVersion)
        .join(Design)
        .where(Design.kind == kind, Design.key == key, DesignVersion.state == DesignState.PUBLISHED)
    )


def published_forms(session: Session) -> dict[str, FormSchema]:
    """The forms in use for new cycles, by key."""
    versions = session.scalars(
        select(DesignVersion).join(Design).where(Design.kind == "form", DesignVersion.state == DesignState.PUBLISHED)
    )
    return {schema.key: schema for schema in map(form_schema, versions)}


def published_form_fields(session: Session) -> dict[str, set[str]]:
    """Key of each published form → keys of its fields."""
    return {key: {field.key for field in schema.fields()} for key, schema in published_forms(session).items()}


def answered_form(session: Session, answer: "Submission | LogEntry") -> FormSchema:
    """The form as it was when it was answered: whatever its stage has gone on to, these answers are read with it."""
    return form_schema(session.get_one(DesignVersion, answer.form_version_id))


def form_at(session: Session, version_id: int) -> FormSchema:
    """The form in one of its versions, as a value."""
    return form_schema(session.get_one(DesignVersion, version_id))


def earlier_version(session: Session, current: DesignVersion, version_id: int) -> DesignVersion | None:
    """The version of this id, if it is an older one of the same form that was published once."""
    version = session.get(DesignVersion, version_id)
    if version is None or version.design_id != current.design_id or version.number >= current.number:
        return None
    return None if version.state == DesignState.DRAFT else version


def forms_by_version(session: Session, ids: Iterable[int]) -> dict[int, FormSchema]:
    """The forms of many versions, by the id of the version."""
    found = session.scalars(select(DesignVersion).where(DesignVersion.id.in_(set(ids))))
    return {version.id: form_schema(version) for version in found}


def stage_form(stage: Stage) -> tuple[DesignVersion, FormSchema]:
    """The form version of a stage, and the form as a value; raises `Conflict` for a stage without form."""
    if stage.form_version is None:
        raise Conflict(msg("Tahap ini tidak memiliki formulir."))
    return stage.form_version, form_schema(stage.form_version)


def stage_design(stage: Stage) -> StageDesign:
    """What the design of its cycle says of a stage."""
    found = cycle_design(stage.cycle.design_version).stage(stage.key)
    if found is None:
        raise LookupError(f"the design of cycle {stage.cycle.key} has no stage {stage.key}")
    return found
