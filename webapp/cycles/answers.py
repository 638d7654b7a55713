"""The answers of a stage to take along: as a workbook of all, or as one table with a line for each answer."""

import io
from collections.abc import Iterator, Sequence
from tempfile import TemporaryFile
from typing import Any, BinaryIO
from zoneinfo import ZoneInfo

from flask import abort, get_template_attribute, send_file
from flask_babel import gettext
from werkzeug.wrappers import Response

from forms.exchange.answers_table import AnswersTable, Fact, main_keys, readable_heads, readable_lines
from forms.fields import Rows
from forms.schema import FormSchema
from models import clock
from models.cycles import Stage
from models.designs import DesignVersion
from models.errors import NotFound
from models.exchange.tables import write_lines
from models.exchange.workbooks import Sheet, Workbook
from models.queries import access as queries
from models.queries import handed_in
from models.queries.designs import form_schema
from models.queries.handed_in import HandedIn
from models.queries.progress import Filter
from webapp.cycles.blueprint import blueprint, watchers
from webapp.cycles.listed import filter_of_address
from webapp.db import db
from webapp.i18n import language, say
from webapp.listing import FILE_KINDS
from webapp.visitor import current_actor


@blueprint.get("/cycles/<key>/stages/<stage_key>/answers.<kind>")
@watchers
def answers_file(key: str, stage_key: str, kind: str) -> Response:
    """What was handed in for a stage, as far as the filter in the address and the visitor's units go."""
    stage = queries.stage(db(), current_actor(), key, stage_key)
    if stage.mode not in handed_in.MODES:
        raise NotFound
    if kind not in FILE_KINDS:
        abort(404)
    # On disk, because the answers of everybody do not fit into memory; gone when it has been sent.
    file = TemporaryFile()  # noqa: SIM115
    try:
        write = _write_workbook if kind == "xlsx" else _write_table
        write(file, stage, filter_of_address())
    except BaseException:
        file.close()
        raise
    file.seek(0)
    name = f"jawaban-{key}-{stage_key}-{clock.now():%Y%m%d}.{kind}"
    return send_file(file, mimetype=FILE_KINDS[kind], as_attachment=True, download_name=name, etag=False)


def _write_workbook(file: BinaryIO, stage: Stage, narrowed: Filter) -> None:
    """Sheets for each version that was answered: one of the answers, one for each kind of rows."""
    book = Workbook(file)
    versions = handed_in.versions(db(), current_actor(), stage, narrowed)
    for version in versions:
        schema = form_schema(version)
        context = handed_in.heading_context(db(), stage, version)
        heads = readable_heads(schema, _heading(stage), language(), context)
        sheets: dict[str, Sheet] = {
            head.key: book.sheet(f"v{version.number} {_title(schema, head)}", head.columns) for head in heads
        }
        for facts, one, reading in _entries(stage, narrowed, version):
            for table, line in readable_lines(schema, facts, one.answers, language(), reading):
                sheets[table].add(line)
    if not versions:
        book.sheet(gettext("Jawaban"), _heading(stage))
    book.close()


def _write_table(file: BinaryIO, stage: Stage, narrowed: Filter) -> None:
    """One line for each answer, whatever version it was given to: the questions of the newest version come first."""
    versions = handed_in.versions(db(), current_actor(), stage, narrowed)
    titles: dict[str, str] = {}
    for version in versions:
        schema = form_schema(version)
        for one in map(schema.field, main_keys(schema)):
            if one is not None:
                titles.setdefault(one.key, one.label.say(language()))

    def lines() -> Iterator[Sequence[Any]]:
        for version in versions:
            schema = form_schema(version)
            keys = main_keys(schema)
            for facts, one, reading in _entries(stage, narrowed, version):
                _, line = next(readable_lines(schema, facts, one.answers, language(), reading))
                cells = dict(zip(keys, line[len(facts) :], strict=True))
                yield [*facts, version.number, *(cells.get(key) for key in titles)]

    text = io.TextIOWrapper(file, encoding="utf-8-sig", newline="", write_through=True)
    write_lines(text, [*_heading(stage), gettext("Versi formulir"), *titles.values()], lines())
    text.detach()


def _heading(stage: Stage) -> list[str]:
    """The titles of the facts before each answer."""
    first = [gettext("Nama"), gettext("NIP"), gettext("Unit kerja"), gettext("Pengisi")]
    if stage.mode == "log":
        return [*first, gettext("Dicatat pada")]
    return [*first, gettext("Nomor tanda terima"), gettext("Diajukan pada"), gettext("Keadaan")]


def _entries(stage: Stage, narrowed: Filter, version: DesignVersion) -> Iterator[tuple[list[Fact], HandedIn, Any]]:
    """The answers to one version, with the facts before them and the context to read them in."""
    zone = ZoneInfo(stage.cycle.zone)
    state_word = get_template_attribute("components/ui.html", "state_word")
    for one, reading in handed_in.handed_in(db(), current_actor(), stage, narrowed, version):
        facts: list[Fact] = [one.name, one.employee_number, one.unit, one.respondent]
        if stage.mode == "log":
            facts.append(one.at.astimezone(zone))
        else:
            facts += [one.receipt, one.at.astimezone(zone), str(state_word(one.state)).strip()]
        yield facts, one, reading


def _title(schema: FormSchema, table: AnswersTable) -> str:
    """What a sheet is called: the rows it holds, or the answers."""
    if not table.key:
        return gettext("Jawaban")
    field: Any = None
    for key in table.key.split("."):
        field = field.column(key) if isinstance(field, Rows) else schema.field(key)
    return str(say(field.label))
