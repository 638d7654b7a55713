"""What people see when something cannot be done: why, what to do, and what they had typed."""

from typing import Any

from flask import Flask, Response, current_app, flash, g, jsonify, make_response, render_template, request, session
from flask_limiter.errors import RateLimitExceeded
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from werkzeug.exceptions import HTTPException, SecurityError

from forms.text import Message, msg
from models.errors import Conflict, DomainError, Forbidden, Invalid, NotFound
from webapp import limits, log
from webapp.access import SignInNeeded, sign_in_address
from webapp.db import READING_METHODS, abandon
from webapp.i18n import say
from webapp.limits import TooMany
from webapp.navigation import safe_target

STATUS: dict[type[DomainError], int] = {NotFound: 404, Forbidden: 403, Conflict: 409, Invalid: 422}
NOT_FOUND = NotFound().message
WORDS: dict[int, Message] = {
    400: msg("Permintaan ini tidak dapat dibaca. Silakan kembali dan coba lagi."),
    403: Forbidden().message,
    404: NOT_FOUND,
    405: NOT_FOUND,
    413: msg("Kiriman ini terlalu besar. Silakan perkecil berkas atau bagi menjadi beberapa bagian."),
    503: msg("Sistem sedang sibuk. Tidak ada yang tersimpan; silakan coba lagi sebentar lagi."),
}
TITLES: dict[int, Message] = {
    401: msg("Silakan masuk kembali"),
    403: msg("Tidak dapat dilakukan"),
    404: msg("Halaman tidak ditemukan"),
    405: msg("Halaman tidak ditemukan"),
    409: msg("Belum tersimpan: keadaan sudah berubah"),
    422: msg("Belum tersimpan: ada isian yang perlu diperbaiki"),
    429: msg("Terlalu banyak percobaan"),
    500: msg("Terjadi kendala pada sistem"),
    503: msg("Sistem sedang sibuk"),
}
ELSE = msg("Tidak dapat diproses")
ENDED = msg("Sesi Anda telah berakhir demi keamanan. Draf Anda aman; silakan masuk kembali.")
SECRET_WORDS = ("password", "token", "code", "secret")

OUT_OF_DATE = msg(
    "Halaman ini sudah kedaluwarsa, misalnya karena Anda masuk lagi. Silakan muat ulang dan kirim kembali."
)


def page(status: int, message: Message, **more: Any) -> Response:
    """The error as the asker can use it: a page, a part of a page for htmx, or JSON for scripts."""
    title = TITLES.get(status, ELSE)
    if wants_json():
        answer = jsonify(message=say(message), request_id=g.get("request_id", ""))
    else:
        template = "errors/part.html" if request.headers.get("HX-Request") == "true" else "errors/page.html"
        values = {"title": title, "message": message, "status": status, "typed": typed()}
        answer = make_response(render_template(template, request_id=g.get("request_id", ""), **values | more))
    answer.status_code = status
    return answer


def wants_json() -> bool:
    """Whether a script asks, not a person."""
    return request.headers.get("X-Requested-With") == "fetch" or request.accept_mimetypes.best == "application/json"


def typed() -> list[tuple[str, str]]:
    """What was sent with a change that failed, so that it can be copied: never passwords, codes or our own fields."""
    if request.method in READING_METHODS:
        return []
    try:
        fields = list(request.form.items(multi=True))
    except HTTPException:
        return []
    return [
        (name, value)
        for name, value in fields
        if value.strip() and not name.startswith("_") and not any(word in name for word in SECRET_WORDS)
    ]


def _signed_out(_error: SignInNeeded) -> Response:
    """The page needs somebody who is signed in: lead there and back again, without losing what was typed."""
    ended = getattr(session, "ended", False)
    message = ENDED if ended else msg("Silakan masuk untuk membuka halaman ini.")
    if request.method in READING_METHODS and not wants_json() and "HX-Request" not in request.headers:
        if ended:
            flash(say(ENDED), "warn")
        answer = make_response("", 303)
        answer.headers["Location"] = sign_in_address(request.full_path.rstrip("?"))
        return answer
    address = sign_in_address(_page_before())
    answer = page(401, message, sign_in=address)
    if request.headers.get("HX-Request") == "true" and request.method in READING_METHODS:
        answer.headers["HX-Redirect"] = address
    return answer


def _page_before() -> str:
    """The page from which a change was sent, when the browser says and it is ours."""
    current = request.headers.get("HX-Current-URL") or request.referrer or ""
    prefix = request.host_url.rstrip("/")
    return safe_target(current.removeprefix(prefix)) if current.startswith(prefix + "/") else "/"


def _domain(error: DomainError) -> Response:
    status = next((code for kind, code in STATUS.items() if isinstance(error, kind)), 400)
    more = {"errors": error.errors} if isinstance(error, Invalid) else {}
    return page(status, error.message, **more)


def _too_many(seconds: float) -> Response:
    minutes = TooMany(seconds).minutes
    answer = page(429, msg("Terlalu banyak percobaan. Silakan coba lagi dalam %(n)s menit.", n=minutes))
    answer.headers["Retry-After"] = str(minutes * 60)
    return answer


def _http(error: HTTPException) -> Any:
    if error.code is None or error.code < 400:
        return error
    if error.code >= 500 and error.code != 503:
        return _unknown(getattr(error, "original_exception", None) or error)
    answer = page(error.code, WORDS.get(error.code, WORDS[400]))
    for name, value in error.get_headers(request.environ):
        if name in ("Allow", "Retry-After"):
            answer.headers[name] = value
    return answer


def _csrf(_error: CSRFError) -> Response:
    return page(400, OUT_OF_DATE)


def _database(error: DBAPIError | PoolTimeout) -> Response:
    if isinstance(error, OperationalError | PoolTimeout):
        log.write_error(error)
        answer = page(503, WORDS[503])
        answer.headers["Retry-After"] = "5"
        return answer
    return _unknown(error)


def _unknown(error: Exception) -> Response:
    log.write_error(error)
    if current_app.testing:
        raise error
    number = g.get("request_id", "-")
    words = msg(
        "Terjadi kendala pada sistem. Data Anda tidak hilang. Sebutkan kode %(id)s saat menghubungi bantuan.", id=number
    )
    try:
        return page(500, words)
    except Exception as second:
        # Even the page cannot be made (no database, a broken template): the bare words can.
        log.write_error(second)
        return Response(str(words), 500, mimetype="text/plain")


def _undone(handler: Any) -> Any:
    """A handler that first throws away what the failed view had begun."""

    def handle(error: Any) -> Any:
        abandon()
        return handler(error)

    return handle


def init_app(app: Flask) -> None:
    """Answer every error with a page of ours."""
    handlers = {
        DomainError: _domain,
        SignInNeeded: _signed_out,
        TooMany: lambda error: _too_many(error.seconds),
        RateLimitExceeded: lambda _error: _too_many(limits.seconds_left()),
        CSRFError: _csrf,
        HTTPException: _http,
        SecurityError: lambda _error: Response(str(WORDS[400]), 400, mimetype="text/plain"),  # no address can be built
        DBAPIError: _database,
        PoolTimeout: _database,
        Exception: _unknown,
    }
    for kind, handler in handlers.items():
        app.register_error_handler(kind, _undone(handler))
