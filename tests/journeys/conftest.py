"""Browsers of people, and the application they meet on."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext
from sqlalchemy import Engine

from models.people import Account
from models.session import session_factory, writing
from tests.cast import cast, install_designs
from tests.journeys.site import Site, flows_on, free_address, served
from tests.journeys.visitor import Visitor
from tests.webapp.conftest import PASSWORD_HASH

Meet = Callable[..., Visitor]
"""`meet(width=360)`: somebody opens a browser."""


@pytest.fixture
def backend() -> str:
    """Journeys are slow and the pages the same: SQLite, but where a test asks for both."""
    return "sqlite"


@pytest.fixture
def site(engine: Engine, database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    """The application with the cast, its accounts and the designs that ship; no engine answers."""
    with writing(session_factory(engine)) as database:
        people = cast(database)
        database.add_all(Account(person_id=person.id, password_hash=PASSWORD_HASH) for person in people.everybody)
        install_designs(database)
    environment = {
        "DATABASE_URL": database_url,
        "KINERJA_DATA": str(tmp_path / "data"),
        "KINERJA_PUBLIC_URL": free_address(),
        "PREFECT_API_URL": f"{free_address()}/api",
    }
    with flows_on(monkeypatch, **environment) as settings, served(engine, settings, people) as site:
        yield site


@pytest.fixture
def fresh(browser: Browser) -> Callable[..., BrowserContext]:
    """`fresh(width=360)`: a browser that knows nothing yet."""

    def _fresh(*, width: int = 1280, script: bool = True) -> BrowserContext:
        context = browser.new_context(
            viewport={"width": width, "height": 800},
            has_touch=width < 600,
            java_script_enabled=script,
            locale="id-ID",
            timezone_id="Asia/Jakarta",
        )
        context.set_default_timeout(20_000)
        return context

    return _fresh


@pytest.fixture
def meet(fresh: Callable[..., BrowserContext], site: Site) -> Iterator[Meet]:
    visitors: list[Visitor] = []

    def _meet(*, width: int = 1280, script: bool = True) -> Visitor:
        lens = None if script else fresh(width=width)
        visitors.append(Visitor(site.address, fresh(width=width, script=script), lens))
        return visitors[-1]

    yield _meet
    for visitor in visitors:
        visitor.leave()
