"""Messages to people: written with the change they tell of, delivered afterwards, never twice under one key."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import Select, String, cast, exists, insert, literal, select, update
from sqlalchemy.orm import Session

from models import clock
from models.columns import Json, UtcDateTime
from models.errors import NotFound
from models.messages import OutboxMessage
from models.permissions import Action, Actor, Organisation, needs

RETRY_MINUTES = (1, 5, 30, 120, 720, 1440)
"""Waiting time before each further try; after the last one the message is set aside."""
CLAIM_SECONDS = 120


def notify(session: Session, person_id: int, kind: str, key: str, params: dict[str, Any], path: str) -> None:
    """Write one message unless the same one was written before."""
    notify_each(session, select(literal(person_id)), kind, key, params, path)


def notify_each(session: Session, people: Select[Any], kind: str, key: str, params: dict[str, Any], path: str) -> None:
    """Write the same message to each person of a select, in one statement; the key is completed by the person."""
    person = people.subquery("addressees")
    person_id = next(iter(person.c))
    full_key = literal(f"{key}:", String) + cast(person_id, String)
    now = clock.now()
    rows = select(
        full_key,
        person_id,
        literal(kind),
        literal(params, Json),
        literal(path),
        literal(now, UtcDateTime),
        literal(now, UtcDateTime),
        literal(0),
        literal(""),
    ).where(~exists().where(OutboxMessage.key == full_key))
    columns = ["key", "person_id", "kind", "params", "path", "created_at", "next_try_at", "tries", "problem"]
    session.execute(insert(OutboxMessage).from_select(columns, rows))


def mark_read(session: Session, person_id: int, message_ids: Sequence[int]) -> None:
    """The person has seen these messages of his own."""
    session.execute(
        update(OutboxMessage)
        .where(OutboxMessage.person_id == person_id, OutboxMessage.id.in_(message_ids), OutboxMessage.read_at.is_(None))
        .values(read_at=clock.now())
    )


@needs(Action.MESSAGE_DELIVER)
def claim(session: Session, actor: Actor, subject: Organisation, *, limit: int) -> list[OutboxMessage]:
    """Take messages that are due, so that no other postman takes them for the next two minutes."""
    now = clock.now()
    due = (
        select(OutboxMessage)
        .where(OutboxMessage.sent_at.is_(None), OutboxMessage.next_try_at <= now)
        .order_by(OutboxMessage.next_try_at, OutboxMessage.id)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    messages = list(session.scalars(due))
    for message in messages:
        message.next_try_at = now + timedelta(seconds=CLAIM_SECONDS)
    return messages


@needs(Action.MESSAGE_DELIVER)
def delivered(session: Session, actor: Actor, subject: Organisation, *, message_id: int) -> None:
    """The mail server (or the folder) has taken the message."""
    message = _message(session, message_id)
    message.sent_at, message.next_try_at, message.problem = clock.now(), None, ""


@needs(Action.MESSAGE_DELIVER)
def not_delivered(session: Session, actor: Actor, subject: Organisation, *, message_id: int, problem: str) -> None:
    """The message could not be handed over: try again later, and set it aside for HR after the last try."""
    message = _message(session, message_id)
    message.problem = problem[:500]
    wait = RETRY_MINUTES[message.tries] if message.tries < len(RETRY_MINUTES) else None
    message.next_try_at = None if wait is None else clock.now() + timedelta(minutes=wait)
    message.tries += 1


def _message(session: Session, message_id: int) -> OutboxMessage:
    message = session.get(OutboxMessage, message_id)
    if message is None:
        raise NotFound
    return message
