"""Designs as files to take along: YAML, JSON, XLSForm workbooks, and the texts for translators."""

import json

from flask import Response

from forms.exchange.translations import to_csv
from forms.exchange.xlsform import write_xlsform
from forms.exchange.yaml import dump_form
from models.exchange.designs import dump_cycle
from models.queries.designs import cycle_design, form_schema
from webapp.designs.blueprint import blueprint, readers
from webapp.designs.finding import version_at
from webapp.listing import FILE_KINDS, download


@blueprint.get("/designs/<kind>/<key>/<int:number>.yaml")
@readers
def export(kind: str, key: str, number: int) -> Response:
    """The definition as a file; bringing it in again gives the same design."""
    version = version_at(kind, key, number)
    text = dump_form(form_schema(version)) if kind == "form" else dump_cycle(cycle_design(version))
    return download(text.encode(), f"{key}-{number}.yaml", "application/yaml; charset=utf-8")


@blueprint.get("/designs/form/<key>/<int:number>.json")
@readers
def export_json(key: str, number: int) -> Response:
    """The form as JSON, as the published schema describes it."""
    definition = form_schema(version_at("form", key, number)).definition()
    text = json.dumps(definition, ensure_ascii=False, indent=2)
    return download(text.encode(), f"{key}-{number}.json", "application/json")


@blueprint.get("/designs/form/<key>/<int:number>.xlsx")
@readers
def export_workbook(key: str, number: int) -> Response:
    """The form as an XLSForm workbook for ODK and KoboToolbox; bringing it in again gives the same form."""
    content, _losses = write_xlsform(form_schema(version_at("form", key, number)))
    return download(content, f"{key}-{number}.xlsx", FILE_KINDS["xlsx"])


@blueprint.get("/designs/form/<key>/<int:number>.csv")
@readers
def export_texts(key: str, number: int) -> Response:
    """Every text of the form with its translations; drafts take the file in again on their page of translations."""
    content = to_csv(form_schema(version_at("form", key, number)))
    return download(content, f"{key}-{number}-terjemahan.csv", FILE_KINDS["csv"])
