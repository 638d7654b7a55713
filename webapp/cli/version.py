"""`kinerja version`."""

from importlib.metadata import version as version_of

import click

from webapp.cli.door import json_option, tell_json


@click.command()
@json_option
def version(as_json: bool) -> None:
    """The version of the program."""
    found = version_of("kinerja")
    if as_json:
        tell_json({"version": found})
    else:
        click.echo(found)
