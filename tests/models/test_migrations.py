"""The migrations against the tables, up and down, on both databases; and what the triggers keep."""

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Engine, delete, inspect, select, text, update
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session

from models.assignments import Draft, Submission
from models.cycles import Stage
from models.designs import DesignVersion
from models.errors import Conflict
from models.feedback import Ballot
from models.journal import JournalEntry
from models.migrate import downgrade, upgrade
from models.operations import assignments, cycles
from models.permissions import CLOCK
from models.tables import metadata
from tests.cast import as_actor, cast, on_day, plan_cycle, stage
from tests.stories import cast_all, open_forms, until_planned


def test_the_migrated_schema_is_the_schema_of_the_tables(engine: Engine) -> None:
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []


def test_migrations_go_down_and_up_again(database_url: str, engine: Engine) -> None:
    engine.dispose()
    downgrade(database_url, "base")
    assert set(inspect(engine).get_table_names()) <= {"alembic_version"}
    engine.dispose()
    upgrade(database_url)
    upgrade(database_url)
    assert "assignments" in inspect(engine).get_table_names()


@pytest.mark.parametrize("table", [JournalEntry, Submission])
def test_rows_that_are_only_added_cannot_be_changed_or_removed(session: Session, table: type) -> None:
    people = cast(session)
    until_planned(session, people, plan_cycle(session))
    session.flush()
    changed = {"verb": "forged"} if table is JournalEntry else {"digest": "forged"}
    for statement in (update(table).values(**changed), delete(table)):
        with pytest.raises(DatabaseError), session.begin_nested():
            session.execute(statement)


def test_a_published_definition_cannot_be_changed_by_any_way(session: Session) -> None:
    plan_cycle(session)
    version = session.query(DesignVersion).filter(DesignVersion.state == "published").first()
    assert version is not None
    with pytest.raises(DatabaseError), session.begin_nested():
        session.execute(text("UPDATE design_versions SET digest = 'forged' WHERE id = :id"), {"id": version.id})
    version.definition = {"key": "forged"}
    with pytest.raises(Conflict), session.begin_nested():
        session.flush()


def test_a_database_full_of_work_goes_up_from_the_first_schema_and_keeps_its_guards(
    database_url: str, engine: Engine
) -> None:
    with Session(engine) as session:
        people = cast(session)
        cycle = plan_cycle(session)
        until_planned(session, people, cycle)
        with on_day(2026, 11, 17):
            cycles.open_stage(session, CLOCK, stage(cycle, "peer-feedback"))
            cast_all(session, people)
        with on_day(2027, 1, 2):
            cycles.open_stage(session, CLOCK, stage(cycle, "self-assessment"))
            form = next(one for one in open_forms(session, people.citra) if one.stage.key == "self-assessment")
            assignments.save_draft(session, as_actor(session, people.citra), form, raw={"strengths": "x"}, lock=0)
        session.commit()
    engine.dispose()
    downgrade(database_url, "0001")
    engine.dispose()
    upgrade(database_url)
    with Session(engine) as session:
        versions = dict(session.execute(select(Stage.key, Stage.form_version_id)).all())
        assert set(session.scalars(select(Draft.form_version_id))) == {versions["self-assessment"]}
        assert set(session.scalars(select(Ballot.form_version_id))) == {versions["peer-feedback"]}
        assert set(session.scalars(select(DesignVersion.position))) == {0}
        for statement in (
            "UPDATE submissions SET digest = 'forged'",
            "DELETE FROM journal",
            "DELETE FROM sign_offs",
            "UPDATE design_versions SET digest = 'forged' WHERE state = 'published'",
            "DELETE FROM design_versions WHERE state = 'published'",
        ):
            with pytest.raises(DatabaseError, match=r"never changed|are frozen|are kept"), session.begin_nested():
                session.execute(text(statement))
        if engine.dialect.name == "sqlite":
            kept = session.scalars(text("SELECT sql FROM sqlite_master WHERE name IN ('ballots', 'survey_answers')"))
            assert ["WITHOUT ROWID" in sql for sql in kept] == [True, True]
