"""A form of ours as the sheets of an XLSForm that ODK and KoboToolbox can use."""

from collections.abc import Iterable, Sequence
from typing import Any

from forms.exchange.xlsform.fields_out import FieldRows
from forms.exchange.xlsform.findings import Report
from forms.exchange.xlsform.naming import AFTER, INTRO, Path, naming, rule_note
from forms.exchange.xlsform.sheet_rows import SURVEY, Sheets, sheet_rows
from forms.expressions import Type
from forms.fields import Rows
from forms.fields.base import FieldBase
from forms.schema import FormSchema, Section
from forms.text import msg


def write_sheets(schema: FormSchema, report: Report) -> Sheets:
    """Sheet → rows of texts, the first with the titles; what XLSForm cannot say is reported."""
    names = naming(schema)
    types = dict(_types(schema.fields(), ()))
    rows = FieldRows(names, types, report)
    if schema.intro is not None:
        rows.add(type="note", name=INTRO, label=schema.intro)
    for section in schema.sections:
        _section(schema, section, rows)
    for number, rule in enumerate(schema.rules, start=1):
        row = rows.add(type="note", name=rule_note(number), label=rule.message)
        rows.condition(row, "relevant", f"not ({rule.rule})", ())
        rows.loses(row, "relevant", msg("Aturan antarisian hanya tampil sebagai catatan; tidak menahan pengiriman."))
    if schema.after is not None:
        rows.add(type="note", name=AFTER, label=schema.after)
    return sheet_rows(schema, rows.survey, rows.choices)


def _section(schema: FormSchema, section: Section, rows: FieldRows) -> None:
    if section.rows is not None:
        row = len(rows.survey) + 2
        rows.field(section.rows.model_copy(update={"help": section.help, "show_when": section.show_when}), ())
        report = rows.report
        report.warn(SURVEY, row, "type", msg("Bagian untuk setiap baris jawaban sebelumnya menjadi kelompok berulang."))
        return
    name = rows.naming.names[("sections", section.key)]
    row_cells = rows.add(type="begin_group", name=name, label=section.title, hint=section.help)
    if schema.layout == "pages":
        row_cells["appearance"] = "field-list"
    if section.show_when is not None:
        rows.condition(row_cells, "relevant", section.show_when, ())
    for field in section.fields:
        rows.field(field, ())
    rows.add(type="end_group", name=name)


def _types(fields: Sequence[FieldBase[Any]], outer: Path) -> Iterable[tuple[Path, Type]]:
    for field in fields:
        if field.recorded:
            yield (*outer, field.key), field.expression_type()
        if isinstance(field, Rows):
            yield from _types(field.columns, (*outer, field.key))
