"""Everything that was handed in for a stage, to be taken along: read in pieces, each answer with its own version."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, literal, select
from sqlalchemy.orm import Session, aliased

from forms.context import AnswerContext
from forms.fields.rows import Rows
from forms.schema import FormSchema
from models import clock
from models.assignments import Assignment, LogEntry, Submission
from models.cycles import Stage
from models.designs import DesignVersion
from models.people import Person, Unit
from models.permissions import Actor
from models.queries.designs import form_schema, forms_by_version
from models.queries.progress import Filter, listed
from models.states import Assignment as State

MODES = ("once", "log")
"""Stages whose answers bear names; ballots and surveys are never taken along."""
PIECE = 500


@dataclass(frozen=True, slots=True)
class HandedIn:
    """One answer as it was handed in: about whom, by whom, when, and how far it has come."""

    subject_id: int
    name: str
    employee_number: str
    unit: str
    respondent: str
    receipt: str
    """Empty for entries of a log, which have none."""
    at: datetime
    state: str
    answers: dict[str, Any]


def versions(session: Session, actor: Actor, stage: Stage, narrowed: Filter) -> list[DesignVersion]:
    """The versions of the form that these answers were given to, the newest first."""
    source = _answers(actor, stage, narrowed).with_only_columns(_table(stage).form_version_id).order_by(None)
    found = select(DesignVersion).where(DesignVersion.id.in_(source)).order_by(DesignVersion.number.desc())
    return list(session.scalars(found))


def handed_in(
    session: Session, actor: Actor, stage: Stage, narrowed: Filter, version: DesignVersion
) -> Iterator[tuple[HandedIn, AnswerContext]]:
    """The answers to one version that the actor may list, by name, each with the context to read it in.

    Of a form that was handed in several times the latest round, of a log what was not struck.
    """
    statement = _answers(actor, stage, narrowed).where(_table(stage).form_version_id == version.id)
    schema = form_schema(version)
    world = _world(session, stage, schema)
    rows = session.execute(statement, execution_options={"yield_per": PIECE})
    for piece in rows.partitions():
        found = [HandedIn(*row) for row in piece]
        sources = _sources(session, stage, schema, found)
        for one in found:
            earlier, fields = sources.get(one.subject_id, ({}, {}))
            yield (
                one,
                AnswerContext(
                    today=world.today,
                    colleagues=world.colleagues,
                    units=world.units,
                    sources=earlier,
                    source_fields={**world.source_fields, **fields},
                ),
            )


def heading_context(session: Session, stage: Stage, version: DesignVersion) -> AnswerContext:
    """The context that titles of columns are read in."""
    return _world(session, stage, form_schema(version))


def _table(stage: Stage) -> Any:
    return LogEntry if stage.mode == "log" else Submission


def _answers(actor: Actor, stage: Stage, narrowed: Filter) -> Select[Any]:
    """What may be listed, as the columns of `HandedIn`."""
    visible = listed(actor, stage.cycle, narrowed).where(Assignment.stage_id == stage.id).order_by(None).subquery()
    subject, respondent = aliased(Person), aliased(Person)
    answer = _table(stage)
    receipt: Any = literal("") if stage.mode == "log" else Submission.receipt
    at = LogEntry.entered_at if stage.mode == "log" else Submission.submitted_at
    found = (
        select(
            subject.id,
            subject.name,
            subject.employee_number,
            Unit.name,
            respondent.name,
            receipt,
            at,
            Assignment.state,
            answer.answers,
        )
        .select_from(answer)
        .join(Assignment, Assignment.id == answer.assignment_id)
        .join(subject, subject.id == Assignment.subject_id)
        .join(respondent, respondent.id == Assignment.respondent_id)
        .join(Unit, Unit.id == Assignment.unit_id)
        .where(Assignment.id.in_(select(visible.c.id)))
    )
    if stage.mode == "log":
        order = (subject.name, Assignment.id, LogEntry.occurred_on, LogEntry.id)
        return found.where(LogEntry.struck_at.is_(None)).order_by(*order)
    latest = (
        select(func.max(Submission.round))
        .where(Submission.assignment_id == Assignment.id)
        .correlate(Assignment)
        .scalar_subquery()
    )
    return found.where(Submission.round == latest).order_by(subject.name, Assignment.id)


def _world(session: Session, stage: Stage, schema: FormSchema) -> AnswerContext:
    """What is the same for all answers: everybody's and every unit's name, if the form asks for such."""
    names: dict[str, str] = {}
    units: dict[str, str] = {}
    if "colleague" in schema.kinds:
        names = {str(one): name for one, name in session.execute(select(Person.id, Person.name))}
    if "unit" in schema.kinds:
        units = {str(one): name for one, name in session.execute(select(Unit.id, Unit.name))}
    fields = {}
    for path in _followed(schema):
        stage_key, _, key = path.partition(".")
        version = next((one.form_version for one in stage.cycle.stages if one.key == stage_key), None)
        field = form_schema(version).field(key) if version is not None else None
        if isinstance(field, Rows):
            fields[path] = field
    return AnswerContext(clock.today(stage.cycle.zone), names, units, source_fields=fields)


def _followed(schema: FormSchema) -> list[str]:
    """The earlier answers whose rows this form follows; a row that was chosen is told in its own answer."""
    return [path for path in schema.earlier if ":" not in path]


Sources = tuple[dict[str, list[dict[str, Any]]], dict[str, Rows]]


def _sources(session: Session, stage: Stage, schema: FormSchema, found: Sequence[HandedIn]) -> dict[int, Sources]:
    """The earlier rows of many people, and how they were asked, in one statement for each earlier stage."""
    sources: dict[int, Sources] = defaultdict(lambda: ({}, {}))
    keys: dict[str, list[str]] = defaultdict(list)
    for path in _followed(schema):
        stage_key, _, key = path.partition(".")
        keys[stage_key].append(key)
    for stage_key, wanted in keys.items():
        signed = session.execute(
            select(Assignment.subject_id, Submission.form_version_id, Submission.answers)
            .join(Assignment, Assignment.id == Submission.assignment_id)
            .join(Stage, Stage.id == Assignment.stage_id)
            .where(Stage.cycle_id == stage.cycle_id, Stage.key == stage_key)
            .where(Assignment.subject_id.in_({one.subject_id for one in found}))
            .where(Assignment.state == State.COMPLETED, Submission.round == Assignment.round)
        ).all()
        schemas = forms_by_version(session, {version for _, version, _ in signed})
        for subject, version, answers in signed:
            rows, fields = sources[subject]
            for key in wanted:
                path, field = f"{stage_key}.{key}", schemas[version].field(key)
                rows[path] = list(answers.get(key) or [])
                if isinstance(field, Rows):
                    fields[path] = field
    return sources
