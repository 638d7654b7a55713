"""The invented organisation: the shape of a kecamatan, plausible people, the same for the same seed, any size."""

from collections import Counter
from datetime import date
from importlib import resources

import pytest

from forms.identifiers import read_employee_number
from models.exchange.people import read_people_file, write_csv
from models.operations.people_rows import check_sheet
from webapp.demo.organisation import LATEST, SHIPPED_PEOPLE, SHIPPED_SEED, generate_people

TODAY = date(2026, 1, 2)


def test_the_shipped_file_is_what_the_generator_makes() -> None:
    shipped = (resources.files("webapp.demo") / "organisation.csv").read_bytes()
    assert shipped == write_csv(generate_people(SHIPPED_PEOPLE, SHIPPED_SEED), bom=False)


def test_the_shipped_organisation_is_a_kecamatan_with_six_kelurahan() -> None:
    units = Counter(row["unit_kerja"] for row in generate_people(SHIPPED_PEOPLE, SHIPPED_SEED))
    assert units.pop("Pemerintah Nanggalo") == 1
    assert units.pop("Kecamatan Nanggalo") == 21
    assert len(units) == 6
    assert set(units.values()) == {7}
    assert all(name.startswith("Kelurahan ") for name in units)


def test_everybody_below_the_head_of_the_kecamatan_has_a_second_level() -> None:
    rows = {row["nip"]: row for row in generate_people(SHIPPED_PEOPLE, SHIPPED_SEED)}
    above = {number: row["nip_atasan"] for number, row in rows.items()}
    without = [rows[number]["jabatan"] for number in rows if not above.get(above[number])]
    assert without == ["Sekretaris Daerah", "Camat"]


@pytest.mark.parametrize("people", [1, 7, 64, 65, 200, 1500])
@pytest.mark.parametrize("seed", [1, 7])
def test_any_size_is_a_file_without_errors_and_with_one_head(people: int, seed: int) -> None:
    rows = generate_people(people, seed)
    checked = check_sheet(read_people_file(write_csv(rows), "a.csv"), TODAY)
    assert (len(checked.rows), checked.errors, checked.warnings) == (people, [], [])
    assert [row["jabatan"] for row in rows if not row["nip_atasan"]] == ["Sekretaris Daerah"]


def test_heads_come_before_their_staff_and_every_unit_has_one() -> None:
    rows = generate_people(1000, 7)
    known: set[str] = set()
    for row in rows:
        assert not row["nip_atasan"] or row["nip_atasan"] in known
        known.add(row["nip"])
    first = {row["unit_kerja"]: row for row in reversed(rows)}
    assert {row["jenis_jabatan"] for row in first.values()} <= {"Pimpinan Tinggi", "Administrator", "Pengawas"}
    offices = Counter(row["unit_kerja"] for row in rows if row["unit_kerja"].startswith("Dinas"))
    assert all(30 <= size <= 60 for size in offices.values())


def test_numbers_and_addresses_are_unique_and_marked_as_invented() -> None:
    rows = generate_people(3000, 7)
    assert len({row["nip"] for row in rows}) == len({row["email"] for row in rows}) == 3000
    assert all(901 <= int(row["nip"][15:]) <= 999 for row in rows)
    assert all(row["email"].endswith("@nanggalo.example") for row in rows)


def test_dates_tell_a_believable_career() -> None:
    for row in generate_people(1000, 7):
        number = read_employee_number(row["nip"], TODAY)
        since = date.fromisoformat(row["mulai"])
        assert number.kind == row["status_pegawai"].lower()
        assert number.warnings == ()
        assert number.appointed[0] <= since.year
        assert since <= LATEST
        assert 26 <= TODAY.year - number.born_on.year <= 60


def test_the_same_seed_gives_the_same_people_and_another_seed_others() -> None:
    assert generate_people(100, 7) == generate_people(100, 7)
    assert generate_people(100, 7) != generate_people(100, 8)


def test_an_organisation_has_at_least_one_person() -> None:
    with pytest.raises(ValueError, match="at least one"):
        generate_people(0, 1)
