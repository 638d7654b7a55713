"""Messages in the app: one's own, in words, read once."""

import subprocess
import sys

import pytest
from sqlalchemy import select

from models.messages import OutboxMessage
from reports.messages import KINDS
from tests.cast import on_day
from tests.webapp.office import hand_in, planning_open


@pytest.fixture(autouse=True)
def _january(sessions, people):
    planning_open(sessions)
    hand_in(sessions, people.citra)
    with on_day(2026, 1, 12):
        yield


def messages_of(sessions, person) -> list[OutboxMessage]:
    with sessions() as database:
        return list(database.scalars(select(OutboxMessage).where(OutboxMessage.person_id == person.id)))


def test_messages_are_read_in_words_with_receipt_and_deadline(client_for, people):
    page = client_for(people.citra).get("/messages").text
    assert "Pengajuan Anda telah kami terima" in page
    assert "dengan nomor tanda terima" in page
    assert "31 Januari 2026 pukul 23.59 WIB" in page
    assert "{" not in page.partition("<main")[2].partition("</main>")[0]


def test_opening_a_message_marks_it_read_and_leads_to_what_it_is_about(client_for, people, sessions):
    citra = client_for(people.citra)
    message = next(one for one in messages_of(sessions, people.citra) if one.kind == "received")
    answer = citra.send(f"/messages/{message.id}/open")
    assert answer.location == message.path
    assert {one.kind: one.read_at is not None for one in messages_of(sessions, people.citra)} == {
        "task_assigned": False,
        "received": True,
    }


def test_all_are_marked_read_at_once_and_only_ones_own(client_for, people, sessions):
    client_for(people.citra).send("/messages/read")
    assert all(one.read_at for one in messages_of(sessions, people.citra))
    assert not any(one.read_at for one in messages_of(sessions, people.dedi))


def test_a_message_to_somebody_else_does_not_exist(client_for, people, sessions):
    message = messages_of(sessions, people.citra)[0]
    assert client_for(people.dedi).send(f"/messages/{message.id}/open").status_code == 404
    assert not any(one.read_at for one in messages_of(sessions, people.citra))


def test_looking_at_the_list_reads_nothing(client_for, people, sessions):
    client_for(people.citra).get("/messages")
    assert not any(one.read_at for one in messages_of(sessions, people.citra))


def test_every_kind_of_message_that_operations_write_has_words(sessions):
    with sessions() as database:
        assert {one.kind for one in database.scalars(select(OutboxMessage))} <= set(KINDS)


def test_the_words_of_messages_need_neither_the_printer_nor_the_engine():
    code = "import sys, webapp.messages.views; print({'weasyprint', 'prefect'} & set(sys.modules))"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "set()"
