"""What every test may ask for: a data folder apart from anybody's, and databases of both kinds."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright
from sqlalchemy import Engine
from sqlalchemy.orm import Session

# Set before anything of ours is imported: no test may see the data, database or server of the person who runs it.
_folder = Path(tempfile.mkdtemp(prefix="kinerja-tests-"))
for _name in [name for name in os.environ if name.startswith(("KINERJA_", "PREFECT_"))]:
    if _name not in ("KINERJA_CHROMIUM", "KINERJA_EXAMPLES"):
        del os.environ[_name]
os.environ.pop("DATABASE_URL", None)
os.environ["KINERJA_DATA"] = str(_folder)
os.environ["PREFECT_HOME"] = str(_folder / "prefect")

from models.session import make_engine, session_factory  # noqa: E402
from tests.databases import PostgresDatabases, SqliteDatabases, postgres_server, quick_folder  # noqa: E402

BACKENDS = [
    pytest.param("sqlite", id="sqlite"),
    pytest.param("postgresql", id="postgresql", marks=pytest.mark.postgres),
]


SLOW = (
    "tests/flows/test_killed.py",
    "tests/reports/test_pool.py",
    "tests/benchmarks/test_figures.py",
    "tests/journeys/test_whole_year.py",
    "tests/journeys/test_life_of_a_form.py",
    "tests/journeys/test_without_script.py",
    "tests/flows/test_without_engine.py",
    "tests/webapp/test_page_scripts.py",
    "tests/webapp/test_words.py",
)
"""Files with few tests that take long, the longest first: begun last, one process would wait for the other."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Slow files first, the others as they come."""
    places = {name: place for place, name in enumerate(SLOW)}
    items.sort(key=lambda item: places.get(item.nodeid.partition("::")[0], len(SLOW)))


def pytest_unconfigure() -> None:
    shutil.rmtree(_folder, ignore_errors=True)


@pytest.fixture(scope="session")
def data_folder() -> Path:
    """Where the program writes during this run of the tests."""
    return _folder


@pytest.fixture(scope="session")
def sqlite_databases() -> Iterator[SqliteDatabases]:
    with tempfile.TemporaryDirectory(prefix="kinerja-sqlite-", dir=quick_folder()) as folder:
        yield SqliteDatabases(Path(folder))


@pytest.fixture(scope="session")
def postgres_databases() -> Iterator[PostgresDatabases]:
    with postgres_server() as server:
        databases = PostgresDatabases(server)
        yield databases
        databases.close()


@pytest.fixture(params=BACKENDS)
def backend(request: pytest.FixtureRequest) -> str:
    """`sqlite` and `postgresql`; a test that asks for a database runs on both."""
    return str(request.param)


def _databases(backend: str, request: pytest.FixtureRequest) -> SqliteDatabases | PostgresDatabases:
    databases: SqliteDatabases | PostgresDatabases = request.getfixturevalue(
        "sqlite_databases" if backend == "sqlite" else "postgres_databases"
    )
    return databases


@pytest.fixture
def database_url(backend: str, request: pytest.FixtureRequest) -> Iterator[str]:
    """A migrated database for this test alone, for tests that commit, use several connections or processes."""
    with _databases(backend, request).fresh() as url:
        yield url


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    """An engine on a database for this test alone."""
    engine = make_engine(database_url)
    yield engine
    engine.dispose()


@contextmanager
def _shared_engine(databases: SqliteDatabases | PostgresDatabases) -> Iterator[Engine]:
    with databases.fresh() as url:
        engine = make_engine(url)
        yield engine
        engine.dispose()


@pytest.fixture(scope="session")
def shared_sqlite_engine(sqlite_databases: SqliteDatabases) -> Iterator[Engine]:
    with _shared_engine(sqlite_databases) as engine:
        yield engine


@pytest.fixture(scope="session")
def shared_postgres_engine(postgres_databases: PostgresDatabases) -> Iterator[Engine]:
    with _shared_engine(postgres_databases) as engine:
        yield engine


@pytest.fixture
def session(backend: str, request: pytest.FixtureRequest) -> Iterator[Session]:
    """A session whose work is undone after the test, commits included: the quick one, for a single connection."""
    engine: Engine = request.getfixturevalue(
        "shared_sqlite_engine" if backend == "sqlite" else "shared_postgres_engine"
    )
    with engine.connect() as connection, connection.begin() as outer:
        with session_factory(engine)(bind=connection, join_transaction_mode="create_savepoint") as session:
            yield session
        outer.rollback()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium, for the tests of one module: while it runs, nobody else may use asyncio in this process."""
    chromium = os.environ.get("KINERJA_CHROMIUM") or shutil.which("chromium")
    assert chromium, "Chromium is missing: `make setup-tests` installs it"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        yield browser
        browser.close()
