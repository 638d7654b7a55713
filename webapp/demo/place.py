"""Where the demo lives: a data folder and a database of its own, emptied at each start, never anybody else's."""

import shutil
from pathlib import Path

from sqlalchemy import Connection, inspect, text
from sqlalchemy.engine import make_url

from models.migrate import upgrade
from models.session import make_engine

MARK = ".kinerja-demo"
MARK_TABLE = "kinerja_demo"


class NotADemo(Exception):
    """The folder or database holds something that the demo did not make."""


def prepare_folder(folder: Path) -> None:
    """Empty the demo's folder; raises `NotADemo` for a folder with anything that no demo left there."""
    if folder.exists() and any(folder.iterdir()):
        if not (folder / MARK).exists():
            raise NotADemo(f"{folder} is not empty and was not made by the demo; name another folder in KINERJA_DATA")
        shutil.rmtree(folder)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    (folder / MARK).write_text("made by `kinerja demo`; emptied by the next one\n")


def prepare_database(url: str) -> None:
    """Bring an empty database to the newest schema; a server's database is emptied if an earlier demo marked it.

    Raises `NotADemo` for a database with tables of anybody else.
    """
    if make_url(url).get_backend_name() != "sqlite":
        engine = make_engine(url)
        with engine.begin() as connection:
            _empty(connection)
            connection.execute(text(f"CREATE TABLE {MARK_TABLE} (made_by text)"))
        engine.dispose()
    upgrade(url)


def _empty(connection: Connection) -> None:
    tables = inspect(connection).get_table_names()
    if not tables:
        return
    if MARK_TABLE not in tables:
        database = connection.engine.url.database
        raise NotADemo(f"database {database} holds tables that no demo made; name an empty one in DATABASE_URL")
    connection.execute(text("DROP SCHEMA public CASCADE"))
    connection.execute(text("CREATE SCHEMA public"))
