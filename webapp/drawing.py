"""Questions drawn quickly: a kind's macro draws a question once for each state, later its name and text are set in."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import Flask
from markupsafe import Markup, escape

from webapp.i18n import language

TYPED = frozenset({"short_text", "long_text", "number", "percentage", "money", "link"})
"""Kinds whose macros show a text that was typed just as it is, whatever it is (an empty one may look different)."""
CHOSEN = frozenset({"choice", "choices", "rating", "yes_no", "date", "time", "month", "declaration", "note"})
"""Kinds drawn anew for each answer; there are few."""
MOST_QUESTIONS, MOST_STATES = 5000, 200
LONGEST_STATE = 200
"""An answer that is longer is drawn each time: whoever sends it does not decide what is kept."""
MOST_CHARACTERS = 64 * 1024 * 1024
"""How much is kept altogether; then all is drawn anew."""

# Characters that mean nothing and that no escaping changes; names of inputs never hold them.
NAME, TEXT = "\ue0f0", "\ue0f1"

Cell = Callable[[Any, Any, bool], str]


class Drawings:
    """What the macros drew: for each question its states, each with a place for the name and for the typed text."""

    def __init__(self, language: Callable[[], str] = language) -> None:
        self._language = language
        # By identity, since comparing definitions takes longer than drawing them; holding them keeps the number theirs.
        self._questions: dict[int, tuple[Any, dict[Any, str]]] = {}
        self.kept = 0
        """Characters drawn since the last time that all was thrown away."""

    def draw(self, cell: Cell, field: Any, context: Any, strong: bool) -> str:
        """What `cell(field, context, strong)` gives."""
        kind, raw = field.kind, field.raw
        typed = kind.widget in TYPED
        if field.errors or not (typed or kind.widget in CHOSEN) or not isinstance(raw, str | list):
            return cell(field, context, strong)
        shown = TEXT if typed and raw and isinstance(raw, str) else str(raw)
        if NAME in shown or len(shown) > LONGEST_STATE:
            return cell(field, context, strong)
        state = (self._language(), strong, field.required, shown, isinstance(raw, list), field.withheld)
        states = self._states(kind)
        drawing = states.get(state)
        if drawing is None:
            if len(states) >= MOST_STATES:
                states.clear()
            stand_in = StandIn(field.kind, shown if shown == TEXT else raw, field.required, field.withheld)
            drawing = states[state] = str(cell(stand_in, context, strong))
            self._note(len(drawing))
        drawing = drawing.replace(NAME, field.html_name)
        # Last, so that nothing is looked for in what a person wrote.
        return Markup(drawing.replace(TEXT, escape(raw)) if shown == TEXT else drawing)  # noqa: S704

    def _note(self, characters: int) -> None:
        self.kept += characters
        if self.kept > MOST_CHARACTERS:
            self._questions.clear()
            self.kept = 0

    def _states(self, kind: Any) -> dict[Any, str]:
        known = self._questions.get(id(kind))
        if known is None or known[0] is not kind:
            if len(self._questions) >= MOST_QUESTIONS:
                self._questions.clear()
            known = self._questions[id(kind)] = kind, {}
        return known[1]


@dataclass(frozen=True)
class StandIn:
    """A question as the macros see it, under a name and with a text that are replaced."""

    kind: Any
    raw: Any
    required: bool
    withheld: frozenset[str]
    html_name = NAME
    errors = ()

    def __getattr__(self, name: str) -> Any:
        # Not an AttributeError, which templates take for nothing: what a drawing depends on belongs to its state.
        raise TypeError(f"a question that is drawn once knows no {name!r}")


def init_app(app: Flask) -> None:
    """Give templates the quick way; drawings are kept as long as the application lives."""
    app.jinja_env.globals["drawn"] = Drawings().draw
