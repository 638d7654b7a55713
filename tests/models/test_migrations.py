"""The migrations against the tables, up and down, on both databases; and what the triggers keep."""

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Engine, delete, inspect, text, update
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session

from models.assignments import Submission
from models.designs import DesignVersion
from models.errors import Conflict
from models.journal import JournalEntry
from models.migrate import downgrade, upgrade
from models.tables import metadata
from tests.cast import cast, plan_cycle
from tests.stories import until_planned


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
