"""`kinerja db`: the shape of the database."""

import click

from models.migrate import upgrade as migrate
from webapp.cli.door import json_option, settings, tell_json


@click.group()
def db() -> None:
    """The database: bring it to the shape this version needs."""


@db.command()
@json_option
def upgrade(as_json: bool) -> None:
    """Migrate the database; quick and harmless when there is nothing to do."""
    migrate(settings().database)
    if as_json:
        tell_json({"upgraded": True})
    else:
        click.echo("The database is up to date.")
