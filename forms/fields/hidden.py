"""A value that is computed and kept, but never shown."""

from typing import ClassVar, Literal

from forms.fields.calculated import Computed


class Hidden(Computed):
    """A calculated value for other formulas, for documents and for measures."""

    widget: ClassVar[str] = "hidden"
    drawn: ClassVar[bool] = False
    kind: Literal["hidden"] = "hidden"
