"""The version of a design that an address names, if the visitor may see it."""

from models.designs import DesignVersion
from models.errors import NotFound
from models.queries import access as queries
from webapp.db import db
from webapp.visitor import current_actor

MOST = 10**6


def version_at(kind: str, key: str, number: int) -> DesignVersion:
    """The version; raises NotFound for what is not there and for what the visitor may not see."""
    if number > MOST:
        raise NotFound
    found: DesignVersion = queries.design_version(db(), current_actor(), kind, key, number)
    return found
