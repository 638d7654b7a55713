"""Questions about people on a day: who holds which post, who supervises whom, whom a rule means, what roles one has."""

from collections.abc import Collection, Iterable, Iterator
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, or_, select
from sqlalchemy.orm import Session, aliased, joinedload

from models.cycle_design import SubjectRule
from models.errors import NotFound
from models.people import Person, Post, RoleGrant, Supervision, Unit
from models.permissions import Actor, Grant, Role

ASKED_AT_ONCE = 5000
"""Databases limit the parameters of one statement; longer lists are asked for in parts."""


def in_force(relation: Any, on: Any) -> ColumnElement[bool]:
    """Whether a relation with dates (a post, a supervision) holds on a day."""
    return and_(relation.starts_on <= on, or_(relation.ends_on.is_(None), relation.ends_on >= on))


def main_post(post: Any, on: Any) -> ColumnElement[bool]:
    """Whether a post is the one that counts on a day: in force, and the one begun last if several are."""
    other = aliased(Post)
    later = or_(other.starts_on > post.starts_on, and_(other.starts_on == post.starts_on, other.id > post.id))
    return and_(in_force(post, on), ~exists().where(other.person_id == post.person_id, in_force(other, on), later))


def supervisors(session: Session, ids: Iterable[int], on: date) -> dict[int, int]:
    """Person → supervisor on the day; whoever has none is missing. The relation begun last counts."""
    found: dict[int, int] = {}
    for some in _parts(ids):
        rows = (
            select(Supervision.person_id, Supervision.supervisor_id)
            .where(Supervision.person_id.in_(some), in_force(Supervision, on))
            .order_by(Supervision.starts_on, Supervision.id)
        )
        found |= dict(session.execute(rows).all())
    return found


def second_levels(session: Session, ids: Iterable[int], on: date) -> dict[int, int]:
    """Person → the supervisor's supervisor on the day; whoever has none is missing."""
    first = supervisors(session, ids, on)
    above = supervisors(session, set(first.values()), on)
    return {person: above[supervisor] for person, supervisor in first.items() if supervisor in above}


def posts(session: Session, ids: Iterable[int], on: date) -> dict[int, Post]:
    """Person → the post that counts on the day, with its unit; whoever holds none is missing."""
    found: dict[int, Post] = {}
    for some in _parts(ids):
        rows = (
            select(Post)
            .where(Post.person_id.in_(some), in_force(Post, on))
            .order_by(Post.starts_on, Post.id)
            .options(joinedload(Post.unit))
        )
        found |= {post.person_id: post for post in session.scalars(rows)}
    return found


def supervisor_of(session: Session, person_id: int, on: date) -> int | None:
    """The supervisor of a person on the day."""
    return supervisors(session, [person_id], on).get(person_id)


def second_level_of(session: Session, person_id: int, on: date) -> int | None:
    """The supervisor's supervisor of a person on the day."""
    return second_levels(session, [person_id], on).get(person_id)


def post_of(session: Session, person_id: int, on: date) -> Post | None:
    """The post that a person holds on the day."""
    return posts(session, [person_id], on).get(person_id)


def subordinates(session: Session, person_id: int, on: date) -> list[Person]:
    """The active people whom a person supervises on the day, by name."""
    mine = select(Supervision.person_id).where(Supervision.supervisor_id == person_id, in_force(Supervision, on))
    people = session.scalars(
        select(Person).where(Person.id.in_(mine), Person.active).order_by(Person.name, Person.id)
    ).all()
    of_day = supervisors(session, [person.id for person in people], on)
    return [person for person in people if of_day[person.id] == person_id]


def matching(rule: SubjectRule, on: date) -> Select[int]:
    """The ids of the active people a rule means on a day: by status, by kind of post, by unit with all below it."""
    found = (
        select(Post.person_id)
        .join(Person, Person.id == Post.person_id)
        .join(Unit, Unit.id == Post.unit_id)
        .where(Person.active, main_post(Post, on))
    )
    if rule.status:
        found = found.where(Person.status.in_(rule.status))
    if rule.kinds:
        found = found.where(Post.kind.in_(rule.kinds))
    if rule.units:
        top = aliased(Unit)
        found = found.where(exists().where(top.name.in_(rule.units), Unit.path.startswith(top.path)))
    return found


def actor_for(session: Session, person_id: int) -> Actor:
    """A person as an actor, with the roles of this moment. Raises `NotFound` for who is not (or no longer) active."""
    active = session.scalar(select(Person.active).where(Person.id == person_id))
    if not active:
        raise NotFound
    rows = session.execute(
        select(RoleGrant.role, Unit.path)
        .outerjoin(Unit, Unit.id == RoleGrant.unit_id)
        .where(RoleGrant.person_id == person_id)
    )
    return Actor(person_id=person_id, grants=frozenset(Grant(Role(role), path or "") for role, path in rows))


def _parts(ids: Iterable[int]) -> Iterator[Collection[int]]:
    every = sorted(set(ids))
    for start in range(0, len(every), ASKED_AT_ONCE):
        yield every[start : start + ASKED_AT_ONCE]
