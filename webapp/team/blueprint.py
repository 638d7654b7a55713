"""The blueprint that the pages of this area hang on."""

from flask import Blueprint

blueprint = Blueprint("team", __name__)
