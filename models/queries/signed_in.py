"""Everything the frame of a page has to know about a signed-in person, in one look at the database."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import BindParameter, bindparam, func, or_, select
from sqlalchemy.orm import Session

from models.messages import OutboxMessage
from models.people import Account, Person, Post, RoleGrant, Supervision, Unit
from models.permissions import Actor, Grant, Role


@dataclass(frozen=True)
class SignedIn:
    """A person with an account, with the roles of this moment."""

    name: str
    language: str
    zone: str | None
    """That of the unit of the post that counts on the day; nothing for who holds none."""
    actor: Actor
    has_staff: bool
    """Whether anybody is or was supervised by this person."""
    unread: int
    """Messages not seen yet."""


_PERSON: BindParameter[int] = bindparam("person")
_DAY: BindParameter[date] = bindparam("day")
_ZONE = (
    select(Unit.zone)
    .join(Post, Post.unit_id == Unit.id)
    .where(Post.person_id == _PERSON, Post.starts_on <= _DAY, or_(Post.ends_on.is_(None), Post.ends_on >= _DAY))
    # The same post as `models.queries.people.post_of`: the one begun last.
    .order_by(Post.starts_on.desc(), Post.id.desc())
    .limit(1)
    .scalar_subquery()
)
_STAFF = select(Supervision.id).where(Supervision.supervisor_id == _PERSON).limit(1).scalar_subquery()
_UNREAD = (
    select(func.count())
    .select_from(OutboxMessage)
    .where(OutboxMessage.person_id == _PERSON, OutboxMessage.read_at.is_(None))
    .scalar_subquery()
)
_LOOK = (
    select(
        Person.name,
        Account.language,
        _ZONE.label("zone"),
        _STAFF.label("staff"),
        _UNREAD.label("unread"),
        RoleGrant.role,
        Unit.path,
    )
    .join(Account, Account.person_id == Person.id)
    .outerjoin(RoleGrant, RoleGrant.person_id == Person.id)
    .outerjoin(Unit, Unit.id == RoleGrant.unit_id)
    .where(Person.id == _PERSON, Person.active, Account.password_hash.is_not(None))
)
"""One row for each role, at least one; made once, because making it costs more than asking it."""


def signed_in(session: Session, person_id: int, on: date) -> SignedIn | None:
    """The person; nothing when the account is gone or the person no longer active."""
    rows = session.connection().execute(_LOOK, {"person": person_id, "day": on}).all()
    if not rows:
        return None
    first = rows[0]
    grants = frozenset(Grant(Role(row.role), row.path or "") for row in rows if row.role is not None)
    return SignedIn(
        first.name,
        first.language,
        first.zone,
        Actor(person_id=person_id, grants=grants),
        has_staff=first.staff is not None,
        unread=first.unread,
    )
