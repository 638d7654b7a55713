"""Who may open which page: every route says it, and a route that says nothing is closed."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar
from urllib.parse import urlencode

from flask import Flask, abort, current_app, request, url_for
from flask_login import current_user

from models.permissions import Role

View = TypeVar("View", bound=Callable[..., Any])

PUBLIC = frozenset(
    {
        "health.healthz",
        "language.switch",
        "auth.sign_in",
        "auth.sign_out",
        "auth.activate",
        "auth.setup",
        "verify.home",
        "verify.show",
        "verify.by_file",
        "verify.compare",
        "survey.show",
        "survey.answer",
        "survey.live",
        "survey.thanks",
        "schemas.form",
    }
)
"""Endpoints open to everybody. `@public` alone is not enough: whoever opens a page to the world writes it here too."""


@dataclass(frozen=True)
class Access:
    """What a route says about who may open it."""

    kind: str
    """`public`, `signed-in` or `role`."""
    roles: tuple[Role, ...] = ()
    reason: str = ""


def public(reason: str) -> Callable[[View], View]:
    """Everybody may open it, because of the reason."""
    return _declare(Access("public", reason=reason))


def signed_in(view: View) -> View:
    """Whoever is signed in may open it; what it shows is filtered by the queries."""
    return _declare(Access("signed-in"))(view)


def role(*roles: Role) -> Callable[[View], View]:
    """Whoever holds one of the roles, be it for one unit only."""
    return _declare(Access("role", roles=roles))


def _declare(access: Access) -> Callable[[View], View]:
    def mark(view: View) -> View:
        view.access = access
        return view

    return mark


def declared(app: Flask, endpoint: str) -> Access | None:
    """What the route says; nothing when it says nothing, or calls itself public without being in the list."""
    access: Access | None = getattr(app.view_functions.get(endpoint), "access", None)
    if access is not None and (access.kind == "public") != (endpoint in PUBLIC):
        return None
    return access


def may_open(endpoint: str) -> bool:
    """Whether the visitor may open the page; navigation shows only such."""
    access = declared(current_app, endpoint)
    if access is None:
        return False
    if access.kind == "public":
        return True
    if not current_user.is_authenticated:
        return False
    return access.kind == "signed-in" or current_user.actor.has_anywhere(*access.roles)


class SignInNeeded(Exception):
    """The page is for people who are signed in, and nobody is."""


def check() -> None:
    """Before every request: a page that is not the visitor's answers as if it did not exist.

    Raises SignInNeeded when signing in might help.
    """
    if request.endpoint is None or may_open(request.endpoint):
        return
    access = declared(current_app, request.endpoint)
    if access is None or current_user.is_authenticated:
        abort(404)
    raise SignInNeeded


def init_app(app: Flask) -> None:
    """Close every route that has not said who may open it."""
    app.before_request(check)


def sign_in_address(target: str) -> str:
    """The sign-in page that leads back to the target."""
    address = url_for("auth.sign_in")
    return address if target in ("", "/") else f"{address}?{urlencode({'next': target})}"
