"""Designs of forms and cycles: list, one version, preview."""

from datetime import date

from flask import render_template, request

from forms.builder import bind
from models import clock
from models.designs import DesignVersion
from models.operations import designs
from models.queries import access as queries
from models.queries.design_examples import example_of
from models.queries.designs import cycle_design, form_schema
from models.states import Design as DesignState
from webapp.cycles import calendar
from webapp.db import db
from webapp.designs import exporting, importing, publishing
from webapp.designs.blueprint import blueprint, readers
from webapp.designs.builder import views as builder
from webapp.designs.builder.words import kind_words
from webapp.designs.finding import version_at
from webapp.designs.words import stages_in_words
from webapp.i18n import zone
from webapp.visitor import current_actor

__all__ = ["blueprint", "builder", "exporting", "importing", "publishing"]


@blueprint.get("/designs")
@readers
def index() -> str:
    """All versions of forms, or of cycles."""
    kind = request.args.get("kind", "form")
    found = queries.design_versions(current_actor(), kind if kind in designs.KINDS else "form")
    versions = list(db().scalars(found).unique())
    in_work = {version.design_id for version in versions if version.state == DesignState.DRAFT}
    return render_template("designs/index.html", kind=kind, versions=versions, in_work=in_work)


@blueprint.get("/designs/<kind>/<key>/<int:number>")
@readers
def show(kind: str, key: str, number: int) -> str:
    """One version: what it holds, and what stands against its publication."""
    return _page(version_at(kind, key, number))


@blueprint.get("/designs/form/<key>/<int:number>/preview")
@readers
def preview(key: str, number: int) -> str:
    """A form as a respondent sees it, with invented answers; nothing can be sent."""
    version = version_at("form", key, number)
    schema = form_schema(version)
    context, raw = example_of(db(), schema, clock.today(zone()))
    return render_template(
        "designs/preview.html", version=version, schema=schema, form=bind(schema, raw=raw, context=context)
    )


def _page(version: DesignVersion) -> str:
    today = clock.today(zone())
    year = (date(today.year, 1, 1), date(today.year, 12, 31))
    cycle = cycle_design(version) if version.design.kind == "cycle" else None
    return render_template(
        "designs/show.html",
        version=version,
        kind=version.design.kind,
        problems=designs.problems(db(), version) if version.state == DesignState.DRAFT else [],
        schema=form_schema(version) if cycle is None else None,
        cycle=cycle,
        stages=stages_in_words(cycle) if cycle is not None else [],
        calendar=calendar.of_design(cycle, *year, today) if cycle is not None else None,
        year=today.year,
        kind_words=kind_words,
    )
