"""Flow: deliver the messages of the outbox; whatever cannot be delivered is tried again later."""

import smtplib
from typing import Any

from prefect import flow
from sqlalchemy import select

from flows.mail import Transport, compose, transport
from flows.runtime import factory, settings
from models.messages import OutboxMessage
from models.operations import messages
from models.people import Account, Person
from models.permissions import ORGANISATION, POSTMAN
from models.session import writing
from reports.messages import WrongMessage, body, subject

CLAIMED_AT_ONCE = 100
MOST_AT_ONCE = 20_000
"""Messages one run delivers at most; the next tick goes on."""


def work() -> dict[str, Any]:
    """Deliver what is due, in chunks that are claimed first, so that several postmen do not deliver the same."""
    counts = {"sent": 0, "without_address": 0, "failed": 0}
    try:
        with transport(settings()) as way:
            while counts["sent"] + counts["without_address"] + counts["failed"] < MOST_AT_ONCE and _chunk(way, counts):
                pass
    except (OSError, smtplib.SMTPException) as unreachable:
        counts["unreachable"] = 1
        counts["reason"] = type(unreachable).__name__  # type: ignore[assignment]
    return counts


def _chunk(way: Transport, counts: dict[str, int]) -> bool:
    """Deliver one chunk; gives whether there was anything."""
    with writing(factory()) as session:
        claimed = messages.claim(session, POSTMAN, ORGANISATION, limit=CLAIMED_AT_ONCE)
        addresses = {
            row.id: (row.email, row.language or "id")
            for row in session.execute(
                select(Person.id, Person.email, Account.language)
                .outerjoin(Account, Account.person_id == Person.id)
                .where(Person.id.in_({message.person_id for message in claimed}))
            )
        }
    outcomes: list[tuple[int, str | None]] = []
    broken = None
    for message in claimed:
        email, language = addresses[message.person_id]
        if not email:
            counts["without_address"] += 1
            outcomes.append((message.id, None))
            continue
        try:
            way.send(_mail(message, email, language))
        except smtplib.SMTPServerDisconnected as gone:
            broken = gone
            outcomes.append((message.id, type(gone).__name__))
            break
        except (OSError, smtplib.SMTPException, WrongMessage) as refused:
            counts["failed"] += 1
            outcomes.append((message.id, type(refused).__name__))
        else:
            counts["sent"] += 1
            outcomes.append((message.id, None))
    with writing(factory()) as session:
        for message_id, problem in outcomes:
            if problem is None:
                messages.delivered(session, POSTMAN, ORGANISATION, message_id=message_id)
            else:
                messages.not_delivered(session, POSTMAN, ORGANISATION, message_id=message_id, problem=problem)
    if broken is not None:
        raise broken
    return bool(claimed)


def _mail(message: OutboxMessage, email: str, language: str) -> Any:
    """The mail of a message; it says where to go, and nothing that only the app may show."""
    params = dict(message.params) | {"link": f"{settings().public_url}{message.path}"}
    words = body(message.kind, params, language)
    return compose(
        sender=settings().mail_from,
        to=email,
        subject=subject(message.kind, params, language),
        text=words.text,
        html=words.html,
        message_id=message.id,
        language=language,
    )


@flow(name="deliver-messages")
def deliver_messages() -> dict[str, Any]:
    """Deliver the messages that are due."""
    return work()
