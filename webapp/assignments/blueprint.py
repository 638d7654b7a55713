"""The blueprint that the pages of this area hang on."""

from flask import Blueprint

blueprint = Blueprint("assignments", __name__)
