"""Roles: given and taken by HR, never to oneself, and never the last administrator's."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from models import clock
from models.errors import Conflict, Forbidden, Invalid
from models.operations.roles import grant_role, revoke_role
from models.people import RoleGrant, WebSession
from models.permissions import OPERATOR, ORGANISATION, Role
from tests.cast import Cast, as_actor, cast


@pytest.fixture
def people(session: Session) -> Cast:
    return cast(session)


def test_hr_gives_a_role_and_takes_it_back(session: Session, people: Cast) -> None:
    ani = as_actor(session, people.ani)
    grant_role(session, ani, ORGANISATION, person=people.budi, role=Role.AUDITOR)
    assert as_actor(session, people.budi).has(Role.AUDITOR)
    revoke_role(session, ani, ORGANISATION, person=people.budi, role=Role.AUDITOR)
    assert not as_actor(session, people.budi).grants


def test_a_role_given_twice_is_given_once(session: Session, people: Cast) -> None:
    first, second = (
        grant_role(session, OPERATOR, ORGANISATION, person=people.budi, role=Role.AUDITOR) for _ in range(2)
    )
    assert first is second


def test_a_role_of_a_unit_reaches_what_is_below_it_only(session: Session, people: Cast) -> None:
    grant_role(session, OPERATOR, ORGANISATION, person=people.budi, role=Role.HR_UNIT, unit=people.village)
    assert as_actor(session, people.budi).unit_paths(Role.HR_UNIT) == [people.village.path]


def test_roles_fit_a_unit_or_the_whole(session: Session, people: Cast) -> None:
    with pytest.raises(Invalid):
        grant_role(session, OPERATOR, ORGANISATION, person=people.budi, role=Role.HR_UNIT)
    with pytest.raises(Invalid):
        grant_role(session, OPERATOR, ORGANISATION, person=people.budi, role=Role.HR_ADMINISTRATOR, unit=people.village)


def test_nobody_changes_his_own_roles(session: Session, people: Cast) -> None:
    ani = as_actor(session, people.ani)
    with pytest.raises(Conflict, match="peran Anda sendiri"):
        grant_role(session, ani, ORGANISATION, person=people.ani, role=Role.AUDITOR)
    with pytest.raises(Conflict, match="peran Anda sendiri"):
        revoke_role(session, ani, ORGANISATION, person=people.ani, role=Role.HR_ADMINISTRATOR)


def test_the_last_administrator_stays(session: Session, people: Cast) -> None:
    with pytest.raises(Conflict, match="terakhir"):
        revoke_role(session, OPERATOR, ORGANISATION, person=people.ani, role=Role.HR_ADMINISTRATOR)
    grant_role(session, OPERATOR, ORGANISATION, person=people.budi, role=Role.HR_ADMINISTRATOR)
    revoke_role(session, OPERATOR, ORGANISATION, person=people.ani, role=Role.HR_ADMINISTRATOR)
    assert session.scalars(select(RoleGrant.person_id).where(RoleGrant.role == Role.HR_ADMINISTRATOR)).all() == [
        people.budi.id
    ]


def test_staff_give_no_roles_and_who_is_gone_gets_none(session: Session, people: Cast) -> None:
    with pytest.raises(Forbidden):
        grant_role(session, as_actor(session, people.hadi), ORGANISATION, person=people.budi, role=Role.AUDITOR)
    people.budi.active = False
    with pytest.raises(Conflict):
        grant_role(session, OPERATOR, ORGANISATION, person=people.budi, role=Role.AUDITOR)


def test_a_changed_role_signs_the_person_out(session: Session, people: Cast) -> None:
    now = clock.now()
    session.add(WebSession(digest="d", person_id=people.budi.id, created_at=now, seen_at=now))
    session.flush()
    grant_role(session, OPERATOR, ORGANISATION, person=people.budi, role=Role.AUDITOR)
    assert session.scalars(select(WebSession)).all() == []
