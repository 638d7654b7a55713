"""`kinerja designs`: definitions of forms and cycles, as files."""

from pathlib import Path
from typing import Any

import click
from sqlalchemy import select
from sqlalchemy.orm import Session

from forms.exchange.incoming import Remark, is_workbook, read_form
from forms.exchange.yaml import dump_form
from models.designs import Design, DesignVersion
from models.exchange.designs import dump_cycle, is_cycle, read_cycle
from models.operations.designs import KINDS, import_definition, problems, publish
from models.operations.shipping import install_shipped
from models.permissions import OPERATOR, ORGANISATION
from models.queries.designs import cycle_design, form_schema
from models.states import Design as DesignState
from webapp.cli.door import json_option, say, session_to_read, session_to_write, stop, tell_json, tell_table

FILE = click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
KIND = click.argument("kind", type=click.Choice(sorted(KINDS)))


@click.group()
def designs() -> None:
    """Definitions of forms and cycles, as YAML files."""


@designs.command("list")
@json_option
def list_(as_json: bool) -> None:
    """Every version of every design."""
    tell_versions(None, as_json)


def tell_versions(kind: str | None, as_json: bool) -> None:
    """Print every version of every design, or of those of one kind."""
    listed = select(Design.kind, Design.key, DesignVersion.number, DesignVersion.state, DesignVersion.title)
    if kind is not None:
        listed = listed.where(Design.kind == kind)
    with session_to_read() as session:
        rows = session.execute(
            listed.join_from(Design, DesignVersion).order_by(Design.kind, Design.key, DesignVersion.number)
        ).all()
    names = ("kind", "key", "version", "state", "title")
    if as_json:
        tell_json([dict(zip(names, row, strict=True)) for row in rows])
    else:
        tell_table(names, rows)


@designs.command()
@FILE
@json_option
def check(file: Path, as_json: bool) -> None:
    """Say whether a definition may be published here; changes nothing. Exit code 1 when it may not."""
    kind, definition = read(file)
    with session_to_write() as session:
        version = import_definition(session, OPERATOR, ORGANISATION, kind=kind, definition=definition)
        found = problems(session, version)
        title = version.title
        session.rollback()
    if found:
        stop(f"{file}: this {kind} may not be published yet.", {one.path: say(one.message) for one in found})
    if as_json:
        tell_json({"kind": kind, "title": title, "problems": []})
    else:
        click.echo(f"{file}: {kind} “{title}” may be published.")


@designs.command("import")
@FILE
@click.option("--publish", "and_publish", is_flag=True, help="Publish it at once.")
@json_option
def import_(file: Path, and_publish: bool, as_json: bool) -> None:
    """Bring a definition in as a draft; the same definition again is the version there already is."""
    kind, definition = read(file)
    with session_to_write() as session:
        version = import_definition(session, OPERATOR, ORGANISATION, kind=kind, definition=definition)
        if and_publish and version.state == DesignState.DRAFT:
            publish(session, OPERATOR, version)
        found = told(version)
    if as_json:
        tell_json(found)
    else:
        click.echo("{kind} {key}, version {version}: {state}.".format(**found))


@designs.command()
@KIND
@click.argument("key")
@click.option("--version", "number", type=int, help="The version; without it the published one, else the latest.")
def export(kind: str, key: str, number: int | None) -> None:
    """Write a definition as YAML on standard output; importing it gives the same design."""
    with session_to_read() as session:
        chosen = version_of(session, kind, key, number)
        text = dump_form(form_schema(chosen)) if kind == "form" else dump_cycle(cycle_design(chosen))
    click.echo(text, nl=False)


def version_of(session: Session, kind: str, key: str, number: int | None) -> DesignVersion:
    """A version of a design; without a number the published one, else the latest. Ends the command if there is none."""
    versions = session.scalars(
        select(DesignVersion).join(Design).where(Design.kind == kind, Design.key == key).order_by(DesignVersion.number)
    ).all()
    if number is not None:
        chosen = next((one for one in versions if one.number == number), None)
    else:
        published = (one for one in versions if one.state == DesignState.PUBLISHED)
        chosen = next(published, versions[-1] if versions else None)
    if chosen is None:
        stop(f"There is no {kind} {key}" + (f" version {number}." if number is not None else "."))
    return chosen


@designs.command()
@json_option
def install(as_json: bool) -> None:
    """Bring in the designs that ship with the program and publish those this installation never had; safe to repeat.

    A design of the same key that is here already stays published; the shipped one is a draft beside it.
    """
    with session_to_write() as session:
        found = [told(version) for version in install_shipped(session, OPERATOR, ORGANISATION)]
    if as_json:
        tell_json(found)
    elif found:
        tell_table(
            ("kind", "key", "version", "state"),
            ((one["kind"], one["key"], one["version"], one["state"]) for one in found),
        )
    else:
        click.echo("All shipped designs are here.")


def told(version: DesignVersion) -> dict[str, Any]:
    return {
        "kind": version.design.kind,
        "key": version.design.key,
        "version": version.number,
        "state": str(version.state),
        "title": version.title,
    }


def read(file: Path) -> tuple[str, dict[str, Any]]:
    """Kind and definition that a file holds: a cycle has stages, a form has none."""
    content = file.read_bytes()
    if not is_workbook(content, file.name) and is_cycle(content):
        return "cycle", read_cycle(content)
    found = read_form(content, file.name)
    if found.form is None or found.errors:
        stop(f"{file}: this form cannot be read.", {place(one): say(one.message) for one in found.errors})
    return "form", found.form.definition()


def place(remark: Remark) -> str:
    """Where something is: `survey row 4, type` in a workbook, `results.target (line 12)` in a text."""
    if remark.sheet:
        where = f"{remark.sheet} row {remark.row}" if remark.row else remark.sheet
        return f"{where}, {remark.column}" if remark.column else where
    named = remark.column or "the form"
    return f"{named} (line {remark.row})" if remark.row else named
