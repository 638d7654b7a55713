"""What the web refuses to start with."""

import pytest
from flask import Flask

from models.settings import Settings
from webapp.app import create_app
from webapp.config import flask_config, purpose_key

PRODUCTION = {"environment": "production", "public_url": "https://kinerja.example.go.id"}


def test_production_does_not_start_without_a_secret(engine, tmp_path) -> None:
    with pytest.raises(ValueError, match="must be set in production"):
        create_app(Settings(data=tmp_path, **PRODUCTION), engine)


def test_production_does_not_start_with_a_short_secret(engine, tmp_path) -> None:
    with pytest.raises(ValueError, match="too short"):
        create_app(Settings(data=tmp_path, secret_key="kinerja", **PRODUCTION), engine)


def test_production_does_not_start_with_the_debugger(engine, tmp_path, monkeypatch) -> None:
    monkeypatch.setenv("FLASK_DEBUG", "1")
    with pytest.raises(ValueError, match="FLASK_DEBUG"):
        create_app(Settings(data=tmp_path, secret_key="k" * 40, **PRODUCTION), engine)


def test_a_public_address_without_a_host_is_refused(tmp_path) -> None:
    with pytest.raises(ValueError, match="KINERJA_PUBLIC_URL"):
        flask_config(Settings(data=tmp_path, public_url="kinerja"))


def test_each_purpose_has_a_key_of_its_own(tmp_path) -> None:
    settings = Settings(data=tmp_path)
    keys = {purpose_key(settings, purpose) for purpose in ("session", "csrf", "log")}
    assert len(keys) == 3
    assert settings.secret not in keys


@pytest.mark.parametrize("host", ["evil.example", "localhost.evil.example", "kinerja.evil.example:80"])
def test_a_foreign_host_is_refused(app: Flask, host) -> None:
    answer = app.test_client().get("/sign-in", headers={"Host": host})
    assert answer.status_code == 400
    assert "evil" not in answer.text


def test_a_request_that_is_too_large_is_refused_with_words(client, client_for, people) -> None:
    answer = client_for(people.citra).send("/account/password", {"current": "x" * (3 * 1024 * 1024), "new": "y"})
    assert answer.status_code == 413
    assert "terlalu besar" in answer.text


def test_the_machine_can_be_watched(client) -> None:
    answer = client.get("/healthz")
    assert answer.json == {"status": "ok"}
