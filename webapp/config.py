"""What Flask and its extensions are told, made from the settings."""

import hmac
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

from models.settings import Settings

MEGABYTE = 1024 * 1024


def purpose_key(settings: Settings, purpose: str) -> str:
    """A key of its own for each purpose, so that what is signed for one means nothing to another."""
    return hmac.new(settings.secret.encode(), b"kinerja:" + purpose.encode(), "sha256").hexdigest()


def flask_config(settings: Settings) -> dict[str, Any]:
    """Configuration of the application. Raises ValueError in production with a missing or short secret."""
    production = settings.environment == "production"
    secure = production or settings.public_url.startswith("https://")
    return {
        "SECRET_KEY": purpose_key(settings, "session"),
        # The prefix makes browsers refuse the cookie over plain HTTP and from other hosts of the same domain.
        "SESSION_COOKIE_NAME": "__Host-kinerja" if secure else "kinerja",
        "SESSION_COOKIE_SECURE": secure,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_PATH": "/",
        "LANGUAGE_COOKIE_NAME": "__Host-bahasa" if secure else "bahasa",
        "MAX_CONTENT_LENGTH": 12 * MEGABYTE,
        "MAX_FORM_MEMORY_SIZE": 2 * MEGABYTE,
        "MAX_FORM_PARTS": 4000,
        "TRUSTED_HOSTS": trusted_hosts(settings),
        "PREFERRED_URL_SCHEME": "https" if secure else "http",
        "WTF_CSRF_SECRET_KEY": purpose_key(settings, "csrf"),
        # Bound to the session instead: a token that dies after an hour costs slow writers their text.
        "WTF_CSRF_TIME_LIMIT": None,
        # Pages with a token in their address send no referrer; `webapp.origin` checks the origin for all requests.
        "WTF_CSRF_SSL_STRICT": False,
        "BABEL_DEFAULT_LOCALE": settings.language,
        "BABEL_DEFAULT_TIMEZONE": settings.zone,
        "RATELIMIT_HEADERS_ENABLED": False,
        "REMEMBER_COOKIE_DURATION": timedelta(0),
        "TEMPLATES_AUTO_RELOAD": not production,
        "HSTS": secure,
    }


def trusted_hosts(settings: Settings) -> list[str]:
    """Hosts by which the web may be called: the public one, and this machine for health checks."""
    public = urlsplit(settings.public_url).hostname
    if public is None:
        raise ValueError("KINERJA_PUBLIC_URL must be an address such as https://kinerja.example.go.id")
    return sorted({public, "localhost", "127.0.0.1", "[::1]"})
