"""The blueprint of the award and who may open its pages."""

from flask import Blueprint

from models.permissions import Role
from webapp import access

blueprint = Blueprint("awards", __name__)
readers = access.role(Role.HR_ADMINISTRATOR, Role.AWARD_COMMITTEE, Role.AUDITOR)
committee = access.role(Role.AWARD_COMMITTEE)
managers = access.role(Role.HR_ADMINISTRATOR)
