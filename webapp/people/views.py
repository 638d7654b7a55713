"""The pages of this area, gathered."""

from webapp.people import importing, listed, person
from webapp.people.blueprint import blueprint

__all__ = ["blueprint", "importing", "listed", "person"]
