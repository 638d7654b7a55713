"""The web on a test database: guests, signed-in people, and a check that no page leaves a session open."""

import json
import re
import secrets
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from argon2 import PasswordHasher
from flask import Flask
from flask.testing import FlaskClient
from itsdangerous import URLSafeTimedSerializer
from jinja2 import FileSystemBytecodeCache
from sqlalchemy import Engine
from sqlalchemy.orm import Session, sessionmaker
from werkzeug.test import TestResponse

from models import clock
from models.people import Account, Person, WebSession
from models.session import session_factory, writing
from models.settings import Settings
from tests.cast import Cast, cast
from webapp.app import create_app
from webapp.sessions import digest_of

PASSWORD = "kelapa muda di tepi sungai"
PASSWORD_HASH = PasswordHasher(time_cost=1, memory_cost=64, parallelism=1).hash(PASSWORD)
"""Cheap on purpose: a test of pages is not a test of argon2."""


class Client(FlaskClient):
    """A browser that can fill in the hidden token of a form."""

    csrf_raw: str | None = None
    """The token as the server-side session of a signed-in person has it; guests get theirs from a page."""

    def csrf_token(self, page: str = "/sign-in") -> str:
        """A valid token of this browser's session."""
        if self.csrf_raw is not None:
            serializer = URLSafeTimedSerializer(self.application.config["WTF_CSRF_SECRET_KEY"], salt="wtf-csrf-token")
            token = serializer.dumps(self.csrf_raw)
            return token if isinstance(token, str) else token.decode()
        found = re.search(r'name="csrf_token" value="([^"]+)"', self.get(page, follow_redirects=True).text)
        assert found, f"{page} holds no form"
        return found[1]

    def send(self, path: str, fields: Mapping[str, Any] | None = None, **more: Any) -> TestResponse:
        """Send a form as the page would, with its token."""
        return self.post(path, data={"csrf_token": self.csrf_token(), **(fields or {})}, **more)

    @property
    def session_cookie(self) -> str:
        cookie = self.get_cookie(self.application.config["SESSION_COOKIE_NAME"])
        return cookie.value if cookie is not None else ""


def bring(client: Client, person: Person, sessions: sessionmaker[Session]) -> Client:
    """Sign a person in on this browser, without the sign-in page."""
    token, raw = secrets.token_urlsafe(32), secrets.token_hex(20)
    now = clock.now()
    data = {"_user_id": str(person.id), "_fresh": True, "csrf_token": raw, "browser": "Firefox · Linux"}
    with writing(sessions) as database:
        if database.get(Account, person.id) is None:
            database.add(Account(person_id=person.id, password_hash=PASSWORD_HASH))
        database.add(
            WebSession(digest=digest_of(token), person_id=person.id, data=json.dumps(data), created_at=now, seen_at=now)
        )
    client.set_cookie(client.application.config["SESSION_COOKIE_NAME"], token)
    client.csrf_raw = raw
    return client


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data=tmp_path)


@pytest.fixture
def sessions(engine: Engine) -> sessionmaker[Session]:
    """Sessions beside the application, for setting the stage and for looking at what was stored."""
    return session_factory(engine)


@pytest.fixture(scope="session")
def compiled_templates(tmp_path_factory: pytest.TempPathFactory) -> FileSystemBytecodeCache:
    """Each test has an application of its own; the templates need compiling only once."""
    return FileSystemBytecodeCache(str(tmp_path_factory.mktemp("templates")))


@pytest.fixture
def app(engine: Engine, settings: Settings, compiled_templates: FileSystemBytecodeCache) -> Iterator[Flask]:
    """The application; an unexpected error in a page is an error of the test."""
    app = create_app(settings, engine)
    app.jinja_env.bytecode_cache = compiled_templates
    app.testing = True
    app.test_client_class = Client
    yield app
    assert engine.pool.checkedout() == 0, "a page left its database session open"  # type: ignore[attr-defined]


@pytest.fixture
def people(sessions: sessionmaker[Session]) -> Cast:
    """The cast, each with an account whose password is PASSWORD; committed."""
    with writing(sessions) as database:
        cast_ = cast(database)
        database.add_all(Account(person_id=person.id, password_hash=PASSWORD_HASH) for person in cast_.everybody)
    return cast_


@pytest.fixture
def client(app: Flask) -> Client:
    """A guest's browser."""
    return app.test_client()


@pytest.fixture
def client_for(app: Flask, sessions: sessionmaker[Session]) -> Callable[[Person], Client]:
    """`client_for(people.citra)`: a browser in which the person is signed in."""
    return lambda person: bring(app.test_client(), person, sessions)
