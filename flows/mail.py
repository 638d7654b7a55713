"""Where mails go: to an SMTP server when one is configured, otherwise to a folder as .eml files."""

import smtplib
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from email.utils import formatdate
from pathlib import Path
from typing import Protocol
from urllib.parse import unquote, urlsplit

from models.settings import Settings

TIMEOUT_SECONDS = 20


class Transport(Protocol):
    """Something that takes a mail, or raises `OSError` or `smtplib.SMTPException`."""

    def send(self, message: EmailMessage) -> None: ...


class Folder:
    """Mails as files, one for each message; the same message is the same file."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def send(self, message: EmailMessage) -> None:
        name = str(message["Message-ID"]).strip("<>").partition("@")[0]
        (self.folder / f"{name}.eml").write_bytes(bytes(message))


class Smtp:
    """An open connection to a mail server."""

    def __init__(self, connection: smtplib.SMTP) -> None:
        self.connection = connection

    def send(self, message: EmailMessage) -> None:
        self.connection.send_message(message)


@contextmanager
def transport(settings: Settings) -> Iterator[Transport]:
    """The way mails take, open for the block."""
    if not settings.smtp_url:
        yield Folder(settings.subfolder("mails"))
        return
    address = urlsplit(settings.smtp_url)
    encrypted = address.scheme == "smtps"
    kind = smtplib.SMTP_SSL if encrypted else smtplib.SMTP
    host, port = address.hostname or "localhost", address.port or (465 if encrypted else 25)
    with kind(host, port, timeout=TIMEOUT_SECONDS) as connection:
        if not encrypted and connection.has_extn("starttls"):
            connection.starttls()
        if address.username:
            connection.login(unquote(address.username), unquote(address.password or ""))
        yield Smtp(connection)


def compose(
    *, sender: str, to: str, subject: str, text: str, html: str, message_id: int, language: str
) -> EmailMessage:
    """A mail whose Message-ID is that of the outbox row, so that a server can see a repeated delivery."""
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = sender, to, subject
    message["Date"] = formatdate(usegmt=True)
    message["Message-ID"] = f"<kinerja-{message_id}@{sender.rpartition('@')[2]}>"
    message["Auto-Submitted"] = "auto-generated"
    message["Content-Language"] = language
    message.set_content(text)
    message.add_alternative(html, subtype="html")
    return message
