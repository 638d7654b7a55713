"""The pages of this area, gathered."""

from webapp.assignments import entries, filling, handing_in, reading
from webapp.assignments.blueprint import blueprint

__all__ = ["blueprint", "entries", "filling", "handing_in", "reading"]
