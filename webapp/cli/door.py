"""What every command stands on: settings, sessions, words, and one place where refusals become messages."""

import json
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any, NoReturn, TypeVar

import click
from babel.support import Translations
from pydantic import ValidationError
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table
from sqlalchemy.exc import OperationalError, ProgrammingError
from sqlalchemy.orm import Session

from forms.text import Message, Text
from models.errors import DomainError, Invalid
from models.session import make_engine, reading, session_factory, writing
from models.settings import Settings
from models.storage import Store
from models.stores import Kept, open_store

TRANSLATIONS = Path(__file__).parent.parent / "translations"
JSON = "kinerja.json"
Item = TypeVar("Item")


class Door(click.Group):
    """A group of commands that turns what the domain refuses into words and an exit code, never into a traceback."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except Invalid as refused:
            stop(say(refused.message), {place: say(why) for place, why in refused.errors.items()})
        except DomainError as refused:
            stop(say(refused.message))
        except ValidationError as wrong:
            stop(f"{wrong.title}: the configuration cannot be used", _places(wrong))
        except (OperationalError, ProgrammingError) as unreachable:
            reason = str(unreachable.orig).strip().splitlines()[0]
            stop(f"The database cannot be used ({reason}). Is DATABASE_URL right, and did `kinerja db upgrade` run?")


def _places(wrong: ValidationError) -> dict[str, str]:
    return {".".join(map(str, error["loc"])): error["msg"] for error in wrong.errors()}


def stop(message: str, errors: dict[str, str] | None = None, code: int = 1) -> NoReturn:
    """End the command with the reason: as JSON when that was asked for, otherwise on standard error."""
    errors = errors or {}
    if click.get_current_context().meta.get(JSON):
        tell_json({"error": message, "errors": errors})
    else:
        click.echo(message, err=True)
        for place, why in errors.items():
            click.echo(f"  {place}: {why}" if place else f"  {why}", err=True)
    raise click.exceptions.Exit(code)


def _remember_json(ctx: click.Context, _parameter: click.Parameter, value: bool) -> bool:
    ctx.meta[JSON] = value
    return value


json_option = click.option(
    "--json", "as_json", is_flag=True, callback=_remember_json, help="Answer as JSON, for programs."
)
"""Decorator: the command answers as JSON too; it gets `as_json`."""


@cache
def settings() -> Settings:
    """The configuration of this process."""
    return Settings()


@contextmanager
def session_to_read() -> Iterator[Session]:
    """One consistent look at the data."""
    engine = make_engine(settings().database)
    try:
        with reading(session_factory(engine)) as session:
            yield session
    finally:
        engine.dispose()


@contextmanager
def session_to_write() -> Iterator[Session]:
    """One transaction: everything or nothing."""
    engine = make_engine(settings().database)
    try:
        with writing(session_factory(engine)) as session:
            yield session
    finally:
        engine.dispose()


def storage(what: Kept = "documents") -> Store:
    """Where papers are kept, or the files that people sent."""
    return open_store(settings(), what)


@cache
def _english() -> Any:
    return Translations.load(str(TRANSLATIONS), ["en"])


def say(words: Message | Text | str) -> str:
    """Words for a person, in KINERJA_LANGUAGE."""
    if isinstance(words, str):
        return words
    if isinstance(words, Text) or settings().language == "id":
        return words.say(settings().language)
    return words.say("en", _english().gettext)


def tell_json(value: Any) -> None:
    """Print JSON on standard output; dates as ISO text."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=2, default=str))


def tell_table(columns: Iterable[str], rows: Iterable[Iterable[Any]]) -> None:
    """Print a table on standard output, without frames when it goes to a file."""
    console = Console() if sys.stdout.isatty() else Console(width=1000)
    table = Table(box=None, pad_edge=False, header_style="bold")
    for column in columns:
        table.add_column(column)
    for row in rows:
        table.add_row(*(str(cell) for cell in row))
    console.print(table)


def with_progress(items: list[Item], title: str, do: Callable[[Item], None]) -> None:
    """Do something with each, with a bar on standard error when that is a terminal."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), disable=not sys.stderr.isatty(), transient=True) as bar:
        task = bar.add_task(title, total=len(items))
        for item in items:
            do(item)
            bar.advance(task)
