"""The pages of this area, gathered."""

from webapp.assignments import entries, files, filling, handing_in, proofs, reading
from webapp.assignments.blueprint import blueprint

__all__ = ["blueprint", "entries", "files", "filling", "handing_in", "proofs", "reading"]
