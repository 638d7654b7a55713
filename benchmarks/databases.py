"""Places for databases: each can make a migrated one, and copies of a filled one for rounds that change it."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Protocol

import psycopg
from sqlalchemy.engine import URL, make_url

from models.migrate import upgrade
from tests.databases import postgres_server

NAMES = ("sqlite", "postgresql")
_numbers = count(1)


class Place(Protocol):
    """Where databases of one kind are made; what is made here is gone after the run."""

    name: str

    def make(self) -> str:
        """The address of a migrated, empty database."""

    def copy(self, url: str) -> str:
        """The address of a copy of a database nobody is connected to."""

    def drop(self, url: str) -> None:
        """Give the room of a database back."""


class Sqlite:
    """Files in a folder."""

    name = "sqlite"

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def make(self) -> str:
        url = self._url()
        upgrade(url)
        return url

    def copy(self, url: str) -> str:
        new = self._url()
        shutil.copyfile(str(make_url(url).database), str(make_url(new).database))
        return new

    def drop(self, url: str) -> None:
        path = Path(str(make_url(url).database))
        for file in path.parent.glob(f"{path.name}*"):
            file.unlink()

    def _url(self) -> str:
        return f"sqlite:///{self.folder / f'benchmark-{next(_numbers)}.sqlite3'}"


class Postgres:
    """Databases on one server."""

    name = "postgresql"

    def __init__(self, server: URL) -> None:
        self.server = server
        self.made: set[str] = set()

    def make(self) -> str:
        url = self._new("")
        upgrade(url)
        return url

    def copy(self, url: str) -> str:
        source = make_url(url).database
        # What autovacuum would have done by the time a real organisation has lived through a year.
        self._run("VACUUM ANALYZE", database=source)
        return self._new(f" TEMPLATE {source}")

    def drop(self, url: str) -> None:
        name = str(make_url(url).database)
        self._run(f"DROP DATABASE {name} WITH (FORCE)")
        self.made.discard(name)

    def close(self) -> None:
        """Leave nothing on a server that others use."""
        for name in sorted(self.made):
            self._run(f"DROP DATABASE {name} WITH (FORCE)")

    def _new(self, more: str) -> str:
        name = f"kinerja_benchmark_{os.getpid()}_{next(_numbers)}"
        self._run(f"CREATE DATABASE {name}{more}")
        self.made.add(name)
        return self.server.set(drivername="postgresql+psycopg", database=name).render_as_string(hide_password=False)

    def _run(self, statement: str, database: str | None = None) -> None:
        server = self.server.set(drivername="postgresql", database=database or self.server.database)
        with psycopg.connect(server.render_as_string(hide_password=False), autocommit=True) as connection:
            connection.execute(statement.encode())


@contextmanager
def places(names: tuple[str, ...], folder: Path) -> Iterator[list[Place]]:
    """The wanted places; PostgreSQL keeps its promises about power cuts, as in production."""
    found: list[Place] = [Sqlite(folder)] if "sqlite" in names else []
    if "postgresql" not in names:
        yield found
        return
    with postgres_server(durable=True) as server:
        postgres = Postgres(server)
        try:
            yield [*found, postgres]
        finally:
            postgres.close()
