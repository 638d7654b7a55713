"""The pages of this area, gathered."""

from webapp.auth import account, signing_in
from webapp.auth.blueprint import blueprint

__all__ = ["account", "blueprint", "signing_in"]
