"""What stands beside a form, in words; for those who fill it in and for those who sign."""

from dataclasses import dataclass

from forms import answers
from forms.answers import SectionView
from models.assignments import Assignment
from models.queries.beside import Beside, beside
from webapp.db import db
from webapp.i18n import language
from webapp.visitor import current_actor


@dataclass(frozen=True)
class Material:
    """One earlier stage, and its answers section by section when it is a form."""

    what: Beside
    sections: list[SectionView]


def material(assignment: Assignment) -> list[Material]:
    """Everything the design puts beside this form and the visitor may see."""
    return [Material(what, _sections(what)) for what in beside(db(), current_actor(), assignment)]


def _sections(what: Beside) -> list[SectionView]:
    if what.schema is None or what.answers is None or what.context is None:
        return []
    return answers.display(what.schema, what.answers, language(), what.context)
