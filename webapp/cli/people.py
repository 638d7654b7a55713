"""`kinerja people`: bring a people file in, write one, invent one."""

from pathlib import Path
from typing import Any

import click

from models import clock
from models.errors import Invalid
from models.exchange.people import read_people_file, write_csv, write_xlsx
from models.operations.people_import import import_people
from models.operations.people_report import ImportReport, RowError
from models.permissions import OPERATOR, ORGANISATION
from models.queries.people_rows import people_rows
from webapp.cli.door import json_option, say, session_to_read, session_to_write, settings, tell_json
from webapp.demo.organisation import SHIPPED_PEOPLE, SHIPPED_SEED, generate_people

MOST_GENERATED = 20_000


@click.group()
def people() -> None:
    """People, units and supervisors."""


@people.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, allow_dash=True))
@click.option("--dry-run", is_flag=True, help="Say what would happen; change nothing.")
@json_option
def import_(file: str, dry_run: bool, as_json: bool) -> None:
    """Bring people in from a CSV or XLSX FILE (- for standard input), all or nothing.

    People are recognised by NIP: bringing the same file in again changes nothing. Exit code 1: the file has errors,
    nothing was changed.
    """
    with click.open_file(file, "rb") as opened:
        data = opened.read()
    try:
        sheet = read_people_file(data, file)
    except Invalid as wrong:
        report = ImportReport(rows=0, errors=[RowError(0, "", wrong.message)])
    else:
        with session_to_write() as session:
            report = import_people(session, OPERATOR, ORGANISATION, sheet, on=clock.today(settings().zone))
            if dry_run or report.errors:
                session.rollback()
    if as_json:
        tell_json(_plain(report))
    else:
        _tell(report, dry_run)
    if report.errors:
        raise click.exceptions.Exit(1)


def _plain(report: ImportReport) -> dict[str, Any]:
    """The report as programs read it."""
    return {
        "rows": report.rows,
        "created": report.created,
        "updated": report.updated,
        "unchanged": report.unchanged,
        "errors": [_plain_error(error) for error in report.errors],
        "warnings": [_plain_error(warning) for warning in report.warnings],
    }


def _plain_error(error: RowError) -> dict[str, Any]:
    return {"row": error.row, "column": error.column, "message": say(error.message)}


def _tell(report: ImportReport, dry_run: bool) -> None:
    for kind, remarks in (("Warning", report.warnings), ("Error", report.errors)):
        for remark in remarks:
            click.echo(f"{kind}: {_place(remark)}: {say(remark.message)}", err=True)
    if report.errors:
        click.echo(f"{report.rows} rows, {len(report.errors)} errors. Nothing was changed.", err=True)
        return
    click.echo(f"{report.rows} rows: {report.created} new, {report.updated} updated, {report.unchanged} unchanged.")
    if dry_run:
        click.echo("This was a dry run: nothing was changed.")


def _place(error: RowError) -> str:
    if not error.row:
        return "file"
    return f"row {error.row}" + (f", {error.column}" if error.column else "")


@people.command()
@click.argument("file", type=click.Path(dir_okay=False, allow_dash=True))
@click.option("--bom/--no-bom", default=True, help="Begin CSV files with the mark by which Excel knows UTF-8.")
def export(file: str, bom: bool) -> None:
    """Write all people to FILE: a workbook if it ends in .xlsx, else CSV; - is CSV on standard output."""
    with session_to_read() as session:
        rows = people_rows(session)
    _write(file, rows, bom)
    if file != "-":
        click.echo(f"{len(rows)} people written to {file}.")


@people.command()
@click.argument("file", type=click.Path(dir_okay=False, allow_dash=True))
@click.option("--people", "number", type=click.IntRange(1, MOST_GENERATED), default=SHIPPED_PEOPLE, show_default=True)
@click.option("--seed", type=int, default=SHIPPED_SEED, show_default=True, help="The same seed gives the same people.")
def generate(file: str, number: int, seed: int) -> None:
    """Write an invented organisation to FILE, as `export` would; nobody in it exists."""
    _write(file, generate_people(number, seed), bom=False)
    if file != "-":
        click.echo(f"{number} people written to {file}.")


def _write(file: str, rows: list[dict[str, str]], bom: bool) -> None:
    if file == "-":
        click.echo(write_csv(rows, bom=False), nl=False)
        return
    data = write_xlsx(rows) if file.lower().endswith(".xlsx") else write_csv(rows, bom=bom)
    try:
        Path(file).write_bytes(data)
    except OSError as wrong:
        raise click.FileError(file, wrong.strerror) from wrong
