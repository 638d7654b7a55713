"""Whether the web and its database work, for whoever watches the machine."""

from flask import Blueprint, Response, jsonify
from sqlalchemy import text

from webapp import access
from webapp.db import db

blueprint = Blueprint("health", __name__)


@blueprint.get("/healthz")
@access.public("Watchers of the machine have no account; it tells nothing but that it works.")
def healthz() -> Response:
    """Answers 200 when a page could be served, 503 (from the error page) when the database is away."""
    db().execute(text("SELECT 1"))
    return jsonify(status="ok")
