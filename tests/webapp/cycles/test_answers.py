"""Answers to take along: each read with its version, of one's own units only, and never what was said in secret."""

import csv
import io
from collections.abc import Callable

import pytest
from python_calamine import CalamineWorkbook
from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from models.assignments import LogEntry, Submission
from models.operations import assignments, logs
from models.operations.adopting import publish_and_adopt
from models.people import Person
from models.permissions import OPERATOR
from models.session import writing
from tests.cast import Cast, as_actor, on_day, stage
from tests.models.versions.versions_of import draft_version, field
from tests.webapp.conftest import Client
from tests.webapp.office import cycle_of, example, hand_in, own_form, planning_open, unit_hr
from tests.webapp.year import ballots_open, evaluation_open, progress_open

ClientFor = Callable[..., Client]
PLANS = "/cycles/2026/stages/planning/answers"


@pytest.fixture
def planned(sessions: sessionmaker[Session], people: Cast) -> None:
    """Citra and Gita, who works elsewhere, have handed in their plans."""
    planning_open(sessions)
    hand_in(sessions, people.citra)
    hand_in(sessions, people.gita)


def sheets(client: Client, address: str) -> dict[str, list[list[object]]]:
    with client.get(address) as answer:
        assert answer.status_code == 200
        book = CalamineWorkbook.from_filelike(io.BytesIO(answer.data))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def lines(client: Client, address: str) -> list[dict[str, str]]:
    with client.get(address) as answer:
        return list(csv.DictReader(io.StringIO(answer.data.decode("utf-8-sig"))))


def test_answers_of_two_versions_stand_on_sheets_of_their_own_and_in_one_table(
    client_for: ClientFor, sessions: sessionmaker[Session], people: Cast, planned: None
) -> None:
    def renamed(definition: dict) -> None:
        field(definition, "results")["label"] = "Hasil: kerja/janji [yang panjang sekali] untuk satu tahun"

    with on_day(2026, 1, 11), writing(sessions) as database:
        version = draft_version(database, "skp-quantitative", renamed)
        publish_and_adopt(database, OPERATOR, version, [stage(cycle_of(database), "planning")])
    hand_in(sessions, people.budi, day=12)
    with on_day(2026, 1, 13):
        ani = client_for(people.ani)
        found = sheets(ani, f"{PLANS}.xlsx")
        table = lines(ani, f"{PLANS}.csv")
    assert next(iter(found)) == "v2 Jawaban"
    assert "v1 Jawaban" in found
    assert all(len(name) <= 31 and not set(name) & set("[]:*?/\\") for name in found)
    assert "v2 Hasil kerja janji yang panja" in found
    assert [row[0] for row in found["v2 Jawaban"]] == ["Nama", "Budi Santoso"]
    assert [row[0] for row in found["v1 Jawaban"]] == ["Nama", "Citra Lestari", "Gita Maharani"]
    assert [(row["Nama"], row["Versi formulir"]) for row in table] == [
        ("Budi Santoso", "2"),
        ("Citra Lestari", "1"),
        ("Gita Maharani", "1"),
    ]
    with sessions() as database:
        receipts = set(database.scalars(select(Submission.receipt)))
    assert {row["Nomor tanda terima"] for row in table} == receipts
    assert {row["Keadaan"] for row in table} == {"Menunggu persetujuan"}


def test_only_the_latest_round_is_taken_along(
    client_for: ClientFor, sessions: sessionmaker[Session], people: Cast, planned: None
) -> None:
    with on_day(2026, 1, 12), writing(sessions) as database:
        found = database.scalars(select(Submission).where(Submission.submitted_by_id == people.citra.id)).one()
        form = found.assignment
        assignments.withdraw(database, as_actor(database, people.citra), form)
        assignments.submit(
            database, as_actor(database, people.citra), form, raw=example(database, form, 5), request_key="again"
        )
        first, second = database.scalars(
            select(Submission.receipt).where(Submission.assignment_id == form.id).order_by(Submission.round)
        )
    with on_day(2026, 1, 13):
        table = lines(client_for(people.ani), f"{PLANS}.csv?q=citra")
    assert [row["Nomor tanda terima"] for row in table] == [second]
    assert first != second


def test_hr_of_a_unit_takes_that_unit_along_and_nobody_else_anything(
    client_for: ClientFor, sessions: sessionmaker[Session], people: Cast, planned: None
) -> None:
    unit_hr(sessions, people.indra, people.village)
    with on_day(2026, 1, 13):
        assert [row["Nama"] for row in lines(client_for(people.indra), f"{PLANS}.csv")] == ["Gita Maharani"]
        book = sheets(client_for(people.indra), f"{PLANS}.xlsx")
        assert not any("Citra" in str(cell) for sheet in book.values() for row in sheet for cell in row)
        assert len(lines(client_for(people.hadi), f"{PLANS}.csv")) == 2
        for person in (people.citra, people.budi):
            assert client_for(person).get(f"{PLANS}.csv").status_code == 404
        assert client_for(people.ani).get(f"{PLANS}.exe").status_code == 404
        assert client_for(people.ani).get("/cycles/2026/stages/none/answers.csv").status_code == 404


