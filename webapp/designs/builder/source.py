"""Sumber: the draft as YAML, checked while it is typed, taken over as one edit."""

from dataclasses import dataclass

from flask import Response, flash, jsonify, redirect, render_template, request
from flask_babel import gettext
from werkzeug.wrappers import Response as AnyResponse

from forms import editing
from forms.errors import DefinitionInvalid, Invalid
from forms.exchange.lines import Lines
from forms.exchange.yaml import dump_form, load_form
from forms.text import Message
from models.errors import Conflict, Stale
from webapp.db import only_reading
from webapp.designs.blueprint import blueprint, managers
from webapp.designs.builder.drafts import Draft, met, open_draft, take
from webapp.i18n import say


@dataclass(frozen=True)
class Found:
    """Something to put right in a text: where it stands, and whether it keeps the text from being taken over."""

    line: int | None
    path: str
    message: Message
    blocks: bool


@blueprint.get("/designs/form/<key>/<int:number>/edit/source")
@managers
def edit_source(key: str, number: int) -> str:
    """The draft as text."""
    draft = open_draft(key, number)
    return _page(draft, dump_form(draft.schema))


@blueprint.post("/designs/form/<key>/<int:number>/edit/source")
@managers
def edit_source_save(key: str, number: int) -> AnyResponse | tuple[str, int]:
    """Take the text over; what cannot be read stays in the page with its mistakes."""
    draft = open_draft(key, number)
    text = _text()
    found = examine(text)
    if any(one.blocks for one in found):
        return _page(draft, text, found), 422
    try:
        done = take(draft, lambda: editing.replace(draft.definition, load_form(text).definition()))
    except Stale:
        return met(draft, draft.address("edit_source"))
    except (Invalid, Conflict) as refusal:
        return _page(draft, text, [Found(None, "", refusal.message, blocks=True)]), 422
    flash(gettext("Sumber disimpan.") if done else gettext("Tidak ada yang berubah."), "good" if done else "info")
    return redirect(draft.address("edit_source"), 303)


@blueprint.post("/designs/form/<key>/<int:number>/edit/source/check")
@managers
def edit_source_check(key: str, number: int) -> Response:
    """What is wrong with a text that is being typed; nothing is kept."""
    only_reading()
    open_draft(key, number)
    return jsonify(
        problems=[
            {"line": one.line, "path": one.path, "message": say(one.message), "blocks": one.blocks}
            for one in examine(_text())
        ]
    )


def examine(text: str) -> list[Found]:
    """Everything to put right in a YAML text: what keeps it from being read, else what keeps it from publication."""
    try:
        schema = load_form(text)
    except DefinitionInvalid as wrong:
        return [Found(_line(text, one.path), one.path, one.message, blocks=True) for one in wrong.problems]
    return [Found(_line(text, one.path), one.path, one.message, blocks=False) for one in schema.problems()]


def _line(text: str, path: str) -> int | None:
    if not path:
        return None
    try:
        return Lines(text).of(path)
    except DefinitionInvalid:
        return None


def _text() -> str:
    return request.form.get("text", "").replace("\r\n", "\n")


def _page(draft: Draft, text: str, found: list[Found] | None = None) -> str:
    shown = examine(text) if found is None else found
    return render_template("designs/builder/source.html", draft=draft, tab="edit_source", text=text, found=shown)
