"""The request's database session: reading for GET and HEAD, otherwise one transaction, committed once at the end."""

from typing import Any

from flask import Flask, Response, current_app, g, request
from sqlalchemy import Engine, event
from sqlalchemy.orm import ORMExecuteState, Session, sessionmaker

from models.session import reading_factory, session_factory

READING_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


class WriteWhileReadingError(RuntimeError):
    """A page that only reads tried to change something: the mistake is in the page."""


class Reader(Session):
    """A session of a page that only reads."""


def init_app(app: Flask, engine: Engine) -> None:
    """Give the application its engine; `db()` works from here on."""
    app.extensions["engine"] = engine
    app.extensions["sessions"] = session_factory(engine)
    app.extensions["readers"] = reading_factory(app.extensions["sessions"], Reader)
    app.teardown_appcontext(_close)


def factory() -> sessionmaker[Session]:
    """Sessions apart from the request's, for short transactions of their own (sessions, counters)."""
    return current_app.extensions["sessions"]


def db() -> Session:
    """The session of this request, begun at the first call.

    Objects read in it stay readable after the commit. On SQLite a POST holds the write lock from here on, so whatever
    is slow or has a transaction of its own (limits, passwords) comes before.
    """
    if "db" not in g:
        reads = request.method in READING_METHODS or g.get("db_reading", False)
        g.db = current_app.extensions["readers"]() if reads else factory()()
    return g.db


def only_reading() -> None:
    """This request changes nothing although it is sent as a POST: on SQLite it then waits for no lock."""
    g.db_reading = True


def keep() -> None:
    """Commit at the end even though the answer is a refusal (status 400 and above)."""
    g.db_keep = True


def finish(response: Response) -> None:
    """Commit what a successful view did; throw away what another did."""
    session: Session | None = g.pop("db", None)
    if session is None:
        return
    reading = request.method in READING_METHODS or g.get("db_reading", False)
    # Whatever runs after the view (an error page, say) only reads.
    g.db_reading = True
    try:
        if reading:
            _refuse_flush(session)
        elif response.status_code < 400 or g.get("db_keep", False):
            session.commit()
    finally:
        session.close()


def abandon() -> None:
    """Undo what a failed view did; `db()` then gives a fresh session that reads, for the error page."""
    session: Session | None = g.pop("db", None)
    g.db_reading = True
    if session is not None:
        session.close()


def _close(_error: BaseException | None) -> None:
    session: Session | None = g.pop("db", None)
    if session is not None:
        session.close()


def _refuse_flush(session: Session, *_: Any) -> None:
    if session.new or session.deleted or any(session.is_modified(one) for one in session.dirty):
        raise WriteWhileReadingError("a page that is only read changed an object")


def _refuse_change(state: ORMExecuteState) -> None:
    if state.is_insert or state.is_update or state.is_delete:
        raise WriteWhileReadingError("a page that is only read sent a change")


# Once for the class: to listen to each session anew takes longer than a statement.
event.listen(Reader, "before_flush", _refuse_flush)
event.listen(Reader, "do_orm_execute", _refuse_change)
