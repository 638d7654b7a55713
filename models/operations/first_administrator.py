"""How a fresh installation gets its first HR administrator: whoever reads the terminal has a code that works once."""

from pathlib import Path

from sqlalchemy import exists, select, text
from sqlalchemy.orm import Session

from forms.errors import Invalid as FormInvalid
from forms.identifiers import read_employee_number
from forms.text import Message, msg
from models import clock
from models.errors import Conflict, Invalid
from models.operations.accounts import digest_of, issue_token
from models.operations.moves import record
from models.people import Person, RoleGrant
from models.permissions import OPERATOR, Role
from models.tokens import grouped, new_token, read_token

FILE = "first-administrator"
CODE_CHARACTERS = 20
"""100 bits: nobody guesses it, and it can be typed."""
CODES_KEPT = 10
"""Each process that starts prints its own code; the latest of them work."""


def needs_first_administrator(session: Session) -> bool:
    """Whether nobody administers yet."""
    return not session.scalar(select(exists().where(RoleGrant.role == Role.HR_ADMINISTRATOR)))


def first_administrator_code(session: Session, folder: Path) -> str | None:
    """A code to print in the terminal at the start, or nothing once there is an administrator.

    Only its digest is kept, in a file of the data folder.
    """
    path = folder / FILE
    if not needs_first_administrator(session):
        path.unlink(missing_ok=True)
        return None
    code = new_token(CODE_CHARACTERS)
    path.touch(mode=0o600)
    with path.open("a") as kept:
        kept.write(f"{digest_of(code)}\n")
    return grouped(code)


def code_is_right(folder: Path, code: str) -> bool:
    """Whether this is one of the latest codes that were printed."""
    path = folder / FILE
    if not path.exists():
        return False
    return digest_of(read_token(code)) in path.read_text().split()[-CODES_KEPT:]


def make_first_administrator(
    session: Session, folder: Path, *, code: str, employee_number: str, name: str = "", email: str = ""
) -> str:
    """Make a person the first HR administrator; gives the token with which that person sets a password.

    The person is one of the organisation, or is entered here (`name`; post and unit follow by the import). Raises
    `Invalid` by place (`code`, `employee_number`, `name`), `Conflict` once there is an administrator: the codes that
    were printed are worth nothing from then on.
    """
    if session.get_bind().dialect.name == "postgresql":  # of two who come at once, the second finds the first
        session.execute(text("LOCK TABLE role_grants IN SHARE ROW EXCLUSIVE MODE"))
    if not needs_first_administrator(session):
        raise Conflict(msg("Admin HR pertama sudah ada. Silakan masuk, atau hubungi admin HR."))
    if not code_is_right(folder, code):
        raise _invalid("code", msg("Kode ini tidak sesuai. Salin kode yang tertera di terminal."))
    person = _person(session, employee_number, " ".join(name.split()), email.strip())
    session.add(RoleGrant(person_id=person.id, role=Role.HR_ADMINISTRATOR))
    record(session, OPERATOR, "grant-role", "person", person.id, details={"role": Role.HR_ADMINISTRATOR, "first": True})
    return issue_token(session, OPERATOR, person)


def _person(session: Session, employee_number: str, name: str, email: str) -> Person:
    try:
        number = read_employee_number(employee_number, clock.today("Asia/Jakarta"))
    except FormInvalid as wrong:
        raise _invalid("employee_number", wrong.message) from wrong
    person = session.scalar(select(Person).where(Person.employee_number == number.value))
    if person is not None:
        if not person.active:
            raise _invalid("employee_number", msg("%(name)s tidak aktif. Pilih orang lain.", name=person.name))
        return person
    if not name:
        raise _invalid("name", msg("Orang dengan NIP ini belum ada. Tuliskan namanya."))
    person = Person(employee_number=number.value, name=name[:255], status=number.kind, rank="", email=email[:255])
    session.add(person)
    session.flush()
    return person


def _invalid(place: str, message: Message) -> Invalid:
    return Invalid(msg("Periksa kembali isian Anda."), {place: message})
