"""The blueprint that the pages of this area hang on, and who may open them."""

from flask import Blueprint

from models.permissions import Role
from webapp import access

blueprint = Blueprint("runs", __name__)
watchers = access.role(Role.HR_ADMINISTRATOR, Role.AUDITOR)
managers = access.role(Role.HR_ADMINISTRATOR)
