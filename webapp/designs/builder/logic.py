"""Logika: every condition, calculated value, limit and rule of a form as a sentence that leads to its place."""

from flask import render_template

from webapp.designs.blueprint import blueprint, managers
from webapp.designs.builder.drafts import open_draft
from webapp.designs.builder.sentences import everything_told


@blueprint.get("/designs/form/<key>/<int:number>/edit/logic")
@managers
def edit_logic(key: str, number: int) -> str:
    """The logic of a draft, read from top to bottom."""
    draft = open_draft(key, number)
    told = list(everything_told(draft.schema, draft.definition))
    return render_template("designs/builder/logic.html", draft=draft, tab="edit_logic", told=told)
