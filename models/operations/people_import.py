"""Bringing a people file in: all or nothing, by employee number, with the past kept as relations that ended."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from sqlalchemy import insert, select, text, update
from sqlalchemy.orm import Session

from forms.text import msg
from models import organisation
from models.exchange.people import PeopleSheet
from models.journal import JournalEntry
from models.operations.moves import entry
from models.operations.people import NewSupervisor, change_supervisors, loop_through, open_supervisors, repoint_signers
from models.operations.people_report import CheckedRow, ImportReport, RowError
from models.operations.people_rows import check_sheet
from models.operations.unit_tree import UnitPlan, plan_units, write_units
from models.people import Person, Post
from models.permissions import Action, Actor, Organisation, needs

SUGGESTED_AT_MOST = 20
"""For so many unknown supervisors the closest known number is looked for, which takes a while."""


@needs(Action.PEOPLE_IMPORT)
def import_people(
    session: Session, actor: Actor, subject: Organisation, sheet: PeopleSheet, *, on: date
) -> ImportReport:
    """Bring in every person of the sheet, or nobody: with a single error in the report nothing is written.

    Known people are recognised by employee number and updated; who is not in the file stays as he is. A changed post
    begins on `mulai` if that is later than the post before, else on `on`; what was before ends the day before and is
    kept. New supervisors follow the new post, or begin on `on`.
    """
    _one_at_a_time(session)
    checked = check_sheet(sheet, on)
    report = ImportReport(rows=len(sheet.rows), errors=checked.errors, warnings=checked.warnings)
    known = _Known(session)
    units = plan_units(session, checked.rows)
    report.errors += units.errors + _supervisor_errors(session, checked.rows, known, sheet)
    report.warnings += units.warnings + _remarks(checked.rows, known)
    report.errors.sort(key=_place)
    report.warnings.sort(key=_place)
    if not report.errors:
        _write(session, actor, checked.rows, known, units, on, report)
    return report


def _place(error: RowError) -> tuple[int, str]:
    return error.row, error.column


def _one_at_a_time(session: Session) -> None:
    """Two imports must not both find a person missing; SQLite's transactions queue by themselves."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("LOCK TABLE people IN SHARE ROW EXCLUSIVE MODE"))


class _Known:
    """What the database holds before the import, read in a handful of statements."""

    def __init__(self, session: Session) -> None:
        session.flush()
        columns = (Person.id, Person.employee_number, Person.name, Person.status, Person.rank, Person.email)
        self.people = {row.employee_number: row for row in session.execute(select(*columns, Person.active))}
        self.numbers = {row.id: number for number, row in self.people.items()}
        self.posts: dict[int, Any] = {}
        self.last_ends: dict[int, date] = {}
        rows = select(
            Post.id, Post.person_id, Post.unit_id, Post.kind, Post.title, Post.grade, Post.starts_on, Post.ends_on
        )
        for row in session.execute(rows.order_by(Post.starts_on, Post.id)):
            if row.ends_on is None:
                self.posts[row.person_id] = row
            else:
                self.last_ends[row.person_id] = max(row.ends_on, self.last_ends.get(row.person_id, row.ends_on))
        self.supervisors = open_supervisors(session)


def _supervisor_errors(session: Session, rows: list[CheckedRow], known: _Known, sheet: PeopleSheet) -> list[RowError]:
    """Supervisors who are nowhere, not active, or in the end below themselves; together with people already here."""
    errors = []
    # Numbers in rows that could not be read count as present: the row's own error is told, not one of its staff too.
    unread = {"".join(row.values.get("nip", "").split()) for row in sheet.rows}
    in_file = {row.employee_number: row for row in rows}
    suggested = 0
    for row in rows:
        number = row.supervisor
        if not number or number in in_file or number in unread:
            continue
        person = known.people.get(number)
        if person is not None and person.active:
            continue
        if person is not None:
            message = msg("Atasan dengan NIP %(value)s tidak aktif. Isi NIP atasan yang lain.", value=number)
        else:
            suggested += 1
            candidates = {*in_file, *known.people} if suggested <= SUGGESTED_AT_MOST else set()
            meant = organisation.closest(number, sorted(candidates))
            message = (
                msg("Atasan dengan NIP %(value)s tidak ditemukan. Maksud Anda %(meant)s?", value=number, meant=meant)
                if meant
                else msg("Atasan dengan NIP %(value)s tidak ditemukan. Tambahkan orangnya ke berkas ini.", value=number)
            )
        errors.append(RowError(row.number, "nip_atasan", message))
    return errors + _loops(rows, known)


def _loops(rows: list[CheckedRow], known: _Known) -> list[RowError]:
    """One error for each loop, at its first row of the file."""
    ids: dict[str, int] = {number: row.id for number, row in known.people.items()}
    for place, row in enumerate(rows, start=1):
        ids.setdefault(row.employee_number, -place)
    supervisor = dict(known.supervisors)
    for row in rows:
        if row.supervisor in ids:
            supervisor[ids[row.employee_number]] = ids[row.supervisor]
        else:
            supervisor.pop(ids[row.employee_number], None)
    names = {ids[number]: person.name for number, person in known.people.items()}
    names |= {ids[row.employee_number]: row.name for row in rows}
    errors = []
    settled: set[int] = set()
    for row in rows:
        here = ids[row.employee_number]
        way = here
        seen = []
        while way not in settled and way in supervisor:
            settled.add(way)
            seen.append(way)
            way = supervisor[way]
        settled.add(way)
        if way in seen:
            loop = loop_through(way, supervisor)
            lines = {ids[one.employee_number]: one for one in rows if ids[one.employee_number] in loop}
            first = min(lines.values(), key=lambda one: one.number)
            message = msg(
                "Atasan berputar: %(value)s. Perbaiki nip_atasan salah satunya.",
                value=" → ".join(names[one] for one in [*loop, loop[0]]),
            )
            errors.append(RowError(first.number, "nip_atasan", message))
    return errors


