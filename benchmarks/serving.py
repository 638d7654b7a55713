"""What gunicorn serves in the forms figure: the whole application, and beside it a bare Flask response."""

from flask import Flask
from werkzeug.middleware.dispatcher import DispatcherMiddleware

from benchmarks.visitors import BARE_PATH
from webapp.wsgi import app as application

bare = Flask("bare")


@bare.route("/", methods=["GET", "POST"])
def hello() -> str:
    """The least a Flask application can answer."""
    return "Halo"


app = DispatcherMiddleware(application, {BARE_PATH: bare})
