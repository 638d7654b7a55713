"""Invented numbers that add up to what a rule asks, such as weights of rows to 100."""

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from forms.context import AnswerContext
from forms.errors import Invalid
from forms.fields.base import Raw
from forms.fields.number import Numeric
from forms.fields.rows import Rows

if TYPE_CHECKING:
    from forms.schema import FormSchema, Rule

_SUM = re.compile(r"\s*sum\(\s*(\w+)\.(\w+)\s*\)\s*==\s*([0-9]+(?:\.[0-9]+)?)\s*")


def shared_out(
    schema: "FormSchema", rules: "Sequence[Rule]", raw: dict[str, Raw], context: AnswerContext
) -> dict[str, Raw]:
    """The typed rows anew in which the number of each rule `sum(rows.column) == number` is shared out evenly.

    Rules of another shape, columns that are no numbers, and shares outside the limits of the column change nothing.
    """
    found: dict[str, Raw] = {}
    for rule in rules:
        match = _SUM.fullmatch(rule.rule)
        if match is None:
            continue
        rows = schema.field(match[1])
        typed: Any = found.get(match[1], raw.get(match[1]))
        if not isinstance(rows, Rows) or not isinstance(typed, list) or not typed:
            continue
        column = next((one for one in rows.columns if one.key == match[2]), None)
        shares = _shares(Decimal(match[3]), len(typed), column, context) if isinstance(column, Numeric) else None
        if shares is not None:
            found[rows.key] = [row | {match[2]: share} for row, share in zip(typed, shares, strict=True)]
    return found


def _shares(total: Decimal, count: int, column: Numeric, context: AnswerContext) -> list[Raw] | None:
    """So many numbers as they would be typed, as even as the places of the column allow; the first take the rest."""
    steps, rest = divmod(total.scaleb(column.places), 1)
    if rest:
        return None
    each, left = divmod(int(steps), count)
    numbers = [Decimal(each + (place < left)).scaleb(-column.places) for place in range(count)]
    try:
        return [column.edit(column.parse(column.edit(number), context)) for number in numbers]
    except Invalid:
        return None
