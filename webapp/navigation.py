"""The menu of each role, and where somebody may be sent after signing in."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from flask import current_app, request, url_for
from flask_babel import gettext
from flask_login import current_user
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect

from webapp import access


@dataclass(frozen=True)
class Item:
    """One entry of the menu."""

    endpoint: str
    label: str
    icon: str


def _(label: str) -> str:
    """Marks a label for translation; it is translated when it is shown."""
    return label


ITEMS = (
    Item("desk.home", _("Beranda"), "home"),
    Item("results.mine", _("Kinerja saya"), "user"),
    Item("team.home", _("Tim saya"), "users"),
    Item("messages.index", _("Pesan"), "mail"),
    Item("cycles.index", _("Periode penilaian"), "calendar"),
    Item("people.index", _("Pegawai dan unit kerja"), "users-group"),
    Item("designs.index", _("Rancangan"), "forms"),
    Item("awards.index", _("Penghargaan"), "award"),
    Item("runs.index", _("Proses otomatis"), "refresh"),
    Item("verify.home", _("Verifikasi dokumen"), "shield-check"),
)
"""All entries in order. A visitor sees those whose page exists and is open to him."""


def navigation() -> list[dict[str, Any]]:
    """The menu of this visitor: `href`, `label`, `icon`, `current`."""
    if not current_user.is_authenticated:
        return []
    here = request.blueprint
    return [
        {
            "href": url_for(item.endpoint),
            "label": gettext(item.label),
            "icon": item.icon,
            "current": here is not None and item.endpoint.partition(".")[0] == here,
            "count": current_user.unread if item.endpoint == "messages.index" else 0,
        }
        for item in ITEMS
        if item.endpoint in current_app.view_functions and access.may_open(item.endpoint) and _concerns(item)
    ]


def _concerns(item: Item) -> bool:
    """Whether a page that everybody may open has anything for this visitor."""
    return item.endpoint != "team.home" or current_user.has_staff


def safe_target(target: str) -> str:
    """The page of ours that `target` names, else the home page: nobody is led elsewhere, or into a change."""
    return target if _endpoint(target) is not None else "/"


def after_sign_in(target: str) -> str:
    """Where somebody goes on who has just signed in: the page wanted before, but none that is for guests."""
    return target if _endpoint(target) not in (None, *FOR_GUESTS) else "/"


FOR_GUESTS = ("auth.sign_in", "auth.activate", "auth.setup", "health.healthz")


def _endpoint(target: str) -> str | None:
    """The page that an address of ours can be opened as."""
    if not target.startswith("/") or target.startswith("//") or "\\" in target or not target.isprintable():
        return None
    parts = urlsplit(target)
    if parts.scheme or parts.netloc:
        return None
    try:
        endpoint, _values = current_app.create_url_adapter(request).match(parts.path, method="GET")
    except (HTTPException, RequestRedirect):
        return None
    return str(endpoint)
