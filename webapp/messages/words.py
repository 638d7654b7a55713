"""A message in the reader's language."""

from dataclasses import dataclass
from datetime import datetime

from models.messages import OutboxMessage
from reports import messages
from webapp.i18n import language


@dataclass(frozen=True)
class Words:
    """One message as it is read."""

    id: int
    subject: str
    text: str
    at: datetime
    read: bool


def in_words(message: OutboxMessage) -> Words:
    """Subject (without the name of the program, which mails need and pages do not) and text."""
    subject = messages.subject(message.kind, message.params, language()).removeprefix("[Kinerja] ")
    text = messages.summary(message.kind, message.params, language())
    return Words(message.id, subject, text, message.created_at, message.read_at is not None)
