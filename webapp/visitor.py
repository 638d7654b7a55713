"""Who is in front of the page: a signed-in person with the roles of this moment, or a guest."""

from dataclasses import dataclass

from flask import session
from flask_login import AnonymousUserMixin, LoginManager, UserMixin, current_user
from sqlalchemy.orm import Session

from models import clock
from models.permissions import PUBLIC, Actor
from models.queries.signed_in import signed_in


@dataclass(frozen=True)
class Visitor(UserMixin):
    """A signed-in person, as plain values: it outlives any database session of the request."""

    person_id: int
    name: str
    language: str
    zone: str
    actor: Actor
    has_staff: bool = False
    """Whether anybody is or was supervised by this person."""
    unread: int = 0
    """Messages not seen yet."""

    def get_id(self) -> str:
        return str(self.person_id)

    @property
    def has_role(self) -> bool:
        """Whether more than one's own matters can be reached: such sessions end sooner."""
        return bool(self.actor.grants)


class Guest(AnonymousUserMixin):
    """Somebody who is not signed in."""

    actor = PUBLIC
    person_id = None
    name = ""
    has_role = False


def visitor_for(database: Session, person_id: int, default_zone: str) -> Visitor | None:
    """The person as a visitor; nothing when the account is gone or the person no longer active."""
    found = signed_in(database, person_id, clock.today(default_zone))
    if found is None:
        return None
    return Visitor(
        person_id,
        found.name,
        found.language,
        found.zone or default_zone,
        found.actor,
        has_staff=found.has_staff,
        unread=found.unread,
    )


def current_actor() -> Actor:
    """The actor for operations and queries: the signed-in person, or the public."""
    return current_user.actor


def init_login(login: LoginManager) -> None:
    """Let Flask-Login take the person whom the server-side session already found."""
    login.anonymous_user = Guest
    # Sessions are renewed, limited in time and revocable by themselves; a fingerprint of address and browser would
    # throw out people on mobile networks.
    login.session_protection = None

    @login.user_loader
    def load(person_id: str) -> Visitor | None:
        found: Visitor | None = getattr(session, "visitor", None)
        return found if found is not None and found.get_id() == person_id else None