def test_what_was_said_in_secret_is_never_taken_along(
    client_for: ClientFor, sessions: sessionmaker[Session], people: Cast
) -> None:
    ballots_open(sessions, people)
    with on_day(2026, 11, 20):
        ani = client_for(people.ani)
        for secret in ("peer-feedback", "public-survey"):
            for kind in ("csv", "xlsx"):
                assert ani.get(f"/cycles/2026/stages/{secret}/answers.{kind}").status_code == 404
            assert f"stages/{secret}/answers" not in ani.get(f"/cycles/2026?stage={secret}").text


def test_the_filter_of_the_list_goes_along_and_the_board_leads_there(
    client_for: ClientFor, sessions: sessionmaker[Session], people: Cast, planned: None
) -> None:
    with on_day(2026, 1, 13):
        ani = client_for(people.ani)
        page = ani.get("/cycles/2026/list?stage=planning&q=gita").text
        assert f"{PLANS}.xlsx?q=gita" in page
        assert len(lines(ani, f"{PLANS}.csv?q=gita")) == 1
        assert f"{PLANS}.xlsx" in ani.get("/cycles/2026").text
        assert "answers.xlsx" not in ani.get("/cycles/2026/list").text


@pytest.mark.parametrize("text", ["=HYPERLINK(1)", "@SUM(A1)", "+62", "-2+3"])
def test_no_answer_and_no_name_acts_as_a_formula(
    client_for: ClientFor, sessions: sessionmaker[Session], people: Cast, text: str
) -> None:
    progress_open(sessions, people)
    log(sessions, people.citra, "k1", service=text)
    with writing(sessions) as database:
        database.get_one(Person, people.citra.id).name = text
    with on_day(2026, 3, 5):
        ani = client_for(people.ani)
        with ani.get("/cycles/2026/stages/progress/answers.csv") as answer:
            raw = answer.data.decode("utf-8-sig")
        (sheet,) = sheets(ani, "/cycles/2026/stages/progress/answers.xlsx").values()
    cells = [cell for row in csv.reader(io.StringIO(raw)) for cell in row]
    assert cells.count(f"'{text}") == 3
    assert not any(cell[:1] in ("=", "+", "-", "@") for cell in cells)
    assert sheet[1].count(text) == 3


def log(sessions: sessionmaker[Session], person: Person, key: str, **more: str) -> None:
    entry = {"date": "2026-03-04", "activity": "pelayanan", "service": "Surat keterangan", "count": "12"} | more
    with on_day(2026, 3, 4), writing(sessions) as database:
        form = own_form(database, person, "progress")
        logs.add_entry(database, as_actor(database, person), form, raw=entry, request_key=key)


def test_entries_that_were_struck_stay_behind(
    client_for: ClientFor, sessions: sessionmaker[Session], people: Cast
) -> None:
    progress_open(sessions, people)
    log(sessions, people.citra, "k1", count="12")
    log(sessions, people.citra, "k2", count="99")
    with on_day(2026, 3, 5), writing(sessions) as database:
        entry = database.scalars(select(LogEntry).where(LogEntry.request_key == "k2")).one()
        logs.strike_entry(database, as_actor(database, people.citra), entry)
    with on_day(2026, 3, 6):
        table = lines(client_for(people.ani), "/cycles/2026/stages/progress/answers.csv")
    assert [row["Nama"] for row in table] == ["Citra Lestari"]
    assert "99" not in table[0].values()
    assert "12" in table[0].values()


def test_rows_about_earlier_rows_say_which_they_are_about(
    client_for: ClientFor, sessions: sessionmaker[Session], people: Cast
) -> None:
    evaluation_open(sessions, people)
    with on_day(2027, 1, 12):
        found = sheets(client_for(people.ani), "/cycles/2026/stages/self-assessment/answers.xlsx")
    (rows,) = [sheet for name, sheet in found.items() if name != "v1 Jawaban"]
    with sessions() as database:
        plans = {
            row["result"]
            for answers in database.scalars(select(Submission.answers))
            for row in answers.get("results", [])
            if "result" in row
        }
    place = next(place for place, _ in enumerate(rows[0]) if rows[1][place] in plans)
    assert all(line[place] in plans for line in rows[1:])
