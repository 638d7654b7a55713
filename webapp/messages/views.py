"""One's own messages: listed, opened, marked as read."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask_login import current_user
from sqlalchemy import select
from werkzeug.wrappers import Response

from models.errors import NotFound
from models.messages import OutboxMessage
from models.operations.messages import mark_read
from models.queries import desk
from webapp import access
from webapp.db import db
from webapp.messages.words import in_words
from webapp.navigation import safe_target

blueprint = Blueprint("messages", __name__)
ON_A_PAGE = 20


@blueprint.get("/messages")
@access.signed_in
def index() -> str:
    """The messages, the latest first."""
    unread = desk.unread(db(), current_user.person_id)
    total = desk.message_count(db(), current_user.person_id)
    pages = max(1, -(-total // ON_A_PAGE))
    page = min(max(request.args.get("page", 1, type=int), 1), pages)
    rows = db().scalars(desk.messages(current_user.person_id).offset((page - 1) * ON_A_PAGE).limit(ON_A_PAGE))
    messages = [in_words(one) for one in rows]
    return render_template("messages/index.html", messages=messages, unread=unread, page=page, pages=pages)


@blueprint.post("/messages/read")
@access.signed_in
def read_all() -> Response:
    """Everything has been seen."""
    unread = select(OutboxMessage.id).where(
        OutboxMessage.person_id == current_user.person_id, OutboxMessage.read_at.is_(None)
    )
    mark_read(db(), current_user.person_id, db().scalars(unread).all())
    return redirect(url_for("messages.index"), 303)


@blueprint.post("/messages/<int:message_id>/open")
@access.signed_in
def open_one(message_id: int) -> Response:
    """Mark a message as read and go where it leads."""
    found = db().scalar(desk.messages(current_user.person_id).where(OutboxMessage.id == message_id))
    if found is None:
        raise NotFound
    mark_read(db(), current_user.person_id, [found.id])
    return redirect(safe_target(found.path), 303)
