"""Counters of the limits in our own database, so that they hold across processes and machines."""

import hashlib
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from limits.storage import Storage
from sqlalchemy import case, delete, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session, sessionmaker

from models import clock
from models.people import RateCounter
from models.session import reading, writing
from webapp.db import factory


class DatabaseCounters(Storage):
    """A fixed window per key: one atomic statement counts, in a short transaction of its own.

    Keys name addresses and accounts; only their digest is kept.
    """

    STORAGE_SCHEME = ["kinerja"]
    """How `limits` finds this class."""

    def __init__(
        self,
        uri: str | None = None,
        wrap_exceptions: bool = False,
        *,
        sessions: Callable[[], sessionmaker[Session]] = factory,
        **_: Any,
    ) -> None:
        super().__init__(uri, wrap_exceptions=wrap_exceptions)
        self.sessions = sessions

    @property
    def base_exceptions(self) -> type[Exception]:
        return SQLAlchemyError

    def incr(self, key: str, expiry: int, amount: int = 1) -> int:
        """Count, and say how often it has happened in this window of `expiry` seconds; a past window starts afresh."""
        now = clock.now()
        until = now + timedelta(seconds=expiry)
        over = RateCounter.expires_at <= now
        with writing(self.sessions()) as database:
            dialect = postgresql if database.get_bind().dialect.name == "postgresql" else sqlite
            statement = (
                dialect.insert(RateCounter)
                .values(key=kept_key(key), count=amount, expires_at=until)
                .on_conflict_do_update(
                    index_elements=[RateCounter.key],
                    set_={
                        "count": case((over, amount), else_=RateCounter.count + amount),
                        "expires_at": case((over, until), else_=RateCounter.expires_at),
                    },
                )
                .returning(RateCounter.count)
            )
            count = database.execute(statement).scalar_one()
        if count == 1:
            # A window has begun: a good moment to forget those that are over.
            with writing(self.sessions()) as database:
                database.execute(delete(RateCounter).where(RateCounter.expires_at <= now))
        return count

    def get(self, key: str) -> int:
        """How often it has happened in the present window."""
        with reading(self.sessions()) as database:
            row = database.get(RateCounter, kept_key(key))
            return row.count if row is not None and row.expires_at > clock.now() else 0

    def get_expiry(self, key: str) -> float:
        """When the present window ends, in seconds since 1970."""
        with reading(self.sessions()) as database:
            row = database.get(RateCounter, kept_key(key))
            return (row.expires_at if row is not None else clock.now()).timestamp()

    def check(self) -> bool:
        """Whether the counters can be reached."""
        with reading(self.sessions()) as database:
            database.execute(select(RateCounter.key).limit(1))
        return True

    def reset(self) -> int:
        """Forget everything that was counted."""
        with writing(self.sessions()) as database:
            return len(database.execute(delete(RateCounter).returning(RateCounter.key)).all())

    def clear(self, key: str) -> None:
        """Forget what was counted for a key."""
        with writing(self.sessions()) as database:
            database.execute(delete(RateCounter).where(RateCounter.key == kept_key(key)))


def kept_key(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()
