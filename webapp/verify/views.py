"""Verification: enter a code, follow a QR, or compare a file; for anybody, and nothing is kept."""

import hashlib
from urllib.parse import urlsplit

from flask import Blueprint, current_app, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from forms.text import Message, msg
from models.queries import verification
from models.queries.verification import Verdict
from webapp import access, language
from webapp.db import db, only_reading
from webapp.headers import token_in_address
from webapp.i18n import zone
from webapp.limits import public_look, public_page
from webapp.origin import csrf
from webapp.verify.words import VERDICTS, facts

blueprint = Blueprint("verify", __name__)
# Nothing is changed here and nobody is known: a token would only cost the visitor a cookie.
csrf.exempt(blueprint)
blueprint.before_request(language.choose_by_address)

MOST_BYTES = 5 * 1024 * 1024
NO_CODE = msg("Tuliskan kode yang tertera pada dokumen.")
NO_FILE = msg("Pilih berkas PDF dokumen terlebih dahulu.")
TOO_LARGE = msg("Ukuran berkas melebihi 5 MB. Silakan perkecil atau pilih berkas lain.")
WHY = "Whoever is shown a certificate must be able to check it, without an account."
TEXTS = {
    "valid": msg("Dokumen dengan kode ini diterbitkan oleh instansi dan masih berlaku."),
    "revoked": msg("Dokumen dengan kode ini pernah diterbitkan, tetapi tidak berlaku lagi."),
    "replaced": msg("Dokumen ini asli, tetapi telah digantikan oleh dokumen yang lebih baru."),
    "unknown": msg("Tidak ada dokumen dengan kode ini. Periksa kembali kodenya, lalu coba lagi."),
}
SAME = msg("Berkas ini sama persis dengan yang diterbitkan dan tidak berubah.")
SAME_REVOKED = msg("Berkas ini sama persis dengan yang diterbitkan, tetapi dokumennya tidak berlaku lagi.")
DIFFERENT = msg("Berkas ini berbeda dengan dokumen yang diterbitkan. Isinya mungkin telah diubah.")
STRANGE = msg("Tidak ada dokumen yang diterbitkan dengan isi seperti berkas ini. Isinya mungkin telah diubah.")


@blueprint.get("/verify")
@access.public(WHY)
@public_page
def home() -> Response | tuple[str, int] | str:
    """Ask for a code or a file."""
    code = request.args.get("code")
    if code is None:
        return _home()
    if not code.strip() or len(code) > 100 or "/" in code:
        return _home(code_error=NO_CODE)
    return redirect(url_for("verify.show", code=code.strip(), lang=request.args.get("lang")), 303)


@blueprint.get("/verify/<code>")
@access.public(WHY)
@token_in_address
@public_page
def show(code: str) -> tuple[str, int]:
    """What stands behind a code."""
    return _verdict(verification.by_code(db(), code), code=code)


@blueprint.post("/verify")
@access.public(WHY)
@public_look
def by_file() -> tuple[str, int] | str:
    """What stands behind a file."""
    only_reading()
    content = _sent()
    if isinstance(content, Message):
        return _home(file_error=content)
    verdict = verification.by_file(db(), content)
    texts = {"valid": SAME, "revoked": SAME_REVOKED, "replaced": SAME_REVOKED, "unknown": STRANGE}
    return _verdict(verdict, text=texts[verdict.state])


@blueprint.post("/verify/<code>")
@access.public(WHY)
@token_in_address
@public_look
def compare(code: str) -> tuple[str, int]:
    """Whether a file is the certificate behind the code."""
    only_reading()
    content = _sent()
    verdict = verification.by_code(db(), code)
    if isinstance(content, Message):
        return _verdict(verdict, code=code, file_error=content)
    if verdict.state == "unknown":
        return _verdict(verdict, code=code)
    if hashlib.sha256(content).hexdigest() != verdict.sha256:
        return _verdict(verdict, code=code, title=msg("Berkas ini tidak cocok."), text=DIFFERENT, shown="revoked")
    return _verdict(verdict, code=code, text=SAME if verdict.state == "valid" else SAME_REVOKED)


def _sent() -> bytes | Message:
    """The file that was sent, or why it cannot be looked at."""
    file = request.files.get("file")
    content = file.stream.read(MOST_BYTES + 1) if file is not None else b""
    if not content:
        return NO_FILE
    return TOO_LARGE if len(content) > MOST_BYTES else content


def _home(code_error: Message | None = None, file_error: Message | None = None) -> tuple[str, int]:
    page = render_template(
        "verify/home.html", code_error=code_error, file_error=file_error, host=_host(), lang=request.args.get("lang")
    )
    return page, 422 if code_error or file_error else 200


def _verdict(
    verdict: Verdict,
    *,
    code: str | None = None,
    title: Message | None = None,
    text: Message | None = None,
    shown: str | None = None,
    file_error: Message | None = None,
) -> tuple[str, int]:
    lang = request.args.get("lang")
    page = render_template(
        "verify/verdict.html",
        verdict=verdict,
        shown=shown or verdict.state,
        title=title or VERDICTS[verdict.state],
        text=text or TEXTS[verdict.state],
        facts=facts(verdict, zone()),
        upload_url=url_for("verify.compare", code=code, lang=lang) if code else url_for("verify.by_file", lang=lang),
        file_error=file_error,
        host=_host(),
        lang=lang,
    )
    if file_error:
        return page, 422
    return page, 404 if verdict.state == "unknown" else 200


def _host() -> str:
    """The name of this site as it is printed on papers."""
    return urlsplit(current_app.extensions["settings"].public_url).netloc
