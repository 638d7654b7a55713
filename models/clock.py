"""The only source of time, so that a whole year can be lived through in seconds."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

_journey: list[datetime] = []
"""Where this process is, while it travels; the last stop counts."""


def now() -> datetime:
    """The present moment in UTC; a journey (`travel`) stands still at its moment."""
    return _journey[-1] if _journey else datetime.now(UTC)


def today(zone: str) -> date:
    """The calendar day at this moment in an IANA zone such as `Asia/Jakarta`."""
    return now().astimezone(ZoneInfo(zone)).date()


def local_day(moment: datetime, zone: str) -> date:
    """The calendar day of a moment in a zone."""
    return moment.astimezone(ZoneInfo(zone)).date()


@contextmanager
def travel(to: datetime) -> Iterator[None]:
    """Let this process live at another moment; for rehearsals, the demo and tests. Not for threads that disagree."""
    if to.tzinfo is None:
        raise ValueError("travel needs a moment with a zone")
    _journey.append(to.astimezone(UTC))
    try:
        yield
    finally:
        _journey.pop()


def start_of(day: date, zone: str) -> datetime:
    """The first moment of a day in a zone, in UTC."""
    return datetime(day.year, day.month, day.day, tzinfo=ZoneInfo(zone)).astimezone(UTC)


def end_of(day: date, zone: str) -> datetime:
    """The first moment after a day in a zone, in UTC: whoever arrives before it is in time."""
    return start_of(day + timedelta(days=1), zone)
