"""A form begins: empty, as a copy of one of the catalogue, or as the next version of one in use."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from forms.catalogue import entries, shipped
from models.errors import Conflict, Invalid
from models.operations import designing
from models.permissions import ORGANISATION
from models.queries.designing import draft_of
from webapp.db import db
from webapp.designs.blueprint import blueprint, managers
from webapp.designs.builder.drafts import version_of
from webapp.i18n import say
from webapp.visitor import current_actor


@blueprint.get("/designs/form/new")
@managers
def new_form() -> str:
    """Where to begin: a title for an empty form, or a form of the catalogue."""
    return _page("", None)


@blueprint.post("/designs/form/new")
@managers
def new_form_start() -> Response | tuple[str, int]:
    """Make the draft and open it."""
    title = request.form.get("title", "").strip()
    source = shipped().get(request.form.get("source", ""))
    try:
        if source is not None:
            version = designing.start_from(db(), current_actor(), ORGANISATION, schema=source)
        else:
            version = designing.start_blank(db(), current_actor(), ORGANISATION, title=title)
    except Invalid:
        return _page(title, gettext("Tuliskan judul formulir.")), 422
    flash(gettext("Draf “%(title)s” dibuat.", title=version.title), "good")
    return redirect(url_for("designs.edit", key=version.design.key, number=version.number), 303)


@blueprint.post("/designs/form/<key>/<int:number>/copy")
@managers
def start_next(key: str, number: int) -> Response:
    """The next version as a draft; where there is one already, that one is opened."""
    version = version_of(key, number)
    try:
        draft = designing.start_next(db(), current_actor(), version)
    except Conflict as there_is_one:
        draft = draft_of(db(), version.design) or version
        flash(say(there_is_one.message), "info")
    else:
        flash(gettext("Versi %(n)s dibuat sebagai draf.", n=draft.number), "good")
    return redirect(url_for("designs.edit", key=key, number=draft.number), 303)


def _page(title: str, error: str | None) -> str:
    return render_template("designs/builder/new.html", title=title, error=error, catalogue=entries())
