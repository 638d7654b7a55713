"""The kinds of fields there are: to add one, write its class and name it here."""

from typing import Annotated, Any, get_args

from pydantic import Discriminator

from forms.fields.base import FieldBase
from forms.fields.choice import Choice
from forms.fields.choices import Choices
from forms.fields.colleague import Colleague
from forms.fields.date import Date
from forms.fields.evidence import Evidence
from forms.fields.long_text import LongText
from forms.fields.number import Number
from forms.fields.percentage import Percentage
from forms.fields.rating import Rating
from forms.fields.rows import Rows
from forms.fields.short_text import ShortText
from forms.fields.yes_no import YesNo

__all__ = [
    "KINDS",
    "Choice",
    "Choices",
    "Colleague",
    "Date",
    "Evidence",
    "Field",
    "LongText",
    "Number",
    "Percentage",
    "Rating",
    "Rows",
    "ShortText",
    "YesNo",
]

Field = Annotated[
    ShortText | LongText | Number | Percentage | Choice | Choices | Rating | YesNo | Date | Colleague | Evidence | Rows,
    Discriminator("kind"),
]
"""Any field of a form, or column of rows."""

Rows.model_rebuild(_types_namespace={"Column": Field})

KINDS: dict[str, type[FieldBase[Any]]] = {
    kind.model_fields["kind"].default: kind for kind in get_args(get_args(Field)[0])
}
"""The kinds by name."""
