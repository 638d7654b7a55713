"""Bringing people in: all or nothing, by employee number, the past kept, every error with its place and what to do."""

import time
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models.errors import Forbidden
from models.exchange.people import HEADER, read_people_file, write_csv, write_xlsx
from models.journal import JournalEntry
from models.operations.people_import import import_people
from models.operations.people_report import ImportReport
from models.people import Person, Post, Supervision, Unit
from models.permissions import OPERATOR, ORGANISATION, Actor
from models.queries.people import post_of, supervisor_of
from models.queries.people_rows import people_rows
from tests.models.people_files import ANI, BUDI, CHIEF, ON, chief, contract, row, sheet, text_of
from webapp.demo.organisation import generate_people


def bring_in(session: Session, *rows: dict[str, str], on: date = ON) -> ImportReport:
    return import_people(session, OPERATOR, ORGANISATION, sheet(*rows), on=on)


def counts(report: ImportReport) -> tuple[int, int, int, int]:
    return report.rows, report.created, report.updated, report.unchanged


def person(session: Session, number: str) -> Person:
    return session.scalars(select(Person).where(Person.employee_number == number)).one()


def posts(session: Session, number: str) -> list[Post]:
    rows = select(Post).join(Person).where(Person.employee_number == number).order_by(Post.starts_on)
    return list(session.scalars(rows))


def supervisions(session: Session, number: str) -> list[Supervision]:
    rows = select(Supervision).where(Supervision.person_id == person(session, number).id)
    return list(session.scalars(rows.order_by(Supervision.starts_on)))


def test_people_units_posts_and_supervisors_are_made(session: Session) -> None:
    village = {"unit_kerja": "Kelurahan Kampung Olo", "unit_induk": "Kecamatan Nanggalo"}
    report = bring_in(session, chief(), row(**village), contract())
    assert counts(report) == (3, 3, 0, 0)
    assert report.errors == []
    ani = person(session, ANI)
    assert (ani.name, ani.status, ani.rank, ani.email) == (
        "Ani Permata, S.Sos.",
        "pns",
        "III/b",
        "ani@nanggalo.example",
    )
    post = post_of(session, ani.id, ON)
    assert post is not None
    assert (post.kind, post.title, post.grade) == ("general", "Penelaah Teknis Kebijakan", "Teknisi")
    assert (post.starts_on, post.ends_on) == (date(2024, 3, 1), None)
    assert post.unit.parent is not None
    assert post.unit.path == f"{post.unit.parent.path}{post.unit.id}/" == f"/{post.unit.parent.id}/{post.unit.id}/"
    assert supervisor_of(session, ani.id, ON) == person(session, CHIEF).id
    assert person(session, BUDI).rank == "V"


def test_only_hr_and_the_operator_bring_people_in(session: Session) -> None:
    with pytest.raises(Forbidden):
        import_people(session, Actor(person_id=1), ORGANISATION, sheet(chief()), on=ON)


def test_the_same_file_again_changes_nothing(session: Session) -> None:
    bring_in(session, chief(), row(), contract())
    journal = session.scalar(select(func.count(JournalEntry.id)))
    again = bring_in(session, chief(), row(), contract(), on=ON + timedelta(days=40))
    assert counts(again) == (3, 0, 0, 3)
    assert session.scalar(select(func.count(JournalEntry.id))) == journal


def test_who_is_not_in_the_file_stays(session: Session) -> None:
    bring_in(session, chief(), row(), contract())
    assert counts(bring_in(session, chief())) == (1, 0, 0, 1)
    assert person(session, BUDI).active


def test_a_supervisor_may_be_in_the_database_only(session: Session) -> None:
    bring_in(session, chief())
    assert bring_in(session, row()).errors == []


def test_a_new_post_begins_on_its_day_and_the_one_before_is_kept(session: Session) -> None:
    bring_in(session, chief(), row())
    report = bring_in(session, row(jabatan="Kepala Seksi", jenis_jabatan="Pengawas", mulai="01/02/2026"))
    assert counts(report) == (1, 0, 1, 0)
    before, after = posts(session, ANI)
    assert (before.title, before.ends_on) == ("Penelaah Teknis Kebijakan", date(2026, 1, 31))
    assert (after.title, after.kind, after.starts_on, after.ends_on) == (
        "Kepala Seksi",
        "supervisor",
        date(2026, 2, 1),
        None,
    )
    assert [one.ends_on for one in supervisions(session, ANI)] == [None]


