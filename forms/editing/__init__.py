"""Edits of forms as pure functions: from a definition to a new one, said in words; nothing is stored here."""

from forms.editing.changes import Edit, tidy
from forms.editing.lines import from_lines, is_listed, to_lines
from forms.editing.places import Definition, Place, find, name_of
from forms.editing.references import written
from forms.editing.settings import rename_part, replace, set_form, set_lines, set_part, set_texts
from forms.editing.starting import blank_form
from forms.editing.structure import (
    add_field,
    add_section,
    change_kind,
    disable,
    duplicate,
    move,
    remove,
    shift,
)
from forms.editing.texts import texts

__all__ = [
    "Definition",
    "Edit",
    "Place",
    "add_field",
    "add_section",
    "blank_form",
    "change_kind",
    "disable",
    "duplicate",
    "find",
    "from_lines",
    "is_listed",
    "move",
    "name_of",
    "remove",
    "rename_part",
    "replace",
    "set_form",
    "set_lines",
    "set_part",
    "set_texts",
    "shift",
    "texts",
    "tidy",
    "to_lines",
    "written",
]
