"""The people there are as rows of a people file, in the words that the import reads."""

from operator import itemgetter

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from models import organisation
from models.people import Person, Post, Supervision, Unit

_ORDER = {kind: place for place, kind in enumerate(organisation.POSITION_KINDS)}


def people_rows(session: Session) -> list[dict[str, str]]:
    """Every active person with the post that has no end, unit by unit from the top, heads first.

    Brought in again, these rows change nothing.
    """
    parent, above = aliased(Unit), aliased(Person)
    supervisors = dict(
        session.execute(
            select(Supervision.person_id, above.employee_number)
            .join(above, above.id == Supervision.supervisor_id)
            .where(Supervision.ends_on.is_(None))
            .order_by(Supervision.starts_on, Supervision.id)
        ).all()
    )
    columns = (Person.id, Person.employee_number, Person.name, Person.status, Person.rank, Person.email)
    found = session.execute(
        select(*columns, Post.kind, Post.title, Post.grade, Post.starts_on, Unit.name, parent.name, Unit.path)
        .join(Post, Post.person_id == Person.id)
        .join(Unit, Unit.id == Post.unit_id)
        .outerjoin(parent, parent.id == Unit.parent_id)
        .where(Person.active, Post.ends_on.is_(None))
        .order_by(Post.starts_on, Post.id)
    )
    rows: dict[int, tuple[tuple[list[int], int, str], dict[str, str]]] = {}
    for person_id, number, name, status, rank, email, kind, title, grade, starts_on, unit, unit_above, path in found:
        place = ([int(step) for step in path.strip("/").split("/")], _ORDER.get(kind, len(_ORDER)), number)
        rows[person_id] = (
            place,
            {
                "nip": number,
                "nama": name,
                "status_pegawai": organisation.STATUSES[status],
                "golongan": rank,
                "jenis_jabatan": organisation.POSITION_KINDS[kind],
                "jabatan": title,
                "jenjang": grade,
                "unit_kerja": unit,
                "unit_induk": unit_above or "",
                "nip_atasan": supervisors.get(person_id, ""),
                "email": email,
                "mulai": starts_on.isoformat(),
            },
        )
    return [row for _place, row in sorted(rows.values(), key=itemgetter(0))]
