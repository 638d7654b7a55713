"""Giving roles to people and taking them back; nobody changes his own, and somebody always remains to administer."""

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from forms.text import msg
from models.errors import Conflict, Invalid
from models.operations.moves import record
from models.people import Person, RoleGrant, Unit, WebSession
from models.permissions import Action, Actor, Organisation, Role, needs

OF_A_UNIT = (Role.HR_UNIT,)
"""Roles that only make sense for a unit and what is below it."""
OF_THE_WHOLE = (Role.HR_ADMINISTRATOR,)
"""Roles that only make sense for the whole organisation."""


@needs(Action.PEOPLE_GRANT_ROLE)
def grant_role(
    session: Session, actor: Actor, subject: Organisation, *, person: Person, role: Role, unit: Unit | None = None
) -> RoleGrant:
    """Give a person a role, for everything or for a unit and what is below it; giving it again changes nothing.

    The person is signed out everywhere, so that no old session carries the new role.
    """
    _not_of_oneself(actor, person)
    if role in OF_A_UNIT and unit is None:
        raise Invalid(msg("Periksa kembali isian Anda."), {"unit": msg("Pilih unit untuk peran ini.")})
    if role in OF_THE_WHOLE and unit is not None:
        raise Invalid(msg("Periksa kembali isian Anda."), {"unit": msg("Peran ini berlaku untuk seluruh instansi.")})
    if not person.active:
        raise Conflict(msg("%(name)s tidak aktif, sehingga tidak dapat diberi peran.", name=person.name))
    known = _grant(session, person, role, unit)
    if known is not None:
        return known
    grant = RoleGrant(person_id=person.id, role=role, unit_id=unit.id if unit else None)
    session.add(grant)
    session.flush()
    _note(session, actor, "grant-role", person, role, unit)
    return grant


@needs(Action.PEOPLE_GRANT_ROLE)
def revoke_role(
    session: Session, actor: Actor, subject: Organisation, *, person: Person, role: Role, unit: Unit | None = None
) -> None:
    """Take a role back; the last HR administrator stays, since nobody could name another."""
    _not_of_oneself(actor, person)
    grant = _grant(session, person, role, unit)
    if grant is None:
        return
    if role == Role.HR_ADMINISTRATOR and _administrators(session) == 1:
        raise Conflict(msg("%(name)s adalah admin HR terakhir. Tunjuk admin lain terlebih dahulu.", name=person.name))
    session.delete(grant)
    session.flush()
    _note(session, actor, "revoke-role", person, role, unit)


def _note(session: Session, actor: Actor, verb: str, person: Person, role: Role, unit: Unit | None) -> None:
    session.execute(delete(WebSession).where(WebSession.person_id == person.id))
    record(session, actor, verb, "person", person.id, details={"role": role, "unit": unit.id if unit else None})


def _not_of_oneself(actor: Actor, person: Person) -> None:
    if actor.person_id == person.id:
        raise Conflict(msg("Anda tidak dapat mengubah peran Anda sendiri. Mintalah admin HR yang lain."))


def _grant(session: Session, person: Person, role: Role, unit: Unit | None) -> RoleGrant | None:
    of_unit = RoleGrant.unit_id.is_(None) if unit is None else RoleGrant.unit_id == unit.id
    return session.scalar(select(RoleGrant).where(RoleGrant.person_id == person.id, RoleGrant.role == role, of_unit))


def _administrators(session: Session) -> int:
    held = select(func.count(RoleGrant.person_id.distinct())).where(RoleGrant.role == Role.HR_ADMINISTRATOR)
    return session.scalar(held) or 0
