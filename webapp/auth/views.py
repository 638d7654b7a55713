"""The pages of this area, gathered."""

from webapp.auth import account, activation, setup, signing_in
from webapp.auth.blueprint import blueprint

__all__ = ["account", "activation", "blueprint", "setup", "signing_in"]
