"""Evidence files: sent with or without script, taken back, and downloaded by whoever may read the answers."""

from dataclasses import dataclass
from io import SEEK_END, BytesIO
from urllib.parse import quote

from flask import current_app, flash, get_template_attribute, jsonify, make_response, redirect, request, send_file
from flask import url_for as address_of
from flask_babel import gettext
from flask_login import current_user
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from forms.fields import Evidence, Rows
from forms.schema import FormSchema
from forms.text import Message, msg
from models.assignments import Assignment
from models.designs import DesignVersion
from models.errors import Invalid, NotFound, Stale
from models.evidence import EvidenceFile
from models.operations import evidence
from models.queries import access as queries
from models.queries.designs import form_schema
from models.session import reading
from models.storage import Store
from models.stores import open_store
from models.uploads.examining import Examined, examine
from models.uploads.kinds import MEDIA_TYPES
from models.uploads.searching import Verdict, search_if_configured
from webapp import access
from webapp.assignments import entries, filling
from webapp.assignments.blueprint import blueprint
from webapp.assignments.forms import bound_to_request, sent_page
from webapp.converters import row_number
from webapp.db import db, factory, keep
from webapp.errors import wants_json
from webapp.headers import only_downloaded
from webapp.visitor import current_actor

REMOVE = "_remove_file"
NO_FILE = msg("Pilih berkas lebih dahulu.")
INFECTED = msg("Berkas ini mengandung program berbahaya, sehingga tidak diterima.")


@dataclass(frozen=True)
class Sent:
    """A file that came, and was found harmless or could not be searched yet."""

    file: Examined
    searched: bool


@blueprint.app_template_global()
def evidence_address(name: str) -> str:
    """Where the files of this question of the page at hand are sent; nothing on pages that only show a form."""
    if request.blueprint != blueprint.name or "assignment_id" not in (request.view_args or {}):
        return ""
    assert request.view_args is not None
    return address_of("assignments.upload", assignment_id=request.view_args["assignment_id"], name=name)


@blueprint.post("/assignments/<int:assignment_id>/files/<name>")
@access.signed_in
def upload(assignment_id: int, name: str) -> Response:
    """Take a file for the question of this name; without script the rest of the form is kept as well."""
    if REMOVE in request.form:
        return _remove(assignment_id, name, request.form[REMOVE])
    try:
        question = _may_send(assignment_id, name)
        # Whatever takes long comes before the transaction: on SQLite it would keep everybody else from writing.
        sent = _looked_at(question, name)
        stored = _store().put(sent.file.content)
        found = _mine(assignment_id)
        row = evidence.upload(db(), current_actor(), found, file=sent.file, stored=stored, searched=sent.searched)
    except Invalid as refused:
        if wants_json():
            raise
        return _page_again(_mine(assignment_id), name, refused.message)
    if wants_json():
        draw = get_template_attribute("components/evidence.html", "item")
        return jsonify(name=row.name, item=draw(name, row.reference(), evidence_address(name)))
    _set(name, [*request.form.getlist(name), row.token])
    return _kept(found, name, gettext("%(name)s diunggah.", name=row.name))


def _remove(assignment_id: int, name: str, token: str) -> Response:
    """Take a file out of the answers; it goes altogether unless answers of an earlier round name it."""
    found = _mine(assignment_id)
    file = db().scalar(
        queries.evidence_files(current_actor()).where(
            EvidenceFile.token == token, EvidenceFile.assignment_id == found.id
        )
    )
    said = file.name if file else ""
    if file is not None:
        evidence.remove(db(), current_actor(), file)
    if wants_json():
        return jsonify(name=said)
    _set(name, [one for one in request.form.getlist(name) if one != token])
    return _kept(found, name, gettext("%(name)s dihapus.", name=said) if said else "")


@blueprint.get("/files/<token>")
@access.signed_in
@only_downloaded
def download(token: str) -> Response:
    """The bytes of one file, never to be opened inside a page of ours."""
    found = queries.evidence_file(db(), current_actor(), token)
    answer = send_file(BytesIO(_store().get(found.sha256)), mimetype=MEDIA_TYPES[found.type], etag=False)
    answer.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(found.name, safe='')}"
    return answer


