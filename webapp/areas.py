"""The areas of the web: each is a package whose `views.py` has a `blueprint`; a new area is one more word here."""

from importlib import import_module

from flask import Flask

AREAS = (
    *("auth", "desk", "assignments", "feedback", "messages", "results", "survey", "verify"),
    *("team", "cycles", "people", "designs", "runs", "awards"),
)


def register(app: Flask) -> None:
    """Hang the pages of every area on the application."""
    for area in AREAS:
        app.register_blueprint(import_module(f"webapp.{area}.views").blueprint)
