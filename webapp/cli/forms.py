"""`kinerja forms`: forms as files, in YAML, JSON or as spreadsheets (XLSForm)."""

import json
import re
import sys
from pathlib import Path
from typing import Any

import click

from forms.changes import difference
from forms.exchange.incoming import Incoming, Remark, read_form
from forms.exchange.json_schema import form_json_schema
from forms.exchange.xlsform import write_xlsform
from forms.exchange.yaml import dump_form
from forms.schema import FormSchema
from models.operations.designs import import_definition
from models.permissions import OPERATOR, ORGANISATION
from models.queries.designs import form_schema
from webapp.cli.designs import FILE, place, tell_versions, version_of
from webapp.cli.door import json_option, say, session_to_read, session_to_write, stop, tell_json

FORMATS = ("yaml", "json", "xlsx")
MOST_BYTES = 20_000_000
KEY_AND_NUMBER = re.compile(r"([a-z][a-z0-9-]{0,59})(?:@([1-9][0-9]{0,5}))?")


@click.group()
def forms() -> None:
    """Forms as files: YAML, JSON, or XLSForm workbooks."""


@forms.command("list")
@json_option
def list_(as_json: bool) -> None:
    """Every version of every form."""
    tell_versions("form", as_json)


@forms.command()
@FILE
@json_option
def check(file: Path, as_json: bool) -> None:
    """Say whether a form may be published, with the place of every problem. Needs no database. Exit code 1 if not."""
    found = _read(file)
    problems = found.errors + found.problems
    if as_json:
        told = found.definition(say)
        del told["errors"]
        told["warnings"] = [one.definition(say) for one in found.warnings]
        tell_json({**told, "problems": [one.definition(say) for one in problems]})
    else:
        _tell("problem", problems)
        _tell("warning", found.warnings)
        if found.form is not None and not problems:
            click.echo(f"{file}: form “{say(found.form.title)}” may be published.")
    if problems:
        raise click.exceptions.Exit(1)


@forms.command("import")
@FILE
@json_option
def import_(file: Path, as_json: bool) -> None:
    """Bring a form in as a draft; the same form again is the version there already is. Exit code 1 on errors.

    A workbook in which something cannot be carried over is imported with a warning for each loss.
    """
    found = _read(file)
    told: dict[str, Any] = {}
    if found.form is not None and not found.errors:
        with session_to_write() as session:
            definition = found.form.definition()
            version = import_definition(session, OPERATOR, ORGANISATION, kind="form", definition=definition)
            told = {"key": version.design.key, "number": version.number, "state": str(version.state)}
    if as_json:
        tell_json(found.definition(say))
    else:
        _tell("error", found.errors)
        _tell("warning", found.warnings + found.problems)
        if told:
            click.echo("form {key}, version {number}: {state}.".format(**told))
    if not told:
        raise click.exceptions.Exit(1)


@forms.command()
@click.argument("key")
@click.option("--version", "number", type=int, help="The version; without it the published one, else the latest.")
@click.option(
    "--format", "kind", type=click.Choice(FORMATS), help="Without it what the name of the file says, or YAML."
)
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="The file; else standard output.")
def export(key: str, number: int | None, kind: str | None, output: Path | None) -> None:
    """Write a form as a file; importing it gives the same form. What XLSForm cannot say is warned of."""
    with session_to_read() as session:
        form = form_schema(version_of(session, "form", key, number))
    content = _written(form, kind or _format_of(output))
    if output is not None:
        try:
            output.write_bytes(content)
        except OSError as wrong:
            stop(f"{output} cannot be written ({wrong.strerror}).")
    elif content.startswith(b"PK") and sys.stdout.isatty():
        stop("A workbook is no text: give a file with -o.")
    else:
        click.echo(content, nl=False)


@forms.command()
@click.argument("old")
@click.argument("new")
@json_option
def diff(old: str, new: str, as_json: bool) -> None:
    """Tell the differences between two forms: files, or KEY@NUMBER (KEY alone is the published version).

    Each change says what it means for answers: safe, needs-answer (drafts have something more to answer) or
    loses-data. Exit code 0, whether there are differences or none.
    """
    changes = difference(_form(old), _form(new))
    if as_json:
        tell_json(
            [
                {
                    "effect": change.effect,
                    "verb": change.verb,
                    "part": change.part,
                    "place": change.place,
                    "setting": change.setting,
                    "sentence": say(change.sentence()),
                }
                for change in changes
            ]
        )
        return
    for change in changes:
        click.echo(f"{change.effect:<13}{change.place or '-'}: {say(change.sentence())}")
    if not changes:
        click.echo("The forms are equal.")


@forms.command()
def schema() -> None:
    """Print the JSON Schema of forms, for editors; the web publishes it at /schemas/form.json."""
    tell_json(form_json_schema())


def _read(file: Path) -> Incoming:
    if file.stat().st_size > MOST_BYTES:
        stop(f"{file} is larger than {MOST_BYTES // 10**6} MB.")
    try:
        return read_form(file.read_bytes(), file.name)
    except OSError as wrong:
        stop(f"{file} cannot be read ({wrong.strerror}).")


def _form(named: str) -> FormSchema:
    """The form in a file or in the database."""
    path = Path(named)
    if path.is_file():
        found = _read(path)
        if found.form is None:
            stop(f"{named}: this form cannot be read.", {place(one): say(one.message) for one in found.errors})
        return found.form
    told = KEY_AND_NUMBER.fullmatch(named)
    if told is None:
        stop(f"{named} is neither a file nor a form such as skp-quantitative@2.")
    with session_to_read() as session:
        return form_schema(version_of(session, "form", told[1], int(told[2]) if told[2] else None))


def _format_of(output: Path | None) -> str:
    suffix = output.suffix.lower().removeprefix(".") if output else ""
    return suffix if suffix in FORMATS else "yaml"


def _written(form: FormSchema, kind: str) -> bytes:
    if kind == "json":
        return (json.dumps(form.definition(), ensure_ascii=False, indent=2) + "\n").encode()
    if kind == "yaml":
        return dump_form(form).encode()
    content, losses = write_xlsform(form)
    for one in losses:
        click.echo(f"warning at {one.sheet} row {one.row}: {say(one.message)}", err=True)
    return content


def _tell(word: str, remarks: list[Remark]) -> None:
    for one in remarks:
        click.echo(f"{word} at {place(one)}: {say(one.message)}", err=True)
