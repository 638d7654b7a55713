"""Promises about the whole code base, swept rather than trusted."""

import importlib
import inspect
import pkgutil
import re
from collections.abc import Callable
from pathlib import Path

from flask import Flask

import models.operations
from models.permissions import OPERATIONS, RULES, Action
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


INNER = {
    "models.operations.accounts.issue_token": "part of starting an activation, and of making the first administrator",
    "models.operations.assigning.assign": "part of opening a stage, and of the tick for those who joined later",
    "models.operations.assignments.pass_on": "part of submitting and of signing",
    "models.operations.moves.move": "what every operation moves by",
    "models.operations.moves.record": "what every operation writes the journal by",
    "models.operations.moves.record_many": "what every operation writes the journal by",
    "models.operations.people.repoint_signers": "part of changing supervisors",
    "models.operations.reconciling.close_and_score": "asks by `runs.request`, which is guarded",
    "models.operations.reconciling.issue_certificates": "asks by `runs.request`, which is guarded",
    "models.operations.reconciling.open_period": "asks by `runs.request`, which is guarded",
    "models.operations.reconciling.stage_work": "asks by `runs.request`, which is guarded",
}
"""Functions of operations that take an actor and are guarded by the operations that call them, with the reason."""


def functions_of_operations() -> dict[str, Callable[..., object]]:
    found = {}
    for module in pkgutil.iter_modules(models.operations.__path__, "models.operations."):
        for name, function in vars(importlib.import_module(module.name)).items():
            if inspect.isfunction(function) and function.__module__ == module.name and not name.startswith("_"):
                found[f"{module.name}.{name}"] = function
    return found


def test_every_operation_needs_an_action() -> None:
    open_doors = []
    for name, function in functions_of_operations().items():
        parameters = list(inspect.signature(function).parameters)
        if parameters[:2] == ["session", "actor"] and name not in OPERATIONS and name not in INNER:
            open_doors.append(name)
    assert open_doors == []


def test_every_action_has_a_rule_and_an_operation() -> None:
    functions_of_operations()
    assert set(RULES) == set(Action)
    assert set(OPERATIONS.values()) == set(Action)


ALREADY_ALLOWED = {
    "auth/account.py": "oneself",
    "awards/certificates.py": "the document of a certificate that access gave",
    "survey/views.py": "the link whose token was shown",
}
"""Files that read a row by its number, with why the visitor may."""


def test_no_view_reads_a_row_past_the_rules_of_access() -> None:
    """Views ask `models.queries.access`; `session.get` would open anybody's row by its number."""
    webapp = Path(models.__file__).parent.parent / "webapp"
    looked_up = re.compile(r"\bdb\(\)\.(get|get_one|query)\(|\.get_or_404\(")
    found = [
        str(path.relative_to(webapp))
        for path in sorted(webapp.rglob("*.py"))
        if not {"demo", "cli"} & set(path.relative_to(webapp).parts)
        for line in path.read_text().splitlines()
        if looked_up.search(line)
    ]
    assert sorted(found) == sorted(ALREADY_ALLOWED)
