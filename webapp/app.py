"""Puts the web application together."""

from typing import Any

from flask import Flask, Response, session
from flask.helpers import get_debug_flag
from flask_login import LoginManager
from sqlalchemy import Engine
from werkzeug.middleware.proxy_fix import ProxyFix

from models.session import make_engine
from models.settings import Settings
from models.stores import check_places
from webapp import (
    access,
    areas,
    compression,
    converters,
    db,
    deadlines,
    drawing,
    errors,
    frame,
    headers,
    health,
    i18n,
    language,
    limits,
    log,
    origin,
    schemas,
    sessions,
    statics,
)
from webapp.config import flask_config
from webapp.converters import CleanRequest
from webapp.sessions import BrowserSession, DatabaseSessions
from webapp.visitor import init_login


class Kinerja(Flask):
    """Flask, with the commit at the end of the view: what fails there is an error of the page like any other."""

    session_interface = DatabaseSessions()
    request_class = CleanRequest

    def dispatch_request(self) -> Any:
        try:
            response: Response = self.make_response(super().dispatch_request())
            db.finish(response)
        except Exception:
            db.abandon()
            _session().back_to_start()
            raise
        return response

    def log_exception(self, exc_info: Any) -> None:
        log.write_error(exc_info[1])


def _session() -> BrowserSession:
    return session._get_current_object()


def create_app(settings: Settings | None = None, engine: Engine | None = None) -> Flask:
    """The web application. Raises ValueError when the settings are not fit for production."""
    settings = settings or Settings()
    if settings.environment == "production" and get_debug_flag():
        raise ValueError("FLASK_DEBUG shows the inside of the program to anybody: it must be off in production")
    app = Kinerja("webapp", static_folder=None)
    app.config.update(flask_config(settings))
    app.extensions["settings"] = settings
    check_places(settings)
    converters.init_app(app)
    login = LoginManager()
    login.init_app(app)
    init_login(login)
    db.init_app(app, engine or make_engine(settings.database))
    # The order of the checks before a view: who is it, may he be here, how often, from a page of ours.
    log.init_app(app, settings)
    app.before_request(sessions.check)
    access.init_app(app)
    limits.init_app(app)
    origin.init_app(app)
    headers.init_app(app)
    compression.init_app(app)
    i18n.init_app(app)
    drawing.init_app(app)
    deadlines.init_app(app)
    errors.init_app(app)
    frame.init_app(app)
    app.register_blueprint(health.blueprint)
    app.register_blueprint(language.blueprint)
    app.register_blueprint(schemas.blueprint)
    areas.register(app)
    _refuse_undeclared(app)
    if settings.trusted_proxies:
        n = settings.trusted_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=n, x_proto=n, x_host=n, x_port=n)
    statics.init_app(app)
    return app


def _refuse_undeclared(app: Flask) -> None:
    """A route that does not say who may open it stops the start, not only the visitor."""
    silent = sorted(name for name in app.view_functions if access.declared(app, name) is None)
    if silent:
        raise ValueError(f"these routes do not declare their access: {', '.join(silent)}")