def test_a_post_changed_without_a_new_day_begins_today(session: Session) -> None:
    bring_in(session, chief(), row())
    bring_in(session, row(jabatan="Bendahara"))
    assert [(one.title, one.starts_on, one.ends_on) for one in posts(session, ANI)] == [
        ("Penelaah Teknis Kebijakan", date(2024, 3, 1), ON - timedelta(days=1)),
        ("Bendahara", ON, None),
    ]
    assert counts(bring_in(session, row(jabatan="Bendahara"), on=ON + timedelta(days=9))) == (1, 0, 0, 1)


def test_a_post_corrected_on_the_day_it_began_leaves_no_trace_of_the_slip(session: Session) -> None:
    bring_in(session, chief(), row(jabatan="Bendahari", mulai=ON.isoformat()))
    bring_in(session, row(jabatan="Bendahara", mulai=ON.isoformat()))
    assert [one.title for one in posts(session, ANI)] == ["Bendahara"]


def test_an_earlier_beginning_of_the_same_post_is_a_correction(session: Session) -> None:
    bring_in(session, chief(), row())
    assert counts(bring_in(session, row(mulai="2023-05-01"))) == (1, 0, 1, 0)
    assert [one.starts_on for one in posts(session, ANI)] == [date(2023, 5, 1)]


def test_a_post_may_begin_next_month_and_holds_from_then_on(session: Session) -> None:
    bring_in(session, chief(), row())
    bring_in(session, row(jabatan="Bendahara", mulai="2026-04-01"))
    ani = person(session, ANI).id
    titles = [getattr(post_of(session, ani, day), "title", None) for day in (ON, date(2026, 4, 1))]
    assert titles == ["Penelaah Teknis Kebijakan", "Bendahara"]
    assert counts(bring_in(session, row(jabatan="Bendahara", mulai="2026-04-01"))) == (1, 0, 0, 1)


def test_a_changed_supervisor_begins_today_and_the_one_before_is_kept(session: Session) -> None:
    bring_in(session, chief(), row(), contract())
    bring_in(session, contract(nip_atasan=ANI))
    chief_id, ani_id, budi_id = (person(session, number).id for number in (CHIEF, ANI, BUDI))
    assert supervisor_of(session, budi_id, ON - timedelta(days=1)) == chief_id
    assert supervisor_of(session, budi_id, ON) == ani_id


def test_a_supervisor_that_comes_with_a_new_post_begins_with_it(session: Session) -> None:
    bring_in(session, chief(), row(), contract())
    bring_in(session, contract(nip_atasan=ANI, jabatan="Pramu Bakti", mulai="2026-02-01"))
    budi = person(session, BUDI).id
    assert supervisor_of(session, budi, date(2026, 2, 1)) == person(session, ANI).id


def test_a_supervisor_taken_away_leaves_the_person_without(session: Session) -> None:
    bring_in(session, chief(), row())
    report = bring_in(session, row(nip_atasan=""))
    assert supervisor_of(session, person(session, ANI).id, ON) is None
    assert [(one.row, one.column) for one in report.warnings] == [(2, "nip_atasan")]


def test_two_people_may_change_places_as_supervisors(session: Session) -> None:
    bring_in(session, chief(), row())
    report = bring_in(session, chief(nip_atasan=ANI), row(nip_atasan=""))
    assert report.errors == []
    assert supervisor_of(session, person(session, CHIEF).id, ON) == person(session, ANI).id


def test_a_person_set_inactive_comes_back_with_a_warning(session: Session) -> None:
    bring_in(session, chief(), row())
    person(session, ANI).active = False
    report = bring_in(session, row())
    assert counts(report) == (1, 0, 1, 0)
    assert [one.column for one in report.warnings] == ["nip"]
    assert person(session, ANI).active


def test_the_journal_names_what_changed(session: Session) -> None:
    bring_in(session, chief(), row())
    bring_in(session, row(golongan="III/c"))
    last = session.scalars(select(JournalEntry).order_by(JournalEntry.id.desc())).first()
    assert last is not None
    assert (last.verb, last.subject_kind, last.subject_id) == ("import", "person", person(session, ANI).id)
    assert last.details == {"changed": {"rank": ["III/b", "III/c"]}}


