"""Sessions: a signed-in browser has a row that can be ended; a guest has at most a signed cookie, never a row."""

import hashlib
import json
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from flask import Flask, Request, Response, current_app
from flask import session as flask_session
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface
from flask_login import login_user, logout_user
from itsdangerous import BadSignature
from sqlalchemy import Row, bindparam, delete, or_, select, update
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.orm import Session

from models import clock
from models.people import WebSession
from models.session import reading, writing
from webapp import log
from webapp.browsers import browser_name
from webapp.visitor import Visitor, visitor_for

IDLE_WITH_ROLE = timedelta(minutes=30)
IDLE_STAFF = timedelta(hours=8)
ABSOLUTE = timedelta(hours=12)
SEEN_EVERY = timedelta(minutes=1)
"""How exactly it is kept when a browser was last seen; reading a page seldom writes."""
CLOSED = frozenset({"_user_id", "_fresh", "_id"})
"""Keys of Flask-Login; only `sign_in` and `sign_out` touch them."""


class BrowserSession(SecureCookieSession):
    """The session of one request."""

    token: str | None = None
    """The random id from the cookie, when it belongs to a living session."""
    visitor: Visitor | None = None
    created_at: datetime | None = None
    seen_at: datetime | None = None
    ended: bool = False
    """The cookie named a session that is no more: too old, idle, or ended elsewhere."""
    renew: bool = False
    """A new id is due: somebody signed in, or changed the password."""

    trouble: Exception | None = None
    """Why it could not be found out whose it is: the database is away."""

    def remember_start(self) -> None:
        self._start = dict(self)

    def back_to_start(self) -> None:
        """Forget what a failed view put in."""
        self.clear()
        self.update(self._start)
        self.renew = self.modified = False


_ROW = select(WebSession.person_id, WebSession.data, WebSession.created_at, WebSession.seen_at).where(
    WebSession.digest == bindparam("digest")
)


def digest_of(token: str) -> str:
    """What the database keeps of the id: whoever reads the table cannot use it as a cookie."""
    return hashlib.sha256(token.encode()).hexdigest()


class DatabaseSessions(SecureCookieSessionInterface):
    """Finds and keeps sessions; reading and writing in short transactions of their own."""

    session_class = BrowserSession

    def open_session(self, app: Flask, request: Request) -> BrowserSession:
        value = request.cookies.get(self.get_cookie_name(app), "")
        # A signed cookie has dots in it, a random id has none.
        if "." in value or not value:
            session = self._guest(app, value)
        else:
            try:
                session = self._signed_in(app, value)
            except (OperationalError, PoolTimeout) as error:
                session = BrowserSession()
                session.trouble = error
        session.remember_start()
        return session

    def _guest(self, app: Flask, value: str) -> BrowserSession:
        serializer = self.get_signing_serializer(app)
        if not value or serializer is None:
            return BrowserSession()
        try:
            data = serializer.loads(value)
        except BadSignature:
            return BrowserSession()
        return BrowserSession({key: found for key, found in data.items() if key not in CLOSED})

    def _signed_in(self, app: Flask, token: str) -> BrowserSession:
        with reading(app.extensions["readers"]) as database:
            row = database.connection().execute(_ROW, {"digest": digest_of(token)}).one_or_none()
            visitor = None
            if row is not None and row.person_id is not None:
                visitor = visitor_for(database, row.person_id, app.config["BABEL_DEFAULT_TIMEZONE"])
            if row is None or visitor is None or is_over(row, visitor.has_role):
                session = BrowserSession()
                session.ended = True
                return session
            session = BrowserSession(json.loads(row.data))
            session.token, session.visitor = token, visitor
            session.created_at, session.seen_at = row.created_at, row.seen_at
            return session

    def save_session(self, app: Flask, session: BrowserSession, response: Response) -> None:
        if session.accessed or session.token or session.ended:
            response.vary.add("Cookie")
        if session.trouble is not None:
            return  # the cookie may be good: it stays as it is
        if "_user_id" in session:
            self._save_signed_in(app, session, response)
        else:
            self._save_guest(app, session, response)

    def _save_signed_in(self, app: Flask, session: BrowserSession, response: Response) -> None:
        now = clock.now()
        if session.renew or session.token is None:
            token = secrets.token_urlsafe(32)
            with writing(app.extensions["sessions"]) as database:
                if session.token:
                    database.execute(delete(WebSession).where(WebSession.digest == digest_of(session.token)))
                forget_old(database, now)
                database.add(
                    WebSession(
                        digest=digest_of(token),
                        person_id=int(session["_user_id"]),
                        data=json.dumps(dict(session)),
                        created_at=now,
                        seen_at=now,
                    )
                )
            self._set_cookie(app, response, token)
        elif session.modified:
            self._update(app, session, seen_at=now, data=json.dumps(dict(session)))
        elif session.seen_at is None or now - session.seen_at >= SEEN_EVERY:
            try:
                self._update(app, session, seen_at=now)
            except OperationalError as error:
                # The page itself is fine; the next one notes that the browser was seen.
                log.write_error(error)

    def _update(self, app: Flask, session: BrowserSession, **values: Any) -> None:
        """An UPDATE, never more: a session that was ended meanwhile stays ended."""
        with writing(app.extensions["sessions"]) as database:
            mine = WebSession.digest == digest_of(session.token or "")
            database.execute(update(WebSession).where(mine).values(**values))

    def _save_guest(self, app: Flask, session: BrowserSession, response: Response) -> None:
        if session.token:
            with writing(app.extensions["sessions"]) as database:
                database.execute(delete(WebSession).where(WebSession.digest == digest_of(session.token)))
        gone = session.token is not None or session.ended
        if not session and (gone or session.modified):
            response.delete_cookie(
                self.get_cookie_name(app),
                path=self.get_cookie_path(app),
                secure=self.get_cookie_secure(app),
                samesite=self.get_cookie_samesite(app),
                httponly=True,
            )
        elif session and (gone or session.modified):
            serializer = self.get_signing_serializer(app)
            if serializer is not None:
                self._set_cookie(app, response, serializer.dumps(dict(session)))

    def _set_cookie(self, app: Flask, response: Response, value: str | bytes) -> None:
        response.set_cookie(
            self.get_cookie_name(app),
            value if isinstance(value, str) else value.decode(),
            httponly=True,
            path=self.get_cookie_path(app),
            secure=self.get_cookie_secure(app),
            samesite=self.get_cookie_samesite(app),
        )


