"""`kinerja verify`: whether a paper was issued here and still stands."""

from dataclasses import asdict
from pathlib import Path

import click

from models.queries import verification
from webapp.cli.door import json_option, say, session_to_read, settings, tell_json
from webapp.verify.words import VERDICTS, facts

EXIT = {"valid": 0, "revoked": 2, "replaced": 2, "unknown": 1}


@click.command()
@click.argument("what", metavar="FILE.pdf|CODE")
@json_option
def verify(what: str, as_json: bool) -> None:
    """Say whether a certificate or evaluation is valid, by its file or by the code printed beside its QR.

    Exit codes: 0 valid, 2 revoked or replaced, 1 unknown. A file must be, to the byte, one that was issued.
    """
    path = Path(what)
    by_file = path.is_file()
    with session_to_read() as session:
        verdict = verification.by_file(session, path.read_bytes()) if by_file else verification.by_code(session, what)
    if as_json:
        tell_json({"by": "file" if by_file else "code", **asdict(verdict)})
    else:
        click.echo(say(VERDICTS[verdict.state]))
        for label, value in facts(verdict, settings().zone):
            click.echo(f"  {say(label)}: {say(value)}")
    raise click.exceptions.Exit(EXIT[verdict.state])
