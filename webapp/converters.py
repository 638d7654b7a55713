"""What may be sent at all: parts of addresses, numbers and texts that the database can look for."""

from typing import Any

from flask import Flask, Request
from werkzeug.datastructures import ImmutableMultiDict, MultiDict
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.routing import IntegerConverter, UnicodeConverter
from werkzeug.utils import cached_property

LARGEST = 2**31 - 1
"""The largest number of a row."""
MOST_FIELDS = 20_000
"""Most fields of one request; Flask itself counts only those of forms with files."""


def row_number(text: str) -> int:
    """The number of a row out of a form or query. Raises ValueError for what is none and for one that cannot be."""
    number = int(text)
    if not 0 <= number <= LARGEST:
        raise ValueError("no row has this number")
    return number


class RowNumber(IntegerConverter):
    """`<int:…>`: none larger than a row can have."""

    def __init__(self, *parts: Any, **options: Any) -> None:
        super().__init__(*parts, **({"max": LARGEST} | options))


class Word(UnicodeConverter):
    """`<…>`: PostgreSQL refuses to look for a NUL."""

    def __init__(self, *parts: Any, **options: Any) -> None:
        super().__init__(*parts, **options)
        self.regex = self.regex.replace("[^/]", "[^/\x00]")


class CleanRequest(Request):
    """A request with fields in a number that can be looked at, and without NUL.

    A NUL has no form on paper or screen, and PostgreSQL refuses it.
    """

    @cached_property
    def args(self) -> MultiDict[str, str]:
        return _without_nul(super().args)

    def _load_form_data(self) -> None:
        super()._load_form_data()
        sent = vars(self)["form"]
        if sum(len(values) for values in sent.listvalues()) > MOST_FIELDS:
            vars(self)["form"] = ImmutableMultiDict()
            raise RequestEntityTooLarge
        vars(self)["form"] = _without_nul(sent)


def _without_nul(fields: MultiDict[str, str]) -> MultiDict[str, str]:
    if not any("\0" in name or "\0" in value for name, value in fields.items(multi=True)):
        return fields
    return ImmutableMultiDict(
        [(name.replace("\0", ""), value.replace("\0", "")) for name, value in fields.items(multi=True)]
    )


def init_app(app: Flask) -> None:
    """Let all addresses take only such parts; comes before any route."""
    app.url_map.converters |= {"int": RowNumber, "default": Word, "string": Word}
