"""From the path of a problem to the place in the builder where it can be put right."""

from dataclasses import dataclass
from typing import Any

from forms.editing import Definition, Place, find, name_of
from forms.editing.places import inside
from forms.errors import Problem
from forms.text import Message


@dataclass(frozen=True)
class Located:
    """A problem with its place (none: the form as a whole), the setting it is about, and how the place is called."""

    place: Place
    steps: tuple[str, ...]
    name: str
    message: Message
    problem: Problem

    @property
    def setting(self) -> str:
        """The setting it is about."""
        return self.steps[0] if self.steps else ""

    @property
    def opens(self) -> str:
        """What the builder has to open: a place, or the settings of the form."""
        return str(self.place) or "form"


@dataclass(frozen=True)
class Excerpt:
    """A mistake with the piece of text in which it stands."""

    message: Message
    question: Message | None = None
    before: str = ""
    here: str = ""
    after: str = ""


def excerpt(part: Any, located: Located) -> Excerpt:
    """What is wrong with a setting; in an expression, where in its line."""
    fault = located.problem.fault
    source = _setting(part, located.steps)
    if fault is None or not isinstance(source, str):
        return Excerpt(located.message)
    lines = source.split("\n")
    line = lines[fault.line - 1] if fault.line <= len(lines) else ""
    start, end = fault.column - 1, fault.end_column - 1
    here = line[start:end] or "…"
    return Excerpt(located.message, fault.question, line[:start], here, line[max(end, start) :])


def _setting(value: Any, steps: tuple[str, ...]) -> Any:
    """The value of a setting inside a part: `checks.0.rule`, `options.main.show_when`."""
    for step in steps:
        if isinstance(value, dict):
            value = value.get(step)
        elif isinstance(value, list):
            numbered = {str(index): one for index, one in enumerate(value)}
            named = {str(one.get("key", one.get("value"))): one for one in value if isinstance(one, dict)}
            value = named.get(step, numbered.get(step))
    return value


def locate(definition: Definition, problem: Problem) -> Located:
    """Where a problem of a form stands in its definition."""
    steps = [step for step in problem.path.split(".") if step]
    place, rest = _place(definition, steps)
    name = name_of(find(definition, place)) if place else ""
    return Located(place, tuple(rest), name, problem.message, problem)


def _place(definition: Definition, steps: list[str]) -> tuple[Place, list[str]]:
    if not steps:
        return Place(), []
    sections = definition.get("sections", [])
    if steps[0] == "sections" and len(steps) > 1:
        if any(section["key"] == steps[1] for section in sections):
            return Place((steps[1],)), steps[2:]
        return Place(), steps[2:]
    for section in sections:
        if section.get("each") and section["key"] == steps[0]:
            return _down(Place((section["key"],)), section, steps[1:])
        if not section.get("each") and any(field["key"] == steps[0] for field in inside(section)):
            return _down(Place((section["key"],)), section, steps)
    return Place(), steps


def _down(place: Place, part: dict[str, object], steps: list[str]) -> tuple[Place, list[str]]:
    """As deep as the steps name questions and columns; what is left over is the setting."""
    while steps:
        found = next((one for one in inside(part) if one["key"] == steps[0]), None)
        if found is None:
            break
        place, part, steps = place.child(steps[0]), found, steps[1:]
    return place, steps
