"""Lists of HR's pages: filters, order and page stand in the address; a list can be taken along as a file."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import Response, abort, make_response, request, url_for
from sqlalchemy import Select, func, select

from models import clock
from models.exchange.tables import Cell, write_csv, write_xlsx
from webapp.db import db

PAGE_SIZE = 50
MOST_PAGES = 100_000
FILE_KINDS = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@dataclass(frozen=True)
class Page:
    """One page of a list, and how many rows there are on all pages."""

    rows: Sequence[Any]
    total: int
    number: int
    pages: int


def number(name: str, default: int | None = None) -> int | None:
    """A whole number out of the address; what is none counts as not given."""
    text = request.args.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else default


def page_number() -> int:
    """The page that the address asks for."""
    return min(max(number("page", 1) or 1, 1), MOST_PAGES)


def paged(statement: Select[Any], size: int = PAGE_SIZE) -> Page:
    """The page of the list that the address asks for; beyond the end it is the last."""
    total = db().scalar(select(func.count()).select_from(statement.order_by(None).subquery())) or 0
    pages = max(1, -(-total // size))
    here = min(page_number(), pages)
    rows = db().scalars(statement.limit(size).offset((here - 1) * size)).unique().all()
    return Page(rows, total, here, pages)


def address(**changes: Any) -> str:
    """The address of this list with some of its filters changed; an empty value takes one away.

    Changing anything but the page leads back to the first page.
    """
    values: dict[str, Any] = {**request.args.to_dict(), **(request.view_args or {})}
    if set(changes) != {"page"}:
        values.pop("page", None)
    values |= changes
    assert request.endpoint is not None
    return url_for(request.endpoint, **{name: value for name, value in values.items() if value not in ("", None)})


def page_address(page: int) -> str:
    """The address of another page of this list."""
    return address(page=page)


def sort_address(sort: str) -> str:
    """The address of this list in another order."""
    return address(sort=sort)


def as_file(kind: str, name: str, columns: Sequence[str], rows: Sequence[Sequence[Cell]]) -> Response:
    """A list as CSV or XLSX to take along; no cell of it can act as a formula."""
    if kind not in FILE_KINDS:
        abort(404)
    content = write_csv(columns, rows) if kind == "csv" else write_xlsx(columns, rows)
    return download(content, f"{name}-{clock.now():%Y%m%d}.{kind}", FILE_KINDS[kind])


def download(content: bytes, filename: str, mimetype: str) -> Response:
    """Bytes that the browser saves under a name of ours and never shows."""
    answer = make_response(content)
    answer.headers["Content-Type"] = mimetype
    answer.headers["Content-Disposition"] = f'attachment; filename="{filename}"'
    return answer
