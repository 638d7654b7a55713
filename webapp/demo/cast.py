"""The people of the demo: the invented organisation brought in, roles given, accounts with one shown password."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session, sessionmaker

from models import clock
from models.exchange.people import read_people_file, write_csv
from models.operations.passwords import hash_password
from models.operations.people_import import import_people
from models.operations.roles import grant_role
from models.operations.shipping import install_shipped
from models.people import Account, Person, Post, Supervision
from models.permissions import OPERATOR, ORGANISATION, Role
from models.session import writing
from webapp.demo.organisation import generate_people

ORGANISATION_FILE = Path(__file__).parent / "organisation.csv"
SHIPPED_PEOPLE = 64


def populate(factory: sessionmaker[Session], people: int, seed: int, year: int, password: str) -> dict[str, str]:
    """Bring everybody in and give each an account; gives role → employee number and name, and the password."""
    content = ORGANISATION_FILE.read_bytes() if people == SHIPPED_PEOPLE else write_csv(generate_people(people, seed))
    before_the_year = date(year - 1, 12, 31)
    with writing(factory) as session, clock.travel(clock.start_of(before_the_year, "Asia/Jakarta")):
        sheet = read_people_file(content, "organisation.csv")
        report = import_people(session, OPERATOR, ORGANISATION, sheet, on=before_the_year)
        if report.errors:
            raise ValueError(f"the invented organisation is wrong: {report.errors[0].message}")
        install_shipped(session, OPERATOR, ORGANISATION)
        roles = _give_roles(session)
        kept = hash_password(password)
        numbers = session.scalars(select(Person.id)).all()
        accounts = [{"person_id": person, "password_hash": kept, "language": "id"} for person in numbers]
        session.execute(insert(Account), accounts)
        return {"password": password} | {role: f"{who.employee_number} {who.name}" for role, who in roles.items()}


def _give_roles(session: Session) -> Mapping[str, Person]:
    """Who plays which part: HR, auditor and committee by post, and a supervisor with the most staff and one of them."""
    staff_of = (
        select(Supervision.supervisor_id, func.count().label("staff"))
        .group_by(Supervision.supervisor_id)
        .order_by(func.count().desc(), Supervision.supervisor_id)
    )
    leaders = [row[0] for row in session.execute(staff_of).all()]
    hr = _holder(session, "%Kepegawaian%", "supervisor") or session.get_one(Person, leaders[0])
    auditor = _holder(session, "%Perencana%", "functional") or session.get_one(Person, leaders[-1])
    committee = _holder(session, "Sekretaris Kecamatan%", "administrator") or session.get_one(Person, leaders[1])
    service = _holder(session, "%Pelayanan%", "supervisor") or session.get_one(Person, leaders[-2])
    employee = session.scalars(
        select(Person)
        .join(Supervision, Supervision.person_id == Person.id)
        .where(Supervision.supervisor_id == service.id)
        .order_by(Person.id)
    ).first()
    grant_role(session, OPERATOR, ORGANISATION, person=hr, role=Role.HR_ADMINISTRATOR)
    grant_role(session, OPERATOR, ORGANISATION, person=auditor, role=Role.AUDITOR)
    grant_role(session, OPERATOR, ORGANISATION, person=committee, role=Role.AWARD_COMMITTEE)
    found = {"Pengelola kinerja (HR)": hr, "Atasan": service, "Panitia penghargaan": committee, "Auditor": auditor}
    return found | ({"Pegawai": employee} if employee else {})


def _holder(session: Session, title: str, kind: str) -> Person | None:
    """The first person whose post has such a title."""
    return session.scalars(
        select(Person).join(Post).where(Post.title.ilike(title), Post.kind == kind).order_by(Person.id)
    ).first()
