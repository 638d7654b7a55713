"""Looking people up for the pages of HR: by name, number, unit, kind of post, page by page."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, and_, exists, func, or_, select
from sqlalchemy.orm import Session, aliased, joinedload

from models.people import Account, Person, Post, Supervision, Unit
from models.permissions import Actor
from models.queries import access
from models.queries.people import in_force, main_post, supervisors

PAGE_SIZE = 50


@dataclass(frozen=True, slots=True)
class PeopleFilter:
    """What a list is narrowed to; what is empty does not narrow."""

    unit_id: int | None = None
    """A unit with all below it."""
    status: str = ""
    kind: str = ""
    without_supervisor: bool = False
    without_account: bool = False
    """Only who has never set a password."""
    inactive: bool = False


@dataclass(frozen=True, slots=True)
class FoundPerson:
    """One line of the list."""

    person: Person
    post: Post | None
    supervisor: Person | None
    has_password: bool


@dataclass(frozen=True, slots=True)
class FoundPage:
    """One page of the list; `total` counts all pages."""

    people: Sequence[FoundPerson]
    total: int
    page: int
    pages: int


def search(
    session: Session,
    actor: Actor,
    text: str = "",
    filters: PeopleFilter | None = None,
    *,
    on: date,
    page: int = 1,
    size: int = PAGE_SIZE,
) -> FoundPage:
    """The people an actor may look up, by name; `text` is a part of the name or the start of the number."""
    filters = filters or PeopleFilter()
    found: Select[Any] = access.people(actor).where(Person.active.is_(not filters.inactive))
    if words := text.split():
        digits = "".join(words)
        by_name = and_(*(Person.name.icontains(word, autoescape=True) for word in words))
        by_number = Person.employee_number.startswith(digits, autoescape=True)
        found = found.where(or_(by_name, by_number) if digits.isdigit() else by_name)
    if filters.status:
        found = found.where(Person.status == filters.status)
    if filters.kind or filters.unit_id is not None:
        post = exists().where(Post.person_id == Person.id, main_post(Post, on))
        if filters.kind:
            post = post.where(Post.kind == filters.kind)
        if filters.unit_id is not None:
            top = aliased(Unit)
            post = post.where(Unit.id == Post.unit_id, top.id == filters.unit_id, Unit.path.startswith(top.path))
        found = found.where(post)
    if filters.without_supervisor:
        found = found.where(~exists().where(Supervision.person_id == Person.id, in_force(Supervision, on)))
    if filters.without_account:
        found = found.where(~exists().where(Account.person_id == Person.id, Account.password_hash.is_not(None)))
    total = session.scalar(select(func.count()).select_from(found.order_by(None).subquery())) or 0
    pages = max(1, -(-total // size))
    page = min(max(page, 1), pages)
    people = session.scalars(found.order_by(Person.name, Person.id).limit(size).offset((page - 1) * size)).all()
    return FoundPage(_described(session, people, on), total, page, pages)


def _described(session: Session, people: Sequence[Person], on: date) -> list[FoundPerson]:
    ids = [person.id for person in people]
    held = {
        post.person_id: post
        for post in session.scalars(
            select(Post).where(Post.person_id.in_(ids), main_post(Post, on)).options(joinedload(Post.unit))
        )
    }
    above = supervisors(session, ids, on)
    bosses = {boss.id: boss for boss in session.scalars(select(Person).where(Person.id.in_(set(above.values()))))}
    able = set(
        session.scalars(select(Account.person_id).where(Account.person_id.in_(ids), Account.password_hash.is_not(None)))
    )
    return [
        FoundPerson(person, held.get(person.id), bosses.get(above.get(person.id, 0)), person.id in able)
        for person in people
    ]
