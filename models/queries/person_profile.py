"""Everything HR sees of one person: posts and supervisors with dates, roles, and the state of the account."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from models import clock
from models.people import Account, Person, Post, RoleGrant, Supervision
from models.permissions import Actor
from models.queries import access
from models.queries.people import main_post


@dataclass(frozen=True)
class Profile:
    """One person with the relations of all times, the latest first."""

    person: Person
    posts: list[Post]
    supervisors: list[Supervision]
    staff: list[Supervision]
    grants: list[RoleGrant]
    account: str
    """`none`, `invited`, `expired` (the link was not used in time) or `active`."""
    invited_until: datetime | None


def profile(session: Session, actor: Actor, person_id: int) -> Profile:
    """The profile of a person whom the actor may look up."""
    person = access.person(session, actor, person_id)
    posts = select(Post).where(Post.person_id == person.id).options(joinedload(Post.unit))
    above = select(Supervision).where(Supervision.person_id == person.id).options(joinedload(Supervision.supervisor))
    below = select(Supervision).where(Supervision.supervisor_id == person.id).options(joinedload(Supervision.person))
    grants = select(RoleGrant).where(RoleGrant.person_id == person.id).options(joinedload(RoleGrant.unit))
    account = session.get(Account, person.id)
    return Profile(
        person,
        list(session.scalars(posts.order_by(Post.starts_on.desc()))),
        list(session.scalars(above.order_by(Supervision.starts_on.desc()))),
        list(session.scalars(below.order_by(Supervision.ends_on.is_not(None), Supervision.starts_on.desc()))),
        list(session.scalars(grants.order_by(RoleGrant.role))),
        _state(account),
        account.activation_expires_at if account is not None else None,
    )


def _state(account: Account | None) -> str:
    if account is None:
        return "none"
    if account.password_hash is not None:
        return "active"
    waits = account.activation_expires_at is not None and account.activation_expires_at > clock.now()
    return "invited" if waits else "expired"


def people_by_unit(session: Session, actor: Actor, on: date) -> dict[int, int]:
    """Unit → how many active people hold their main post there, of those the actor may look up."""
    seen = access.people(actor).where(Person.active).with_only_columns(Person.id)
    rows = session.execute(
        select(Post.unit_id, func.count()).where(main_post(Post, on), Post.person_id.in_(seen)).group_by(Post.unit_id)
    )
    return {unit: count for unit, count in rows}  # noqa: C416 - a row is no pair for the type checker