def test_a_unit_moved_takes_all_below_it_along(session: Session) -> None:
    below = {"unit_kerja": "Seksi", "unit_induk": "Kecamatan Nanggalo"}
    bring_in(session, chief(), row(**below))
    report = bring_in(session, chief(unit_induk="Pemerintah Nanggalo"))
    assert [str(one.message) for one in report.warnings if one.column == "unit_induk"] == [
        "“Kecamatan Nanggalo” pindah dari “-” ke “Pemerintah Nanggalo”."
    ]
    units = {unit.name: unit for unit in session.scalars(select(Unit))}
    top, middle, low = (units[name] for name in ("Pemerintah Nanggalo", "Kecamatan Nanggalo", "Seksi"))
    assert low.path == f"/{top.id}/{middle.id}/{low.id}/"


def test_a_unit_written_with_other_capitals_is_the_same_unit(session: Session) -> None:
    bring_in(session, chief())
    assert bring_in(session, row(unit_kerja="KECAMATAN  nanggalo")).errors == []
    assert session.scalars(select(Unit.name)).all() == ["Kecamatan Nanggalo"]


def test_a_unit_new_to_a_known_organisation_is_remarked(session: Session) -> None:
    bring_in(session, chief())
    report = bring_in(session, row(unit_kerja="Kecamatan Nangalo"))
    assert [(one.row, one.column) for one in report.warnings] == [(2, "unit_kerja")]


WRONG = [
    ({"nip": "19850202201004290"}, "nip", "19850202201004290", "18 angka"),
    ({"nip": "198502302010042902"}, "nip", "30/02/1985", "tidak ada dalam kalender"),
    ({"nip": "1,98502E+17"}, "nip", "1,98502E+17", "Ubah format kolom menjadi Teks"),
    ({"nip": ""}, "nip", "", "wajib diisi"),
    ({"nama": "  "}, "nama", "", "wajib diisi"),
    ({"nama": "a" * 300}, "nama", "aaa", "terlalu panjang"),
    ({"status_pegawai": "PNZ"}, "status_pegawai", "PNZ", "Maksud Anda “PNS”?"),
    ({"status_pegawai": "honorer"}, "status_pegawai", "honorer", "Pilihan: PNS, PPPK"),
    ({"status_pegawai": "PPPK", "golongan": "V"}, "nip", ANI, "nomor PNS"),
    ({"golongan": "IX"}, "golongan", "IX", "I/a sampai IV/e"),
    ({"golongan": "III/e"}, "golongan", "III/e", "Maksud Anda"),
    ({"golongan": ""}, "golongan", "", "wajib diisi"),
    ({"jenis_jabatan": "pelaksanaa"}, "jenis_jabatan", "pelaksanaa", "Maksud Anda “Pelaksana”?"),
    ({"jenis_jabatan": "JF", "jenjang": "Ahli Pratama"}, "jenjang", "Ahli Pratama", "Maksud Anda “Ahli Pertama”?"),
    ({"jabatan": ""}, "jabatan", "", "wajib diisi"),
    ({"unit_kerja": ""}, "unit_kerja", "", "wajib diisi"),
    ({"unit_induk": "kecamatan nanggalo"}, "unit_induk", "Kecamatan Nanggalo", "Samakan unit_induk"),
    ({"nip_atasan": "197401012000031909"}, "nip_atasan", "197401012000031909", f"Maksud Anda {CHIEF}?"),
    ({"nip_atasan": "123"}, "nip_atasan", "123", "18 angka"),
    ({"nip_atasan": ANI}, "nip_atasan", ANI, "pegawai itu sendiri"),
    ({"email": "ani(at)nanggalo"}, "email", "ani(at)nanggalo", "boleh dikosongkan"),
    ({"mulai": "31/02/2024"}, "mulai", "31/02/2024", "hh/bb/tttt"),
    ({"mulai": "kemarin"}, "mulai", "kemarin", "hh/bb/tttt"),
    ({"mulai": "2204-03-01"}, "mulai", "1 Maret 2204", "Periksa tahunnya"),
    ({"mulai": "1994-03-01"}, "mulai", "1 Maret 1994", "terlalu dini"),
]