def _remarks(rows: list[CheckedRow], known: _Known) -> list[RowError]:
    warnings = []
    for row in rows:
        if not row.supervisor:
            message = msg("%(value)s tidak memiliki atasan. Penilaian untuknya belum dapat berjalan.", value=row.name)
            warnings.append(RowError(row.number, "nip_atasan", message))
        person = known.people.get(row.employee_number)
        if person is not None and not person.active:
            message = msg("%(value)s tercatat tidak aktif dan akan diaktifkan kembali.", value=row.name)
            warnings.append(RowError(row.number, "nip", message))
    return warnings


@dataclass(slots=True)
class _Changes:
    """Rows to write, gathered for a few statements of many rows each."""

    people: list[dict[str, Any]] = field(default_factory=list)
    posts: list[dict[str, Any]] = field(default_factory=list)
    fresh_posts: list[dict[str, Any]] = field(default_factory=list)
    ended_posts: list[dict[str, Any]] = field(default_factory=list)
    supervisors: list[NewSupervisor] = field(default_factory=list)


def _write(
    session: Session,
    actor: Actor,
    rows: list[CheckedRow],
    known: _Known,
    units: UnitPlan,
    on: date,
    report: ImportReport,
) -> None:
    unit_ids = write_units(session, units)
    ids = {number: row.id for number, row in known.people.items()}
    new = [row for row in rows if row.employee_number not in ids]
    ids |= _insert_people(session, new)
    changes = _Changes()
    journal = []
    for row in rows:
        person_id = ids[row.employee_number]
        details = _person_changes(changes, row, known, person_id)
        begins = _post_changes(changes, row, known, person_id, unit_ids[row.unit.casefold()], on, details)
        supervisor_id = ids[row.supervisor] if row.supervisor else None
        before = known.supervisors.get(person_id)
        if supervisor_id != before:
            changes.supervisors.append(NewSupervisor(person_id, supervisor_id, begins or on))
            details["supervisor"] = [before, supervisor_id]
        if row.employee_number not in known.people:
            report.created += 1
            journal.append(entry(actor, "import", "person", person_id, "", "", {"created": True}))
        elif details:
            report.updated += 1
            journal.append(entry(actor, "import", "person", person_id, "", "", {"changed": details}))
        else:
            report.unchanged += 1
    for table, changed in ((Person, changes.people), (Post, changes.ended_posts), (Post, changes.posts)):
        if changed:
            session.execute(update(table), changed)
    if changes.fresh_posts:
        session.execute(insert(Post), changes.fresh_posts)
    change_supervisors(session, changes.supervisors)
    if journal:
        session.execute(insert(JournalEntry), journal)
    session.expire_all()
    moved = [change.person_id for change in changes.supervisors if known.numbers.get(change.person_id)]
    repoint_signers(session, actor, moved)


def _insert_people(session: Session, rows: Iterable[CheckedRow]) -> dict[str, int]:
    values = [
        {
            "employee_number": row.employee_number,
            "name": row.name,
            "status": row.status,
            "rank": row.rank,
            "email": row.email,
        }
        for row in rows
    ]
    if not values:
        return {}
    made = session.execute(insert(Person).returning(Person.employee_number, Person.id), values)
    return dict(made.all())


def _person_changes(changes: _Changes, row: CheckedRow, known: _Known, person_id: int) -> dict[str, Any]:
    """Note what is new about the person; gives each changed column with its value before and after."""
    before = known.people.get(row.employee_number)
    if before is None:
        return {}
    wanted = {"name": row.name, "status": row.status, "rank": row.rank, "email": row.email, "active": True}
    details = {
        column: [getattr(before, column), value] for column, value in wanted.items() if getattr(before, column) != value
    }
    if details:
        changes.people.append({"id": person_id} | wanted)
    return details


def _post_changes(
    changes: _Changes, row: CheckedRow, known: _Known, person_id: int, unit_id: int, on: date, details: dict[str, Any]
) -> date | None:
    """Note what is new about the post; gives the day on which a new one begins."""
    wanted = {"unit_id": unit_id, "kind": row.kind, "title": row.title, "grade": row.grade}
    current = known.posts.get(person_id)
    earliest = known.last_ends[person_id] + timedelta(days=1) if person_id in known.last_ends else date.min
    if current is None:
        begins = max(row.starts_on, earliest)
        changes.fresh_posts.append({"person_id": person_id, "starts_on": begins} | wanted)
        details["post"] = [None, wanted | {"starts_on": begins.isoformat()}]
        return begins
    before = {column: getattr(current, column) for column in wanted}
    same = before == wanted
    if same and row.starts_on <= current.starts_on:
        begins = max(row.starts_on, earliest)
        if begins < current.starts_on:  # it began earlier than was known: no other post is touched by that
            changes.posts.append({"id": current.id, "starts_on": begins} | wanted)
            details["starts_on"] = [current.starts_on.isoformat(), begins.isoformat()]
        return None
    begins = row.starts_on if row.starts_on > current.starts_on else on
    details["post"] = [before, wanted | {"starts_on": begins.isoformat()}]
    if begins <= current.starts_on:  # it has not been in force for a whole day: corrected, nothing to keep
        since = max(min(row.starts_on, current.starts_on), earliest)
        changes.posts.append({"id": current.id, "starts_on": since} | wanted)
        return None
    changes.ended_posts.append({"id": current.id, "ends_on": begins - timedelta(days=1)})
    changes.fresh_posts.append({"person_id": person_id, "starts_on": begins} | wanted)
    return begins
