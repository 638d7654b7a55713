"""How the database is reached: engines with the right habits for SQLite and PostgreSQL, and sessions on them."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.orm import Session, sessionmaker

READ_ONLY = "kinerja_read_only"
"""Execution option of a connection that only reads: on SQLite it then takes no write lock."""
BUSY_TIMEOUT_SECONDS = 15


def make_engine(url: str) -> Engine:
    """An engine for the application's database.

    SQLite: write-ahead log, full synchronisation, foreign keys on, and `BEGIN IMMEDIATE` for whoever may write, so that
    two writers queue instead of failing in the middle.
    """
    if make_url(url).get_backend_name() != "sqlite":
        return create_engine(
            url, pool_pre_ping=True, pool_size=5, max_overflow=10, connect_args={"connect_timeout": 10}
        )
    engine = create_engine(url, connect_args={"timeout": BUSY_TIMEOUT_SECONDS, "isolation_level": None})
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: sqlite3.Connection, _record: Any) -> None:
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
        f"busy_timeout={BUSY_TIMEOUT_SECONDS}000",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    reading = connection.get_execution_options().get(READ_ONLY, False)
    connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")


def session_factory(engine: Engine) -> sessionmaker[Session]:
    """Sessions whose objects stay readable after the commit at the door."""
    return sessionmaker(engine, expire_on_commit=False)


def reading_factory(factory: sessionmaker[Session], kind: type[Session] = Session) -> sessionmaker[Session]:
    """Sessions on the same database that only read; made once, since telling each session takes longer."""
    engine: Engine = factory.kw["bind"]
    return sessionmaker(engine.execution_options(**{READ_ONLY: True}), class_=kind, expire_on_commit=False)


@contextmanager
def writing(factory: sessionmaker[Session]) -> Iterator[Session]:
    """One transaction at a door that is not the web: commits at the end, rolls back on any error."""
    with factory() as session, session.begin():
        yield session


@contextmanager
def reading(factory: sessionmaker[Session]) -> Iterator[Session]:
    """One consistent look at the data, which is never written; the factory may be one of `reading_factory`."""
    with factory() as session:
        if READ_ONLY not in session.get_bind().get_execution_options():
            session.connection(execution_options={READ_ONLY: True})
        yield session
        # Let go first: what a rollback finds in the session it forgets the contents of.
        session.expunge_all()
        session.rollback()
