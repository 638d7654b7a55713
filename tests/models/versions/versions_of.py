"""Newer versions of shipped forms, as HR would make them."""

from collections.abc import Callable
from copy import deepcopy
from typing import Any

from sqlalchemy.orm import Session

from models.designs import DesignVersion
from models.operations import designs
from models.permissions import OPERATOR, ORGANISATION
from models.queries.designs import form_schema, published_version

Definition = dict[str, Any]


def draft_version(session: Session, key: str, change: Callable[[Definition], None]) -> DesignVersion:
    """The next version of a published form, changed, as a draft."""
    version = published_version(session, "form", key)
    assert version is not None
    definition = deepcopy(form_schema(version).definition())
    change(definition)
    return designs.import_definition(session, OPERATOR, ORGANISATION, kind="form", definition=definition)


def field(definition: Definition, key: str) -> Definition:
    """The definition of a question."""
    return next(one for section in definition["sections"] for one in section["fields"] if one["key"] == key)


def without(*keys: str) -> Callable[[Definition], None]:
    """Take questions out of the form."""

    def change(definition: Definition) -> None:
        for section in definition["sections"]:
            section["fields"] = [one for one in section["fields"] if one["key"] not in keys]

    return change


def without_column(rows: str, column: str) -> Callable[[Definition], None]:
    """Take a column out of rows."""

    def change(definition: Definition) -> None:
        found = field(definition, rows)
        found["columns"] = [one for one in found["columns"] if one["key"] != column]

    return change
