"""The expressions of forms: conditions, limits and calculated values, in Python's syntax but never run by Python."""

from forms.expressions.clauses import OPERATORS_BY_TYPE, Clause, Clauses, Operator, from_clauses, read_value, to_clauses
from forms.expressions.expression import Expression, check
from forms.expressions.faults import ExpressionInvalid, Fault
from forms.expressions.references import references, rename
from forms.expressions.runtime import Allowance
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
    "OPERATORS_BY_TYPE",
    "RECORD",
    "ROWS",
    "TEXT",
    "TIME",
    "Allowance",
    "Clause",
    "Clauses",
    "Expression",
    "ExpressionInvalid",
    "Fault",
    "Kind",
    "Operator",
    "Scope",
    "Term",
    "Type",
    "check",
    "from_clauses",
    "read_value",
    "references",
    "rename",
    "to_clauses",
]
