"""An organisation of any size with one year answered and signed, written in bulk, and two years not yet begun."""

import secrets
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from uuid import uuid4

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session, sessionmaker

from benchmarks.lives import Life, invent_lives
from models import clock
from models.assignments import Assignment, Measurement, SignOff, Submission
from models.cycles import Cycle, Stage
from models.feedback import Ballot, SurveyAnswer, SurveyLink
from models.operations import cycles
from models.permissions import CLOCK, OPERATOR, ORGANISATION
from models.queries.designs import published_version
from models.queries.people import supervisors
from models.session import make_engine, session_factory, writing
from models.states import Assignment as State
from webapp.demo.cast import populate

ZONE = "Asia/Jakarta"
ANSWERED, FRESH, PLAIN = "2025", "2026", "2026-sql"
"""Keys of the cycles: the answered year, one for our operations to open, one for plain SQL to open."""
SURVEYS_PER_UNIT = 24
WRITTEN_AT_ONCE = 2000
SIGNER_ROLE = {"planning": "supervisor", "evaluation": "second-level"}


def prepare(url: str, people: int, seed: int = 7) -> None:
    """Fill a migrated database; the people are brought in by the import, the stages opened by the operations."""
    engine = make_engine(url)
    factory = session_factory(engine)
    populate(factory, people, seed, int(ANSWERED), secrets.token_hex(8))
    lives = invent_lives(seed)
    with on(2025, 1, 2), writing(factory) as session:
        plan_cycle(session, ANSWERED, 2025)
    _answer_everything(factory, lives)
    with on(2026, 1, 2), writing(factory) as session:
        for key in (FRESH, PLAIN):
            plan_cycle(session, key, 2026)
    engine.dispose()


def on(year: int, month: int, day: int) -> Any:
    """Live on a day, at ten in the morning."""
    return clock.travel(datetime(year, month, day, 3, tzinfo=UTC))


def plan_cycle(session: Session, key: str, year: int) -> Cycle:
    """A yearly cycle that has been opened; none of its stages has."""
    version = published_version(session, "cycle", "asn-annual")
    assert version is not None
    cycle = cycles.create_cycle(
        session,
        OPERATOR,
        ORGANISATION,
        version=version,
        key=key,
        title=f"Penilaian Kinerja {key}",
        starts_on=date(year, 1, 1),
        ends_on=date(year, 12, 31),
        zone=ZONE,
    )
    cycles.open_cycle(session, CLOCK, cycle)
    return cycle


def stage_of(session: Session, cycle_key: str, stage_key: str) -> Stage:
    """One stage of a cycle."""
    return session.scalars(select(Stage).join(Cycle).where(Cycle.key == cycle_key, Stage.key == stage_key)).one()


DAYS = {
    "planning": (2025, 1, 5),
    "progress": (2025, 2, 5),
    "public-survey": (2025, 2, 5),
    "peer-feedback": (2025, 11, 20),
    "self-assessment": (2026, 1, 5),
    "evaluation": (2026, 1, 15),
}


def _answer_everything(factory: sessionmaker[Session], lives: list[Life]) -> None:
    """Open each stage on its day and have everybody answer and sign at once."""
    for key, day in DAYS.items():
        with on(*day), writing(factory) as session:
            stage = stage_of(session, ANSWERED, key)
            cycles.open_stage(session, CLOCK, stage)
            if key == "public-survey":
                _survey(session, stage, lives)
                continue
            rows = session.execute(
                select(Assignment.id, Assignment.subject_id, Assignment.respondent_id, Assignment.unit_id)
                .where(Assignment.stage_id == stage.id)
                .order_by(Assignment.id)
            ).all()
            if key == "peer-feedback":
                _ballots(session, stage, rows, lives)
            elif key == "progress":
                _figures(session, stage, [(row, [("services", Decimal(n))]) for row in rows for n in (12, 30, 7)])
            else:
                _forms(session, stage, rows, lives)
            if stage.mode != "log":
                session.execute(
                    update(Assignment)
                    .where(Assignment.stage_id == stage.id)
                    .values(state=State.COMPLETED, state_since=clock.now(), lock=Assignment.lock + 1)
                    .execution_options(synchronize_session=False)
                )


def _forms(session: Session, stage: Stage, rows: Any, lives: list[Life]) -> None:
    """Submissions with their signatures and measured figures."""
    now, role = clock.now(), SIGNER_ROLE.get(stage.key)
    leaders = supervisors(session, {row.respondent_id for row in rows}, clock.today(ZONE))
    answered = {row.id: lives[row.subject_id % len(lives)].forms[stage.key] for row in rows}
    _write(
        session,
        Submission,
        [
            {
                "assignment_id": row.id,
                "round": 1,
                "answers": answered[row.id].stored,
                "digest": answered[row.id].digest,
                "form_version_id": stage.form_version_id,
                "submitted_by_id": row.respondent_id,
                "submitted_at": now,
                "request_key": "benchmark",
                "receipt": secrets.token_hex(8),
            }
            for row in rows
        ],
    )
    if role is not None:
        submitted = session.execute(
            select(Submission.id, Submission.digest, Submission.submitted_by_id)
            .join(Assignment)
            .where(Assignment.stage_id == stage.id)
        )
        signatures = [
            {
                "submission_id": one.id,
                "step": 0,
                "role": role,
                "decision": "signed",
                "digest": one.digest,
                "signer_id": leaders[one.submitted_by_id],
                "decided_at": now,
            }
            for one in submitted
            if one.submitted_by_id in leaders
        ]
        _write(session, SignOff, signatures)
    _figures(session, stage, [(row, answered[row.id].measures) for row in rows])


def _figures(session: Session, stage: Stage, measured: list[tuple[Any, list[tuple[str, Decimal]]]]) -> None:
    source = "log_entry" if stage.mode == "log" else "submission"
    _write(
        session,
        Measurement,
        [
            {
                "stage_id": stage.id,
                "subject_id": row.subject_id,
                "unit_id": row.unit_id,
                "key": key,
                "value": value,
                "occurred_on": clock.today(ZONE),
                "source": source,
                "source_id": row.id,
            }
            for row, measures in measured
            for key, value in measures
        ],
    )


def _ballots(session: Session, stage: Stage, rows: Any, lives: list[Life]) -> None:
    ballots = [
        {
            "id": uuid4().hex,
            "stage_id": stage.id,
            "form_version_id": stage.form_version_id,
            "subject_id": row.subject_id,
            "group": "peers",
            "answers": lives[row.id % len(lives)].ballot,
        }
        for row in rows
    ]
    _write(session, Ballot, ballots)


def _survey(session: Session, stage: Stage, lives: list[Life]) -> None:
    links = session.scalars(select(SurveyLink).where(SurveyLink.stage_id == stage.id)).all()
    given = [
        {
            "id": uuid4().hex,
            "stage_id": stage.id,
            "form_version_id": stage.form_version_id,
            "unit_id": link.unit_id,
            "answers": lives[(link.unit_id + number) % len(lives)].survey,
            "answered_on": clock.today(ZONE),
            "request_key": f"benchmark-{link.unit_id}-{number}",
        }
        for link in links
        for number in range(SURVEYS_PER_UNIT)
    ]
    _write(session, SurveyAnswer, given)


def _write(session: Session, table: Any, rows: list[dict[str, Any]]) -> None:
    for start in range(0, len(rows), WRITTEN_AT_ONCE):
        session.execute(insert(table), rows[start : start + WRITTEN_AT_ONCE])
