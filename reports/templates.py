"""The sandbox in which document templates run: plain facts, a few filters, includes from the documents folder only."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
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


def environment(loader: FileSystemLoader) -> ImmutableSandboxedEnvironment:
    """A sandbox whose only templates are those of the loader's folder."""
    sandbox = ImmutableSandboxedEnvironment(
        loader=loader,
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_refuse_none,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    sandbox.globals.clear()
    sandbox.filters = {name: sandbox.filters[name] for name in KEPT_FILTERS} | OUR_FILTERS
    return sandbox


@dataclass(frozen=True, slots=True)
class Page:
    """A document as HTML with what its template says about itself (`{% set pages = 1 %}`)."""

    html: str
    styles: Sequence[str]
    """Style sheets in the documents folder, in order; without a word its own `style.css`."""
    pages: int = 60
    """Most pages it may have."""
    accessible: bool = True
    """Whether it claims PDF/UA; all documents are tagged, but WeasyPrint 70 gives cells after a rowspan the headers
    of other columns, so a table with rowspans must not claim it."""


def page_of(sandbox: ImmutableSandboxedEnvironment, name: str, facts: Mapping[str, Any]) -> Page:
    """Run a template with facts."""
    module = sandbox.get_template(f"{name}/template.html").make_module(dict(facts))
    said = {key: getattr(module, key) for key in ("styles", "pages", "accessible") if hasattr(module, key)}
    return Page(str(module), **{"styles": [f"{name}/style.css"], **said})


def _refuse_none(value: Any) -> Any:
    """An empty fact must be handled by the template; the word *None* never reaches a paper."""
    if value is None:
        raise ValueError("the template prints a fact that is empty (None)")
    return value
