"""Certificates: have them issued, list them, take them along, revoke them."""

import io
import zipfile
from collections.abc import Iterable, Iterator

from flask import Response as FlaskResponse
from flask import abort, current_app, flash, redirect, render_template, url_for
from flask_babel import gettext
from sqlalchemy import select
from werkzeug.wrappers import Response

from models import clock
from models.awards import Certificate
from models.documents import Document
from models.errors import Invalid
from models.operations import awards as operations
from models.operations import reconciling
from models.queries import access as queries
from models.queries import awards
from models.states import Certificate as State
from models.states import Run as RunState
from models.storage import Store
from models.stores import open_store
from webapp import access
from webapp.awards.blueprint import blueprint, managers, readers
from webapp.awards.candidates import cycle_with_award
from webapp.awards.forms import RevokeForm
from webapp.db import db
from webapp.form_errors import show_refusal
from webapp.handover import hand_over
from webapp.listing import download, page_address, paged
from webapp.visitor import current_actor


@blueprint.get("/cycles/<key>/certificates")
@readers
def certificates(key: str) -> str:
    """The certificates of a cycle in the order of their numbers."""
    cycle = cycle_with_award(key)
    page = paged(
        queries.certificates(current_actor())
        .where(Certificate.cycle_id == cycle.id)
        .order_by(Certificate.year, Certificate.sequence)
    )
    return render_template(
        "awards/certificates.html",
        cycle=cycle,
        page=page,
        missing=awards.without_certificate(db(), cycle),
        counts=awards.certificate_counts(db(), cycle),
        page_address=page_address,
    )


@blueprint.post("/cycles/<key>/certificates/issue")
@managers
def issue(key: str) -> Response:
    """Have the certificates of all confirmed winners made; asking twice in a minute is asking once."""
    cycle = cycle_with_award(key)
    if awards.without_certificate(db(), cycle) == 0:
        flash(gettext("Semua penerima yang ditetapkan sudah memiliki piagam."), "info")
    else:
        asked = hand_over(
            reconciling.issue_certificates(db(), current_actor(), cycle, when=f"{clock.now():%Y-%m-%dT%H:%M}")
        )
        if asked.state == RunState.REQUESTED:
            flash(gettext("Pembuatan piagam sedang diproses. Anda tidak perlu menunggu di halaman ini."), "good")
    return redirect(url_for("awards.certificates", key=key), 303)


@blueprint.get("/certificates/<int:certificate_id>/file")
@access.signed_in
def file(certificate_id: int) -> FlaskResponse:
    """The certificate itself, to the byte as it was issued."""
    certificate = queries.certificate(db(), current_actor(), certificate_id)
    document = db().get(Document, certificate.document_id) if certificate.document_id else None
    if document is None:
        abort(404)
    return download(_storage().get(document.sha256), document.filename, "application/pdf")


@blueprint.get("/cycles/<key>/certificates.zip")
@managers
def as_zip(key: str) -> FlaskResponse:
    """All valid certificates of a cycle in one file, sent while it is made."""
    cycle = cycle_with_award(key)
    rows = db().execute(
        select(Document.filename, Document.sha256)
        .join(Certificate, Certificate.document_id == Document.id)
        .where(Certificate.cycle_id == cycle.id, Certificate.state == State.ISSUED)
        .order_by(Certificate.year, Certificate.sequence)
    )
    files = [(name, sha256) for name, sha256 in rows]
    if not files:
        abort(404)
    answer = FlaskResponse(zipped(_storage(), files), mimetype="application/zip")
    answer.headers["Content-Disposition"] = f'attachment; filename="piagam-{cycle.key}.zip"'
    return answer


@blueprint.get("/certificates/<int:certificate_id>/revocation")
@managers
def revocation(certificate_id: int) -> str:
    """Ask for the reason, and say what revoking means."""
    return _revocation(queries.certificate(db(), current_actor(), certificate_id), RevokeForm())


@blueprint.post("/certificates/<int:certificate_id>/revoke")
@managers
def revoke(certificate_id: int) -> Response | tuple[str, int]:
    """Declare a certificate void."""
    certificate = queries.certificate(db(), current_actor(), certificate_id)
    form = RevokeForm()
    if not form.validate():
        return _revocation(certificate, form), 422
    try:
        operations.revoke(db(), current_actor(), certificate, reason=form.reason.data or "")
    except Invalid as error:
        show_refusal(form, error)
        return _revocation(certificate, form), 422
    flash(gettext("Piagam %(number)s telah dicabut.", number=certificate.number), "good")
    return redirect(url_for("awards.certificates", key=certificate.cycle.key), 303)


def _revocation(certificate: Certificate, form: RevokeForm) -> str:
    return render_template("awards/revocation.html", certificate=certificate, form=form)


def _storage() -> Store:
    return open_store(current_app.extensions["settings"], "documents")


class _Outbox(io.RawIOBase):
    """What the ZIP writer has written and nobody has taken yet; it cannot go back, so no file is held as a whole."""

    def __init__(self) -> None:
        self.waiting = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, content: bytes) -> int:  # type: ignore[override]
        self.waiting += content
        return len(content)

    def take(self) -> bytes:
        taken = bytes(self.waiting)
        self.waiting.clear()
        return taken


def zipped(storage: Store, files: Iterable[tuple[str, str]]) -> Iterator[bytes]:
    """A ZIP of stored files, piece by piece: (name in the ZIP, SHA-256) of each. PDFs are packed already."""
    outbox = _Outbox()
    with zipfile.ZipFile(outbox, "w", zipfile.ZIP_STORED) as archive:
        for name, sha256 in files:
            # A fixed time: the same certificates give the same bytes.
            archive.writestr(zipfile.ZipInfo(name, (2020, 1, 1, 0, 0, 0)), storage.get(sha256))
            yield outbox.take()
    yield outbox.take()
