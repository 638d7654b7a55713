"""The pages of this area, gathered."""

from webapp.awards import candidates, certificates
from webapp.awards.blueprint import blueprint

__all__ = ["blueprint", "candidates", "certificates"]
