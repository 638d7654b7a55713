"""Rancang: the canvas, and every edit that is made on it, with a script piece by piece and without as whole pages."""

from collections.abc import Callable

from flask import flash, redirect, render_template, request
from werkzeug.wrappers import Response

from forms import editing
from forms.editing import Edit, Place, find
from forms.editing.places import inside, siblings
from forms.editing.scopes import named_at
from forms.errors import Invalid
from forms.fields import KINDS
from forms.schema import FormSchema
from forms.text import Message, msg
from models import clock
from models.errors import Conflict, Stale
from models.operations import designing
from models.queries import designing as questions
from webapp.db import db
from webapp.designs.blueprint import blueprint, managers
from webapp.designs.builder import words
from webapp.designs.builder.canvas import FORM, Canvas, Wrong, canvas
from webapp.designs.builder.controls import model_of, read_settings
from webapp.designs.builder.drafts import Draft, draft_of, is_script, met, open_draft, sent_lock, take
from webapp.i18n import say, zone
from webapp.visitor import current_actor

REFUSED = (Invalid, Conflict)


@blueprint.get("/designs/form/<key>/<int:number>/edit")
@managers
def edit(key: str, number: int) -> str | Response:
    """The draft as cards; `open` names the part whose settings are shown, `add` the section new questions go to."""
    draft = open_draft(key, number)
    if is_script():
        return _pieces(draft, request.args.get("open", ""), None, status=200)
    return _page(draft, request.args.get("open", ""), add=request.args.get("add", ""))


@blueprint.post("/designs/form/<key>/<int:number>/edit")
@managers
def edit_change(key: str, number: int) -> Response | tuple[str, int]:
    """One edit, named by the button that was pressed: `up work.results`, `add rating`, `save work.results`."""
    draft = open_draft(key, number)
    verb, _, rest = request.form.get("do", "").partition(" ")
    place = Place.read(rest)
    try:
        if verb in ("undo", "redo"):
            return _stepped(draft, verb)
        make = VERBS.get(verb)
        if make is None:
            raise Invalid(msg("Tindakan ini tidak dikenal."))
        done = take(draft, lambda: make(draft, rest if verb == "add" else place))
    except Stale:
        return met(draft, draft.address())
    except REFUSED as refusal:
        return _refused(draft, verb, place, refusal)
    opened = _opened_after(verb, place, done)
    return _answer(draft, opened, done.summary if done else None, verb)


def _stepped(draft: Draft, verb: str) -> Response:
    words_ = draft.steps.undo if verb == "undo" else draft.steps.redo
    operation = designing.undo if verb == "undo" else designing.redo
    operation(db(), current_actor(), draft.version, lock=sent_lock())
    said = msg("Diurungkan: %(what)s", what=words_) if verb == "undo" else msg("Diulangi: %(what)s", what=words_)
    back = request.form.get("_back", "")
    if back.startswith(draft.address()) and not is_script():
        flash(say(said), "good")
        return redirect(back, 303)
    return _answer(draft, request.form.get("_open", ""), said, verb)


def _opened_after(verb: str, place: Place, done: Edit | None) -> str:
    """What stays or gets open: the part just made, or the one that was open before."""
    before = request.form.get("_open", "")
    if done is None:
        return before or str(place)
    if verb in ("add", "add-section", "duplicate", "save", "rename", "kind", "lines"):
        return str(done.place) or FORM
    if before and before == str(place) and verb != "remove":
        return str(done.place)
    return "" if before == str(place) else before


def _answer(draft: Draft, opened: str, said: Message | None, verb: str) -> Response:
    """The page again: the whole of it, or for a script the pieces that may have changed."""
    if is_script():
        return _pieces(draft_of(draft.version), opened, said, status=200, was=_saved(verb))
    if said is not None:
        flash(say(said), "good")
    anchor = f"card-{opened}" if opened else "canvas"
    return redirect(f"{draft.address(open=opened or None)}#{anchor}", 303)


def _refused(draft: Draft, verb: str, place: Place, refusal: Invalid | Conflict) -> Response | tuple[str, int]:
    """The page with what was refused, at its place where it has one; nothing was changed."""
    errors = refusal.errors if isinstance(refusal, Invalid) else {}
    opened = str(place) if verb in ("save", "rename", "kind") else request.form.get("_open", "")
    if verb == "save" and not place:
        opened = FORM
    wrong = Wrong(opened, errors, request.form) if errors else None
    text = refusal.message if not errors or verb != "save" else msg("Periksa kembali isian Anda.")
    if errors and verb != "save":
        text = next(iter(errors.values()))
    if is_script():
        return _pieces(draft, opened, text, status=422, was=_saved(verb), wrong=wrong)
    return _page(draft, opened, wrong=wrong, refusal=text), 422


def _page(
    draft: Draft, opened: str, *, add: str = "", wrong: Wrong | None = None, refusal: Message | None = None
) -> str:
    return render_template("designs/builder/edit.html", refusal=refusal, **_values(draft, opened, wrong, add))


def _saved(verb: str) -> str:
    """The card that a save may change: the question, or the section; nothing where the whole canvas may."""
    place = Place.read(request.form.get("do", "").partition(" ")[2])
    return str(Place(place.keys[:2])) if verb == "save" and place else ""


