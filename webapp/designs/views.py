"""Designs of forms and cycles: list, one version, preview, YAML in and out, publishing and retiring."""

from datetime import date

from flask import Response as FlaskResponse
from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from forms.builder import bind
from forms.errors import Problem
from forms.exchange.yaml import dump_form
from forms.text import msg
from models import clock
from models.designs import DesignVersion
from models.errors import Invalid, NotFound
from models.exchange.designs import dump_cycle, read_definition
from models.operations import designs
from models.permissions import ORGANISATION
from models.queries import access as queries
from models.queries.design_examples import example_of
from models.queries.designs import cycle_design, form_schema
from models.states import Design as DesignState
from webapp.cycles import calendar
from webapp.db import db
from webapp.designs.blueprint import blueprint, managers, readers
from webapp.designs.forms import ImportForm
from webapp.designs.words import stages_in_words
from webapp.form_errors import show_refusal
from webapp.i18n import zone
from webapp.listing import download
from webapp.visitor import current_actor

MOST_BYTES = 2_000_000


@blueprint.get("/designs")
@readers
def index() -> str:
    """All versions of forms, or of cycles."""
    kind = request.args.get("kind", "form")
    found = queries.design_versions(current_actor(), kind if kind in designs.KINDS else "form")
    return render_template("designs/index.html", kind=kind, versions=list(db().scalars(found).unique()))


@blueprint.get("/designs/<kind>/<key>/<int:number>")
@readers
def show(kind: str, key: str, number: int) -> str:
    """One version: what it holds, and what stands against its publication."""
    return _page(_version(kind, key, number))


@blueprint.get("/designs/form/<key>/<int:number>/preview")
@readers
def preview(key: str, number: int) -> str:
    """A form as a respondent sees it, with invented answers; nothing can be sent."""
    version = _version("form", key, number)
    schema = form_schema(version)
    context, raw = example_of(db(), schema, clock.today(zone()))
    return render_template(
        "designs/preview.html", version=version, schema=schema, form=bind(schema, raw=raw, context=context)
    )


@blueprint.get("/designs/<kind>/<key>/<int:number>.yaml")
@readers
def export(kind: str, key: str, number: int) -> FlaskResponse:
    """The definition as a file; bringing it in again gives the same design."""
    version = _version(kind, key, number)
    text = dump_form(form_schema(version)) if kind == "form" else dump_cycle(cycle_design(version))
    return download(text.encode(), f"{version.design.key}-{version.number}.yaml", "application/yaml; charset=utf-8")


@blueprint.route("/designs/import", methods=["GET", "POST"])
@managers
def import_definition() -> str | Response | tuple[str, int]:
    """Bring a definition in as a draft; what cannot be read is said with its place."""
    form = ImportForm()
    if not form.is_submitted():
        return render_template("designs/import.html", form=form, problems=[])
    problems: list[Problem] = []
    if form.validate():
        try:
            kind, definition = read_definition(_text(form))
            version = designs.import_definition(db(), current_actor(), ORGANISATION, kind=kind, definition=definition)
        except Invalid as refusal:
            problems = [Problem(path, message) for path, message in refusal.errors.items() if path != "file"]
            show_refusal(form, Invalid(refusal.message, {"file": refusal.errors.get("file", refusal.message)}))
        else:
            flash(gettext("Rancangan %(title)s telah dibaca.", title=version.title), "good")
            return redirect(_address(version), 303)
    return render_template("designs/import.html", form=form, problems=problems), 422


@blueprint.post("/designs/<kind>/<key>/<int:number>/publish")
@managers
def publish(kind: str, key: str, number: int) -> Response | tuple[str, int]:
    """Freeze a draft for use; a second click finds it published."""
    version = _version(kind, key, number)
    if version.state == DesignState.PUBLISHED:
        flash(gettext("Versi ini sudah diterbitkan."), "info")
        return redirect(_address(version), 303)
    try:
        designs.publish(db(), current_actor(), version)
    except Invalid:
        return _page(version), 422
    flash(gettext("%(title)s versi %(n)s telah diterbitkan.", title=version.title, n=version.number), "good")
    return redirect(_address(version), 303)


@blueprint.post("/designs/<kind>/<key>/<int:number>/retire")
@managers
def retire(kind: str, key: str, number: int) -> Response:
    """Take a version out of use for new cycles; running ones keep it."""
    version = _version(kind, key, number)
    if version.state == DesignState.RETIRED:
        flash(gettext("Versi ini sudah diarsipkan."), "info")
    else:
        designs.retire(db(), current_actor(), version)
        flash(gettext("%(title)s versi %(n)s telah diarsipkan.", title=version.title, n=version.number), "good")
    return redirect(_address(version), 303)


def _version(kind: str, key: str, number: int) -> DesignVersion:
    if number > 10**6:
        raise NotFound
    found: DesignVersion = queries.design_version(db(), current_actor(), kind, key, number)
    return found


def _page(version: DesignVersion) -> str:
    today = clock.today(zone())
    year = (date(today.year, 1, 1), date(today.year, 12, 31))
    cycle = cycle_design(version) if version.design.kind == "cycle" else None
    return render_template(
        "designs/show.html",
        version=version,
        kind=version.design.kind,
        problems=designs.problems(db(), version) if version.state == DesignState.DRAFT else [],
        schema=form_schema(version) if cycle is None else None,
        cycle=cycle,
        stages=stages_in_words(cycle) if cycle is not None else [],
        calendar=calendar.of_design(cycle, *year, today) if cycle is not None else None,
        year=today.year,
    )


def _text(form: ImportForm) -> str:
    """The definition that was sent, by file or as text."""
    data = form.file.data.read(MOST_BYTES + 1) if form.file.data else (form.text.data or "").encode()
    if not data.strip():
        raise _at_file(msg("Pilih berkas YAML atau tempelkan isinya."))
    if len(data) > MOST_BYTES:
        raise _at_file(msg("Berkas terlalu besar."))
    try:
        return str(data.decode("utf-8-sig"))
    except UnicodeDecodeError as wrong:
        raise _at_file(msg("Berkas ini bukan teks UTF-8.")) from wrong


def _at_file(message: object) -> Invalid:
    return Invalid(msg("Periksa kembali isian Anda."), {"file": message})  # type: ignore[dict-item]


def _address(version: DesignVersion) -> str:
    return url_for("designs.show", kind=version.design.kind, key=version.design.key, number=version.number)
