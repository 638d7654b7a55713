"""Promises about the whole code base, swept rather than trusted."""

from flask import Flask

from models.session import make_engine
from models.settings import Settings
from webapp import access
from webapp.app import create_app


def the_web() -> Flask:
    return create_app(Settings(), make_engine("sqlite://"))


def test_every_route_says_who_may_open_it() -> None:
    app = the_web()
    silent = [rule.endpoint for rule in app.url_map.iter_rules() if access.declared(app, rule.endpoint) is None]
    assert silent == []


def test_the_public_routes_are_exactly_the_written_list() -> None:
    app = the_web()
    public = {name for name in app.view_functions if app.view_functions[name].access.kind == "public"}
    assert public == access.PUBLIC


def test_a_public_route_says_why() -> None:
    app = the_web()
    for name in access.PUBLIC:
        assert len(app.view_functions[name].access.reason) > 20, name