def is_over(row: WebSession | Row[Any], has_role: bool) -> bool:
    """Whether a session has lasted too long, or was left alone too long."""
    now = clock.now()
    return now - row.created_at >= ABSOLUTE or now - row.seen_at >= (IDLE_WITH_ROLE if has_role else IDLE_STAFF)


def forget_old(database: Session, now: datetime) -> None:
    """Delete the rows that no browser can use any more."""
    database.execute(
        delete(WebSession).where(or_(WebSession.created_at <= now - ABSOLUTE, WebSession.seen_at <= now - IDLE_STAFF))
    )


def sign_in(database: Session, person_id: int, user_agent: str) -> None:
    """Make this browser the person's, under a new id and with nothing left of who was there before."""
    visitor = visitor_for(database, person_id, current_app.config["BABEL_DEFAULT_TIMEZONE"])
    if visitor is None:
        raise ValueError("nobody can sign in without an active account")
    session = _current()
    session.clear()
    session.visitor = visitor
    session.renew = True
    # Made now, so that opening the first form writes nothing.
    session["csrf_token"] = secrets.token_hex(20)
    session["browser"] = browser_name(user_agent)
    login_user(visitor)


def sign_out() -> None:
    """End this browser's session."""
    logout_user()
    _current().clear()


def _current() -> BrowserSession:
    return flask_session._get_current_object()


@dataclass(frozen=True)
class OpenSession:
    """A signed-in browser, as its owner sees it."""

    reference: str
    browser: str
    created_at: datetime
    seen_at: datetime
    here: bool


def sessions_of(database: Session, person_id: int, has_role: bool) -> list[OpenSession]:
    """The living sessions of a person, newest first."""
    here = digest_of(_current().token or "")
    mine = select(WebSession).where(WebSession.person_id == person_id).order_by(WebSession.seen_at.desc())
    return [
        OpenSession(
            reference=_reference(row.digest),
            browser=json.loads(row.data).get("browser", ""),
            created_at=row.created_at,
            seen_at=row.seen_at,
            here=row.digest == here,
        )
        for row in database.scalars(mine)
        if not is_over(row, has_role)
    ]


def end_session(database: Session, person_id: int, reference: str) -> bool:
    """End one session of the person; whether there was such a one."""
    rows = database.scalars(select(WebSession.digest).where(WebSession.person_id == person_id))
    ending = [digest for digest in rows if _reference(digest) == reference]
    database.execute(delete(WebSession).where(WebSession.digest.in_(ending)))
    return bool(ending)


def end_all(database: Session, person_id: int, *, but_here: bool = False) -> None:
    """End every session of a person: the password was changed, or the account closed."""
    statement = delete(WebSession).where(WebSession.person_id == person_id)
    if but_here:
        statement = statement.where(WebSession.digest != digest_of(_current().token or ""))
    database.execute(statement)


def _reference(digest: str) -> str:
    return hashlib.sha256(digest.encode()).hexdigest()[:16]


def check() -> None:
    """Before every request: whoever has a session is not shown as a guest because the database is away."""
    trouble = _current().trouble
    if trouble is not None:
        raise trouble
