"""A form with a field of every type that expressions know, its answers, and short ways to ask about them."""

from datetime import date, time
from decimal import Decimal
from typing import Any

from forms.expressions import (
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
    ExpressionInvalid,
    Fault,
    Scope,
    Type,
    check,
)

TODAY = date(2026, 3, 1)
COLUMNS = {
    "title": TEXT,
    "weight": NUMBER,
    "kind": CHOICE(["main", "extra"]),
    "done": BOOLEAN,
    "due": DATE,
    "tags": CHOICES(["quick", "costly"]),
    "scores": RECORD({"speed": NUMBER}),
    "parts": ROWS({"amount": NUMBER, "name": TEXT}),
}
FIELDS: dict[str, Type] = {
    "name": TEXT,
    "target": NUMBER,
    "result": NUMBER,
    "status": CHOICE(["pns", "contract"]),
    "unknown_options": CHOICE(),
    "strengths": CHOICES(["honest", "quick", "kind"]),
    "agreed": BOOLEAN,
    "born": DATE,
    "joined": DATE,
    "starts": TIME,
    "attitude": RECORD({"service": NUMBER, "loyalty": NUMBER}),
    "evidence": LIST(ANY),
    "results": ROWS(COLUMNS),
    "source": ANY,
    "class": TEXT,
}
FORM = Scope(FIELDS)
ANSWERS: dict[str, Any] = {
    "name": "Sri Rahayu",
    "target": Decimal("12.5"),
    "result": Decimal(10),
    "status": "contract",
    "unknown_options": "1",
    "strengths": ("quick", "honest"),
    "agreed": True,
    "born": date(1990, 2, 28),
    "joined": date(2015, 5, 31),
    "starts": time(7, 30),
    "attitude": {"service": Decimal(4), "loyalty": Decimal(3)},
    "evidence": [{"id": "x"}],
    "results": [
        {
            "title": "Laporan",
            "weight": Decimal(60),
            "kind": "main",
            "done": True,
            "due": date(2026, 6, 30),
            "tags": ("quick",),
            "scores": {"speed": Decimal(5)},
            "parts": [{"amount": Decimal(1), "name": "a"}, {"amount": Decimal(2)}],
        },
        {"title": "Rapat", "weight": Decimal(30), "kind": "extra", "parts": [{"amount": Decimal(4), "name": "c"}]},
        {"kind": "extra", "done": False},
    ],
    "source": {"target": Decimal(9), "title": "Lama", "tags": ("x",)},
    "class": "III/a",
}


def value(source: str, scope: Scope = FORM, **changes: Any) -> Any:
    """What an expression gives for the answers, some of them changed."""
    return check(source, scope).evaluate({**ANSWERS, **changes}, TODAY)


def without_answers(source: str) -> Any:
    """What an expression gives when nothing was answered."""
    return check(source, FORM).evaluate({}, TODAY)


def faults(source: str, wanted: Type | None = None, scope: Scope = FORM) -> list[Fault]:
    """What is wrong with an expression."""
    try:
        check(source, scope, wanted)
    except ExpressionInvalid as invalid:
        return invalid.faults
    return []
