"""Invented answers for the preview of a form, with invented rows where it refers to earlier answers."""

from datetime import date
from random import Random
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from forms import answers
from forms.context import AnswerContext, FileRef
from forms.errors import AnswersInvalid
from forms.fields.evidence import EXTENSIONS, TYPES
from forms.fields.rows import Rows
from forms.schema import FormSchema
from models.designs import Design, DesignVersion
from models.queries.designs import cycle_design, form_schema, published_version
from models.states import Design as DesignState

UNITS = {"1": "Kelurahan Melati", "2": "Kelurahan Kenanga"}
COLLEAGUES = {"1": "Yulia Rahman", "2": "Zulfikar Hadi", "3": "Wati Anggraini"}
"""Invented names; a preview shows nobody and nothing that exists."""
FILES: dict[str, FileRef] = {
    kind: FileRef(kind, f"contoh.{EXTENSIONS[kind][0].removeprefix('.')}", 120_000, "0" * 64, kind) for kind in TYPES
}
"""One invented file of each type."""
SEED = 7


def example_of(session: Session, schema: FormSchema, today: date) -> tuple[AnswerContext, dict[str, Any]]:
    """A context and answers with which the form can be shown as a respondent sees it; always the same ones."""
    rows, fields = _sources(session, schema, today)
    context = AnswerContext(
        today=today, colleagues=COLLEAGUES, units=UNITS, files=FILES, sources=rows, source_fields=fields
    )
    return context, answers.example(schema, Random(SEED), context)  # noqa: S311 - an example, no secret


def _sources(
    session: Session, schema: FormSchema, today: date
) -> tuple[dict[str, list[dict[str, Any]]], dict[str, Rows]]:
    """Rows for each earlier answer the form repeats over, and how they were asked, from what a published cycle uses."""
    rows: dict[str, list[dict[str, Any]]] = {}
    fields: dict[str, Rows] = {}
    for name in schema.earlier:
        stage_key, _dot, field_key = name.rpartition(":")[2].partition(".")
        earlier = _form_of_stage(session, stage_key)
        asked = earlier.field(field_key) if earlier is not None else None
        if earlier is not None and isinstance(asked, Rows):
            rows[name], fields[name] = _rows(earlier, field_key, today), asked
    return rows, fields


def _form_of_stage(session: Session, stage_key: str) -> FormSchema | None:
    published = (
        select(DesignVersion)
        .join(DesignVersion.design)
        .where(Design.kind == "cycle", DesignVersion.state == DesignState.PUBLISHED)
        .order_by(DesignVersion.published_at.desc())
    )
    for version in session.scalars(published):
        stage = cycle_design(version).stage(stage_key)
        form = published_version(session, "form", stage.form) if stage is not None and stage.form else None
        if form is not None:
            return form_schema(form)
    return None


def _rows(schema: FormSchema, field_key: str, today: date) -> list[dict[str, Any]]:
    context = AnswerContext(today=today, colleagues=COLLEAGUES, units=UNITS, files=FILES)
    raw = answers.example(schema, Random(SEED), context)  # noqa: S311 - an example, no secret
    try:
        stored = answers.check(schema, raw, context)
    except AnswersInvalid:
        # It refers to earlier answers itself; one step back is enough for a picture.
        return []
    return list(stored.get(field_key) or [])[:2]
