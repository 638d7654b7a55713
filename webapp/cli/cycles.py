"""`kinerja cycle`: the cycles of this installation."""

from datetime import datetime
from typing import Any

import click
from sqlalchemy.orm import Session

from models import clock
from models.cycles import Cycle
from models.errors import NotFound
from models.operations.cycles import create_cycle, open_cycle
from models.permissions import OPERATOR, ORGANISATION
from models.queries import access
from models.queries.designs import published_version, stage_design
from models.queries.progress import by_stage
from webapp.cli.door import json_option, say, session_to_read, session_to_write, settings, stop, tell_json, tell_table

KEY = click.argument("key")
DAY = click.DateTime(formats=["%Y-%m-%d"])


@click.group()
def cycle() -> None:
    """The cycles: plan one, open it, see how far it is, do what is due."""


@cycle.command("list")
@json_option
def list_(as_json: bool) -> None:
    """All cycles, the newest first."""
    with session_to_read() as session:
        found = [told(one) for one in session.scalars(access.cycles(OPERATOR))]
    if as_json:
        tell_json(found)
    else:
        tell_table(
            ("key", "title", "state", "from", "to"),
            ((c["key"], c["title"], c["state"], c["starts_on"], c["ends_on"]) for c in found),
        )


@cycle.command()
@KEY
@click.option("--design", default="asn-annual", show_default=True, help="Key of a published cycle design.")
@click.option("--title", help="As people read it; without it the title of the design and the key.")
@click.option("--from", "starts_on", type=DAY, required=True, help="First day of the period, YYYY-MM-DD.")
@click.option("--to", "ends_on", type=DAY, required=True, help="Last day of the period, YYYY-MM-DD.")
@click.option("--zone", help="IANA zone of its deadlines; without it KINERJA_ZONE.")
@json_option
def create(
    key: str, design: str, title: str | None, starts_on: datetime, ends_on: datetime, zone: str | None, as_json: bool
) -> None:
    """Plan a cycle from a published design; nothing opens before `cycle open`."""
    with session_to_write() as session:
        version = published_version(session, "cycle", design)
        if version is None:
            stop(f"There is no published cycle design {design}. `kinerja designs install` brings in the shipped ones.")
        made = create_cycle(
            session,
            OPERATOR,
            ORGANISATION,
            version=version,
            key=key,
            title=title or f"{version.title} {key}",
            starts_on=starts_on.date(),
            ends_on=ends_on.date(),
            zone=zone or settings().zone,
        )
        found = told(made)
    if as_json:
        tell_json(found)
    else:
        click.echo(f"Cycle {key} is planned. Open it with: kinerja cycle open {key}")


@cycle.command("open")
@KEY
@json_option
def open_(key: str, as_json: bool) -> None:
    """Let a planned cycle begin; its stages open when their day comes (`cycle tick`, or the running processes)."""
    with session_to_write() as session:
        found = existing(session, key)
        open_cycle(session, OPERATOR, found)
        answer = told(found)
    if as_json:
        tell_json(answer)
    else:
        click.echo(f"Cycle {key} is open.")


@cycle.command()
@KEY
@json_option
def status(key: str, as_json: bool) -> None:
    """How far a cycle has come, stage by stage."""
    with session_to_read() as session:
        found = existing(session, key)
        stages = [
            {
                "key": one.stage.key,
                "title": say(stage_design(one.stage).title),
                "state": str(one.stage.state),
                "opens_on": clock.local_day(one.stage.opens_at, found.zone),
                "closes_at": one.stage.closes_at,
                "total": one.total,
                "completed": one.finished,
                "overdue": one.overdue,
                "answers": one.answers,
                "by_state": one.counts,
            }
            for one in by_stage(session, found)
        ]
        answer = told(found) | {"stages": stages}
    if as_json:
        tell_json(answer)
        return
    click.echo(f"{answer['title']} ({key}): {answer['state']}")
    columns = ("key", "state", "opens_on", "completed", "total", "overdue", "answers")
    tell_table(columns, ([stage[column] for column in columns] for stage in stages))


@cycle.command()
@json_option
def tick(as_json: bool) -> None:
    """Do here and now whatever is due, without Prefect: open, remind, close, score, certificates, messages.

    Safe beside the running processes: each piece of work is taken by one. Exit code 1 when a piece failed.
    """
    from flows.launch import run_due_here

    done = run_due_here()
    if as_json:
        tell_json(done)
    else:
        click.echo("{runs} pieces of work were taken up, {failed} of them failed.".format(**done))
    if done["failed"]:
        raise click.exceptions.Exit(1)


def existing(session: Session, key: str) -> Cycle:
    """The cycle, or the end of the command."""
    try:
        return access.cycle(session, OPERATOR, key)
    except NotFound:
        stop(f"There is no cycle {key}. `kinerja cycle list` shows those there are.")


def told(one: Cycle) -> dict[str, Any]:
    return {
        "key": one.key,
        "title": one.title,
        "state": str(one.state),
        "starts_on": one.starts_on,
        "ends_on": one.ends_on,
        "zone": one.zone,
    }
