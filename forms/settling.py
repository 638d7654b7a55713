"""One reading of all answers of a form: what is asked, what is required, what is wrong, and what follows from it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from forms.context import AnswerContext
from forms.errors import Invalid
from forms.fields.base import NOT_OFFERED, FieldBase, Json, Raw
from forms.fields.rows import Row, Rows
from forms.logic import Item, Level, Logic
from forms.text import Message

if TYPE_CHECKING:
    from forms.schema import FormSchema

Terms = dict[str, Any]


@dataclass
class Settled:
    """What became of the answers. Places are paths: `note`, `results.2.target`, `results.2.parts.0.name`."""

    values: dict[str, Any] = field(default_factory=dict)
    """Typed values by key; None where nothing was given, something is wrong, or nothing was asked."""
    errors: dict[str, Message] = field(default_factory=dict)
    live: set[str] = field(default_factory=set)
    """What looks different as other answers change."""
    hidden: set[str] = field(default_factory=set)
    """What is not asked, as the other answers stand."""
    required: dict[str, bool] = field(default_factory=dict)
    """Whether an answer is required, where the other answers decide it."""
    computed: dict[str, Any] = field(default_factory=dict)
    """The results of formulas, None where they have none yet."""
    withheld: dict[str, frozenset[str]] = field(default_factory=dict)
    """The options that are not offered, as the other answers stand."""


def settle(schema: "FormSchema", raw: Mapping[str, Raw], context: AnswerContext) -> Settled:
    """Read everything that was typed, in the order in which it depends on each other, and judge it.

    Nothing is raised for wrong answers: `errors` says what is wrong, and everything else goes on as if the wrong
    answer had not been given. What is not asked is not looked at.
    """
    return _Typed(schema, context).run(raw)


def review(schema: "FormSchema", stored: Mapping[str, Json], context: AnswerContext) -> Settled:
    """What was asked when answers were stored, found again from the stored answers; nothing is judged."""
    return _Stored(schema, context).run(stored)


class _Settling:
    """The walk through a form; how one answer is had, and whether it is judged, is said below."""

    judges = True

    def __init__(self, schema: "FormSchema", context: AnswerContext) -> None:
        self.logic: Logic = schema.logic
        self.context = context
        self.today = context.today
        self.found = Settled()
        self.form: Terms = {}

    def run(self, given: Mapping[str, Any]) -> Settled:
        self.found.values = self._level(self.logic.top, given, "", self.form)
        if self.judges:
            self._judge_rules()
        return self.found

    def _level(self, level: Level, given: Mapping[str, Any], prefix: str, terms: Terms) -> dict[str, Any]:
        """The values of fields that see each other; `terms` is what their expressions see and grows on the way."""
        values: dict[str, Any] = {}
        for item in level.order:
            one = item.field
            path = prefix + one.key
            value = self._answer(item, given.get(one.key), path, terms)
            values[one.key] = value
            terms[one.key] = None if value is None else one.expression_value(value)
        if self.judges:
            for item in level.items:
                self._judge(item, prefix + item.field.key, terms)
        return {item.field.key: values[item.field.key] for item in level.items}

    def _answer(self, item: Item, given: Any, path: str, terms: Terms) -> Any:
        one = item.field
        if item.live:
            self.found.live.add(path)
        if one.disabled or not all(show.evaluate(terms, self.today) is True for show in item.shows):
            self.found.hidden.add(path)
            return None
        if item.formula is not None:
            value = one.settled(item.formula.evaluate(terms, self.today))
            self.found.computed[path] = value
            return value
        if item.options:
            self.found.withheld[path] = frozenset(
                option for option, when in item.options.items() if when.evaluate(terms, self.today) is not True
            )
        if item.required is not None:
            self.found.required[path] = one.required or item.required.evaluate(terms, self.today) is True
        if one.read_only and item.default is not None:
            given = self._offered(item, terms)
        try:
            return self._read(item, given, path, terms)
        except Invalid as invalid:
            if invalid.errors:
                self.found.errors.update({f"{path}.{rest}": message for rest, message in invalid.errors.items()})
            else:
                self.found.errors[path] = invalid.message
        return None

    def _read(self, item: Item, given: Any, path: str, terms: Terms) -> Any:
        raise NotImplementedError

    def _offered(self, item: Item, terms: Terms) -> Any:
        return None if item.default is None else offered(item, terms, self.context)

    def _row(self, rows: Rows, level: Level, row: Mapping[str, Any], path: str, terms: Terms) -> Row:
        """One row, whose columns see each other before they see the form."""
        inside = {**terms, "form": self.form}
        if rows.each is not None:
            inside["source"] = _source_terms(rows, row.get("_id"), self.context)
        for column in rows.columns:
            inside[column.key] = None
        return {"_id": row.get("_id"), **self._level(level, row, f"{path}.", inside)}

    def _judge(self, item: Item, path: str, terms: Terms) -> None:
        """The limits of an answer that was given and can be read."""
        if not item.checks or path in self.found.hidden or path in self.found.errors:
            return
        if terms.get(item.field.key) is None:
            return
        for rule, message in item.checks:
            if rule.holds(terms, self.today) is False:
                self.found.errors[path] = Message("%(message)s", {"message": message})
                return

    def _judge_rules(self) -> None:
        """What must hold between answers, as far as those it speaks of can be read and are asked."""
        wrong = {path.partition(".")[0] for path in self.found.errors}
        for expression, rule in self.logic.rules:
            keys = {name.removeprefix("form.").partition(".")[0] for name in expression.names}
            if keys & wrong or (rule.at is not None and rule.at in self.found.hidden):
                continue
            if expression.holds(self.form, self.today) is False:
                self.found.errors.setdefault(rule.at or "", Message("%(message)s", {"message": rule.message}))


class _Typed(_Settling):
    """Answers as they were typed."""

    def _read(self, item: Item, given: Any, path: str, terms: Terms) -> Any:
        one: FieldBase[Any] = item.field
        required = self.found.required.get(path)
        if isinstance(one, Rows) and item.level is not None and not item.level.plain:
            level, rows = item.level, one
            before = len(self.found.errors)
            return rows.read_rows(
                given,
                self.context,
                lambda index, row: self._row(rows, level, row, f"{path}.{index}", terms),
                lambda: len(self.found.errors) > before,
                required=required,
            )
        value = one.read(given, self.context, required=required)
        withheld = self.found.withheld.get(path)
        if withheld and value is not None:
            chosen = terms_of(one, value)
            if any(option in withheld for option in chosen):
                raise Invalid(NOT_OFFERED)
        return value


class _Stored(_Settling):
    """Answers as they were stored."""

    judges = False

    def _read(self, item: Item, given: Any, path: str, terms: Terms) -> Any:
        if given is None:
            return None
        one: FieldBase[Any] = item.field
        if isinstance(one, Rows) and item.level is not None and not item.level.plain:
            return [self._row(one, item.level, row, f"{path}.{index}", terms) for index, row in enumerate(given)]
        return one.load(given)

    def _offered(self, item: Item, terms: Terms) -> Any:
        return None


def terms_of(one: FieldBase[Any], value: Any) -> tuple[str, ...]:
    """The options that an answer names."""
    term = one.expression_value(value)
    return term if isinstance(term, tuple) else (term,)


def offered(item: Item, terms: Terms, context: AnswerContext) -> Raw:
    """The default of a question as it would be typed; None when there is none as the other answers stand."""
    if item.default is None:
        return None
    value = item.field.from_expression(item.default.evaluate(terms, context.today))
    return None if value is None else item.field.edit(value)


def initial(schema: "FormSchema", context: AnswerContext) -> dict[str, Raw]:
    """What a form that nobody has touched shows: the defaults of its questions, as they would be typed."""
    if schema.logic.plain:
        return {}
    return _initial(schema.logic.top, {}, context)


def initial_row(item: Item, terms: Terms, context: AnswerContext) -> dict[str, Raw]:
    """What a new row shows."""
    return {} if item.level is None or item.level.plain else _initial(item.level, dict(terms), context)


def _initial(level: Level, terms: Terms, context: AnswerContext) -> dict[str, Raw]:
    raw: dict[str, Raw] = {}
    for item in level.order:
        one = item.field
        terms[one.key] = None
        typed = offered(item, terms, context)
        if typed is None:
            continue
        try:
            value = one.read(typed, context)
        except Invalid:
            continue  # a default that is no answer any more, such as a day that has passed
        raw[one.key] = typed
        terms[one.key] = None if value is None else one.expression_value(value)
    return raw


def _source_terms(rows: Rows, row_id: Any, context: AnswerContext) -> Terms:
    """What expressions see of the earlier row."""
    definition = context.source_fields.get(rows.each or "")
    stored = next((source for source in rows.sources(context) if source.get("_id") == row_id), None)
    if stored is None:
        return {}
    if definition is None:
        return {key: value for key, value in stored.items() if key != "_id"}
    columns: tuple[FieldBase[Any], ...] = definition.columns
    return {
        column.key: column.expression_value(column.load(stored[column.key]))
        for column in columns
        if stored.get(column.key) is not None
    }
