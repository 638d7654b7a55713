"""HR's pages about people: who finds whom, links shown once, roles, supervisors, the tree of units."""

import re
from collections.abc import Callable
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from models.people import RoleGrant, Supervision
from tests.cast import Cast, on_day
from tests.webapp.conftest import PASSWORD, Client
from tests.webapp.office import hand_in, journal, planning_open, unit_hr

ClientFor = Callable[..., Client]


def names(page: str) -> list[str]:
    return re.findall(r'<a class="govuk-link" href="/people/\d+">([^<]+)</a>', page)


def test_people_are_found_by_name_number_and_unit(client_for: ClientFor, people: Cast) -> None:
    ani = client_for(people.ani)
    assert "Citra Lestari" in names(ani.get("/people?q=lestari").text)
    assert names(ani.get(f"/people?q={people.gita.employee_number}").text)[0] == "Gita Maharani"
    only = ani.get(f"/people?unit={people.village.id}").text
    assert "Gita Maharani" in names(only)
    assert "Dedi Kurnia" not in names(only)
    assert "Fitri Handayani" in names(ani.get("/people?missing=supervisor").text)
    assert "Tidak ada pegawai yang sesuai" in ani.get("/people?q=%25").text


def test_hr_of_a_unit_finds_its_people_only_and_changes_nothing(
    client_for: ClientFor, sessions: sessionmaker[Session], people: Cast
) -> None:
    indra = client_for(unit_hr(sessions, people.indra, people.village))
    page = indra.get("/people").text
    assert "Gita Maharani" in names(page)
    assert "Citra Lestari" not in names(page)
    assert indra.get(f"/people/{people.citra.id}").status_code == 404
    assert "Buat tautan" not in indra.get(f"/people/{people.gita.id}").text
    assert "Citra" not in indra.get("/people.csv").text
    assert "Kecamatan Nanggalo" not in indra.get("/people/units").text.split("<tbody")[1]
    for address in ("activation", "roles", "supervisor"):
        assert indra.send(f"/people/{people.gita.id}/{address}").status_code == 404
    assert indra.get("/people/import").status_code == 404


def test_staff_and_supervisors_have_no_list_of_people(client_for: ClientFor, people: Cast) -> None:
    for person in (people.citra, people.budi, people.fitri):
        browser = client_for(person)
        for address in ("/people", "/people.csv", "/people/units", "/people/import", f"/people/{people.citra.id}"):
            assert browser.get(address).status_code == 404, address


def test_the_auditor_reads_without_a_single_button(client_for: ClientFor, people: Cast) -> None:
    hadi = client_for(people.hadi)
    page = hadi.get(f"/people/{people.citra.id}").text
    assert "Budi Santoso" in page
    assert "Operator Layanan" in page
    assert "<form" not in page.split("<main")[1]
    assert hadi.send(f"/people/{people.citra.id}/activation").status_code == 404


def test_the_one_time_link_is_shown_once_and_works(
    client_for: ClientFor, client: Client, sessions: sessionmaker[Session], people: Cast
) -> None:
    ani = client_for(people.ani)
    page = ani.send(f"/people/{people.citra.id}/activation")
    assert page.headers["Cache-Control"] == "no-store"
    path = re.search(r"http://127\.0\.0\.1:8000(/activate/[\w-]+)", page.text)[1]
    assert path not in ani.get(f"/people/{people.citra.id}").text
    assert "Citra Lestari" in client.get(path).text
    second = ani.send(f"/people/{people.citra.id}/activation").text
    assert client.get(path).status_code == 404
    assert "/activate/" in second
    assert [entry.actor_id for entry in journal(sessions, "person", "start-activation")] == [people.ani.id] * 2
    assert PASSWORD not in second


def test_roles_are_granted_and_revoked_and_never_ones_own(
    client_for: ClientFor, sessions: sessionmaker[Session], people: Cast
) -> None:
    ani = client_for(people.ani)
    address = f"/people/{people.gita.id}/roles"
    refused = ani.send(address, {"role": "hr-unit", "unit": "0"})
    assert refused.status_code == 422
    assert "Pilih unit untuk peran ini." in refused.text
    assert ani.send(address, {"role": "king", "unit": "0"}).status_code == 422
    for _click in range(2):
        assert ani.send(address, {"role": "hr-unit", "unit": str(people.village.id)}).status_code == 303
    with sessions() as database:
        grant = database.scalars(select(RoleGrant).where(RoleGrant.person_id == people.gita.id)).one()
    assert "Pengelola kinerja unit, Kelurahan Surau Gadang" in ani.get(f"/people/{people.gita.id}").text
    assert ani.send(f"/people/{people.citra.id}/roles/{grant.id}/revoke").status_code == 303
    with sessions() as database:
        assert database.get(RoleGrant, grant.id) is not None
    for _click in range(2):
        assert ani.send(f"/people/{people.gita.id}/roles/{grant.id}/revoke").status_code == 303
    with sessions() as database:
        assert database.get(RoleGrant, grant.id) is None
    own = ani.send(f"/people/{people.ani.id}/roles", {"role": "auditor", "unit": "0"})
    assert own.status_code == 409
    assert "peran Anda sendiri" in own.text
    assert len(journal(sessions, "person", "grant-role")) == len(journal(sessions, "person", "revoke-role")) == 1


def test_a_new_supervisor_takes_over_what_waits_for_a_signature(
    client_for: ClientFor, sessions: sessionmaker[Session], people: Cast
) -> None:
    planning_open(sessions)
    plan = hand_in(sessions, people.citra)
    with on_day(2026, 1, 12):
        ani = client_for(people.ani)
        address = f"/people/{people.citra.id}/supervisor"
        unknown = ani.send(address, {"supervisor": "123", "on": "2026-01-12"})
        assert unknown.status_code == 422
        assert "Pegawai dengan NIP 123 tidak ditemukan." in unknown.text
        number = people.gita.employee_number
        fields = {"supervisor": f"{number[:8]} {number[8:]}", "on": "12/01/2026"}
        assert ani.send(address, fields).status_code == 303
        page = ani.get(f"/people/{people.citra.id}").text
        assert client_for(people.gita).get(f"/assignments/{plan}/review").status_code == 200
    assert "11 Januari 2026" in page
    with sessions() as database:
        rows = database.scalars(select(Supervision).where(Supervision.person_id == people.citra.id))
        assert sorted((row.starts_on, row.ends_on) for row in rows) == [
            (date(2020, 1, 1), date(2026, 1, 11)),
            (date(2026, 1, 12), None),
        ]


def test_the_number_of_each_unit_is_the_length_of_its_list(client_for: ClientFor, people: Cast) -> None:
    ani = client_for(people.ani)
    found = re.findall(r'href="(/people\?unit=\d+)">(\d+)</a>', ani.get("/people/units").text)
    assert len(found) == 2
    for address, number in found:
        assert f"{number} pegawai" in ani.get(address).text