@pytest.mark.parametrize(("values", "column", "value", "advice"), WRONG)
def test_an_error_names_row_column_value_and_what_to_do_and_nothing_is_written(
    session: Session, values: dict[str, str], column: str, value: str, advice: str
) -> None:
    report = bring_in(session, chief(), row(**values))
    assert [(error.row, error.column) for error in report.errors] == [(3, column)]
    assert value in str(report.errors[0].message)
    assert advice in str(report.errors[0].message)
    assert counts(report) == (2, 0, 0, 0)
    assert session.scalars(select(Person)).all() == []
    assert session.scalars(select(Unit)).all() == []


def test_all_errors_are_told_at_once_in_the_order_of_the_file(session: Session) -> None:
    report = bring_in(session, row(email="?", mulai="?"), chief(golongan="?"), contract(nip="1"))
    assert [(error.row, error.column) for error in report.errors] == [
        (2, "email"),
        (2, "mulai"),
        (3, "golongan"),
        (4, "nip"),
    ]


def test_staff_of_somebody_whose_row_is_wrong_are_not_blamed_for_it(session: Session) -> None:
    report = bring_in(session, chief(golongan="?"), row())
    assert [(error.row, error.column) for error in report.errors] == [(2, "golongan")]


def test_a_person_twice_in_the_file_is_an_error_that_names_the_other_row(session: Session) -> None:
    spaced = f"{CHIEF[:8]} {CHIEF[8:14]} {CHIEF[14]} {CHIEF[15:]}"
    report = bring_in(session, chief(), row(), chief(nip=spaced))
    assert [(error.row, error.column) for error in report.errors] == [(4, "nip")]
    assert "baris 2" in str(report.errors[0].message)


def test_numbers_may_be_written_in_groups(session: Session) -> None:
    spaced = f"{CHIEF[:8]} {CHIEF[8:14]} {CHIEF[14]} {CHIEF[15:]}"
    assert bring_in(session, chief(nip=spaced), row(nip_atasan=spaced)).errors == []
    assert person(session, CHIEF).name == "Cahaya Rasyid, M.Si."


def test_a_number_stored_as_a_number_is_refused_with_the_way_out(session: Session) -> None:
    data = write_xlsx([chief()])
    found = read_people_file(data, "a.xlsx")
    spoiled = type(found)(found.columns, [type(one)(one.number, one.values, frozenset({"nip"})) for one in found.rows])
    report = import_people(session, OPERATOR, ORGANISATION, spoiled, on=ON)
    assert ["Teks" in str(error.message) for error in report.errors] == [True]


def test_a_loop_of_supervisors_in_the_file_is_one_error_that_shows_the_loop(session: Session) -> None:
    report = bring_in(session, chief(nip_atasan=BUDI), row(), contract(nip_atasan=ANI))
    assert [(error.row, error.column) for error in report.errors] == [(2, "nip_atasan")]
    message = str(report.errors[0].message)
    assert "Cahaya Rasyid, M.Si. → Budi Anwar → Ani Permata, S.Sos. → Cahaya Rasyid, M.Si." in message


def test_a_loop_that_closes_through_people_already_here_is_found(session: Session) -> None:
    bring_in(session, chief(), row(), contract(nip_atasan=ANI))
    report = bring_in(session, chief(nip_atasan=BUDI))
    assert [(error.row, error.column) for error in report.errors] == [(2, "nip_atasan")]
    assert supervisor_of(session, person(session, CHIEF).id, ON) is None


def test_an_inactive_supervisor_is_refused(session: Session) -> None:
    bring_in(session, chief())
    person(session, CHIEF).active = False
    report = bring_in(session, row())
    assert ["tidak aktif" in str(error.message) for error in report.errors] == [True]


def test_units_below_each_other_are_refused(session: Session) -> None:
    report = bring_in(
        session,
        chief(unit_kerja="A", unit_induk="B"),
        row(unit_kerja="B", unit_induk="C"),
        contract(unit_kerja="C", unit_induk="A"),
    )
    assert [(error.row, error.column) for error in report.errors] == [(2, "unit_induk")]
    assert "A → B → C → A" in str(report.errors[0].message)


def test_a_unit_below_two_others_is_refused(session: Session) -> None:
    report = bring_in(session, chief(), row(unit_induk="Pemerintah"))
    assert [(error.row, error.column) for error in report.errors] == [(3, "unit_induk")]
    assert "baris 2" in str(report.errors[0].message)


