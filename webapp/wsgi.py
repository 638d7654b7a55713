"""The application as a web server runs it: `gunicorn webapp.wsgi:app`."""

from webapp.app import create_app

app = create_app()
