"""Flows as plain functions, on a database and a data folder of the test's own."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session, sessionmaker

from flows import runtime
from models.session import session_factory


@pytest.fixture
def place(
    engine: Engine, database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[sessionmaker[Session]]:
    """What flows read from the environment points here; gives sessions on the same database."""
    monkeypatch.setenv("DATABASE_URL", database_url)
    monkeypatch.setenv("KINERJA_DATA", str(tmp_path))
    monkeypatch.setenv("KINERJA_DEMO", "true")
    # Nobody listens there: a flow that wants the engine must get along without.
    monkeypatch.setenv("PREFECT_API_URL", "http://127.0.0.1:9/api")
    _forget()
    yield session_factory(engine)
    runtime.factory().kw["bind"].dispose()
    _forget()


def _forget() -> None:
    runtime.settings.cache_clear()
    runtime.factory.cache_clear()
