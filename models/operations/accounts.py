"""Accounts: started by HR with a one-time token, opened by the person alone; signing in and changing the password."""

import hashlib
import secrets
from datetime import timedelta
from typing import Any, cast

from sqlalchemy import CursorResult, delete, select, update
from sqlalchemy.orm import Session

from forms.text import msg
from models import clock
from models.errors import Conflict, Invalid
from models.operations import passwords
from models.operations.moves import record
from models.people import Account, Person, WebSession
from models.permissions import Action, Actor, needs

ACTIVATION_HOURS = 72
TOKEN_BYTES = 32


@needs(Action.PEOPLE_ACTIVATE)
def start_activation(session: Session, actor: Actor, person: Person) -> str:
    """Make the one-time token with which a person sets (or sets anew) the password; valid for 72 hours.

    Only its digest is kept; a token made before no longer works. Whoever starts this never sees a password, and the
    one in use stays valid until the person has chosen another.
    """
    if not person.active:
        raise Conflict(msg("%(name)s tidak aktif, sehingga akunnya tidak dapat diaktifkan.", name=person.name))
    return issue_token(session, actor, person)


def issue_token(session: Session, actor: Actor, person: Person) -> str:
    """The token itself, for operations that have checked who asks."""
    account = session.get(Account, person.id)
    if account is None:
        account = Account(person_id=person.id, language="id")
        session.add(account)
    token = secrets.token_urlsafe(TOKEN_BYTES)
    account.activation_digest = digest_of(token)
    account.activation_expires_at = clock.now() + timedelta(hours=ACTIVATION_HOURS)
    record(session, actor, "start-activation", "person", person.id)
    session.flush()
    return token


def person_of_token(session: Session, token: str) -> Person | None:
    """The person whom a token that still works belongs to; the page greets by name before a password is chosen."""
    return session.scalar(
        select(Person)
        .join(Account, Account.person_id == Person.id)
        .where(
            Account.activation_digest == digest_of(token),
            Account.activation_expires_at > clock.now(),
            Person.active,
        )
    )


def activate(session: Session, token: str, password: str) -> Person:
    """Set the password of the person whom the token belongs to; the token is used up, other sessions end.

    Raises `Conflict` for a token that is unknown, used or too old, `Invalid` for a password that is not accepted.
    """
    person = person_of_token(session, token)
    if person is None:
        raise _useless()
    _must_be_good(password, person, "password")
    used = session.execute(
        update(Account)
        .where(Account.activation_digest == digest_of(token), Account.activation_expires_at > clock.now())
        .values(password_hash=passwords.hash_password(password), activation_digest=None, activation_expires_at=None)
        .execution_options(synchronize_session="fetch")
    )
    if cast(CursorResult[Any], used).rowcount != 1:
        raise _useless()
    _end_sessions(session, person)
    record(session, Actor(person_id=person.id), "activate", "person", person.id)
    return person


def check_password(session: Session, employee_number: str, password: str) -> Person | None:
    """The active person with this number and password, or nobody; both take the same time.

    A password kept with older parameters is kept anew.
    """
    found = session.execute(
        select(Person, Account)
        .join(Account, Account.person_id == Person.id)
        .where(Person.employee_number == employee_number, Person.active)
    ).one_or_none()
    kept = found[1].password_hash if found is not None else None
    right = passwords.matches(kept, password)
    if found is None or kept is None or not right:
        return None
    person, account = found
    if passwords.is_outdated(kept):
        account.password_hash = passwords.hash_password(password)
        session.flush()
    return person


@needs(Action.ACCOUNT_CHANGE_PASSWORD)
def change_password(session: Session, actor: Actor, person: Person, *, current: str, new: str) -> None:
    """Choose another password, knowing the present one; all sessions of the person end.

    The door begins a new session for the browser at hand. Raises `Invalid` with the place `current` or `new`.
    """
    account = session.get(Account, person.id)
    if account is None or not passwords.matches(account.password_hash, current):
        message = msg("Kata sandi saat ini tidak sesuai.")
        raise Invalid(msg("Periksa kembali isian Anda."), {"current": message})
    _must_be_good(new, person, "new")
    account.password_hash = passwords.hash_password(new)
    account.activation_digest = account.activation_expires_at = None
    _end_sessions(session, person)
    record(session, actor, "change-password", "person", person.id)
    session.flush()


def digest_of(token: str) -> str:
    """What is kept of a random token: it has so many bits that a plain SHA-256 hides it."""
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


def _must_be_good(password: str, person: Person, place: str) -> None:
    problems = passwords.password_problems(password, person)
    if problems:
        raise Invalid(msg("Periksa kembali isian Anda."), {place: problems[0]})


def _end_sessions(session: Session, person: Person) -> None:
    session.execute(delete(WebSession).where(WebSession.person_id == person.id))


def _useless() -> Conflict:
    return Conflict(
        msg("Tautan aktivasi ini tidak berlaku atau sudah digunakan. Mintalah tautan baru kepada admin HR.")
    )
