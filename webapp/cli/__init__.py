"""The command line `kinerja`: a door to the same operations as the web."""

from importlib import import_module
from importlib.util import find_spec

import click

from webapp.cli.door import Door

COMMANDS = {
    "cycle": "webapp.cli.cycles:cycle",
    "db": "webapp.cli.database:db",
    "demo": "webapp.cli.demo:demo",
    "designs": "webapp.cli.designs:designs",
    "doctor": "webapp.cli.doctor:doctor",
    "forms": "webapp.cli.forms:forms",
    "people": "webapp.cli.people:people",
    "verify": "webapp.cli.verify:verify",
    "version": "webapp.cli.version:version",
}
"""Name of a command → where it is. They are imported when they are called, so that each starts quickly."""


class Commands(Door):
    """The commands of the list."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return [name for name, place in COMMANDS.items() if find_spec(place.partition(":")[0]) is not None]

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        if name not in self.list_commands(ctx):
            return None
        module, _, attribute = COMMANDS[name].partition(":")
        command: click.Command = getattr(import_module(module), attribute)
        return command


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
def main() -> None:
    """Kinerja: the performance cycle of civil servants, from the plan to the certificate.

    Settings come from the environment (see README). Exit codes: 0 done, 1 refused or nothing found, 2 wrong usage;
    a command that gives others says so in its own help.
    """