@pytest.mark.parametrize("column", HEADER)
def test_a_missing_column_is_named(session: Session, column: str) -> None:
    text = text_of(chief(), header=tuple("catatan" if name == column else name for name in HEADER))
    report = import_people(session, OPERATOR, ORGANISATION, read_people_file(text.encode(), "a.csv"), on=ON)
    assert {(error.row, error.column) for error in report.errors} >= {(1, column)}
    assert (report.created, session.scalars(select(Person)).all()) == (0, [])


def test_a_misspelt_column_is_recognised(session: Session) -> None:
    text = write_csv([chief()], bom=False).decode().replace("golongan", "golonggan", 1)
    report = import_people(session, OPERATOR, ORGANISATION, read_people_file(text.encode(), "a.csv"), on=ON)
    assert "Maksud Anda “golongan”?" in " ".join(str(error.message) for error in report.errors)


def test_an_unquoted_comma_in_a_name_is_explained(session: Session) -> None:
    text = ",".join(HEADER) + "\n" + ",".join(row().values()) + "\n"
    report = import_people(session, OPERATOR, ORGANISATION, read_people_file(text.encode(), "a.csv"), on=ON)
    assert "tanda kutip" in str(report.errors[0].message)


def test_other_words_for_kinds_and_grades_are_understood(session: Session) -> None:
    rows = (row(jenis_jabatan="jabatan  FUNGSIONAL", jenjang="PT", golongan="iiid"), contract(golongan="-"))
    assert bring_in(session, chief(), *rows).errors == []
    post = posts(session, ANI)[0]
    assert (post.kind, post.grade, person(session, ANI).rank) == ("functional", "Ahli Pertama", "III/d")
    assert person(session, BUDI).rank == ""


def test_an_export_comes_back_unchanged(session: Session) -> None:
    people = generate_people(64, seed=5)
    report = bring_in(session, *people)
    assert counts(report) == (64, 64, 0, 0)
    assert [warning.row for warning in report.warnings] == [2]
    exported = people_rows(session)
    assert sorted(map(str, exported)) == sorted(map(str, people))
    for data in (write_csv(exported), write_xlsx(exported)):
        again = import_people(session, OPERATOR, ORGANISATION, read_people_file(data, ""), on=ON)
        assert counts(again) == (64, 0, 0, 64)


CHANGES = st.fixed_dictionaries(
    {},
    optional={
        "jabatan": st.sampled_from(["Bendahara", "Pramu Kantor"]),
        "golongan": st.sampled_from(["III/a", "III/d"]),
        "unit_kerja": st.sampled_from(["Kecamatan Nanggalo", "Kelurahan Kampung Olo"]),
        "nip_atasan": st.sampled_from([CHIEF, ""]),
        "mulai": st.sampled_from(["2015-01-01", "2024-03-01", "2026-03-01", "2026-03-02", "2026-03-03", "2026-12-31"]),
    },
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(CHANGES, st.integers(0, 3)), max_size=4))
def test_whatever_changed_before_the_same_file_twice_is_unchanged_and_posts_never_overlap(
    session: Session, history: list[tuple[dict[str, str], int]]
) -> None:
    on = ON
    with session.begin_nested() as trial:
        bring_in(session, chief())
        for changes, days in [*history, ({}, 0)]:
            on += timedelta(days=days)
            rows = [chief(), row(**changes)]
            assert bring_in(session, *rows, on=on).errors == []
            assert counts(bring_in(session, *rows, on=on)) == (2, 0, 0, 2)
            exported = sheet(*people_rows(session))
            assert counts(import_people(session, OPERATOR, ORGANISATION, exported, on=on)) == (2, 0, 0, 2)
        for relations in (posts(session, ANI), supervisions(session, ANI)):
            assert all(one.ends_on is not None for one in relations[:-1])
            for before, after in pairwise(relations):
                assert before.ends_on is not None
                assert before.ends_on < after.starts_on
        assert posts(session, ANI)[-1].ends_on is None
        trial.rollback()
        session.expire_all()


def test_ten_thousand_people_come_in_quickly(session: Session) -> None:
    people = sheet(*generate_people(10_000, seed=3))
    started = time.perf_counter()
    report = import_people(session, OPERATOR, ORGANISATION, people, on=ON)
    assert counts(report) == (10_000, 10_000, 0, 0)
    assert time.perf_counter() - started < 30
