"""The pages of this area, gathered."""

from webapp.team import reviewing, signing, staff
from webapp.team.blueprint import blueprint

__all__ = ["blueprint", "reviewing", "signing", "staff"]