def question_at(schema: FormSchema, name: str) -> Evidence | None:
    """The question for files that bears this name in a page, as `letter` or `results-0-proof`."""
    key, *rest = name.split("-")
    field = schema.field(key)
    while rest and isinstance(field, Rows):
        if len(rest) < 2 or not rest[0].isdecimal():
            return None
        field, rest = field.column(rest[1]), rest[2:]
    return field if isinstance(field, Evidence) and not rest else None


def _mine(assignment_id: int) -> Assignment:
    """A form or log that the visitor has to answer. Raises NotFound for any other."""
    found = queries.assignment(db(), current_actor(), assignment_id)
    if found.respondent_id != current_user.person_id or found.stage.mode not in ("once", "log"):
        raise NotFound
    return found


def _may_send(assignment_id: int, name: str) -> Evidence:
    """The question, if the visitor may send a file of this size for it; looked up in a transaction of its own."""
    with reading(factory()) as session:
        found = queries.assignment(session, current_actor(), assignment_id)
        if found.respondent_id != current_user.person_id or found.stage.mode not in ("once", "log"):
            raise NotFound
        question = _asked(session, found, name)
        if question is None or question.disabled or question.read_only:
            raise NotFound
        evidence.check_upload(session, current_actor(), found, size=_size(name))
    return question


def _asked(session: Session, assignment: Assignment, name: str) -> Evidence | None:
    """The question in the form of the stage, or in the earlier version that the page still shows."""
    current = assignment.stage.form_version
    if current is None:
        return None
    shown = request.form.get("_form", default=current.id, type=row_number)
    versions = [current, *session.scalars(select(DesignVersion).where(DesignVersion.id == shown))]
    asked = (question_at(form_schema(one), name) for one in versions if one.design_id == current.design_id)
    return next((question for question in asked if question is not None), None)


def _size(name: str) -> int:
    """How large the file is that came for this question."""
    came = request.files.get(f"_file-{name}")
    if came is None:
        return 0
    size = came.stream.seek(0, SEEK_END)
    came.stream.seek(0)
    return size


def _looked_at(question: Evidence, name: str) -> Sent:
    """The file of this request, examined and searched. Raises Invalid with what to do."""
    came = request.files.get(f"_file-{name}")
    data = came.stream.read(question.most_bytes + 1) if came is not None else b""
    if came is None or (not data and not came.filename):
        raise Invalid(NO_FILE)
    if len(data) > question.most_bytes:
        raise Invalid(question.refusal(question.types[0], len(data)) or NO_FILE)
    file = examine(data, came.filename or "")
    if (refusal := question.refusal(file.type, len(file.content))) is not None:
        raise Invalid(refusal)
    verdict = search_if_configured(current_app.extensions["settings"], file.content)
    if verdict == Verdict.INFECTED:
        raise Invalid(INFECTED)
    return Sent(file, verdict == Verdict.CLEAN)


def _set(name: str, tokens: list[str]) -> None:
    """What the page sent, with other files under this question."""
    fields = MultiDict(request.form)
    fields.setlist(name, tokens)
    request.form = fields  # type: ignore[assignment]


def _kept(assignment: Assignment, name: str, said: str) -> Response:
    """Back to the page with everything that was typed on it."""
    form = bound_to_request(assignment)
    if assignment.stage.mode == "log":
        flash(said, "good")
        return make_response(entries.page(assignment, form, request.form.get("_request_key", "")))
    try:
        filling.keep_draft(assignment, form)
    except Stale:
        keep()  # the file has come all the same, and stands in the page that shows both texts
        return filling.two_texts(assignment, form)
    flash(said, "good")
    return redirect(_address(assignment, name), 303)


def _page_again(assignment: Assignment, name: str, why: Message) -> Response:
    """The page with what was typed, kept, and why the file is not taken beside its question."""
    form = bound_to_request(assignment)
    path = name.replace("-", ".")
    form.mark({path if form.at(path) is not None else "": why})
    if assignment.stage.mode == "log":
        return make_response(entries.page(assignment, form, request.form.get("_request_key", "")), 422)
    try:
        draft = filling.keep_draft(assignment, form)
    except Stale:
        return filling.two_texts(assignment, form)
    keep()
    return make_response(filling.page_of(assignment, form, draft, sent_page()), 422)


def _address(assignment: Assignment, name: str) -> str:
    return address_of("assignments.show", assignment_id=assignment.id, page=sent_page(), _anchor=name)


def _store() -> Store:
    return open_store(current_app.extensions["settings"], "evidence")
