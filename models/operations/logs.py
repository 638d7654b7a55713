"""Entries of a log stage: made by the respondent the moment something is done, seen by the supervisor at once."""

from datetime import date
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from forms import answers as form_answers
from forms.errors import AnswersInvalid
from forms.schema import FormSchema
from forms.text import msg
from models import clock
from models.assignments import Assignment, LogEntry, Measurement
from models.errors import Conflict, Invalid
from models.operations.assignments import add_measures, too_late
from models.operations.moves import hold, move, record
from models.permissions import Action, Actor, needs
from models.queries.answer_context import context_for
from models.queries.designs import stage_form
from models.states import Assignment as State
from models.states import Stage as StageState


@needs(Action.ASSIGNMENT_ANSWER)
def add_entry(
    session: Session, actor: Actor, assignment: Assignment, *, raw: dict[str, Any], request_key: str
) -> LogEntry:
    """Log one thing done; the same `request_key` again gives the same entry.

    The first date field of the form says when it happened; it lies within the period and not in the future.
    """
    hold(session, assignment)  # no file it names is taken back at this moment
    known = session.scalar(
        select(LogEntry).where(LogEntry.assignment_id == assignment.id, LogEntry.request_key == request_key)
    )
    if known is not None:
        return known
    _must_be_log(assignment)
    version, schema = stage_form(assignment.stage)
    try:
        checked = form_answers.check(schema, raw, context_for(session, assignment, schema))
    except AnswersInvalid as wrong:
        raise Invalid(wrong.message, wrong.errors) from wrong
    entry = LogEntry(
        assignment_id=assignment.id,
        answers=checked,
        form_version_id=version.id,
        occurred_on=_day(schema, checked, assignment),
        entered_at=clock.now(),
        entered_by_id=actor.person,
        request_key=request_key,
    )
    session.add(entry)
    session.flush()
    add_measures(
        session,
        assignment,
        form_answers.measures(schema, checked),
        on=entry.occurred_on,
        source="log_entry",
        source_id=entry.id,
    )
    if assignment.state == State.WAITING:
        move(session, actor, assignment, "save")
    record(session, actor, "log", "log_entry", entry.id, details={"assignment": assignment.id})
    return entry


@needs(Action.LOG_STRIKE)
def strike_entry(session: Session, actor: Actor, entry: LogEntry) -> None:
    """Take an entry back: it no longer counts, but stays to be read."""
    _must_be_log(entry.assignment)
    if entry.struck_at is not None:
        return
    entry.struck_at = clock.now()
    session.execute(delete(Measurement).where(Measurement.source == "log_entry", Measurement.source_id == entry.id))
    record(session, actor, "strike", "log_entry", entry.id)


def _must_be_log(assignment: Assignment) -> None:
    stage = assignment.stage
    if stage.mode != "log":
        raise Conflict(msg("Tahap ini bukan catatan."))
    if stage.state != StageState.OPEN:
        raise Conflict(msg("Tahap ini tidak sedang dibuka."))
    if clock.now() >= assignment.due_at:
        raise Conflict(too_late(assignment.due_at))


def _day(schema: FormSchema, checked: dict[str, Any], assignment: Assignment) -> date:
    cycle = assignment.stage.cycle
    today = clock.today(cycle.zone)
    key = next((field.key for field in schema.fields() if field.kind == "date"), None)
    if key is None or checked.get(key) is None:
        return today
    day = date.fromisoformat(checked[key])
    if not cycle.starts_on <= day <= min(today, cycle.ends_on):
        raise Invalid(
            msg("Periksa kembali isian Anda."), {key: msg("Pilih tanggal dalam periode ini, paling lambat hari ini.")}
        )
    return day
