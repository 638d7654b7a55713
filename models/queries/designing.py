"""Questions about a draft that is being designed: its steps, who changed it last, and which answers depend on it."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from sqlalchemy import select
from sqlalchemy.orm import Session

from forms.text import Message, msg
from models.assignments import Draft, LogEntry, Submission
from models.designs import Design, DesignEdit, DesignVersion
from models.feedback import Ballot, SurveyAnswer
from models.journal import JournalEntry
from models.people import Person
from models.queries.designs import form_schema
from models.states import Design as DesignState

MOST_SUMMARY = 400
VERBS = ("edit", "undo", "redo")
AnswerTable: TypeAlias = type[Submission | LogEntry | Ballot | SurveyAnswer | Draft]
ANSWERS: tuple[AnswerTable, ...] = (Submission, LogEntry, Ballot, SurveyAnswer, Draft)
"""Tables of answers; each says which version of a form was answered."""


@dataclass(frozen=True)
class Steps:
    """What can be taken back and taken again, in words; None where there is nothing."""

    undo: Message | None
    redo: Message | None


@dataclass(frozen=True)
class Change:
    """Something that was done to a draft, by whom and when."""

    what: Message
    who: str
    at: datetime


def summary_text(summary: Message) -> str:
    """A summary as it is kept: readable again in any language."""
    params = {name: str(value) for name, value in summary.params.items()}
    while len(text := json.dumps([summary.msgid, params], ensure_ascii=False)) > MOST_SUMMARY and params:
        longest = max(params, key=lambda name: len(params[name]))
        params[longest] = f"{params[longest][: max(len(params[longest]) // 2, 1)]}…"
    return text


def summary_of(text: str) -> Message:
    """What `summary_text` kept."""
    if not text:
        return msg("Draf dibuat.")
    msgid, params = json.loads(text)
    return Message(msgid, params)


def steps(session: Session, version: DesignVersion) -> Steps:
    """What the next undo and redo would do."""
    around = session.execute(
        select(DesignEdit.position, DesignEdit.summary).where(
            DesignEdit.version_id == version.id,
            DesignEdit.position.between(version.position - 1, version.position + 1),
        )
    ).all()
    by_position = {row.position: row.summary for row in around}
    undone = by_position.get(version.position) if version.position - 1 in by_position else None
    redone = by_position.get(version.position + 1)
    return Steps(summary_of(undone) if undone is not None else None, summary_of(redone) if redone is not None else None)


def changes_since(session: Session, version: DesignVersion, lock: int) -> list[Change]:
    """What was done to a draft since it was shown as `lock`, newest first; every step counts the lock up by one."""
    found = session.execute(
        select(JournalEntry, Person.name)
        .outerjoin(Person, Person.id == JournalEntry.actor_id)
        .where(
            JournalEntry.subject_kind == "design_version",
            JournalEntry.subject_id == version.id,
            JournalEntry.verb.in_(VERBS),
        )
        .order_by(JournalEntry.id.desc())
        .limit(max(min(version.lock - lock, 50), 0))
    )
    return [Change(_what(entry), name or "", entry.at) for entry, name in found]


def _what(entry: JournalEntry) -> Message:
    if entry.verb == "undo":
        return msg("Satu langkah diurungkan.")
    if entry.verb == "redo":
        return msg("Satu langkah diulangi.")
    return summary_of(entry.details.get("summary", ""))


def draft_of(session: Session, design: Design) -> DesignVersion | None:
    """The latest draft of a design."""
    return session.scalar(
        select(DesignVersion)
        .where(DesignVersion.design_id == design.id, DesignVersion.state == DesignState.DRAFT)
        .order_by(DesignVersion.number.desc())
        .limit(1)
    )


def answered_keys(session: Session, design: Design) -> frozenset[str]:
    """Keys of the questions to which answers may be kept: all those of versions that somebody answered."""
    versions = session.scalars(select(DesignVersion).where(DesignVersion.design_id == design.id)).all()
    found: set[str] = set()
    for version in versions:
        if any(_is_answered(session, table, version.id) for table in ANSWERS):
            found |= _keys(version)
    return frozenset(found)


def settled_keys(session: Session, design: Design) -> frozenset[str]:
    """Keys that versions in use bear, so that they are not changed by the way."""
    versions = session.scalars(
        select(DesignVersion).where(DesignVersion.design_id == design.id, DesignVersion.state != DesignState.DRAFT)
    )
    return frozenset(key for version in versions for key in _keys(version))


def _is_answered(session: Session, table: AnswerTable, version_id: int) -> bool:
    found = select(table.form_version_id).where(table.form_version_id == version_id).limit(1)
    return session.scalar(found) is not None


def _keys(version: DesignVersion) -> set[str]:
    keys = set()
    for field in form_schema(version).fields():
        keys.add(field.key)
        keys |= {f"{field.key}.{column.key}" for column in getattr(field, "columns", ())}
    return keys
