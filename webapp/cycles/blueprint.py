"""The blueprint that the pages of this area hang on, and who may open them."""

from flask import Blueprint

from models.permissions import Role
from webapp import access

blueprint = Blueprint("cycles", __name__)
watchers = access.role(Role.HR_ADMINISTRATOR, Role.HR_UNIT, Role.AUDITOR)
"""Whoever watches; HR of a unit sees the figures of that unit alone."""
managers = access.role(Role.HR_ADMINISTRATOR)
"""Whoever acts."""
