"""Terjemahan: all texts of a draft beside each other, what is missing or out of date, and as CSV out and in."""

from dataclasses import dataclass

from flask import Response as FlaskResponse
from flask import flash, redirect, render_template, request
from flask_babel import gettext, ngettext
from werkzeug.wrappers import Response

from forms import editing
from forms.editing import Definition, Place, find, name_of
from forms.editing.places import inside
from forms.errors import Invalid
from forms.exchange import translations
from forms.exchange.translations import Row, Status
from forms.languages import SOURCE, language_codes, language_name
from forms.schema import FormSchema, Section
from forms.text import Message
from models.errors import Conflict, Stale
from webapp.designs.blueprint import blueprint, managers
from webapp.designs.builder import words
from webapp.designs.builder.drafts import Draft, met, open_draft, take
from webapp.i18n import language
from webapp.listing import download

OFFERED = ("en", "jv", "su", "min", "ban", "bug", "mad", "ace", "bjn", "ms", "zh", "ar")
"""Languages of the menu: English, those of the regions, and those of many guests."""
PREFIX = "t."


@dataclass(frozen=True)
class Line:
    """One text with its place in the builder and what of it is wanting."""

    row: Row
    place: str
    where: str
    wanting: bool


@blueprint.get("/designs/form/<key>/<int:number>/edit/translations")
@managers
def edit_translations(key: str, number: int) -> str:
    """The texts of a draft; `show=all` also those that are complete, `also` a language nobody wrote in yet."""
    return _page(open_draft(key, number))


@blueprint.post("/designs/form/<key>/<int:number>/edit/translations")
@managers
def edit_translations_save(key: str, number: int) -> Response | tuple[str, int]:
    """Keep the translations that were changed, and those confirmed as still right."""
    draft = open_draft(key, number)
    given = _changed(draft.schema)
    try:
        done = take(draft, lambda: editing.set_texts(draft.definition, given))
    except Stale:
        return met(draft, draft.address("edit_translations"))
    except (Invalid, Conflict) as refusal:
        return _page(draft, refusal=refusal.message), 422
    if done:
        flash(ngettext("%(num)s teks diperbarui.", "%(num)s teks diperbarui.", len(given)), "good")
    else:
        flash(gettext("Tidak ada yang berubah."), "info")
    return redirect(draft.address("edit_translations", **_kept()), 303)


@blueprint.get("/designs/form/<key>/<int:number>/edit/translations.csv")
@managers
def edit_translations_export(key: str, number: int) -> FlaskResponse:
    """The texts as a table for a translator."""
    draft = open_draft(key, number)
    data = translations.to_csv(draft.schema, [_also()] if _also() else [])
    return download(
        data, f"{draft.version.design.key}-{draft.version.number}-terjemahan.csv", "text/csv; charset=utf-8"
    )


@blueprint.post("/designs/form/<key>/<int:number>/edit/translations/import")
@managers
def edit_translations_import(key: str, number: int) -> Response | tuple[str, int]:
    """Take the translations of a table over, all of them or none."""
    draft = open_draft(key, number)
    file = request.files.get("file")
    data = file.read(translations.MOST_BYTES + 1) if file else b""
    schema, problems = translations.from_csv(draft.schema, data)
    if problems:
        return _page(draft, problems=problems), 422
    try:
        done = take(draft, lambda: editing.replace(draft.definition, schema.definition()))
    except Stale:
        return met(draft, draft.address("edit_translations"))
    except (Invalid, Conflict) as refusal:
        return _page(draft, refusal=refusal.message), 422
    flash(gettext("Terjemahan dari berkas diambil alih.") if done else gettext("Tidak ada yang berubah."), "good")
    return redirect(draft.address("edit_translations"), 303)


def _page(
    draft: Draft, *, problems: list[translations.RowProblem] | None = None, refusal: Message | None = None
) -> str:
    codes = list(translations.languages(draft.schema))
    if _also() and _also() not in codes:
        codes.append(_also())
    lines = [_line(draft, row, codes) for row in translations.rows(draft.schema)]
    wanting = [line for line in lines if line.wanting]
    every = request.args.get("show") == "all" or not wanting
    return render_template(
        "designs/builder/translations.html",
        draft=draft,
        tab="edit_translations",
        lines=lines if every else wanting,
        every=every,
        total=len(lines),
        wanting=len(wanting),
        written=[(code, language_name(code, language())) for code in codes],
        offered=[(code, language_name(code, language())) for code in OFFERED if code not in codes],
        also=_also(),
        problems=problems or [],
        refusal=refusal,
        Status=Status,
    )


def _kept() -> dict[str, str]:
    return {name: request.args[name] for name in ("show", "also") if request.args.get(name)}


def _also() -> str:
    code = request.args.get("also", "")
    return code if code in language_codes() and code != SOURCE else ""


def _changed(schema: FormSchema) -> dict[tuple[str, ...], dict[str, str | None]]:
    """What was typed and differs, or was confirmed; by the path of the text."""
    given: dict[tuple[str, ...], dict[str, str | None]] = {}
    for row in translations.rows(schema):
        for code in {*row.text.translations, *_sent_codes()}:
            name = f"{PREFIX}{row.path}.{code}"
            typed = request.form.get(name)
            if typed is None:
                continue
            typed = typed.replace("\r\n", "\n").strip()
            confirmed = f"{name}.ok" in request.form and code in row.text.stale
            if confirmed or typed != row.text.translations.get(code, ""):
                given.setdefault(tuple(row.path.split(".")), {})[code] = typed or None
    return given


def _sent_codes() -> set[str]:
    return set(request.form.getlist("languages")) & set(language_codes())


def _line(draft: Draft, row: Row, codes: list[str]) -> Line:
    place, setting = place_of(draft.definition, row.path)
    part = find(draft.definition, place) if place else draft.definition
    model = FormSchema if not place else Section if place.is_section else None
    if model is FormSchema:
        said = words.FORM_SETTINGS.get(setting)
    elif model is Section:
        said = words.SECTION_SETTINGS.get(setting)
    else:
        said = words.setting_words(part["kind"], setting)
    name = name_of(part) if place else gettext("Formulir")
    label = str(said.label) if said else setting
    # The label is the text itself; it need not stand there twice.
    where = label if setting in ("label", "title") else f"{name} · {label}"
    return Line(row, str(place) or "form", where, any(row.status(code) != Status.CURRENT for code in codes))


def place_of(definition: Definition, path: str) -> tuple[Place, str]:
    """Where a text stands, and the setting it belongs to, from its path in the table."""
    steps = path.split(".")
    place = Place()
    if steps[0] == "sections":
        place, steps = Place((steps[1],)), steps[2:]
    if steps[0] == "fields":
        if not place:
            holders = [one["key"] for one in definition["sections"] if any(f["key"] == steps[1] for f in inside(one))]
            place = Place((holders[0],))
        place, steps = place.child(steps[1]), steps[2:]
        while steps[0] == "columns":
            place, steps = place.child(steps[1]), steps[2:]
    return place, steps[0]
