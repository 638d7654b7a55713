"""What the answering of a form may refer to: the day, the colleagues, and rows of earlier signed answers."""

from typing import Any, TypeVar

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from forms.answers import AnswerContext
from forms.fields.rows import Rows
from forms.proofs import asked_for_files
from forms.schema import FormSchema
from models import clock
from models.assignments import Assignment, Submission
from models.cycles import Stage
from models.designs import DesignVersion
from models.people import Person, Post, Unit
from models.queries.designs import form_schema
from models.queries.evidence import references
from models.queries.people import supervisors
from models.states import Assignment as State

T = TypeVar("T")


def context_for(session: Session, assignment: Assignment, schema: FormSchema) -> AnswerContext:
    """The context in which this assignment is answered."""
    rows, fields = sources(session, assignment, schema)
    return AnswerContext(
        today=clock.today(assignment.stage.cycle.zone),
        colleagues=_colleagues(session, assignment) if "colleague" in schema.kinds else {},
        units=_units(session) if "unit" in schema.kinds else {},
        sources=rows,
        source_fields=fields,
        files=references(session, assignment) if asked_for_files(schema) else {},
    )


def sources(
    session: Session, assignment: Assignment, schema: FormSchema
) -> tuple[dict[str, list[dict[str, Any]]], dict[str, Rows]]:
    """For each earlier answer that the form refers to: its rows, and how they were asked.

    `stage.field` is what was signed about the subject in this cycle, `supervisor:stage.field` what was signed about the
    supervisor. Rows are told in the words of the form they answered.
    """
    rows: dict[str, list[dict[str, Any]]] = {}
    fields: dict[str, Rows] = {}
    for name in schema.earlier:
        whose, _, path = name.rpartition(":")
        stage_key, _, field_key = path.partition(".")
        subject_id = _supervisor(session, assignment) if whose == "supervisor" else assignment.subject_id
        signed = None if subject_id is None else signed_submission(session, assignment, stage_key, subject_id)
        version = signed.form_version if signed else _version_of(assignment, stage_key)
        field = form_schema(version).field(field_key) if version else None
        rows[name] = list(signed.answers.get(field_key) or []) if signed else []
        if isinstance(field, Rows):
            fields[name] = field
    return rows, fields


def _version_of(assignment: Assignment, stage_key: str) -> DesignVersion | None:
    return next((stage.form_version for stage in assignment.stage.cycle.stages if stage.key == stage_key), None)


def _supervisor(session: Session, assignment: Assignment) -> int | None:
    on = clock.today(assignment.stage.cycle.zone)
    return supervisors(session, {assignment.subject_id}, on).get(assignment.subject_id)


def signed_submission(session: Session, assignment: Assignment, stage_key: str, subject_id: int) -> Submission | None:
    """What was answered about a person in a stage of this cycle, once the whole chain has signed it."""
    return session.scalar(_signed(select(Submission), assignment.stage.cycle_id, stage_key, subject_id))


def signed_answers(session: Session, cycle_id: int, stage_key: str, subject_id: int) -> dict[str, Any] | None:
    """The answers about a person in a stage, once the whole chain has signed them."""
    found: dict[str, Any] | None = session.scalar(_signed(select(Submission.answers), cycle_id, stage_key, subject_id))
    return found


def _signed(wanted: Select[T], cycle_id: int, stage_key: str, subject_id: int) -> Select[T]:
    return (
        wanted.join(Assignment, Assignment.id == Submission.assignment_id)
        .join(Stage, Stage.id == Assignment.stage_id)
        .where(
            Stage.cycle_id == cycle_id,
            Stage.key == stage_key,
            Assignment.subject_id == subject_id,
            Assignment.state == State.COMPLETED,
            Submission.round == Assignment.round,
        )
    )


def _units(session: Session) -> dict[str, str]:
    return {str(unit): name for unit, name in session.execute(select(Unit.id, Unit.name).order_by(Unit.name))}


def _colleagues(session: Session, assignment: Assignment) -> dict[str, str]:
    on = clock.today(assignment.stage.cycle.zone)
    rows = session.execute(
        select(Person.id, Person.name)
        .join(Post, Post.person_id == Person.id)
        .where(
            Post.unit_id == assignment.unit_id, Post.starts_on <= on, (Post.ends_on.is_(None)) | (Post.ends_on >= on)
        )
        .where(Person.active, Person.id != assignment.respondent_id)
        .order_by(Person.name)
    )
    return {str(person): name for person, name in rows}
