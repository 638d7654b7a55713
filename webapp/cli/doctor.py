"""`kinerja doctor`: whether everything that must always hold does hold."""

from dataclasses import asdict

import click

from models.doctor import CHECKS, Finding, examine
from webapp.cli.door import json_option, say, session_to_read, storage, tell_json, with_progress


@click.command()
@click.option("--all", "everything", is_flag=True, help="Look at every answer, file and score instead of samples.")
@json_option
def doctor(everything: bool, as_json: bool) -> None:
    """Check the invariants of the data: nothing lost, doubled, late, altered or left behind. Changes nothing.

    Exit codes: 0 all hold, 1 something is wrong.
    """
    found: list[Finding] = []
    with session_to_read() as session:
        papers, evidence = storage(), storage("evidence")
        with_progress(
            list(CHECKS),
            "Checking",
            lambda check: found.extend(examine(session, papers, evidence, everything=everything, checks=[check])),
        )
    wrong = [one for one in found if not one.ok]
    if as_json:
        tell_json({"ok": not wrong, "findings": [asdict(one) | {"message": say(one.message)} for one in found]})
    else:
        for one in found:
            click.echo(f"{'ok ' if one.ok else 'BAD'}  {one.invariant:<9}  {say(one.message)}")
            if not one.ok:
                more = " …" if one.count > len(one.examples) else ""
                click.echo(f"                {one.count}: {', '.join(one.examples)}{more}")
        click.echo(f"{len(found) - len(wrong)} of {len(found)} hold.")
    raise click.exceptions.Exit(1 if wrong else 0)
