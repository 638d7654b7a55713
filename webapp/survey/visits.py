"""The pass of one visit to a survey: signed, bound to the link, too fresh for a program, too old for a forgotten tab.

It holds no trace of the visitor: a random number, which makes the same answer sent twice one answer, and the time.
"""

import secrets
from dataclasses import dataclass

from flask import current_app
from itsdangerous import BadSignature, URLSafeSerializer

from models import clock
from webapp.config import purpose_key

LEAST_SECONDS = 4
"""Nobody reads and answers the questions faster."""
MOST_SECONDS = 2 * 3600


@dataclass(frozen=True)
class Visit:
    """What a pass says: `state` is `good`, `early`, `late` or `none`."""

    state: str
    request_key: str = ""


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(purpose_key(current_app.extensions["settings"], "survey-visit"))


def new_pass(link_id: int) -> str:
    """A pass for the page that is about to be shown."""
    passed: str = _signer().dumps([link_id, secrets.token_hex(16), int(clock.now().timestamp())])
    return passed


def read_pass(text: str, link_id: int) -> Visit:
    """What came back with the answers."""
    try:
        link, key, since = _signer().loads(text[:500])
    except (BadSignature, ValueError, TypeError):
        return Visit("none")
    if link != link_id:
        return Visit("none")
    age = clock.now().timestamp() - since
    if age < LEAST_SECONDS:
        return Visit("early", key)
    return Visit("late" if age > MOST_SECONDS else "good", key)
