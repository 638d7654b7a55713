"""How much may be sent, and how often something may be tried: sign-in, and pages that are open to the world."""

import hashlib
import ipaddress
import math

from flask import Flask, current_app, request
from flask_limiter import Limiter
from limits import RateLimitItem, parse

from models import clock
from webapp.counters import DatabaseCounters

SCHEME = f"{DatabaseCounters.STORAGE_SCHEME[0]}://"

SIGN_IN_ACCOUNT = parse("10 per 15 minutes")
"""Wrong passwords for one account from one network; elsewhere the owner can still sign in."""
SIGN_IN_ADDRESS = parse("100 per 15 minutes")
"""Wrong passwords from one address; a whole office may share one."""
PUBLIC_PAGE = "60 per minute"
PUBLIC_LOOK = "30 per minute"
PUBLIC_ANSWER = "20 per hour"
"""What an anonymous visitor may send in, per network."""


class TooMany(Exception):
    """Tried too often; may be tried again in `seconds`."""

    def __init__(self, seconds: float) -> None:
        super().__init__("tried too often")
        self.seconds = seconds

    @property
    def minutes(self) -> int:
        return max(1, math.ceil(self.seconds / 60))


def address() -> str:
    """Where the request comes from."""
    return request.remote_addr or "unknown"


def network() -> str:
    """The neighbourhood of the address: /24, or /56 of IPv6, which one household owns."""
    try:
        ip = ipaddress.ip_address(address())
    except ValueError:
        return address()
    return str(ipaddress.ip_network(f"{ip}/{24 if ip.version == 4 else 56}", strict=False))


limiter = Limiter(address, strategy="fixed-window", storage_uri=SCHEME, headers_enabled=False)
public_page = limiter.limit(PUBLIC_PAGE)
"""Decorator for pages that anybody may open."""
public_look = limiter.limit(PUBLIC_LOOK)
"""Decorator for pages to which anybody may send a file that is looked at and forgotten."""
public_answer = limiter.limit(PUBLIC_ANSWER, key_func=network, methods=["POST"])
"""Decorator for forms that anybody may send."""


def attempt(limit: RateLimitItem, *what: str) -> None:
    """Count an attempt. Raises TooMany when there were more than the limit allows.

    Counts in a transaction of its own: call it before `db()`.
    """
    if not limiter.limiter.hit(limit, *_names(what)):
        until = limiter.limiter.get_window_stats(limit, *_names(what)).reset_time
        raise TooMany(max(0.0, until - clock.now().timestamp()))


def forgive(limit: RateLimitItem, *what: str) -> None:
    """Forget the attempts: they ended well."""
    limiter.limiter.clear(limit, *_names(what))


def give_back(limit: RateLimitItem, *what: str) -> None:
    """Take one attempt back: it was a good one, and others share the counter."""
    limiter.storage.incr(limit.key_for(*_names(what)), limit.get_expiry(), amount=-1)


def _names(what: tuple[str, ...]) -> list[str]:
    return [hashlib.sha256(name.encode()).hexdigest()[:32] for name in what]


def seconds_left() -> float:
    """How long the limit that refused this request still holds."""
    limit = limiter.current_limit
    return 60.0 if limit is None else max(0.0, limit.reset_at - clock.now().timestamp())


def _small_forms() -> None:
    """A form without files is held in memory as a whole, so it may not be as large as one with files."""
    if request.mimetype == "application/x-www-form-urlencoded":
        request.max_content_length = current_app.config["MAX_FORM_MEMORY_SIZE"]


def init_app(app: Flask) -> None:
    """Check the limits of routes that have one."""
    app.before_request(_small_forms)
    limiter.init_app(app)
