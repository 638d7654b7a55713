"""The sandbox in which document templates run: plain facts, a few filters, includes from the documents folder only."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from jinja2 import FileSystemLoader, StrictUndefined
from jinja2.sandbox import ImmutableSandboxedEnvironment

from forms import wording
from reports.fetcher import curve_url, qr_url

# No `safe`, `attr`, `map`, `format`, `default`: they weaken escaping, reach attributes or hide a missing fact.
KEPT_FILTERS = ("e", "escape", "first", "join", "last", "length", "lower", "sum", "trim", "upper")
OUR_FILTERS = {
    "number": wording.format_number,
    "date": wording.format_date,
    "qr": qr_url,
    "curve": curve_url,
}


def environment(documents: Path) -> ImmutableSandboxedEnvironment:
    """A sandbox whose only templates are those of a documents folder."""
    sandbox = ImmutableSandboxedEnvironment(
        loader=FileSystemLoader(documents),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_refuse_none,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    sandbox.globals.clear()
    sandbox.filters = {name: sandbox.filters[name] for name in KEPT_FILTERS} | OUR_FILTERS
    return sandbox


def html_of(sandbox: ImmutableSandboxedEnvironment, name: str, facts: Mapping[str, Any]) -> tuple[str, int | None]:
    """The document as HTML, and the number of pages it must not exceed if it says so (`{% set pages = 1 %}`)."""
    module = sandbox.get_template(f"{name}/template.html").make_module(dict(facts))
    return str(module), getattr(module, "pages", None)


def _refuse_none(value: Any) -> Any:
    """An empty fact must be handled by the template; the word *None* never reaches a paper."""
    if value is None:
        raise ValueError("the template prints a fact that is empty (None)")
    return value
