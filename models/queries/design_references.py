"""Who refers to a form: designs of cycles and running stages; and what a newer version of it would break."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from forms.schema import FormSchema
from models.cycle_design import CycleDesign
from models.cycles import Cycle, Stage
from models.designs import Design, DesignVersion
from models.form_uses import Broken, Use, broken, uses
from models.queries.designs import cycle_design, form_schema, published_forms
from models.states import Cycle as CycleState
from models.states import Design as DesignState
from models.states import Stage as StageState

RUNNING = (CycleState.DRAFT, CycleState.OPEN)
UNFINISHED = (StageState.PLANNED, StageState.OPEN)


@dataclass(frozen=True)
class DesignReference:
    """A design of a cycle that uses the form, what in it reads its answers, and what the newer version would break."""

    version: DesignVersion
    stages: tuple[str, ...]
    """Keys of its stages in which the form is answered."""
    uses: tuple[Use, ...]
    broken: tuple[Broken, ...]


def design_references(session: Session, form: DesignVersion) -> list[DesignReference]:
    """The designs of cycles, drafts and published ones, that use the form of this version."""
    versions = session.scalars(
        select(DesignVersion)
        .join(DesignVersion.design)
        .where(Design.kind == "cycle", DesignVersion.state != DesignState.RETIRED)
        .order_by(Design.key, DesignVersion.number)
        .options(joinedload(DesignVersion.design))
    ).all()
    published = published_forms(session)
    with_new = {**published, form.design.key: form_schema(form)}
    found = []
    for version in versions:
        design = cycle_design(version)
        stages = tuple(stage.key for stage in design.stages if stage.form == form.design.key)
        if stages:
            before, after = forms_in(design, published), forms_in(design, with_new)
            read = tuple(use for use in uses(design, after) if use.stage in stages)
            wrong = tuple(broken(design, before, after)) if form.design.key in published else ()
            found.append(DesignReference(version, stages, read, wrong))
    return found


def forms_in(design: CycleDesign, by_key: Mapping[str, FormSchema]) -> dict[str, FormSchema]:
    """Stage → the form that a new cycle of this design would be given."""
    return {stage.key: by_key[stage.form] for stage in design.stages if stage.form and stage.form in by_key}


def forms_of(cycle: Cycle) -> dict[str, FormSchema]:
    """Stage → the form that is answered in it now."""
    return {stage.key: form_schema(stage.form_version) for stage in cycle.stages if stage.form_version}


def broken_in(stage: Stage, version: DesignVersion) -> list[Broken]:
    """What a running cycle would lose if a stage went on with another version of its form."""
    before = forms_of(stage.cycle)
    after = {**before, stage.key: form_schema(version)}
    return broken(cycle_design(stage.cycle.design_version), before, after)


def stages_with(session: Session, design: Design) -> list[Stage]:
    """The stages of running cycles, planned or open, in which a form of this design is answered."""
    found = (
        select(Stage)
        .join(Stage.cycle)
        .join(Stage.form_version)
        .where(
            DesignVersion.design_id == design.id,
            Cycle.state.in_(RUNNING),
            Stage.state.in_(UNFINISHED),
        )
        .order_by(Cycle.starts_on, Cycle.id, Stage.position)
        .options(joinedload(Stage.cycle).joinedload(Cycle.design_version), joinedload(Stage.form_version))
    )
    return list(session.scalars(found).unique())


def latest_published(session: Session, design: Design) -> DesignVersion | None:
    """The version in use for new cycles; without one, the last that was."""
    return session.scalar(
        select(DesignVersion)
        .where(DesignVersion.design_id == design.id, DesignVersion.state != DesignState.DRAFT)
        .order_by((DesignVersion.state == DesignState.PUBLISHED).desc(), DesignVersion.number.desc())
        .limit(1)
    )
