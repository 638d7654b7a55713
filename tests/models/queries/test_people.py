"""Who holds which post and supervises whom on a day, whom a rule means, and what a person may do."""

from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from models.cycle_design import SubjectRule
from models.errors import NotFound
from models.people import Account, Person, Post, RoleGrant, Supervision
from models.permissions import OPERATOR, Grant, Role
from models.queries import people as ask
from models.queries.people_search import PeopleFilter, search
from tests.cast import Cast, as_actor, cast

ON = date(2026, 3, 2)


@pytest.fixture
def people(session: Session) -> Cast:
    return cast(session)


def meant(session: Session, on: date = ON, **rule: list[str]) -> set[str]:
    ids = ask.matching(SubjectRule.model_validate(rule), on)
    return {name.split()[0] for name in session.scalars(select(Person.name).where(Person.id.in_(ids)))}


def test_relations_hold_from_their_first_to_their_last_day(session: Session, people: Cast) -> None:
    relation = session.scalars(select(Supervision).where(Supervision.person_id == people.citra.id)).one()
    relation.starts_on, relation.ends_on = date(2026, 1, 1), date(2026, 1, 31)
    days = [date(2025, 12, 31), date(2026, 1, 1), date(2026, 1, 31), date(2026, 2, 1)]
    found = [ask.supervisor_of(session, people.citra.id, day) for day in days]
    assert found == [None, people.budi.id, people.budi.id, None]


def test_supervisors_and_second_levels_come_for_many_at_once(session: Session, people: Cast) -> None:
    ids = [people.citra.id, people.budi.id, people.fitri.id]
    assert ask.supervisors(session, ids, ON) == {people.citra.id: people.budi.id, people.budi.id: people.fitri.id}
    assert ask.second_levels(session, ids, ON) == {people.citra.id: people.fitri.id}
    assert ask.second_level_of(session, people.citra.id, ON) == people.fitri.id
    assert ask.supervisors(session, [], ON) == {}


def test_more_people_than_a_statement_may_name_are_asked_for_in_parts(session: Session, people: Cast) -> None:
    assert ask.supervisors(session, range(1, 80_000), ON)[people.citra.id] == people.budi.id
    assert len(ask.posts(session, range(1, 80_000), ON)) == 9


def test_of_two_posts_the_one_begun_last_counts(session: Session, people: Cast) -> None:
    acting = Post(
        person_id=people.citra.id,
        unit_id=people.village.id,
        kind="supervisor",
        title="Plt.",
        starts_on=date(2026, 1, 1),
    )
    session.add(acting)
    session.flush()
    assert ask.post_of(session, people.citra.id, ON) == acting
    assert ask.posts(session, [people.citra.id], ON) == {people.citra.id: acting}
    assert "Citra" in meant(session, kinds=["supervisor"])
    assert "Citra" not in meant(session, kinds=["general"])
    assert "Citra" in meant(session, kinds=["general"], on=date(2025, 12, 31))


def test_subordinates_are_the_active_ones_by_name(session: Session, people: Cast) -> None:
    people.dedi.active = False
    assert ask.subordinates(session, people.budi.id, ON) == [people.citra, people.eka]


def test_a_rule_without_limits_means_every_active_person(session: Session, people: Cast) -> None:
    people.hadi.active = False
    assert len(meant(session)) == 8


def test_a_rule_narrows_by_status_kind_and_unit_with_all_below(session: Session, people: Cast) -> None:
    assert meant(session, status=["pppk"]) == {"Eka"}
    assert meant(session, kinds=["leader", "supervisor"]) == {"Fitri", "Budi", "Ani"}
    assert meant(session, units=["Kelurahan Surau Gadang"]) == {"Gita"}
    assert len(meant(session, units=["Kecamatan Nanggalo"])) == 9
    assert meant(session, units=["Kecamatan Nanggalo"], kinds=["functional"]) == {"Gita"}
    assert meant(session, units=["Kecamatan Lain"]) == set()


def test_a_person_acts_with_the_roles_of_the_moment(session: Session, people: Cast) -> None:
    session.add(RoleGrant(person_id=people.budi.id, role=Role.HR_UNIT, unit_id=people.village.id))
    session.flush()
    actor = ask.actor_for(session, people.budi.id)
    assert actor.grants == {Grant(Role.HR_UNIT, people.village.path)}
    assert actor.has_anywhere(Role.HR_UNIT)
    assert not actor.has(Role.HR_UNIT)


def test_nobody_acts_for_somebody_who_is_gone(session: Session, people: Cast) -> None:
    people.dedi.active = False
    for missing in (people.dedi.id, 10**6):
        with pytest.raises(NotFound):
            ask.actor_for(session, missing)


def names(session: Session, people: Cast, text: str = "", filters: PeopleFilter | None = None) -> list[str]:
    found = search(session, as_actor(session, people.ani), text, filters, on=ON)
    return [one.person.name.split()[0] for one in found.people]


def test_people_are_found_by_parts_of_the_name_and_by_the_start_of_the_number(session: Session, people: Cast) -> None:
    assert names(session, people, "santo BUDI") == ["Budi"]
    spaced = people.citra.employee_number[:8] + " " + people.citra.employee_number[8:]
    assert names(session, people, spaced) == ["Citra"]
    assert names(session, people, "%") == []


def test_a_list_is_narrowed_by_unit_kind_status_and_what_is_missing(session: Session, people: Cast) -> None:
    session.add(Account(person_id=people.ani.id, password_hash="x", language="id"))
    session.flush()
    assert names(session, people, filters=PeopleFilter(unit_id=people.village.id)) == ["Gita"]
    assert names(session, people, filters=PeopleFilter(unit_id=people.office.id, kind="functional")) == ["Gita"]
    assert names(session, people, filters=PeopleFilter(status="pppk")) == ["Eka"]
    assert names(session, people, filters=PeopleFilter(without_supervisor=True)) == ["Fitri"]
    assert "Ani" not in names(session, people, filters=PeopleFilter(without_account=True))
    assert names(session, people, filters=PeopleFilter(inactive=True)) == []


def test_a_list_comes_page_by_page_with_post_and_supervisor(session: Session, people: Cast) -> None:
    first = search(session, OPERATOR, on=ON, size=4)
    assert (first.total, first.page, first.pages, len(first.people)) == (9, 1, 3, 4)
    budi = first.people[1]
    assert (budi.person, budi.supervisor, budi.has_password) == (people.budi, people.fitri, False)
    assert budi.post is not None
    assert budi.post.unit == people.office
    last = search(session, OPERATOR, on=ON, size=4, page=99)
    assert (last.page, len(last.people)) == (3, 1)


def test_a_supervisor_finds_his_own_staff_only(session: Session, people: Cast) -> None:
    found = search(session, as_actor(session, people.budi), on=ON)
    assert [one.person for one in found.people] == [people.budi, people.citra, people.dedi, people.eka]
