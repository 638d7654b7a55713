"""The draft on the page: what every view of the builder shows of it, and how an edit is taken over."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import render_template, request, url_for
from flask_babel import gettext

from forms import editing
from forms.editing import Edit, Place
from forms.errors import Problem
from forms.schema import FormSchema
from models.designs import DesignVersion
from models.errors import NotFound, Stale
from models.operations import designing
from models.operations import designs as publishing
from models.permissions import Action
from models.queries import access as queries
from models.queries import designing as questions
from models.queries.designs import form_schema
from models.states import Design as DesignState
from webapp.db import db
from webapp.designs.builder.places import Located, locate
from webapp.frame import can
from webapp.i18n import show_time
from webapp.visitor import current_actor

MOST_NUMBER = 10**6
"""Greater ones are no version, and too large for the database."""
NOT_SENT_AGAIN = frozenset({"csrf_token", "_lock"})


@dataclass
class Draft:
    """A version that is being designed."""

    version: DesignVersion
    schema: FormSchema
    definition: editing.Definition
    problems: list[Located]
    steps: questions.Steps
    saved: str

    @property
    def lock(self) -> int:
        return self.version.lock

    def address(self, view: str = "edit", **more: Any) -> str:
        """The address of a view of this draft."""
        return url_for(f"designs.{view}", key=self.version.design.key, number=self.version.number, **more)

    def problems_at(self, place: Place) -> list[Located]:
        """What is unfinished at a part itself."""
        return [one for one in self.problems if one.place == place]


def open_draft(key: str, number: int) -> Draft:
    """The draft at an address. Raises NotFound for what is no draft of a form; then there is nothing to edit."""
    version = version_of(key, number)
    if version.state != DesignState.DRAFT or not can(Action.DESIGN_EDIT, version):
        raise NotFound
    return draft_of(version)


def version_of(key: str, number: int) -> DesignVersion:
    """A version of a form that the visitor may read."""
    if number > MOST_NUMBER:
        raise NotFound
    found: DesignVersion = queries.design_version(db(), current_actor(), "form", key, number)
    return found


def draft_of(version: DesignVersion) -> Draft:
    """What the pages show of a draft."""
    schema = form_schema(version)
    found: list[Problem] = publishing.problems(db(), version)
    return Draft(
        version,
        schema,
        version.definition,
        [locate(version.definition, one) for one in found],
        questions.steps(db(), version),
        gettext("Tersimpan pukul %(time)s.", time=show_time(version.edited_at or version.created_at)),
    )


def sent_lock() -> int:
    """Which state of the draft the page showed."""
    return request.form.get("_lock", default=0, type=int)


def take(draft: Draft, make: Callable[[], Edit]) -> Edit | None:
    """Take an edit over; None when it changes nothing. Raises Stale, and Invalid of the form language."""
    if draft.lock != sent_lock():
        raise Stale(designing.CHANGED)
    edit = make()
    changed = designing.apply(db(), current_actor(), draft.version, edit=edit, lock=sent_lock())
    return edit if changed else None


def met(draft: Draft, back: str) -> tuple[str, int]:
    """The page for two who changed the same draft: who did what meanwhile, and one's own change to make again."""
    again = [(name, value) for name, value in request.form.items(multi=True) if name not in NOT_SENT_AGAIN]
    page = render_template(
        "designs/builder/stale.html",
        draft=draft,
        tab="",
        changes=questions.changes_since(db(), draft.version, sent_lock()),
        again=again,
        back=back,
    )
    return page, 409


def tabs(draft: Draft, current: str) -> list[dict[str, Any]]:
    """The views of a draft."""
    return [
        {"label": label, "href": draft.address(view), "current": view == current}
        for view, label in (
            ("edit", gettext("Rancang")),
            ("edit_logic", gettext("Logika")),
            ("edit_translations", gettext("Terjemahan")),
            ("edit_source", gettext("Sumber")),
            ("edit_try", gettext("Coba")),
        )
    ]


def is_script() -> bool:
    """Whether a script of ours asks and wants only the pieces that changed."""
    return request.headers.get("X-Requested-With") == "fetch"
