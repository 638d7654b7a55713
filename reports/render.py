"""Makes PDF bytes from a named document and its facts; the same facts give the same bytes."""

import logging
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import cache, cached_property
from pathlib import Path
from threading import Lock
from typing import Any

from jinja2 import FileSystemLoader, TemplateError, TemplateNotFound, UndefinedError
from jinja2.exceptions import SecurityError
from weasyprint import CSS, HTML
from weasyprint.logger import LOGGER
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError

from reports.errors import RenderFailed
from reports.facts import Facts, moment, printable
from reports.fetcher import AssetFetcher
from reports.fonts import font_files, missing_fonts
from reports.templates import environment, page_of

DOCUMENTS = Path(__file__).parent / "documents"
MOST_BYTES = 5_000_000


class Renderer:
    """Turns facts into PDF with one set of fonts, style sheets and assets for the life of a process.

    Shares what is slow to build (certificates: 14 a second with it, 9 without); one document at a time.
    """

    def __init__(self, documents: Path = DOCUMENTS) -> None:
        if missing := missing_fonts():
            raise RenderFailed(
                "fonts", f"{len(missing)} font files are missing ({missing[0]} …): run `make setup` to copy them"
            )
        self._loader = FileSystemLoader(documents)
        self._sandbox = environment(self._loader)
        self._fetcher = AssetFetcher()
        self._fonts = FontConfiguration()
        self._styles: dict[tuple[str, ...], CSS] = {}
        self._lock = Lock()

    def to_pdf(self, name: str, facts: Mapping[str, Any] | Facts, *, identifier: str, dated: date) -> bytes:
        """The document `name` as tagged PDF, identified and dated as told, never by the clock.

        Raises RenderFailed: unknown document, a fact missing or not plain, a template that leaves the sandbox, a
        reach for anything but our assets, too many pages or bytes.
        """
        with self._lock, _RecordedErrors() as errors:
            self._fetcher.blocked.clear()
            try:
                return self._render(name, facts, identifier, dated, errors)
            except RenderFailed:
                raise
            except FatalURLFetchingError as refused:
                raise RenderFailed(name, str(refused)) from refused
            except TemplateNotFound as absent:
                raise RenderFailed(name, f"there is no template {absent.name}") from absent
            except UndefinedError as missing:
                raise RenderFailed(name, f"a fact is missing: {missing.message}") from missing
            except SecurityError as escape:
                raise RenderFailed(name, f"the template is not allowed to do this: {escape.message}") from escape
            except TemplateError as wrong:
                raise RenderFailed(name, f"the template is wrong: {wrong.message}") from wrong
            except (TypeError, ValueError) as wrong:
                raise RenderFailed(name, str(wrong)) from wrong
            except Exception as unexpected:
                raise RenderFailed(name, f"{type(unexpected).__name__}: {unexpected}") from unexpected

    def _render(
        self, name: str, facts: Mapping[str, Any] | Facts, identifier: str, dated: date, errors: list[str]
    ) -> bytes:
        if not re.fullmatch(r"[a-z][a-z_]*", name):
            raise RenderFailed(name[:80], "this is not the name of a document")
        paper = {"identifier": identifier, "dated": moment(dated)}
        page = page_of(self._sandbox, name, {**printable(facts), "paper": paper})
        kind = {"pdf_variant": "pdf/ua-1" if page.accessible else None, "pdf_tags": True}
        # No base_url: with one, a relative address could reach a file.
        document = HTML(string=page.html, url_fetcher=self._fetcher).render(
            font_config=self._fonts, stylesheets=[self._faces, self._style(page.styles)], **kind
        )
        if len(document.pages) > page.pages:
            raise RenderFailed(name, f"{len(document.pages)} pages, {page.pages} allowed")
        pdf: bytes = document.write_pdf(pdf_identifier=identifier.encode(), **kind)
        if self._fetcher.blocked:
            raise RenderFailed(name, f"not one of our assets: {self._fetcher.blocked[0]}")
        if errors:
            raise RenderFailed(name, errors[0])
        if len(pdf) > MOST_BYTES:
            raise RenderFailed(name, f"{len(pdf)} bytes, {MOST_BYTES} allowed")
        return pdf

    def _style(self, sheets: Sequence[str]) -> CSS:
        """The style sheets of a document; parsed once."""
        key = tuple(sheets)
        if key not in self._styles:
            # Through the sandbox's loader, which keeps to the documents folder.
            self._styles[key] = self._css(self._loader.get_source(self._sandbox, sheet)[0] for sheet in sheets)
        return self._styles[key]

    @cached_property
    def _faces(self) -> CSS:
        """The fonts, which are slow to unpack; the same for every document."""
        return self._css(file.css for file in font_files())

    def _css(self, texts: Iterable[str]) -> CSS:
        return CSS(string="\n".join(texts), font_config=self._fonts, url_fetcher=self._fetcher)


class _RecordedErrors(logging.Handler):
    """Collects what WeasyPrint only logs (an image it could not draw): on a paper that is a failure."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.errors: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.errors.append(record.getMessage()[:300])

    def __enter__(self) -> list[str]:
        LOGGER.addHandler(self)
        return self.errors

    def __exit__(self, *_: object) -> None:
        LOGGER.removeHandler(self)


@cache
def renderer() -> Renderer:
    """The renderer of this process."""
    return Renderer()


def to_pdf(name: str, facts: Mapping[str, Any] | Facts, *, identifier: str, dated: date) -> bytes:
    """The document `name` as PDF; see `Renderer.to_pdf`."""
    return renderer().to_pdf(name, facts, identifier=identifier, dated=dated)
