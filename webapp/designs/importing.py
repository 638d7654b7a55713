"""Bringing a design in from a file: nothing is kept before HR has seen what a spreadsheet loses on the way."""

from dataclasses import dataclass

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from forms.exchange.incoming import Incoming, Remark, is_workbook, read_form
from forms.exchange.yaml import dump_form
from forms.text import msg
from models.designs import DesignVersion
from models.errors import Invalid
from models.exchange.designs import is_cycle, read_cycle
from models.operations import designs
from models.permissions import ORGANISATION
from models.states import Design as DesignState
from webapp.db import db
from webapp.designs.blueprint import blueprint, managers
from webapp.designs.forms import ImportForm
from webapp.form_errors import show_refusal
from webapp.visitor import current_actor

MOST_BYTES = 10_000_000


@dataclass(frozen=True)
class Sent:
    """The bytes that were sent, and how their file was called."""

    content: bytes
    name: str

    @property
    def is_workbook(self) -> bool:
        """Whether it is a spreadsheet."""
        return is_workbook(self.content, self.name)


@blueprint.route("/designs/import", methods=["GET", "POST"])
@managers
def import_definition() -> str | Response | tuple[str, int]:
    """Bring a definition in as a draft; what cannot be read is said with its place, what is lost is shown before."""
    form = ImportForm()
    if not form.is_submitted():
        return _page(form)
    if not form.validate():
        return _page(form), 422
    try:
        sent = _sent(form)
        if not sent.is_workbook and is_cycle(sent.content):
            return _taken("cycle", read_cycle(sent.content))
        found = read_form(sent.content, sent.name)
        if found.form is None or found.errors:
            refusal = msg("Formulir ini belum dapat dibaca. Perbaiki yang disebut di bawah, lalu impor lagi.")
            form.file.errors = [*form.file.errors, refusal]
            return _page(form, found), 422
        if found.warnings:
            return _page(form, found, text=dump_form(found.form))
        return _taken("form", found.form.definition())
    except Invalid as refusal:
        remarks = [Remark(message, column=path) for path, message in refusal.errors.items() if path != "file"]
        show_refusal(form, Invalid(refusal.message, {"file": refusal.errors.get("file", refusal.message)}))
        return _page(form, Incoming(None, remarks)), 422


def _page(form: ImportForm, found: Incoming | None = None, text: str = "") -> str:
    """The page with what was found; with `text` the form stands ready to be taken over."""
    return render_template("designs/import.html", form=form, found=found, text=text)


def _sent(form: ImportForm) -> Sent:
    """The definition that was sent, by file or as text. Raises Invalid."""
    file = form.file.data
    data = file.read(MOST_BYTES + 1) if file else (form.text.data or "").encode()
    if not data.strip():
        raise _at_file(msg("Pilih berkas YAML atau XLSX, atau tempelkan isinya."))
    if len(data) > MOST_BYTES:
        raise _at_file(msg("Berkas terlalu besar."))
    return Sent(data, (file.filename or "") if file else "")


def _at_file(message: object) -> Invalid:
    return Invalid(msg("Periksa kembali isian Anda."), {"file": message})  # type: ignore[dict-item]


def _taken(kind: str, definition: dict[str, object]) -> Response:
    """Keep it, and go on to where it is looked at or changed."""
    version = designs.import_definition(db(), current_actor(), ORGANISATION, kind=kind, definition=definition)
    if version.state == DesignState.DRAFT:
        flash(gettext("Rancangan %(title)s telah dibaca.", title=version.title), "good")
    else:
        same = gettext("Isinya sama dengan versi %(n)s yang diterbitkan. Tidak ada yang diubah.", n=version.number)
        flash(same, "info")
    return redirect(_address(version), 303)


def _address(version: DesignVersion) -> str:
    if version.design.kind == "form" and version.state == DesignState.DRAFT:
        return url_for("designs.edit", key=version.design.key, number=version.number)
    return url_for("designs.show", kind=version.design.kind, key=version.design.key, number=version.number)
