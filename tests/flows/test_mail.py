"""Messages leave the outbox once, by the way that is configured, and wait when there is no way."""

import email
import socket
from collections.abc import Iterator
from datetime import timedelta
from email.message import Message
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Message as MessageHandler
from sqlalchemy import select, update
from sqlalchemy.orm import Session, sessionmaker

from flows import deliver_messages, runtime
from models import clock
from models.messages import OutboxMessage
from models.operations import cycles
from models.people import Person
from models.permissions import CLOCK
from models.session import writing
from tests.cast import at, cast, plan_cycle, stage

Place = sessionmaker[Session]


class Inbox(MessageHandler):
    """What a mail server received."""

    def __init__(self) -> None:
        super().__init__()
        self.received: list[Message] = []

    def handle_message(self, message: Message) -> None:
        self.received.append(message)


@pytest.fixture
def planned(place: Place) -> Place:
    """Everybody was just asked for a plan; Eka has no address."""
    with writing(place) as session, clock.travel(at(2026, 1, 2)):
        people = cast(session)
        cycle = plan_cycle(session)
        cycles.open_cycle(session, CLOCK, cycle)
        cycles.open_stage(session, CLOCK, stage(cycle, "planning"))
        session.execute(update(Person).where(Person.id == people.eka.id).values(email=""))
    return place


@pytest.fixture
def smtp(planned: Place, monkeypatch: pytest.MonkeyPatch) -> Iterator[Inbox]:
    inbox = Inbox()
    controller = Controller(inbox, hostname="127.0.0.1", port=free_port())
    controller.start()
    monkeypatch.setenv("KINERJA_SMTP_URL", f"smtp://127.0.0.1:{controller.port}")
    runtime.settings.cache_clear()
    yield inbox
    controller.stop()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def unsent(place: Place) -> int:
    with place() as session:
        return len(session.scalars(select(OutboxMessage).where(OutboxMessage.sent_at.is_(None))).all())


def test_without_a_mail_server_mails_are_files(planned: Place, tmp_path: Path) -> None:
    with clock.travel(at(2026, 1, 2, 4)):
        assert deliver_messages.work() == {"sent": 8, "without_address": 1, "failed": 0}
        assert deliver_messages.work() == {"sent": 0, "without_address": 0, "failed": 0}
    files = sorted((tmp_path / "mails").glob("*.eml"))
    assert len(files) == 8
    mail = email.message_from_bytes(files[0].read_bytes())
    text = mail.get_payload(0).get_payload(decode=True).decode()  # type: ignore[union-attr]
    assert "Perencanaan kinerja (SKP)" in text
    assert "31 Januari 2026" in text
    assert unsent(planned) == 0


def test_mails_reach_the_server_once_each(planned: Place, smtp: Inbox) -> None:
    with clock.travel(at(2026, 1, 2, 4)):
        deliver_messages.work()
        deliver_messages.work()
    assert len(smtp.received) == 8
    assert len({message["Message-ID"] for message in smtp.received}) == 8
    assert all("Penilaian" not in message["Subject"] for message in smtp.received)
    assert unsent(planned) == 0


def test_a_server_that_is_down_loses_nothing(planned: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KINERJA_SMTP_URL", f"smtp://127.0.0.1:{free_port()}")
    runtime.settings.cache_clear()
    with clock.travel(at(2026, 1, 2, 4)):
        assert deliver_messages.work()["sent"] == 0
    assert unsent(planned) == 9


def test_a_refused_mail_is_tried_again_later_and_set_aside_in_the_end(
    planned: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Refusing(Inbox):
        async def handle_RCPT(self, server, session, envelope, address, options):  # type: ignore[no-untyped-def]  # noqa: N802
            return "550 no such mailbox"

    controller = Controller(Refusing(), hostname="127.0.0.1", port=free_port())
    controller.start()
    monkeypatch.setenv("KINERJA_SMTP_URL", f"smtp://127.0.0.1:{controller.port}")
    runtime.settings.cache_clear()
    moment = at(2026, 1, 2, 4)
    tries = 0
    try:
        for _ in range(9):
            with clock.travel(moment):
                tries += int(deliver_messages.work()["failed"] > 0)
            moment += timedelta(days=2)
    finally:
        controller.stop()
    assert tries == 7
    with planned() as session:
        aside = session.scalars(select(OutboxMessage).where(OutboxMessage.sent_at.is_(None))).all()
    assert len(aside) == 8
    assert {message.problem for message in aside} == {"SMTPRecipientsRefused"}
    assert all(message.next_try_at is None for message in aside)
