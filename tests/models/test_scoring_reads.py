"""Scoring a part of the people reads what is theirs, not the whole cycle: so its time per person does not grow."""

from typing import Any

from sqlalchemy import Engine, event

from models.operations import cycles, scores
from models.permissions import CLOCK, CLOSER
from models.session import make_engine, session_factory, writing
from tests.cast import cast, on_day, plan_cycle, stage
from tests.databases import SqliteDatabases

WHOLE_CYCLE = ("SCAN", "ix_assignments_stage_state", "ix_measurements_stage_key", "ix_scores_cycle_outcome")
"""How SQLite says that it goes through everybody's rows."""
TABLES = ("assignments", "submissions", "sign_offs", "ballots", "measurements", "scores")


def test_no_statement_of_scoring_goes_through_everybody(sqlite_databases: SqliteDatabases) -> None:
    with sqlite_databases.fresh() as url:
        engine = make_engine(url)
        plans = _plans_of_scoring(engine)
        engine.dispose()
    assert {"assignments", "measurements", "scores"} <= {table for table in TABLES for plan in plans if table in plan}
    assert [plan for plan in plans if any(sign in plan for sign in WHOLE_CYCLE)] == []


def _plans_of_scoring(engine: Engine) -> list[str]:
    """The lines of the query plans of every SELECT on the large tables."""
    asked: list[tuple[str, Any]] = []
    with writing(session_factory(engine)) as session:
        people = cast(session)
        with on_day(2026, 1, 2):
            cycle = plan_cycle(session)
            cycles.open_cycle(session, CLOCK, cycle)
            cycles.open_stage(session, CLOCK, stage(cycle, "planning"))
        with on_day(2027, 2, 3):
            cycles.close_cycle(session, CLOSER, cycle)
            event.listen(
                engine,
                "before_cursor_execute",
                lambda _c, _cursor, statement, values, _context, _many: asked.append((statement, values)),
            )
            assert scores.score(session, CLOSER, cycle, subject_ids=[people.citra.id, people.dedi.id]) == 2
        connection = session.connection()
        return [
            line[3]
            for statement, values in list(asked)
            if statement.startswith("SELECT") and any(f"FROM {table}" in statement for table in TABLES)
            for line in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values).all()
        ]
