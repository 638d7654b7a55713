"""What publishing a version would meet: for each change the drafts, submissions, entries, ballots and surveys."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import ColumnElement, Select, String, and_, case, cast, exists, func, or_, select
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Session

from forms.changes import Change, difference
from forms.schema import FormSchema
from models.assignments import Assignment, Draft, LogEntry, Submission
from models.designs import Design, DesignVersion
from models.feedback import Ballot, SurveyAnswer
from models.form_uses import Broken, find, paths
from models.queries.designs import form_schema
from models.states import OPEN_ASSIGNMENT

MOST_COUNTED = 150
"""For so many changes drafts are counted one by one; a form that changes more has become another form."""


@dataclass(frozen=True)
class Counts:
    """How many answers there are; drafts are those whose respondents can still go on."""

    drafts: int = 0
    submissions: int = 0
    entries: int = 0
    ballots: int = 0
    surveys: int = 0

    @property
    def answers(self) -> int:
        """Everything that was handed in."""
        return self.submissions + self.entries + self.ballots + self.surveys


@dataclass(frozen=True)
class ChangeImpact:
    """A change with the answers it meets: drafts that hold such an answer, and what was handed in where it was asked.

    What has to be answered anew meets every draft.

    What was handed in is read with its own version for ever; drafts are what a change can cost something.
    """

    change: Change
    counts: Counts


def impact(
    session: Session, old: DesignVersion, new: DesignVersion, broken: Sequence[Broken] = ()
) -> tuple[ChangeImpact, ...]:
    """The changes from one version of a form to another with what each meets; those that break something say so."""
    lost = {path for one in broken for path in paths(one.use, form_schema(old))}
    changes = [_judged(change, lost) for change in difference(form_schema(old), form_schema(new))]
    versions = _versions(session, old.design_id)
    answered = _answered(session, versions)
    wanted = [(change.answers, change.item) for change in changes if change.effect != "safe" and change.answers]
    drafts = _drafts(session, versions, list(dict.fromkeys(wanted))[:MOST_COUNTED])
    if any(_asks_everybody(change) for change in changes):
        drafts[(), ""] = session.scalar(open_drafts(versions).add_columns(func.count())) or 0
    return tuple(
        ChangeImpact(
            change,
            replace(
                _handed_in(change, versions, answered),
                drafts=drafts.get(((), "") if _asks_everybody(change) else (change.answers, change.item), 0),
            ),
        )
        for change in changes
    )


def _asks_everybody(change: Change) -> bool:
    """Whether it has to be answered in every draft, whatever the draft holds: a new required question."""
    return change.effect == "needs-answer" and not change.answers


def _judged(change: Change, lost: Collection[str]) -> Change:
    """The change, as one that breaks when something refers to its answers that does not work any more."""
    touched = any(path == one or path.startswith(f"{one}.") for one in change.answers for path in lost)
    known = change.verb in ("removed", "added") or change.setting in ("kind", "disabled", "measure", "key")
    return replace(change, effect="breaks") if touched and known else change


def _versions(session: Session, design_id: int) -> dict[int, FormSchema]:
    found = session.scalars(select(DesignVersion).where(DesignVersion.design_id == design_id))
    return {version.id: form_schema(version) for version in found}


def _answered(session: Session, versions: Collection[int]) -> dict[int, Counts]:
    """Version → how much was handed in for it; one counting over an index for each table."""
    found = {version: Counts() for version in versions}
    tables: Mapping[str, Any] = {
        "submissions": Submission,
        "entries": LogEntry,
        "ballots": Ballot,
        "surveys": SurveyAnswer,
    }
    for name, table in tables.items():
        rows = session.execute(
            select(table.form_version_id, func.count())
            .where(table.form_version_id.in_(versions))
            .group_by(table.form_version_id)
        )
        for version, count in rows:
            found[version] = replace(found[version], **{name: count})
    return found


def _handed_in(change: Change, versions: Mapping[int, FormSchema], answered: Mapping[int, Counts]) -> Counts:
    """What was handed in for the versions that asked this."""
    if not change.answers:
        return Counts()
    asked = [
        answered[version]
        for version, schema in versions.items()
        if any(find(schema, path) is not None for path in change.answers)
    ]
    names = ("submissions", "entries", "ballots", "surveys")
    return Counts(**{name: sum(getattr(one, name) for one in asked) for name in names})


def open_drafts(version_ids: Collection[int]) -> Select[Any]:
    """Drafts typed for these versions whose respondents can still go on; columns are to be added."""
    return (
        select()
        .select_from(Draft)
        .join(Assignment, Assignment.id == Draft.assignment_id)
        .where(Draft.form_version_id.in_(version_ids), Assignment.state.in_(OPEN_ASSIGNMENT))
    )


def _drafts(
    session: Session, versions: Collection[int], wanted: Sequence[tuple[tuple[str, ...], str]]
) -> dict[tuple[tuple[str, ...], str], int]:
    """How many open drafts hold an answer at these paths (or chose this item); all counted in one reading."""
    if not wanted:
        return {}
    sqlite = session.get_bind().dialect.name == "sqlite"
    sums = [
        func.coalesce(func.sum(case((or_(*(_holds(path, item, sqlite) for path in paths)), 1), else_=0)), 0)
        for paths, item in wanted
    ]
    row = session.execute(open_drafts(versions).add_columns(*sums)).one()
    return dict(zip(wanted, (int(count) for count in row), strict=True))


def _holds(path: str, item: str, sqlite: bool) -> ColumnElement[bool]:
    """Whether a draft has something typed at a path; rows within rows are looked at as a whole."""
    key, *rest = path.split(".")
    if not rest:
        return _given(Draft.raw[key].as_string(), item)
    if sqlite:
        rows = func.json_each(Draft.raw, f'$."{key}"').table_valued("value").alias()
        # A row is JSON text again; what is no row has no columns.
        cell: ColumnElement[Any] = case(
            (func.json_valid(rows.c.value) == 1, func.json_extract(rows.c.value, f'$."{rest[0]}"'))
        )
    else:
        listed = case((func.jsonb_typeof(Draft.raw[key]) == "array", Draft.raw[key]), else_=cast("[]", JSONB))
        rows = func.jsonb_array_elements(listed).table_valued("value").alias()
        cell = cast(rows.c.value, JSONB).op("->>")(rest[0])
    return exists().where(_given(cast(cell, String), item if len(rest) == 1 else "")).select_from(rows)


def _given(text: ColumnElement[Any], item: str) -> ColumnElement[bool]:
    if item:
        return and_(text.is_not(None), or_(text == item, text.contains(f'"{item}"', autoescape=True)))
    return func.coalesce(text, "").not_in(("", "[]", "{}"))


def who_uses(session: Session, design: Design) -> Counts:
    """All answers there are to a form, whatever its version."""
    versions = _versions(session, design.id)
    answered = _answered(session, versions).values()
    names = ("submissions", "entries", "ballots", "surveys")
    drafts = session.scalar(open_drafts(versions).add_columns(func.count())) if versions else 0
    return Counts(drafts=drafts or 0, **{name: sum(getattr(one, name) for one in answered) for name in names})


__all__ = ["ChangeImpact", "Counts", "impact", "open_drafts", "who_uses"]
