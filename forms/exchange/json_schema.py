"""The JSON Schema of forms, for editors and other programs: what a definition may say, with titles and descriptions."""

from collections.abc import Mapping
from functools import cache
from typing import Any

from forms.schema import FormSchema

DIALECT = "https://json-schema.org/draft/2020-12/schema"
ROUTE = "/schemas/form.json"
"""Where an installation publishes it; also its `$id`, relative to the installation."""

COMMON: Mapping[str, str] = {
    "after": "What happens next, told on the receipt.",
    "at": "Key of the question at which the message is shown; without it, above all of them.",
    "checks": "Limits: rules that must hold whenever the question is answered, each with the message shown else.",
    "columns": "The questions asked in each row.",
    "currency": "The currency, by its three letters.",
    "default": "An expression; its value is offered when the form is opened for the first time.",
    "disabled": "Not asked any more; kept so that answers given earlier can be read.",
    "each": "`<stage>.<field>`: stands once for every row of that earlier, signed answer.",
    "earliest": "The first day, month or time that is accepted; for days also `today`.",
    "fields": "The questions, in order.",
    "fixed": "Rows that the form gives, instead of rows that can be added.",
    "format": "What the text must be: an e-mail address, a telephone number, a link, an employee number (NIP).",
    "formula": "The expression whose value this is.",
    "help": "A hint below the label.",
    "intro": "What the form is about, above the first question.",
    "item": "What one row is, for buttons such as “Add a planned result”.",
    "joined": "Stays on the page of the section before it.",
    "key": "The name that stays when words change: lower-case letters, digits and underscores.",
    "kind": "Which kind of question it is.",
    "label": "The question as people read it.",
    "latest": "The last day, month or time that is accepted; for days also `today`.",
    "layout": "Everything on one page (`all`), or a page for each section that is not joined (`pages`).",
    "look": "How the choice is drawn: buttons (`radios`) or a drop-down list (`list`); without it, as fits the number.",
    "max": "The largest value, length or number that is accepted.",
    "max_mb": "The largest file, in megabytes.",
    "measure": "The name under which numbers are kept as figures for boards and scores.",
    "message": "What is said when the rule does not hold: what to do about it.",
    "min": "The smallest value, length or number that is accepted.",
    "most": "How many are accepted at most.",
    "of": "Whose answer it is: one's own (`self`) or that of the supervisor.",
    "options": "What can be chosen, in order.",
    "other": "The label of the choice that is typed.",
    "pattern": "A regular expression (RE2) that the whole text must match.",
    "pattern_message": "What is said when the pattern does not match.",
    "places": "Digits after the decimal comma.",
    "points": "The points of the scale, in order.",
    "read_only": "Shown with its default; cannot be changed.",
    "required": "Whether an answer must be given.",
    "required_when": "An expression; while it is true an answer must be given.",
    "rule": "An expression that must be true.",
    "rules": "What must hold between the answers, such as `sum(results.weight) == 100`.",
    "sections": "The parts of the form, in order.",
    "show": "Keys of the earlier columns that are shown beside each row.",
    "show_when": "An expression; while it is not true, nothing is asked, checked or stored here.",
    "source": "`<stage>.<field>`: the earlier, signed rows to choose from.",
    "statements": "What is judged, each on the same scale.",
    "title": "The title as people read it.",
    "types": "The kinds of files that are accepted, by their content.",
    "unit": "What is counted or measured, shown beside the number.",
    "value": "What is stored when it is chosen; a number where it is the point of a scale.",
}
"""What the settings mean that several parts share; a part that means something else says so itself."""


@cache
def form_json_schema() -> dict[str, Any]:
    """The schema of a form definition as JSON or YAML, by pydantic from the form language itself.

    It says what can be read. What may be published is more: ask the form's `problems()`.
    """
    schema = FormSchema.model_json_schema(mode="validation", by_alias=True)
    for part in (schema, *schema["$defs"].values()):
        _describe(part)
    return {"$schema": DIALECT, "$id": ROUTE, **schema}


def _describe(part: dict[str, Any]) -> None:
    """Describe each setting, and ask for the kind where there are several."""
    settings = part.get("properties", {})
    for name, setting in settings.items():
        if "description" not in setting and name in COMMON:
            setting["description"] = COMMON[name]
    if "const" in settings.get("kind", {}):
        settings["kind"].pop("default", None)
        part["required"] = ["kind", *(name for name in part.get("required", []) if name != "kind")]
