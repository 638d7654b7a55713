"""The blueprint that the pages of this area hang on, and who may open them."""

from flask import Blueprint

from models.permissions import Role
from webapp import access

blueprint = Blueprint("designs", __name__)
readers = access.role(Role.HR_ADMINISTRATOR, Role.HR_UNIT, Role.AUDITOR)
managers = access.role(Role.HR_ADMINISTRATOR)
