"""Scoring a part of the people reads what is theirs, not the whole cycle: so its time per person does not grow."""

from typing import Any

from sqlalchemy import Engine, event, select

from benchmarks.years import ANSWERED, on, prepare
from models.cycles import Cycle
from models.operations import cycles, scores
from models.permissions import CLOSER
from models.queries.results import subjects_of
from models.session import make_engine, session_factory, writing
from tests.databases import SqliteDatabases

WHOLE_CYCLE = ("SCAN", "ix_assignments_stage_state", "ix_measurements_stage_key", "ix_scores_cycle_outcome")
"""How SQLite says that it goes through everybody's rows."""
PEOPLE, CHUNK = 260, 200
TABLES = ("assignments", "submissions", "sign_offs", "ballots", "measurements", "scores")


def test_no_statement_of_scoring_goes_through_everybody(sqlite_databases: SqliteDatabases) -> None:
    with sqlite_databases.fresh() as url:
        prepare(url, PEOPLE)
        engine = make_engine(url)
        plans = _plans_of_scoring(engine)
        engine.dispose()
    assert {"assignments", "measurements", "scores"} <= {table for table in TABLES for plan in plans if table in plan}
    assert [plan for plan in plans if any(sign in plan for sign in WHOLE_CYCLE)] == []


def _plans_of_scoring(engine: Engine) -> list[str]:
    """The lines of the query plans of every SELECT on the large tables, asked for a chunk of the usual size."""
    asked: list[tuple[str, Any]] = []
    with writing(session_factory(engine)) as session, on(2026, 2, 3):
        cycle = session.scalars(select(Cycle).where(Cycle.key == ANSWERED)).one()
        cycles.close_cycle(session, CLOSER, cycle)
        people = list(subjects_of(session, cycle))[:CHUNK]
        event.listen(
            engine,
            "before_cursor_execute",
            lambda _c, _cursor, statement, values, _context, _many: asked.append((statement, values)),
        )
        assert scores.score(session, CLOSER, cycle, subject_ids=people) == CHUNK
        connection = session.connection()
        return [
            line[3]
            for statement, values in list(asked)
            if statement.startswith("SELECT") and any(f"FROM {table}" in statement for table in TABLES)
            for line in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values).all()
        ]
