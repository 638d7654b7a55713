"""The survey of a unit: whoever has the link answers; no name, address or device is kept."""

from flask import Blueprint, jsonify, redirect, render_template, request, url_for
from limits import parse
from werkzeug.wrappers import Response

from forms.builder import AnswersForm, bind
from forms.text import Message, msg
from models.errors import NotFound
from models.feedback import SurveyLink
from models.operations.feedback import answer_survey
from models.permissions import PUBLIC
from models.queries.surveys import PublicSurvey, public_survey
from models.session import reading
from webapp import access, language, limits
from webapp.db import db, factory, only_reading
from webapp.headers import token_in_address
from webapp.i18n import language as chosen_language
from webapp.origin import csrf
from webapp.questions import newly_asked
from webapp.survey.visits import Visit, new_pass, read_pass

blueprint = Blueprint("survey", __name__)
# The signed pass of the visit takes the place of the token in a cookie: visitors are given none.
csrf.exempt(blueprint)
blueprint.before_request(language.choose_by_address)


PER_NETWORK = parse(limits.PUBLIC_ANSWER)
MOST_BYTES = 256 * 1024
"""How long the answers of one visitor may be; a survey has no files."""
PER_UNIT = parse("500 per hour")
"""The brake when many networks join in."""
TRAP = "website"
WHY = "The public is asked for its opinion without an account, by a link or QR code."
MORE = msg("Sesuai jawaban Anda, ada pertanyaan baru di bawah ini.")
UPDATED = msg("Survei ini telah diperbarui sejak halaman ini dibuka. Periksa jawaban Anda, lalu kirim sekali lagi.")
AGAIN = {
    "robot": msg("Kiriman ini tampak seperti kiriman otomatis. Silakan periksa jawaban Anda, lalu kirim sekali lagi."),
    "early": msg("Kiriman ini terlalu cepat. Silakan periksa jawaban Anda, lalu kirim sekali lagi."),
    "late": msg("Halaman ini sudah lama terbuka. Jawaban Anda masih ada; silakan kirim sekali lagi."),
    "none": msg("Halaman ini sudah lama terbuka. Jawaban Anda masih ada; silakan kirim sekali lagi."),
}


@blueprint.before_request
def _only_short() -> None:
    """Whoever is not known gets no more of our time than answers of a survey take."""
    request.max_content_length = MOST_BYTES


@blueprint.get("/s/<token>")
@access.public(WHY)
@token_in_address
@limits.public_page
def show(token: str) -> tuple[str, int] | str:
    """The questions, or why they cannot be answered now."""
    survey = public_survey(db(), token)
    return _page(survey, bind(survey.schema, context=survey.context))


@blueprint.post("/s/<token>")
@access.public(WHY)
@token_in_address
@limits.public_page
def answer(token: str) -> Response | tuple[str, int] | str:
    """Take the answers; what is wrong or suspicious is shown again with everything that was typed."""
    with reading(factory()) as looking:
        survey = public_survey(looking, token)
    form = bind(survey.schema, formdata=request.form, context=survey.context)
    if survey.state != "open":
        return _page(survey, form)
    visit = read_pass(request.form.get("_visit", ""), survey.link_id)
    if request.form.get("_form", survey.schema.digest()) != survey.schema.digest():
        return _page(survey, form, again=UPDATED, visit=_kept(visit)), 409
    if newly_asked(form):
        return _page(survey, form, again=MORE, visit=_kept(visit)), 422
    if form.check() is None:
        return _page(survey, form, visit=_kept(visit)), 422
    state = "robot" if request.form.get(TRAP) else visit.state
    if state != "good":
        return _page(survey, form, again=AGAIN[state]), 422
    limits.attempt(PER_NETWORK, "survey", limits.network())
    limits.attempt(PER_UNIT, "survey-unit", str(survey.link_id))
    answer_survey(db(), PUBLIC, db().get_one(SurveyLink, survey.link_id), raw=form.raw(), request_key=visit.request_key)
    return redirect(url_for("survey.thanks", token=token, lang=request.args.get("lang")), 303)


@blueprint.post("/s/<token>/live")
@access.public(WHY)
@token_in_address
@limits.public_page
def live(token: str) -> Response:
    """What is asked, as the answers stand; nothing is kept."""
    only_reading()
    survey = public_survey(db(), token)
    if survey.state != "open":
        raise NotFound
    return jsonify(bind(survey.schema, formdata=request.form, context=survey.context).live(chosen_language()))


@blueprint.get("/s/<token>/thanks")
@access.public(WHY)
@token_in_address
@limits.public_page
def thanks(token: str) -> str:
    """Thank for the answer."""
    return render_template("survey/thanks.html", survey=public_survey(db(), token))


def _kept(visit: Visit) -> str | None:
    """A pass that still serves for the page shown again."""
    return request.form["_visit"] if visit.state in ("good", "early") else None


def _page(
    survey: PublicSurvey, form: AnswersForm, *, again: Message | None = None, visit: str | None = None
) -> tuple[str, int] | str:
    if survey.state != "open":
        # Gone for good, or not there yet: either way nothing can be sent.
        return render_template("survey/closed.html", survey=survey), 410 if survey.state == "closed" else 404
    # A page that is only corrected keeps its pass: nobody waits twice.
    passed = visit or new_pass(survey.link_id)
    return render_template("survey/form.html", survey=survey, form=form, again=again, visit=passed, trap=TRAP)
