"""Words on screen: Indonesian first, English by switch; numbers, dates and times as people write them."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from flask import Flask, current_app, g, has_request_context, request
from flask_babel import Babel, get_translations
from flask_login import current_user
from markupsafe import Markup

from forms import wording
from forms.text import Message, Text

LANGUAGES = {"id": "Bahasa Indonesia", "en": "English"}


def language() -> str:
    """`id` or `en`: as chosen by the account, else in this browser, else as configured."""
    if not has_request_context():
        return current_app.config["BABEL_DEFAULT_LOCALE"]
    here = g._get_current_object()
    # Asked a hundred times for one page.
    found: str | None = here.get("language")
    if found is None:
        chosen = current_user.language if current_user.is_authenticated else request.cookies.get(_cookie_name())
        found = here.language = chosen if chosen in LANGUAGES else current_app.config["BABEL_DEFAULT_LOCALE"]
    return found


def zone() -> str:
    """The zone in which the visitor reads times: that of the unit, or of the agency."""
    if has_request_context() and current_user.is_authenticated:
        return current_user.zone
    return current_app.config["BABEL_DEFAULT_TIMEZONE"]


def say(words: Any) -> str:
    """A message, a text of a design, or its `{id, en}`, in the visitor's language; a plain string as it is."""
    match words:
        case None:
            return ""
        case Message():
            params = {name: _in_words(value) for name, value in words.params.items()}
            return Message(words.msgid, params).say(language(), _translate)
        case Text():
            return words.say(language())
        case {"id": indonesian, **rest}:
            return rest.get("en") or indonesian if language() == "en" else indonesian
    return words if isinstance(words, Markup) else str(words)


def _translate(msgid: str) -> str:
    return get_translations().ugettext(msgid)


def words(sentence: str, /, **values: Any) -> Markup:
    """A sentence of a template in the visitor's language, values set in and escaped.

    Does what Jinja's own `_` does, for a tenth of its time: a page has a hundred sentences.
    """
    here = g._get_current_object()
    said: dict[str, Markup] | None = here.get("said")
    if said is None:
        # Kept with the catalogue, as long as the application lives.
        said = here.said = vars(get_translations()).setdefault("said", {})
    found = said.get(sentence)
    if found is None:
        found = said[sentence] = Markup(_translate(sentence))  # noqa: S704 (our own words, as Jinja takes them)
    return found % values if values or "%" in found else found


def _in_words(value: Any) -> Any:
    """Values of a message that only the visitor's zone or language can put into words."""
    match value:
        case datetime():
            return wording.format_datetime(value, zone(), language())
        case Mapping():
            return say(value)
    return value


def show_date(value: date | datetime | None, *, weekday: bool = False) -> str:
    """`30 Januari 2026`; of a moment, its day in the visitor's zone."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        value = value.astimezone(ZoneInfo(zone())).date()
    return wording.format_date(value, language(), weekday=weekday)


def show_time(value: datetime | None, in_zone: str | None = None) -> str:
    """`14.05 WIB`."""
    return "" if value is None else wording.format_time(value, in_zone or zone(), language())


def show_datetime(value: datetime | None, in_zone: str | None = None, *, weekday: bool = False) -> str:
    """`30 Januari 2026 pukul 14.05 WIB`, in the visitor's zone unless another is given."""
    return "" if value is None else wording.format_datetime(value, in_zone or zone(), language(), weekday=weekday)


def show_number(value: Decimal | int | None, places: int | None = None) -> str:
    """`18,75` · `1.250`."""
    return "" if value is None else wording.format_number(value, places, language())


def _cookie_name() -> str:
    return current_app.config["LANGUAGE_COOKIE_NAME"]


def init_app(app: Flask) -> None:
    """Give templates the words and the ways of writing."""
    # One for each application: it keeps the catalogues it has read.
    Babel(app, locale_selector=language, timezone_selector=zone)
    app.jinja_env.globals.update({"_": words, "gettext": words})
    app.jinja_env.globals.update(say=say, language_code=language, zone=zone, LANGUAGES=LANGUAGES)
    app.jinja_env.filters.update(say=say, date=show_date, time=show_time, datetime=show_datetime, number=show_number)
