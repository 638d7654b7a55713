"""The expressions of forms: conditions, limits and calculated values, in Python's syntax but never run by Python."""

from forms.expressions.expression import Expression, check
from forms.expressions.faults import ExpressionInvalid, Fault
from forms.expressions.references import references, rename
from forms.expressions.scope import Scope
from forms.expressions.types import (
    ANY,
    BOOLEAN,
    CHOICE,
    CHOICES,
    DATE,
    LIST,
    NUMBER,
    RECORD,
    ROWS,
    TEXT,
    TIME,
    Kind,
    Term,
    Type,
)

__all__ = [
    "ANY",
    "BOOLEAN",
    "CHOICE",
    "CHOICES",
    "DATE",
    "LIST",
    "NUMBER",
    "RECORD",
    "ROWS",
    "TEXT",
    "TIME",
    "Expression",
    "ExpressionInvalid",
    "Fault",
    "Kind",
    "Scope",
    "Term",
    "Type",
    "check",
    "references",
    "rename",
]
