"""The kinds of fields there are: to add one, write its class and name it here."""

from typing import Annotated, Any, get_args

from pydantic import Discriminator

from forms.fields.base import FieldBase
from forms.fields.calculated import Calculated
from forms.fields.choice import Choice
from forms.fields.choice_or_other import ChoiceOrOther
from forms.fields.choices import Choices
from forms.fields.colleague import Colleague
from forms.fields.date import Date
from forms.fields.declaration import Declaration
from forms.fields.evidence import Evidence
from forms.fields.hidden import Hidden
from forms.fields.link import Link
from forms.fields.long_text import LongText
from forms.fields.matrix import Matrix
from forms.fields.money import Money
from forms.fields.month import Month
from forms.fields.note import Note
from forms.fields.number import Number
from forms.fields.percentage import Percentage
from forms.fields.ranking import Ranking
from forms.fields.rating import Rating
from forms.fields.row import RowReference
from forms.fields.rows import Rows
from forms.fields.short_text import ShortText
from forms.fields.time import Time
from forms.fields.unit import Unit
from forms.fields.yes_no import YesNo

__all__ = [
    "KINDS",
    "Calculated",
    "Choice",
    "ChoiceOrOther",
    "Choices",
    "Colleague",
    "Date",
    "Declaration",
    "Evidence",
    "Field",
    "Hidden",
    "Link",
    "LongText",
    "Matrix",
    "Money",
    "Month",
    "Note",
    "Number",
    "Percentage",
    "Ranking",
    "Rating",
    "RowReference",
    "Rows",
    "ShortText",
    "Time",
    "Unit",
    "YesNo",
]

Field = Annotated[
    ShortText
    | LongText
    | Number
    | Percentage
    | Money
    | Choice
    | Choices
    | ChoiceOrOther
    | Rating
    | Matrix
    | Ranking
    | YesNo
    | Date
    | Time
    | Month
    | Evidence
    | Link
    | Colleague
    | Unit
    | RowReference
    | Note
    | Declaration
    | Calculated
    | Hidden
    | Rows,
    Discriminator("kind"),
]
"""Any field of a form, or column of rows."""

Rows.model_rebuild(_types_namespace={"Column": Field})

KINDS: dict[str, type[FieldBase[Any]]] = {
    kind.model_fields["kind"].default: kind for kind in get_args(get_args(Field)[0])
}
"""The kinds by name."""
