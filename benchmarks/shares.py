"""Where the processor time of one page goes: samples of the running code, told by what it is busy with."""

import io
import logging
import signal
from collections import Counter
from types import FrameType
from typing import Any

from benchmarks.questionnaires import FORTY
from benchmarks.respondents import Respondent
from models.session import make_engine
from models.settings import Settings
from webapp import log
from webapp.app import create_app

EVERY_SECONDS = 0.001
WARM = 20

# From the outside inwards: the first that fits tells what the code is busy with.
PURPOSES = (
    ("/webapp/sessions.py", "session and person"),
    ("/webapp/compression.py", "compression"),
    ("/flask/templating.py", "templates"),
    ("/forms/", "reading the answers"),
    ("/models/", "queries of the form"),
    ("/sqlalchemy/", "queries of the form"),
    ("/webapp/access.py", "access, limits, origin, headers, log"),
    ("/webapp/headers.py", "access, limits, origin, headers, log"),
    ("/webapp/log.py", "access, limits, origin, headers, log"),
    ("/webapp/limits.py", "access, limits, origin, headers, log"),
    ("/flask_limiter/", "access, limits, origin, headers, log"),
    ("/webapp/assignments/", "view"),
)
REST = "Flask and Werkzeug"


def where_time_goes(one: Respondent, pages: int) -> dict[str, float]:
    """Purpose → share of the processor time of the page of forty questions, asked within this process."""
    settings = Settings()
    app = create_app(settings, make_engine(settings.database))
    # Made as in production, and let go.
    log.logger.handlers = [logging.StreamHandler(io.StringIO())]
    log.logger.handlers[0].setFormatter(log.JsonLines())
    client = app.test_client()
    name, _, value = one.cookie.partition("=")
    client.set_cookie(name, value)
    path, seen = f"/assignments/{one.forms[FORTY]}", Counter[str]()
    for _ in range(WARM):
        assert client.get(path, headers={"Accept-Encoding": "gzip"}).status_code == 200
    before = signal.signal(signal.SIGPROF, lambda _number, frame: seen.update([purpose_of(frame)]))
    signal.setitimer(signal.ITIMER_PROF, EVERY_SECONDS, EVERY_SECONDS)
    try:
        for _ in range(pages):
            client.get(path, headers={"Accept-Encoding": "gzip"})
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)
    total = sum(seen.values()) or 1
    return {purpose: round(count / total, 3) for purpose, count in seen.most_common()}


def purpose_of(frame: FrameType | None) -> str:
    """What the code of this frame is busy with."""
    files: list[Any] = []
    while frame is not None:
        files.append(frame.f_code.co_filename)
        frame = frame.f_back
    for file in reversed(files):
        for part, purpose in PURPOSES:
            if part in file and purpose != "view":
                return purpose
    return "view" if any("/webapp/assignments/" in file for file in files) else REST
