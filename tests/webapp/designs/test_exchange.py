"""Forms as files in the browser: what a spreadsheet loses is shown before anything is kept; each way out leads back."""

import io
import re
from collections.abc import Callable
from html import unescape

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session, sessionmaker

from forms.catalogue import shipped
from forms.exchange.incoming import read_form
from forms.exchange.translations import from_csv
from models.designs import DesignVersion
from models.session import writing
from tests.cast import Cast, install_designs
from tests.forms.test_incoming import workbook
from tests.webapp.conftest import Client

ClientFor = Callable[..., Client]
SURVEY = [["type", "name", "label"], ["text", "tujuan", "Tujuan"], ["barcode", "kode", "Kode"]]
PLACE = re.compile(r'<td class="govuk-table__cell"><span class="k-mono">survey</span>, baris (\d+)')
SETTINGS = [["form_title", "form_id"], ["Kunjungan", "kunjungan"]]


@pytest.fixture
def installed(sessions: sessionmaker[Session], people: Cast) -> None:
    with writing(sessions) as database:
        install_designs(database)


def versions(sessions: sessionmaker[Session]) -> int:
    with sessions() as database:
        return database.scalar(select(func.count()).select_from(DesignVersion)) or 0


def send_file(client: Client, content: bytes, name: str):
    return client.send("/designs/import", {"file": (io.BytesIO(content), name)}, content_type="multipart/form-data")


def test_what_a_spreadsheet_loses_is_shown_before_anything_is_kept(
    client_for: ClientFor, sessions: sessionmaker[Session], people: Cast
) -> None:
    ani = client_for(people.ani)
    review = send_file(ani, workbook(survey=SURVEY, settings=SETTINGS), "kunjungan.xlsx")
    assert review.status_code == 200
    assert "Periksa sebelum diimpor" in review.text
    assert PLACE.findall(review.text) == ["3"]
    assert versions(sessions) == 0
    text = unescape(re.search(r"<textarea name=\"text\" hidden>\n(.*?)</textarea>", review.text, re.DOTALL)[1])
    taken = ani.send("/designs/import", {"text": text})
    assert (taken.status_code, taken.location) == (303, "/designs/form/kunjungan/1/edit")
    assert versions(sessions) == 1


def test_a_spreadsheet_with_errors_is_refused_with_their_cells(
    client_for: ClientFor, sessions: sessionmaker[Session], people: Cast
) -> None:
    broken = [*SURVEY[:2], ["integer", "jumlah", "Jumlah"], ["begin repeat", "anak", "Anak"]]
    answer = send_file(client_for(people.ani), workbook(survey=broken, settings=SETTINGS), "kunjungan.xlsx")
    assert answer.status_code == 422
    assert "Yang perlu diperbaiki" in answer.text
    assert PLACE.findall(answer.text)
    assert versions(sessions) == 0


@pytest.mark.parametrize("content", [b"PK\x03\x04 none", b"\xff\xfe\x00", b"{", b"- a"])
def test_any_file_that_is_no_form_is_refused_in_words(
    client_for: ClientFor, sessions: sessionmaker[Session], people: Cast, content: bytes
) -> None:
    answer = send_file(client_for(people.ani), content, "x.yaml")
    assert answer.status_code == 422
    assert "govuk-error-summary" in answer.text
    assert versions(sessions) == 0


@pytest.mark.parametrize("ending", ["yaml", "json", "xlsx"])
def test_every_file_that_leaves_comes_back_as_the_same_version(
    client_for: ClientFor, sessions: sessionmaker[Session], people: Cast, installed: None, ending: str
) -> None:
    ani, before = client_for(people.ani), versions(sessions)
    page = ani.get("/designs/form/improvement-plan/1").text
    assert f'href="/designs/form/improvement-plan/1.{ending}"' in page
    file = ani.get(f"/designs/form/improvement-plan/1.{ending}")
    assert f'filename="improvement-plan-1.{ending}"' in file.headers["Content-Disposition"]
    assert read_form(file.data).form == shipped()["improvement-plan"]
    assert send_file(ani, file.data, f"x.{ending}").location == "/designs/form/improvement-plan/1"
    assert versions(sessions) == before


def test_the_texts_leave_for_translators(client_for: ClientFor, people: Cast, installed: None) -> None:
    file = client_for(people.hadi).get("/designs/form/jury-sheet/1.csv")
    assert file.data.startswith(b"\xef\xbb\xbfpath;id;en;status_en\r\n")
    assert from_csv(shipped()["jury-sheet"], file.data) == (shipped()["jury-sheet"], [])
    assert client_for(people.citra).get("/designs/form/jury-sheet/1.csv").status_code == 404
