"""HR's board: every number leads to exactly the rows it counts, for each role as much as it may see."""

import re
from collections.abc import Callable

import pytest
from sqlalchemy.orm import Session, sessionmaker

from models.operations import cycles as operations
from models.operations import scores
from models.permissions import CLOCK, CLOSER
from models.queries import results
from models.session import writing
from tests.cast import Cast, as_actor, on_day, stage
from tests.webapp.conftest import Client
from tests.webapp.office import cycle_of, hand_in, planning_open, unit_hr

ClientFor = Callable[..., Client]


@pytest.fixture
def planned(sessions: sessionmaker[Session], people: Cast) -> str:
    """Nine plans asked for; Citra and Gita have handed theirs in, Fitri hers, whom nobody supervises."""
    key = planning_open(sessions)
    for person in (people.citra, people.gita, people.fitri):
        hand_in(sessions, person)
    return key


def tiles(page: str) -> list[tuple[str, int]]:
    """Address and number of each tile that leads somewhere."""
    found = re.findall(r'<a class="k-tile[^"]*" href="([^"]+)">\s*<span class="k-tile__number">([\d.]+)</span>', page)
    return [(address.replace("&amp;", "&"), int(number.replace(".", ""))) for address, number in found]


def rows(page: str) -> int:
    body = page[page.index("<tbody") :] if "<tbody" in page else ""
    return body.count('<th scope="row"')


@pytest.mark.parametrize("who", ["ani", "hadi", "unit"])
def test_every_tile_and_table_number_is_the_length_of_the_list_it_leads_to(
    client_for: ClientFor, sessions: sessionmaker[Session], people: Cast, planned: str, who: str
) -> None:
    person = unit_hr(sessions, people.dedi, people.village) if who == "unit" else getattr(people, who)
    with on_day(2026, 1, 29):
        browser = client_for(person)
        page = browser.get("/cycles/2026").text
        found = tiles(page)
        assert len(found) == 9
        links = re.findall(r'k-number"><a class="govuk-link" href="(/cycles/2026/list[^"]+)">(\d+)</a>', page)
        assert links
        for address, number in [*found, *((a.replace("&amp;", "&"), int(n)) for a, n in links)]:
            assert rows(browser.get(address).text) == number, address


def test_hr_of_a_unit_sees_the_figures_of_that_unit_alone_and_no_buttons(
    client_for: ClientFor, sessions: sessionmaker[Session], people: Cast, planned: str
) -> None:
    unit_hr(sessions, people.indra, people.village)
    with on_day(2026, 1, 12):
        browser = client_for(people.indra)
        page = browser.get("/cycles/2026").text
        listed = browser.get("/cycles/2026/list").text
    assert "Kelurahan Surau Gadang" in page
    assert "Kecamatan Nanggalo" not in page
    assert "Gita Maharani" in listed
    assert "Citra Lestari" not in listed
    for button in ("Tutup sekarang", "Buka sekarang", "Tutup dan nilai", "Buka kembali"):
        assert button not in page + listed


def test_staff_supervisors_and_the_committee_have_no_board(client_for: ClientFor, people: Cast, planned: str) -> None:
    with on_day(2026, 1, 12):
        for person in (people.citra, people.budi, people.indra):
            browser = client_for(person)
            for address in ("/cycles", "/cycles/2026", "/cycles/2026/list", "/cycles/2026/list.csv", "/cycles/new"):
                assert browser.get(address).status_code == 404, address


def test_an_unknown_cycle_is_not_found(client_for: ClientFor, people: Cast, planned: str) -> None:
    with on_day(2026, 1, 12):
        assert client_for(people.ani).get("/cycles/2031").status_code == 404


def test_who_waits_for_whom_names_those_whom_nobody_supervises(
    client_for: ClientFor, people: Cast, planned: str
) -> None:
    with on_day(2026, 1, 12):
        browser = client_for(people.ani)
        page = browser.get("/cycles/2026").text
        assert "Budi Santoso" in page
        assert "Belum ada atasan" in page
        nobody = browser.get("/cycles/2026/list?state=submitted&signer=0").text
    assert "Fitri Handayani" in nobody
    assert rows(nobody) == 1


def test_search_sort_and_pages_stand_in_the_address(client_for: ClientFor, people: Cast, planned: str) -> None:
    with on_day(2026, 1, 12):
        browser = client_for(people.ani)
        assert rows(browser.get("/cycles/2026/list?q=lestari+citra").text) == 1
        assert rows(browser.get(f"/cycles/2026/list?q={people.gita.employee_number[:18]}").text) == 1
        assert rows(browser.get("/cycles/2026/list?q=%25").text) == 0
        page = browser.get("/cycles/2026/list?sort=-unit&page=99&unit=abc&state=nonsense").text
        assert rows(page) == 9
        assert page.index("Gita Maharani") < page.index("Dedi Kurnia")
        assert 'aria-sort="descending"' in page


def test_ballots_are_counted_and_never_listed(
    client_for: ClientFor, sessions: sessionmaker[Session], people: Cast, planned: str
) -> None:
    with on_day(2026, 11, 17), writing(sessions) as database:
        operations.open_stage(database, CLOCK, stage(cycle_of(database), "peer-feedback"))
    with on_day(2026, 11, 18):
        browser = client_for(people.ani)
        page = browser.get("/cycles/2026?stage=peer-feedback").text
        assert tiles(page) == []
        assert "formulir seluruhnya" in page
        assert rows(browser.get("/cycles/2026/list?stage=peer-feedback").text) == 0


def test_the_distribution_is_linked_and_judged_by_the_achievement_of_the_unit(
    client_for: ClientFor, sessions: sessionmaker[Session], people: Cast, planned: str
) -> None:
    with on_day(2027, 2, 3), writing(sessions) as database:
        cycle = cycle_of(database)
        operations.close_cycle(database, CLOSER, cycle)
        scores.score(database, CLOSER, cycle, subject_ids=list(results.subjects_of(database, cycle)))
        ani = as_actor(database, people.ani)
        operations.rate_unit(database, ani, cycle, unit=people.village, rating="good", reason="Capaian 101 persen.")
    with on_day(2027, 2, 4):
        browser = client_for(people.ani)
        page = browser.get("/cycles/2026").text
        link = re.search(r'href="(/cycles/2026/results\?unit=\d+&amp;outcome=-)">8</a>', page)
        assert rows(browser.get(link[1].replace("&amp;", "&")).text) == 8
        assert "NIP" in browser.get("/cycles/2026/results.csv").text
        assert client_for(people.citra).get("/cycles/2026/results").status_code == 404