def _pieces(
    draft: Draft, opened: str, said: Message | None, *, status: int, was: str = "", wrong: Wrong | None = None
) -> Response:
    """What a script exchanges: the head, and either the card that stood at `was` or the whole canvas."""
    page = render_template(
        "designs/builder/pieces.html",
        said=said,
        refused=status != 200,
        was=was,
        renamed=_renamed(opened),
        now=str(Place(Place.read(opened).keys[:2])),
        **_values(draft, opened, wrong, request.form.get("_target", ""), only=Place.read(opened) if was else None),
    )
    return Response(page, status, mimetype="text/html")


def _renamed(opened: str) -> str:
    """The place that was sent for the part that is open now, when its key changed by the way."""
    verb, _, place = request.form.get("do", "").partition(" ")
    return place if verb in ("save", "rename") and opened not in ("", FORM) and place != opened else ""


def _values(draft: Draft, opened: str, wrong: Wrong | None, add: str, only: Place | None = None) -> dict[str, object]:
    shown = _canvas(draft, opened, wrong, Place(only.keys[:2]) if only else None)
    return {
        "draft": draft,
        "tab": "edit",
        "canvas": shown,
        "opened": shown.opened,
        "target": _target(draft, shown.opened, add),
        "toolbox": words.toolbox(KINDS),
        "kinds": list(KINDS),
        "kind_words": words.kind_words,
    }


def _canvas(draft: Draft, opened: str, wrong: Wrong | None, only: Place | None) -> Canvas:
    if opened not in ("", FORM):
        try:
            find(draft.definition, Place.read(opened))
        except Invalid:
            opened = ""
    answered = questions.answered_keys(db(), draft.version.design)
    return canvas(draft, opened, clock.today(zone()), answered, wrong, only)


def _target(draft: Draft, opened: str, add: str) -> str:
    """Where the toolbox puts new questions: the section asked for, behind the open question, or the last section."""
    sections = [section["key"] for section in draft.definition.get("sections", [])]
    if add in sections:
        return add
    if opened and opened != FORM and Place.read(opened).keys[0] in sections:
        return str(Place(Place.read(opened).keys[:2]))
    return sections[-1] if sections else ""


def _add(draft: Draft, kind: str) -> Edit:
    """A new question behind the one at the target, inside it when it is a section or rows, or in a new section."""
    index = request.form.get("_index", type=int)
    target = Place.read(request.form.get("_target", ""))
    definition = draft.definition
    if not definition.get("sections"):
        definition = editing.add_section(definition).definition
        target = Place((definition["sections"][0]["key"],))
    if not target:
        target = Place((definition["sections"][-1]["key"],))
    part = find(definition, target)
    if target.is_section or (part.get("kind") == "rows" and request.form.get("_inside")):
        return editing.add_field(definition, kind, target, index=index)
    _parts, at = siblings(definition, target)
    return editing.add_field(definition, kind, target.parent, index=at + 1)


def _add_section(draft: Draft, place: Place) -> Edit:
    return editing.add_section(draft.definition)


def _save(draft: Draft, place: Place) -> Edit:
    part = find(draft.definition, place) if place else draft.definition
    model = model_of(part) if place else FormSchema
    values = read_settings(part, model, request.form, named_at(draft.schema, place))
    if not place:
        return editing.set_form(draft.definition, values)
    return editing.set_part(draft.definition, place, values, settled=_settled(draft))


def _settled(draft: Draft) -> frozenset[str]:
    return questions.settled_keys(db(), draft.version.design)


def _remove(draft: Draft, place: Place) -> Edit:
    part = find(draft.definition, place)
    answered = questions.answered_keys(db(), draft.version.design)
    inner = [place, *(place.child(one["key"]) for one in inside(part))]
    names = {one.key if len(one.keys) == 2 else ".".join(one.keys[1:]) for one in inner if len(one.keys) > 1}
    if names & answered:
        raise Invalid(msg("Sudah ada jawaban untuk isian ini. Nonaktifkan, agar jawaban lama tetap dapat dibaca."))
    return editing.remove(draft.definition, place)


def _move(draft: Draft, place: Place) -> Edit:
    """To the end of a section, or to where it was dragged."""
    parent = Place.read(request.form.get("_to", str(place.parent)))
    index = request.form.get("_index", type=int)
    end = len(inside(find(draft.definition, parent))) if parent else len(draft.definition.get("sections", []))
    return editing.move(draft.definition, place, parent, end if index is None else index)


VERBS: dict[str, Callable[..., Edit]] = {
    "add": _add,
    "add-section": _add_section,
    "save": _save,
    "up": lambda draft, place: editing.shift(draft.definition, place, -1),
    "down": lambda draft, place: editing.shift(draft.definition, place, 1),
    "move": _move,
    "duplicate": lambda draft, place: editing.duplicate(draft.definition, place),
    "remove": _remove,
    "disable": lambda draft, place: editing.disable(draft.definition, place, True),
    "enable": lambda draft, place: editing.disable(draft.definition, place, False),
    "kind": lambda draft, place: editing.change_kind(draft.definition, place, request.form.get("_kind", "")),
    "rename": lambda draft, place: editing.rename_part(draft.definition, place, request.form.get("_key", "").strip()),
}
"""What the buttons of the canvas do."""
