"""The published schemas of the definitions that HR writes, for editors that complete and check them while typing."""

import json
from functools import cache
from hashlib import sha256

from flask import Blueprint, Response, request
from werkzeug.wrappers import Response as Answer

from forms.exchange.json_schema import ROUTE, form_json_schema
from webapp import access

blueprint = Blueprint("schemas", __name__)


@cache
def _form_schema() -> tuple[bytes, str]:
    text = json.dumps(form_json_schema(), ensure_ascii=False, indent=1).encode()
    return text, sha256(text).hexdigest()


@blueprint.get(ROUTE)
@access.public("Editors fetch it without an account; it describes the form language and holds no form.")
def form() -> Answer:
    """The JSON Schema of a form definition."""
    text, tag = _form_schema()
    answer = Response(text, mimetype="application/schema+json")
    answer.set_etag(tag)
    answer.cache_control.max_age = 3600
    answer.cache_control.public = True
    return answer.make_conditional(request)
