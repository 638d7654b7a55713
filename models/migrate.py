"""Bringing a database to the shape this version needs; safe when several processes start at once."""

from collections.abc import Callable
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, text

from models.session import make_engine

LOCK = 7_241_001
"""Number of the PostgreSQL advisory lock that lets one process migrate at a time."""


def upgrade(url: str, revision: str = "head") -> None:
    """Migrate the database at this address upwards."""
    _run(url, lambda config: command.upgrade(config, revision))


def downgrade(url: str, revision: str) -> None:
    """Migrate the database back to an older revision."""
    _run(url, lambda config: command.downgrade(config, revision))


def _run(url: str, task: Callable[[Config], None]) -> None:
    engine = make_engine(url)
    try:
        with engine.begin() as connection:
            _wait_for_turn(connection)
            task(configuration(connection))
    finally:
        engine.dispose()


def configuration(connection: Connection | None = None) -> Config:
    """Alembic's configuration, bound to an open connection."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.attributes["connection"] = connection
    return config


def _wait_for_turn(connection: Connection) -> None:
    """SQLite's immediate transaction is the lock already; PostgreSQL is asked for one."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})
