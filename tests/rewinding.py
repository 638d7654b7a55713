"""What is in a database, so that it can be brought back in milliseconds; and stories that are told only once."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache, wraps
from hashlib import sha256
from typing import Any, Concatenate, ParamSpec, TypeVar

import psycopg
from psycopg import sql
from sqlalchemy.engine import URL, make_url
from sqlalchemy.orm import Session, sessionmaker

from models.people import Person
from tests.cast import Cast

P = ParamSpec("P")
R = TypeVar("R")

SHAPE = """
SELECT md5(coalesce(string_agg(line, E'\\n' ORDER BY line), '')) FROM (
  SELECT concat_ws(' ', c.relname, a.attname, a.atttypid, a.attnotnull) AS line FROM pg_attribute a
    JOIN pg_class c ON c.oid = a.attrelid WHERE c.relnamespace = 'public'::regnamespace AND NOT a.attisdropped
  UNION ALL SELECT concat_ws(' ', conrelid::regclass, conname, convalidated, pg_get_constraintdef(oid))
    FROM pg_constraint WHERE connamespace = 'public'::regnamespace
  UNION ALL SELECT concat_ws(' ', tgrelid::regclass, tgname, tgenabled) FROM pg_trigger WHERE NOT tgisinternal
) AS parts
"""
"""Names and settings of columns, constraints and triggers."""


@dataclass(frozen=True)
class Contents:
    """Everything that is in a database at a moment: its rows and counters, not the shape of its tables."""

    parts: tuple[tuple[str, bytes], ...]
    counters: tuple[tuple[str, int | None], ...]
    digest: str
    """Equal for equal contents."""


def contents(url: str) -> Contents:
    """What is in the database now."""
    address = make_url(url)
    if address.get_backend_name() == "sqlite":
        with _sqlite(address) as connection:
            # Equal rows may lie in unequal files.
            return Contents((("", _without_log(connection.serialize())),), (), _digest(_rows(connection)))
    with _postgres(address) as connection:
        counters = tuple(_counters(connection))
        filled = _filled(connection)
        parts = tuple(_copied(connection, [name for name, _seen in filled]))
    return Contents(parts, counters, _digest(filled, counters))


def digest(url: str) -> str:
    """`contents(url).digest`, without taking anything along."""
    address = make_url(url)
    if address.get_backend_name() == "sqlite":
        with _sqlite(address) as connection:
            return _digest(_rows(connection))
    with _postgres(address) as connection:
        counters = tuple(_counters(connection))
        return _digest(_filled(connection), counters)


def _digest(*found: Any) -> str:
    return sha256(repr(found).encode()).hexdigest()


def bring_back(url: str, earlier: Contents) -> None:
    """Make the database hold what it held; nobody may be in the middle of a transaction."""
    address = make_url(url)
    if address.get_backend_name() == "sqlite":
        with _sqlite(address) as target, sqlite3.connect(":memory:") as source:
            source.deserialize(earlier.parts[0][1])
            source.backup(target)
        source.close()
        return
    with _postgres(address) as connection, connection.transaction():
        # Neither triggers nor foreign keys have a say: what comes back was right before.
        emptied = sql.SQL("; ").join(
            sql.SQL("DELETE FROM {}").format(sql.Identifier(name)) for name in _tables(connection)
        )
        connection.execute(sql.SQL("SET LOCAL session_replication_role = replica; ") + emptied)
        for name, data in earlier.parts:
            with connection.cursor().copy(_copy(name, "FROM STDIN")) as copy:
                copy.write(data)
        counters = [(name, value or 1, value is not None) for name, value in earlier.counters]
        connection.cursor().executemany("SELECT setval(quote_ident(%s)::regclass, %s, %s)", counters)


def shape(url: str) -> str:
    """What the tables of a PostgreSQL database look like: whoever changed them cannot be brought back."""
    with _postgres(make_url(url)) as connection:
        found = connection.execute(SHAPE).fetchone()
    assert found is not None
    return str(found[0])


@cache
def may_bring_back(url: str) -> bool:
    """Whether this is possible: on PostgreSQL the user must be allowed to silence triggers."""
    if make_url(url).get_backend_name() == "sqlite":
        return True
    with _postgres(make_url(url)) as connection:
        try:
            connection.execute("SET session_replication_role = replica")
        except psycopg.errors.InsufficientPrivilege:
            return False
    return True


def told_once(
    story: Callable[Concatenate[sessionmaker[Session], P], R],
) -> Callable[Concatenate[sessionmaker[Session], P], R]:
    """A story that fills a database: told again from the same beginning, it is remembered instead of lived through.

    What it does must follow from the database and its arguments alone, and what it gives must be a plain value.
    """
    remembered: dict[Any, tuple[Contents, R]] = {}

    @wraps(story)
    def told(sessions: sessionmaker[Session], *args: P.args, **kwargs: P.kwargs) -> R:
        url = sessions.kw["bind"].url.render_as_string(hide_password=False)
        if not may_bring_back(url):
            return story(sessions, *args, **kwargs)
        beginning = (digest(url), *map(_named, args), *((key, _named(kwargs[key])) for key in sorted(kwargs)))
        if beginning not in remembered:
            given = story(sessions, *args, **kwargs)
            remembered[beginning] = contents(url), given
        else:
            bring_back(url, remembered[beginning][0])
        return remembered[beginning][1]

    return told


def _named(argument: Any) -> str:
    """The argument as part of a key; the cast is the same in every database that begins the same."""
    match argument:
        case Cast():
            return "the cast"
        case Person():
            return f"person {argument.id}"
    return repr(argument)


@contextmanager
def _sqlite(address: URL) -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(str(address.database))
    try:
        yield connection
    finally:
        connection.close()


@contextmanager
def _postgres(address: URL) -> Iterator[psycopg.Connection]:
    plain = address.set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(plain, autocommit=True) as connection:
        yield connection


def _tables(connection: psycopg.Connection) -> list[str]:
    found = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename")
    return [name for (name,) in found]


def _rows(connection: sqlite3.Connection) -> list[tuple[str, list[Any]]]:
    names = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name").fetchall()
    return [(name, connection.execute(f'SELECT * FROM "{name}"').fetchall()) for (name,) in names]


def _without_log(file: bytes) -> bytes:
    """The file as one that has no write-ahead log (two numbers of its head): in memory there can be none."""
    return file[:18] + b"\x01\x01" + file[20:]


def _copy(name: str, direction: str) -> sql.Composed:
    return sql.SQL("COPY {} " + direction + " (FORMAT binary)").format(sql.Identifier(name))


def _filled(connection: psycopg.Connection) -> list[tuple[str, str]]:
    """The tables that have rows, with the digest of these."""
    one = sql.SQL("SELECT {} AS name, md5(string_agg(t::text, chr(10))) AS seen FROM {} t")
    every = [one.format(sql.Literal(name), sql.Identifier(name)) for name in _tables(connection)]
    found = connection.execute(
        sql.SQL("SELECT name, seen FROM ({}) AS tables WHERE seen IS NOT NULL ORDER BY name").format(
            sql.SQL(" UNION ALL ").join(every)
        )
    )
    return list(found.fetchall())


def _copied(connection: psycopg.Connection, names: list[str]) -> Iterator[tuple[str, bytes]]:
    for name in names:
        with connection.cursor().copy(_copy(name, "TO STDOUT")) as copy:
            data = b"".join(bytes(part) for part in copy)
        yield name, data


def _counters(connection: psycopg.Connection) -> list[tuple[str, int | None]]:
    found = connection.execute(
        "SELECT sequencename, last_value FROM pg_sequences WHERE schemaname = 'public' ORDER BY sequencename"
    )
    return list(found.fetchall())
