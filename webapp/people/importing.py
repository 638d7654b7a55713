"""Importing people: a file is tried first and its report shown, then confirmed; all of it is taken, or nothing."""

from datetime import timedelta
from pathlib import Path

from flask import current_app, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from flask_login import current_user
from itsdangerous import BadSignature, URLSafeTimedSerializer
from werkzeug.wrappers import Response

from forms.text import msg
from models import clock
from models.errors import Conflict, Invalid
from models.exchange.people import HEADER, PeopleSheet, read_people_file
from models.operations.people_import import import_people
from models.operations.people_report import ImportReport
from models.permissions import ORGANISATION
from models.storage import Storage
from webapp.config import purpose_key
from webapp.db import db
from webapp.form_errors import show_refusal
from webapp.i18n import zone
from webapp.people.blueprint import blueprint, managers
from webapp.people.forms import ImportForm
from webapp.visitor import current_actor

KEPT_SECONDS = 3600
"""How long a file waits for its confirmation."""
MOST_SHOWN = 300


@blueprint.get("/people/import")
@managers
def import_file() -> str:
    """Ask for a file."""
    return render_template("people/import.html", form=ImportForm(), header=HEADER)


@blueprint.post("/people/import")
@managers
def try_file() -> str | tuple[str, int]:
    """Try the file and show what it would do; nothing of it is kept in the database."""
    form = ImportForm()
    if not form.validate():
        return render_template("people/import.html", form=form, header=HEADER), 422
    data, filename = form.file.data.read(), Path(form.file.data.filename or "").name[-120:]
    try:
        sheet = read_people_file(data, filename)
    except Invalid as refusal:
        show_refusal(form, Invalid(refusal.message, {"file": refusal.message}))
        return render_template("people/import.html", form=form, header=HEADER), 422
    report = _run(sheet)
    db().rollback()
    if report.errors:
        return _report(report, filename, "", 422)
    _forget_old()
    stored = _uploads().put(data)
    return _report(report, filename, _signer().dumps([stored.sha256, filename, current_user.person_id]), 200)


@blueprint.post("/people/import/confirm")
@managers
def confirm() -> str | Response | tuple[str, int]:
    """Take the file that was tried; when it no longer fits, say why and take nothing."""
    sha256, filename = _confirmed(request.form.get("upload", ""))
    uploads = _uploads()
    try:
        data = uploads.get(sha256)
    except FileNotFoundError as gone:
        raise _too_late() from gone
    report = _run(read_people_file(data, filename))
    if report.errors:
        return _report(report, filename, "", 422)
    uploads.path(sha256).unlink(missing_ok=True)
    words = gettext(
        "Impor selesai: %(created)s pegawai baru, %(updated)s diperbarui, %(unchanged)s tidak berubah.",
        created=report.created,
        updated=report.updated,
        unchanged=report.unchanged,
    )
    flash(words, "good")
    return redirect(url_for("people.index"), 303)


def _run(sheet: PeopleSheet) -> ImportReport:
    return import_people(db(), current_actor(), ORGANISATION, sheet, on=clock.today(zone()))


def _report(report: ImportReport, filename: str, upload: str, status: int) -> tuple[str, int]:
    page = render_template("people/report.html", report=report, filename=filename, upload=upload, most=MOST_SHOWN)
    return page, status


def _uploads() -> Storage:
    return Storage(current_app.extensions["settings"].subfolder("imports"))


def _forget_old() -> None:
    """Files of people that nobody confirmed do not stay."""
    limit = (clock.now() - timedelta(seconds=KEPT_SECONDS)).timestamp()
    for path in _uploads().folder.rglob("*"):
        if path.is_file() and path.stat().st_mtime < limit:
            path.unlink(missing_ok=True)


def _signer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(purpose_key(current_app.extensions["settings"], "import"))


def _confirmed(token: str) -> tuple[str, str]:
    """The file that this visitor tried within the hour."""
    try:
        sha256, filename, person_id = _signer().loads(token, max_age=KEPT_SECONDS)
    except BadSignature as wrong:
        raise _too_late() from wrong
    if person_id != current_user.person_id:
        raise _too_late()
    return sha256, filename


def _too_late() -> Conflict:
    return Conflict(msg("Berkas ini sudah diimpor atau terlalu lama menunggu. Silakan unggah kembali."))
