"""The canvas: pages and sections as cards, each question as a respondent will see it, its settings beside it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from forms.builder import AnswerField, AnswersForm, RowsField, bind
from forms.context import AnswerContext
from forms.editing import Place, name_of
from forms.editing.places import Part, inside
from forms.editing.scopes import labels, named_at, scope_at
from forms.expressions import Scope
from forms.fields import KINDS
from forms.fields.base import FieldBase
from forms.schema import FormSchema
from forms.text import Message
from models.queries.design_examples import COLLEAGUES
from webapp.designs.builder.controls import Control, controls, model_of
from webapp.designs.builder.drafts import Draft
from webapp.designs.builder.places import Located, excerpt
from webapp.designs.builder.sentences import told
from webapp.designs.builder.words import KindWords, kind_words

FORM = "form"
"""What is opened to edit the settings of the form itself."""


@dataclass
class Card:
    """A section, question or column on the canvas."""

    place: str
    name: str
    part: Part
    problems: list[Located]
    words: KindWords | None = None
    bound: AnswerField | RowsField | None = None
    """The question as the renderer takes it; nothing when it cannot be drawn yet."""
    conditions: list[str] = field(default_factory=list)
    """When it is asked, required and so on, as sentences."""
    inside: "list[Card]" = field(default_factory=list)
    is_open: bool = False
    settings: list[Control] = field(default_factory=list)
    answered: bool = False
    """Whether answers to it may be kept, so that it is disabled rather than removed."""
    provisional: bool = False

    @property
    def key(self) -> str:
        return str(self.part["key"])

    @property
    def disabled(self) -> bool:
        return bool(self.part.get("disabled"))


@dataclass
class Canvas:
    """Everything the page of a draft shows."""

    sections: list[Card]
    opened: str
    form_settings: list[Control]
    context: AnswerContext


@dataclass(frozen=True)
class Wrong:
    """What was sent and refused, to be shown again at its place."""

    place: str
    errors: Mapping[str, Message]
    sent: Any


def canvas(
    draft: Draft,
    opened: str,
    today: date,
    answered: frozenset[str],
    wrong: Wrong | None = None,
    only: Place | None = None,
) -> Canvas:
    """The cards of a draft; the settings of the part that is open are with it. With `only`, others stay empty."""
    context = AnswerContext(today=today, colleagues=COLLEAGUES, units={"1": "Unit kerja"})
    maker = _Maker(draft, opened, _bound(draft.schema, context, only), answered, wrong, only)
    sections = [maker.card(Place((section["key"],)), section) for section in draft.definition.get("sections", [])]
    form_settings = maker.settings(FORM, Place(), draft.definition) if opened == FORM else []
    return Canvas(sections, opened, form_settings, context)


@dataclass
class _Maker:
    draft: Draft
    opened: str
    form: AnswersForm
    answered: frozenset[str]
    wrong: Wrong | None
    only: Place | None
    scopes: dict[tuple[str, ...], Scope] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.labels = labels(self.draft.schema)

    def scope(self, place: Place, part: Part) -> Scope:
        """The names a part sees; the same for all that stand together."""
        around = place.parent.keys if "kind" in part else ()
        if around not in self.scopes:
            self.scopes[around] = scope_at(self.draft.schema, place if "kind" in part else Place())
        return self.scopes[around]

    def is_wanted(self, place: Place) -> bool:
        """Whether the card is to be shown now."""
        return self.only is None or place.keys[: len(self.only.keys)] == self.only.keys

    def card(self, place: Place, part: Part) -> Card:
        text = str(place)
        card = Card(text, name_of(part), part, self.draft.problems_at(place))
        if self.is_wanted(place):
            card.conditions = told(part, self.scope(place, part), self.labels)
        card.is_open = self.opened == text
        # Columns stay in sight while one of them is being edited.
        near = card.is_open or self.opened.startswith(f"{text}.")
        if "kind" in part:
            card.words = kind_words(part["kind"])
            card.answered = place.key in self.answered or ".".join(place.keys[1:]) in self.answered
            card.provisional = part["key"].startswith(part["kind"])
            if len(place.keys) == 2 and self.is_wanted(place):
                card.bound = self.bound(part)
        if "kind" not in part or near:
            card.inside = [self.card(place.child(one["key"]), one) for one in inside(part)]
        if card.is_open:
            card.settings = self.settings(text, place, part)
        return card

    def bound(self, part: Part) -> AnswerField | RowsField | None:
        """The question bound for drawing; nothing for one that lacks what it is made of, or is never drawn."""
        kind = KINDS[part["kind"]]
        if not kind.drawn or any(not part.get(name) for name in lists_of(kind)):
            return None
        if part["key"] not in self.form:
            return None
        found: AnswerField | RowsField = self.form[part["key"]]
        return found

    def settings(self, opened: str, place: Place, part: Part) -> list[Control]:
        wrong = self.wrong if self.wrong is not None and self.wrong.place == opened else None
        model = FormSchema if opened == FORM else model_of(part)
        named = named_at(self.draft.schema, place)
        found = controls(part, model, named, wrong.errors if wrong else None, wrong.sent if wrong else None)
        for one in found:
            one.faults = [
                excerpt(part, located)
                for located in self.draft.problems
                if located.place == place and located.setting == one.name
            ]
        return found


def lists_of(kind: type[FieldBase[Any]]) -> list[str]:
    """The settings a kind is made of, without which it cannot be drawn."""
    return [name for name in ("options", "points", "statements", "columns") if name in kind.model_fields]


def _bound(schema: FormSchema, context: AnswerContext, only: Place | None) -> AnswersForm:
    """The form for drawing: every section stands once, and nothing depends on anything."""
    definition = schema.definition()
    for section in definition.get("sections", []):
        for name in ("each", "show", "show_when"):
            section.pop(name, None)
        fields = [one for one in inside(section) if only is None or _is_in(only, section["key"], one["key"])]
        section["fields"] = fields
        for one in fields:
            _plain(one)
    definition.pop("rules", None)
    return bind(FormSchema.model_validate(definition), raw={}, context=context)


def _is_in(only: Place, section: str, key: str) -> bool:
    return only.keys[0] == section and (only.is_section or only.keys[1] == key)


def _plain(part: Part) -> None:
    for name in ("show_when", "required_when", "checks", "default", "disabled", "each", "show"):
        if name != "show" or part["kind"] == "rows":
            part.pop(name, None)
    for one in inside(part):
        _plain(one)
