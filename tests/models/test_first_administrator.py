"""The first administrator of a fresh installation: whoever reads the terminal, once."""

from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from models.errors import Conflict, Invalid
from models.operations.accounts import activate
from models.operations.first_administrator import (
    FILE,
    code_is_right,
    first_administrator_code,
    make_first_administrator,
    needs_first_administrator,
)
from models.people import Person, RoleGrant
from models.permissions import Role
from tests.cast import as_actor, cast

NUMBER = "198609262015051001"


def code_of(session: Session, folder: Path) -> str:
    code = first_administrator_code(session, folder)
    assert code is not None
    return code


def test_the_code_makes_a_newly_entered_person_the_administrator(session: Session, tmp_path: Path) -> None:
    code = code_of(session, tmp_path)
    token = make_first_administrator(session, tmp_path, code=code, employee_number="19860926 201505 1 001", name="Ani")
    person = activate(session, token, "jalan panjang ke pantai")
    assert (person.employee_number, person.name, person.status) == (NUMBER, "Ani", "pns")
    assert as_actor(session, person).has(Role.HR_ADMINISTRATOR)


def test_the_code_makes_a_known_person_the_administrator(session: Session, tmp_path: Path) -> None:
    people = cast(session)
    session.delete(session.scalars(select(RoleGrant).where(RoleGrant.person_id == people.ani.id)).one())
    session.flush()
    code = code_of(session, tmp_path)
    make_first_administrator(session, tmp_path, code=code, employee_number=people.budi.employee_number)
    assert as_actor(session, people.budi).has(Role.HR_ADMINISTRATOR)
    assert people.budi.name == "Budi Santoso"


def test_the_code_works_once_and_none_is_made_afterwards(session: Session, tmp_path: Path) -> None:
    code = code_of(session, tmp_path)
    make_first_administrator(session, tmp_path, code=code, employee_number=NUMBER, name="Ani")
    with pytest.raises(Conflict):
        make_first_administrator(session, tmp_path, code=code, employee_number="198609262015051002", name="Budi")
    assert not needs_first_administrator(session)
    assert first_administrator_code(session, tmp_path) is None
    assert not (tmp_path / FILE).exists()


def test_codes_of_several_processes_all_work_and_typing_is_forgiven(session: Session, tmp_path: Path) -> None:
    first, second = code_of(session, tmp_path), code_of(session, tmp_path)
    assert first != second
    assert code_is_right(tmp_path, first.lower().replace("-", " "))
    assert code_is_right(tmp_path, second)


def test_an_old_code_is_forgotten(session: Session, tmp_path: Path) -> None:
    first = code_of(session, tmp_path)
    for _ in range(10):
        code_of(session, tmp_path)
    assert not code_is_right(tmp_path, first)


def test_the_file_keeps_no_code_and_is_closed_to_others(session: Session, tmp_path: Path) -> None:
    code = code_of(session, tmp_path)
    file = tmp_path / FILE
    assert code.replace("-", "") not in file.read_text()
    assert file.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    ("given", "place"),
    [
        ({"code": "AAAA-AAAA-AAAA-AAAA-AAAA"}, "code"),
        ({"code": ""}, "code"),
        ({"employee_number": "123"}, "employee_number"),
        ({"name": " "}, "name"),
    ],
)
def test_what_is_wrong_is_named_by_its_place(
    session: Session, tmp_path: Path, given: dict[str, str], place: str
) -> None:
    values = {"code": code_of(session, tmp_path), "employee_number": NUMBER, "name": "Ani"} | given
    with pytest.raises(Invalid) as refused:
        make_first_administrator(session, tmp_path, **values)
    assert set(refused.value.errors) == {place}
    assert session.scalars(select(Person)).all() == []


def test_without_a_printed_code_nothing_is_right(tmp_path: Path) -> None:
    assert not code_is_right(tmp_path, "")
