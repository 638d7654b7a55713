"""Importing people in the browser: tried first, then confirmed; with one error nothing is taken."""

import io
import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session, sessionmaker

from models import clock
from models.exchange.people import HEADER
from models.people import Person, Post, Unit
from tests.cast import Cast
from tests.webapp.conftest import Client
from tests.webapp.office import journal

ClientFor = Callable[..., Client]
GOOD = (
    "199203142019031007,Yulia Rahman,PNS,III/a,Pelaksana,Pranata Kependudukan,,"
    "Kelurahan Gurun Laweh,{office},{boss},yulia@nanggalo.example,01/02/2021"
)
BAD = "12345,Salah Nomor,PNS,III/a,Pelaksana,Pramu,,Kelurahan Gurun Laweh,Kecamatan Nanggalo,,x,99/99/2021"


def file(*rows: str) -> tuple[io.BytesIO, str]:
    return io.BytesIO("\n".join([",".join(HEADER), *rows]).encode()), "pegawai.csv"


@pytest.fixture
def good(people: Cast) -> str:
    return GOOD.format(office=people.office.name, boss=people.budi.employee_number)


def counts(sessions: sessionmaker[Session]) -> tuple[int, ...]:
    with sessions() as database:
        return tuple(database.scalar(select(func.count()).select_from(table)) or 0 for table in (Person, Post, Unit))


def upload_of(page: str) -> str:
    return re.search(r'name="upload" value="([^"]+)"', page)[1]


def test_a_good_file_is_only_taken_when_confirmed_and_only_once(
    client_for: ClientFor, sessions: sessionmaker[Session], people: Cast, good: str
) -> None:
    before = counts(sessions)
    ani = client_for(people.ani)
    tried = ani.send("/people/import", {"file": file(good)}, content_type="multipart/form-data")
    assert tried.status_code == 200
    assert "Berkas ini dapat diimpor. Belum ada yang disimpan." in tried.text
    assert counts(sessions) == before
    upload = upload_of(tried.text)
    assert ani.send("/people/import/confirm", {"upload": upload}).status_code == 303
    assert counts(sessions) == tuple(number + 1 for number in before)
    assert ani.send("/people/import/confirm", {"upload": upload}).status_code == 409
    assert counts(sessions) == tuple(number + 1 for number in before)
    assert any(entry.actor_id == people.ani.id for entry in journal(sessions, "person", "import"))


def test_one_error_and_nothing_is_taken_but_every_place_is_named(
    client_for: ClientFor, sessions: sessionmaker[Session], people: Cast, good: str
) -> None:
    before = counts(sessions)
    ani = client_for(people.ani)
    tried = ani.send("/people/import", {"file": file(good, BAD)}, content_type="multipart/form-data")
    assert tried.status_code == 422
    assert "Tidak ada yang disimpan." in tried.text
    assert 'name="upload"' not in tried.text
    cells = re.findall(r'k-number">(\d+)</td><td class="govuk-table__cell k-mono">(\w+)</td>', tried.text)
    assert ("3", "nip") in cells
    assert ("3", "mulai") in cells
    assert counts(sessions) == before


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 broken", b"apa saja"])
def test_what_is_no_list_of_people_is_explained_at_the_field(
    client_for: ClientFor, people: Cast, content: bytes
) -> None:
    fields = {"file": (io.BytesIO(content), "daftar.xlsx" if content.startswith(b"PK") else "daftar.csv")}
    answer = client_for(people.ani).send("/people/import", fields, content_type="multipart/form-data")
    assert answer.status_code == 422
    assert 'href="#file"' in answer.text


def test_no_file_is_an_error_too(client_for: ClientFor, people: Cast) -> None:
    assert client_for(people.ani).send("/people/import", {}).status_code == 422


def test_a_tried_file_belongs_to_who_tried_it_and_does_not_wait_for_ever(
    client_for: ClientFor, sessions: sessionmaker[Session], people: Cast, good: str
) -> None:
    before = counts(sessions)
    ani = client_for(people.ani)
    tried = ani.send("/people/import", {"file": file(good)}, content_type="multipart/form-data")
    upload = upload_of(tried.text)
    ani.send(f"/people/{people.gita.id}/roles", {"role": "hr-administrator", "unit": "0"})
    assert client_for(people.gita).send("/people/import/confirm", {"upload": upload}).status_code == 409
    assert ani.send("/people/import/confirm", {"upload": upload[:-3] + "abc"}).status_code == 409
    assert client_for(people.hadi).send("/people/import/confirm", {"upload": upload}).status_code == 404
    with clock.travel(clock.now() + timedelta(hours=2)):
        # The file of the first try is thrown away when the next one comes.
        client_for(people.ani).send("/people/import", {"file": file(good)}, content_type="multipart/form-data")
    assert counts(sessions) == before


def test_the_export_brought_in_again_changes_nothing_and_acts_as_no_formula(
    client_for: ClientFor, sessions: sessionmaker[Session], people: Cast
) -> None:
    with sessions() as database, database.begin():
        database.get_one(Person, people.citra.id).name = "=cmd|' /C calc'!A0"
    ani = client_for(people.ani)
    content = ani.get("/people.csv").data
    assert b"'=cmd" in content
    fields = {"file": (io.BytesIO(content), "pegawai.csv")}
    tried = ani.send("/people/import", fields, content_type="multipart/form-data")
    assert tried.status_code == 200, tried.text[:3000]
    assert re.search(r"Tidak berubah</dt>\s*<dd[^>]*>9</dd>", tried.text)
    assert ani.get("/people.xlsx").data.startswith(b"PK")
    assert ani.get("/people.exe").status_code == 404
