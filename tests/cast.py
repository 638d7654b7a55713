"""The fixed cast of people that tests tell their stories with."""

from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import UTC, date, datetime

from sqlalchemy.orm import Session

from forms.catalogue import shipped
from models import clock
from models.cycles import Cycle, Stage
from models.exchange.designs import shipped_cycles
from models.operations import cycles, designs
from models.people import Person, Post, RoleGrant, Supervision, Unit
from models.permissions import OPERATOR, ORGANISATION, Actor, Role
from models.queries.designs import published_version
from models.queries.people import actor_for

SINCE = date(2020, 1, 1)
ZONE = "Asia/Jakarta"


@dataclass
class Cast:
    """Ani runs HR. Budi supervises Citra, Dedi and Eka; Fitri stands above Budi. Gita works elsewhere.

    Hadi audits, Indra sits on the award committee; both are staff as well.
    """

    office: Unit
    village: Unit
    ani: Person
    budi: Person
    citra: Person
    dedi: Person
    eka: Person
    fitri: Person
    gita: Person
    hadi: Person
    indra: Person

    @property
    def everybody(self) -> list[Person]:
        return [value for value in vars(self).values() if isinstance(value, Person)]


def cast(session: Session) -> Cast:
    """Put the cast on stage: people, posts, supervisors and roles, since 2020."""
    office = Unit(name="Kecamatan Nanggalo", path="", zone=ZONE)
    session.add(office)
    session.flush()
    office.path = f"/{office.id}/"
    village = Unit(name="Kelurahan Surau Gadang", parent_id=office.id, path="", zone=ZONE)
    session.add(village)
    session.flush()
    village.path = f"{office.path}{village.id}/"
    numbers = iter(range(901, 999))

    def person(name: str, status: str = "pns") -> Person:
        middle = "201505" if status == "pns" else "202021"
        found = Person(
            employee_number=f"19900912{middle}{2}{next(numbers)}",
            name=name,
            status=status,
            rank="III/b" if status == "pns" else "IX",
            email=f"{name.split()[0].lower()}@nanggalo.example",
        )
        session.add(found)
        return found

    people = {
        "ani": person("Ani Permata"),
        "budi": person("Budi Santoso"),
        "citra": person("Citra Lestari"),
        "dedi": person("Dedi Kurnia"),
        "eka": person("Eka Putri", "pppk"),
        "fitri": person("Fitri Handayani"),
        "gita": person("Gita Maharani"),
        "hadi": person("Hadi Wijaya"),
        "indra": person("Indra Saputra"),
    }
    session.flush()
    kinds = {"fitri": "leader", "budi": "supervisor", "ani": "supervisor", "gita": "functional"}
    above = {"citra": "budi", "dedi": "budi", "eka": "budi", "budi": "fitri", "ani": "fitri", "gita": "fitri"}
    above |= {"hadi": "ani", "indra": "ani"}
    for name, someone in people.items():
        kind = kinds.get(name, "general")
        unit = village if name == "gita" else office
        title = {"leader": "Camat", "supervisor": "Kepala Seksi", "functional": "Perencana Ahli Pertama"}.get(
            kind, "Operator Layanan"
        )
        session.add(Post(person_id=someone.id, unit_id=unit.id, kind=kind, title=title, starts_on=SINCE))
    for name, leader in above.items():
        session.add(Supervision(person_id=people[name].id, supervisor_id=people[leader].id, starts_on=SINCE))
    for name, role in {"ani": Role.HR_ADMINISTRATOR, "hadi": Role.AUDITOR, "indra": Role.AWARD_COMMITTEE}.items():
        session.add(RoleGrant(person_id=people[name].id, role=role))
    session.flush()
    return Cast(office, village, **people)


def as_actor(session: Session, person: Person) -> Actor:
    """The person as somebody who acts, with the roles of this moment."""
    return actor_for(session, person.id)


def install_designs(session: Session) -> None:
    """Everything that ships, published."""
    for schema in shipped().values():
        version = designs.import_definition(
            session, OPERATOR, ORGANISATION, kind="form", definition=schema.definition()
        )
        if version.state == "draft":
            designs.publish(session, OPERATOR, version)
    for design in shipped_cycles().values():
        definition = design.model_dump(mode="json", exclude_defaults=True, by_alias=True)
        version = designs.import_definition(session, OPERATOR, ORGANISATION, kind="cycle", definition=definition)
        if version.state == "draft":
            designs.publish(session, OPERATOR, version)


def plan_cycle(session: Session, year: int = 2026) -> Cycle:
    """The yearly cycle of a year, planned but not opened."""
    install_designs(session)
    version = published_version(session, "cycle", "asn-annual")
    assert version is not None
    return cycles.create_cycle(
        session,
        OPERATOR,
        ORGANISATION,
        version=version,
        key=str(year),
        title=f"Penilaian Kinerja {year}",
        starts_on=date(year, 1, 1),
        ends_on=date(year, 12, 31),
        zone=ZONE,
    )


def stage(cycle: Cycle, key: str) -> Stage:
    """One stage of a cycle by its key."""
    return next(stage for stage in cycle.stages if stage.key == key)


def at(year: int, month: int, day: int, hour: int = 3) -> datetime:
    """A moment in UTC; 3 o'clock is 10 in the morning in Padang."""
    return datetime(year, month, day, hour, tzinfo=UTC)


def on_day(year: int, month: int, day: int) -> AbstractContextManager[None]:
    """Live on a day, as `with on_day(2026, 1, 5):`."""
    return clock.travel(at(year, month, day))
