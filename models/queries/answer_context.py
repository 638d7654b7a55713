"""What the answering of a form may refer to: the day, the colleagues, and rows of earlier signed answers."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from forms.answers import AnswerContext
from forms.fields.rows import Rows
from forms.schema import FormSchema
from models import clock
from models.assignments import Assignment, Submission
from models.cycles import Stage
from models.people import Person, Post
from models.queries.designs import form_schema
from models.states import Assignment as State


def context_for(session: Session, assignment: Assignment, schema: FormSchema) -> AnswerContext:
    """The context in which this assignment is answered."""
    zone = assignment.stage.cycle.zone
    wants_colleagues = any(field.kind == "colleague" for field in schema.fields())
    return AnswerContext(
        today=clock.today(zone),
        colleagues=_colleagues(session, assignment) if wants_colleagues else {},
        sources=source_rows(session, assignment, schema),
        source_fields=source_fields(assignment, schema),
    )


def source_rows(session: Session, assignment: Assignment, schema: FormSchema) -> dict[str, list[dict[str, Any]]]:
    """For each `stage.field` the schema repeats over: the rows of the subject's signed answers in this cycle."""
    found: dict[str, list[dict[str, Any]]] = {}
    for path in _repeated_over(schema):
        stage_key, _, field_key = path.partition(".")
        answers = signed_answers(session, assignment.stage.cycle_id, stage_key, assignment.subject_id)
        found[path] = list(answers.get(field_key) or []) if answers else []
    return found


def source_fields(assignment: Assignment, schema: FormSchema) -> dict[str, Rows]:
    """For each `stage.field` the schema repeats over: how it was asked, so that its rows can be shown in words."""
    found: dict[str, Rows] = {}
    paths = _repeated_over(schema)
    if not paths:
        return found
    forms = {
        stage.key: form_schema(stage.form_version) for stage in assignment.stage.cycle.stages if stage.form_version
    }
    for path in paths:
        stage_key, _, field_key = path.partition(".")
        field = forms[stage_key].field(field_key) if stage_key in forms else None
        if isinstance(field, Rows):
            found[path] = field
    return found


def _repeated_over(schema: FormSchema) -> list[str]:
    return sorted({field.each for field in schema.fields() if isinstance(field, Rows) and field.each})


def signed_answers(session: Session, cycle_id: int, stage_key: str, subject_id: int) -> dict[str, Any] | None:
    """The answers about a person in a stage, once the whole chain has signed them."""
    return session.scalar(
        select(Submission.answers)
        .join(Assignment, Assignment.id == Submission.assignment_id)
        .join(Stage, Stage.id == Assignment.stage_id)
        .where(
            Stage.cycle_id == cycle_id,
            Stage.key == stage_key,
            Assignment.subject_id == subject_id,
            Assignment.state == State.COMPLETED,
            Submission.round == Assignment.round,
        )
    )


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
