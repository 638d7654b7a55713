"""Lists to take along, and the survey's addresses: nothing acts as a formula, nothing of other units is in it."""

import csv
import io
import re
from collections.abc import Callable

import pytest
from python_calamine import CalamineWorkbook
from sqlalchemy.orm import Session, sessionmaker

from models.operations import cycles
from models.people import Person
from models.permissions import CLOCK
from models.session import writing
from tests.cast import Cast, on_day, stage
from tests.webapp.conftest import Client
from tests.webapp.office import cycle_of, planning_open, unit_hr

ClientFor = Callable[..., Client]


@pytest.mark.parametrize("name", ["=HYPERLINK(1)", "+62", "-2+3", "@SUM(A1)", "\u0040x", "=cmd|x"])
def test_no_cell_of_a_list_acts_as_a_formula(
    client_for: ClientFor, sessions: sessionmaker[Session], people: Cast, name: str
) -> None:
    planning_open(sessions)
    with writing(sessions) as database:
        database.get_one(Person, people.citra.id).name = name
    with on_day(2026, 1, 12):
        ani = client_for(people.ani)
        text = ani.get("/cycles/2026/list.csv").data.decode("utf-8-sig")
        book = CalamineWorkbook.from_filelike(io.BytesIO(ani.get("/cycles/2026/list.xlsx").data))
    names = [row["Nama"] for row in csv.DictReader(io.StringIO(text))]
    assert len(names) == 9
    assert f"'{name}" in names
    assert not any(one[0] in "=+-@" for one in names)
    assert name in [row[1] for row in book.get_sheet_by_index(0).to_python()]


def test_the_file_holds_what_the_filter_leaves_and_of_ones_units_only(
    client_for: ClientFor, sessions: sessionmaker[Session], people: Cast
) -> None:
    planning_open(sessions)
    unit_hr(sessions, people.indra, people.village)
    with on_day(2026, 1, 12):
        answer = client_for(people.ani).get("/cycles/2026/list.csv?q=citra")
        assert "attachment" in answer.headers["Content-Disposition"]
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.text.count("\n") == 2
        own = client_for(people.indra).get("/cycles/2026/list.csv?sort=unit").text
        assert client_for(people.ani).get("/cycles/2026/list.exe").status_code == 404
    assert "Gita" in own
    assert "Citra" not in own


def test_the_survey_has_an_address_and_a_poster_for_each_unit(
    client_for: ClientFor, sessions: sessionmaker[Session], people: Cast
) -> None:
    planning_open(sessions)
    unit_hr(sessions, people.indra, people.village)
    with on_day(2026, 2, 2), writing(sessions) as database:
        cycles.open_stage(database, CLOCK, stage(cycle_of(database), "public-survey"))
    with on_day(2026, 2, 3):
        ani, indra = client_for(people.ani), client_for(people.indra)
        page = ani.get("/cycles/2026/survey").text
        posters = re.findall(r'href="([^"]+/poster)"', page)
        assert len(posters) == 2
        assert len(set(re.findall(r"http://127\.0\.0\.1:8000/s/\w{26}", page))) == 2
        poster = ani.get(posters[0]).text
        assert "<svg" in poster
        assert "style=" not in poster
        assert len(re.findall(r'href="([^"]+/poster)"', indra.get("/cycles/2026/survey").text)) == 1
        assert indra.get(posters[0]).status_code == 404
        assert client_for(people.citra).get("/cycles/2026/survey").status_code == 404
