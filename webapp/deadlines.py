"""Deadlines as people read them: the last minute that is in time, on their own clock, and how long that is from now."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from flask import Flask
from flask_babel import gettext, ngettext

from models import clock
from webapp.i18n import show_date, show_datetime, zone


def deadline(due_at: datetime) -> str:
    """`Jumat, 30 Januari 2026 pukul 23.59 WIB`: whoever arrives in that minute is in time."""
    return show_datetime(due_at - timedelta(seconds=1), weekday=True)


def last_day(closes_at: datetime) -> str:
    """The last day of a window whose end is the first moment after it."""
    return show_date(closes_at - timedelta(seconds=1))


def time_left(due_at: datetime) -> str:
    """`tinggal 3 hari`, on the last day `hari terakhir` or hours; empty when the deadline has passed."""
    now = clock.now()
    if now >= due_at:
        return ""
    here = ZoneInfo(zone())
    days = ((due_at - timedelta(seconds=1)).astimezone(here).date() - now.astimezone(here).date()).days
    if days > 0:
        return ngettext("tinggal %(num)s hari", "tinggal %(num)s hari", days)
    minutes = int((due_at - now).total_seconds() // 60)
    if minutes >= 120:
        return gettext("hari ini, tinggal %(n)s jam", n=minutes // 60)
    return ngettext("hari ini, tinggal %(num)s menit", "hari ini, tinggal %(num)s menit", max(minutes, 1))


def due(due_at: datetime) -> str:
    """The deadline and the time left as one line of a list."""
    left = time_left(due_at)
    when = deadline(due_at)
    if not left:
        return gettext("Batas waktu berakhir pada %(when)s", when=when)
    return gettext("Batas: %(when)s (%(left)s)", when=when, left=left)


def init_app(app: Flask) -> None:
    """Give templates the deadlines."""
    app.jinja_env.filters.update(deadline=deadline, time_left=time_left, due=due, last_day=last_day)
