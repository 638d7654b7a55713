"""The log: one JSON object a line, without anything that names a person."""

import hmac
import json
import logging
import sys
import time
import traceback
from collections.abc import Callable
from typing import Any, TypeVar

from flask import Flask, Response, current_app, g, has_request_context, request
from flask_login import current_user

from models import clock
from models.settings import Settings
from models.tokens import grouped, new_token
from webapp.config import purpose_key

logger = logging.getLogger("kinerja.web")


class JsonLines(logging.Formatter):
    """Event and fields as one line; line breaks inside are escaped by JSON itself."""

    def format(self, record: logging.LogRecord) -> str:
        fields: dict[str, Any] = getattr(record, "fields", {})
        line = {"at": clock.now().isoformat(timespec="milliseconds"), "level": record.levelname.lower()}
        line["event"] = record.getMessage()
        return json.dumps(line | fields, ensure_ascii=False, default=str)


def new_request_id() -> str:
    """Short enough to read out on the telephone: `7K3M-9QXD`."""
    return grouped(new_token(8))


def pseudonym(person_id: int | None) -> str:
    """The same for the same person, and nothing about who it is to whoever has no key."""
    if person_id is None:
        return "-"
    key: str = current_app.extensions["log_key"]
    return hmac.new(key.encode(), str(person_id).encode(), "sha256").hexdigest()[:12]


View = TypeVar("View", bound=Callable[..., Any])


def without_name(view: View) -> View:
    """Mark a page of which the log never says who opened it, not even by pseudonym: ballots."""
    view.without_name = True
    return view


def _actor() -> str:
    if getattr(current_app.view_functions.get(request.endpoint or ""), "without_name", False):
        return "-"
    return pseudonym(current_user.person_id)


def write(level: int, event: str, **fields: Any) -> None:
    """Write one line; within a request it says which. Never give it paths, addresses, names or what was typed."""
    if has_request_context():
        route = request.url_rule.rule if request.url_rule else "-"
        known = {"request": g.get("request_id", "-"), "method": request.method, "route": route}
        fields = known | {"actor": _actor()} | fields
    logger.log(level, event, extra={"fields": fields})


def write_error(error: BaseException) -> None:
    """Write where an error happened: kind and lines, not its words, which may quote data."""
    frames = [
        f"{frame.filename.rsplit('/site-packages/')[-1]}:{frame.lineno} {frame.name}"
        for frame in traceback.extract_tb(error.__traceback__)
    ]
    fields: dict[str, Any] = {"error": type(error).__qualname__, "frames": frames[-20:]}
    if current_app.extensions["settings"].environment == "development":
        fields["words"] = str(error)[:2000]
    write(logging.ERROR, "error", **fields)


def _start() -> None:
    g.request_id = new_request_id()
    g.received_at = clock.now()
    g.started = time.perf_counter()


def _finish(response: Response) -> Response:
    response.headers["X-Request-ID"] = g.get("request_id", "-")
    spent = round((time.perf_counter() - g.get("started", time.perf_counter())) * 1000, 1)
    write(logging.INFO, "request", status=response.status_code, ms=spent)
    return response


def init_app(app: Flask, settings: Settings) -> None:
    """Give every request a number and a line."""
    app.extensions["log_key"] = purpose_key(settings, "log")
    app.before_request(_start)
    app.after_request(_finish)
    if not logger.handlers:
        handler = logging.StreamHandler(sys.stderr)
        handler.setFormatter(JsonLines())
        logger.addHandler(handler)
        logger.setLevel(logging.INFO)
    # Flask's own handler would write addresses, which may hold tokens.
    app.logger.disabled = True
    logging.getLogger("flask_limiter").disabled = True
