"""The real application on the loopback interface; what flows do is done in this process when a test says so."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session, sessionmaker
from werkzeug.serving import make_server

from flows import launch, runtime
from models.session import session_factory
from models.settings import Settings
from tests.cast import Cast
from webapp.app import create_app
from webapp.demo.engine import free_port


@dataclass
class Site:
    """A running Kinerja: its address, its people, and sessions beside it for what is told quickly."""

    address: str
    sessions: sessionmaker[Session]
    people: Cast

    def work(self) -> None:
        """Everything that was asked for and everything that is due, as the engine would do it within a minute."""
        counts = launch.run_due_here()
        assert counts["failed"] == 0
        assert counts["runs"] > 0, "nothing was asked for"


@contextmanager
def flows_on(monkeypatch: pytest.MonkeyPatch, **environment: str) -> Iterator[Settings]:
    """Let the flows of this process find their settings in this environment; afterwards they forget them."""
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    caches = runtime.settings, runtime.factory
    for cache in caches:
        cache.cache_clear()
    launch.prepare()
    try:
        yield runtime.settings()
    finally:
        runtime.factory().kw["bind"].dispose()
        for cache in caches:
            cache.cache_clear()


@contextmanager
def served(engine: Engine, settings: Settings, people: Cast) -> Iterator[Site]:
    """The application in a thread of this process, so that it lives on the days the test travels to."""
    app = create_app(settings, engine)
    port = int(settings.public_url.rpartition(":")[2])
    server = make_server("127.0.0.1", port, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield Site(settings.public_url, session_factory(engine), people)
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
    assert engine.pool.checkedout() == 0, "a page left its database session open"  # type: ignore[attr-defined]


def free_address() -> str:
    """An address on which nobody answers yet."""
    return f"http://127.0.0.1:{free_port()}"
