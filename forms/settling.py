"""One reading of all answers of a form: what is asked, what is required, what is wrong, and what follows from it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from forms.context import AnswerContext
from forms.errors import Invalid
from forms.expressions import Allowance, Expression
from forms.fields.base import NOT_OFFERED, FieldBase, Json, Raw
from forms.fields.rows import Row, Rows
from forms.logic import Item, Level, Logic
from forms.text import Message, msg

if TYPE_CHECKING:
    from forms.schema import FormSchema

Terms = dict[str, Any]
TOO_MUCH = msg(
    "Isian ini terlalu banyak untuk dihitung sekaligus. Kurangi jumlah baris, atau hubungi pengelola kinerja."
)


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


@dataclass
class _Place:
    """Questions that see each other, at one place of the form, and what their expressions see."""

    level: Level
    prefix: str
    terms: Terms
    own: frozenset[str] = frozenset()
    """What stands here itself; the rest of `terms` is what was known around it when it was read."""
    around: Terms | None = None


class _Settling:
    """The walk through a form; how one answer is had, and whether it is judged, is said below."""

    judges = True

    def __init__(self, schema: "FormSchema", context: AnswerContext) -> None:
        self.logic: Logic = schema.logic
        self.context = context
        self.today = context.today
        self.allowance = Allowance()
        self.found = Settled()
        self.form: Terms = {}
        self.places: list[_Place] = []
        """Where limits are still to be judged, outer rows before inner ones."""

    def run(self, given: Mapping[str, Any]) -> Settled:
        self.found.values = self._level(_Place(self.logic.top, "", self.form), given)
        if self.judges:
            self._judge_limits()
            self._judge_rules()
            if self.allowance.spent:  # nothing is taken on the word of what was not looked at
                self.found.errors.setdefault("", TOO_MUCH)
        return self.found

    def _level(self, place: _Place, given: Mapping[str, Any]) -> dict[str, Any]:
        """The values of fields that see each other; what their expressions see grows on the way."""
        level, terms = place.level, place.terms
        if level.judged:
            self.places.append(place)
        values: dict[str, Any] = {}
        for item in level.order:
            one = item.field
            value = self._answer(item, given.get(one.key), place.prefix + one.key, terms)
            values[one.key] = value
            terms[one.key] = None if value is None else one.expression_value(value)
        return {item.field.key: values[item.field.key] for item in level.items}

    def _is_asked(self, item: Item, given: Any, terms: Terms) -> bool:
        return not item.field.disabled and all(self._says(show, terms) is True for show in item.shows)

    def _computed(self, item: Item, formula: Expression, given: Any, terms: Terms) -> Any:
        return item.field.settled(self._says(formula, terms))

    def _says(self, expression: Expression, terms: Terms) -> Any:
        return expression.evaluate(terms, self.today, self.allowance)

    def _given(self, item: Item, given: Any, terms: Terms) -> Any:
        return offered(item, terms, self.context) if item.field.offered_only else given

    def _answer(self, item: Item, given: Any, path: str, terms: Terms) -> Any:
        one = item.field
        if item.live:
            self.found.live.add(path)
        if not self._is_asked(item, given, terms):
            self.found.hidden.add(path)
            return None
        if item.formula is not None:
            value = self._computed(item, item.formula, given, terms)
            self.found.computed[path] = value
            return value
        if item.options:
            self.found.withheld[path] = frozenset(
                option for option, when in item.options.items() if self._says(when, terms) is not True
            )
        if item.required is not None:
            self.found.required[path] = one.required or self._says(item.required, terms) is True
        if one.offered_only:  # nobody could give what is not offered
            self.found.required[path] = False
        try:
            value = self._read(item, self._given(item, given, terms), path, terms)
            if one.offered_only:
                self.found.computed[path] = value
            return value
        except Invalid as invalid:
            if invalid.errors:
                self.found.errors.update({f"{path}.{rest}": message for rest, message in invalid.errors.items()})
            else:
                self.found.errors[path] = invalid.message
        return None

    def _read(self, item: Item, given: Any, path: str, terms: Terms) -> Any:
        raise NotImplementedError

    def _row(self, rows: Rows, level: Level, row: Mapping[str, Any], path: str, terms: Terms) -> Row:
        """One row, whose columns see each other before they see the form."""
        inside = {**terms, "form": self.form}
        own = {column.key for column in rows.columns} | {"form"}
        if rows.each is not None:
            inside["source"] = _source_terms(rows, row.get("_id"), self.context)
            own.add("source")
        for column in rows.columns:
            inside[column.key] = None
        place = _Place(level, f"{path}.", inside, frozenset(own), terms)
        return {"_id": row.get("_id"), **self._level(place, row)}

    def _judge_limits(self) -> None:
        """The limits of all answers, now that every answer is known, also those further down the form."""
        for place in self.places:
            for key, term in (place.around or {}).items():
                if key not in place.own:
                    place.terms[key] = term
            for item in place.level.items:
                self._judge(item, place.prefix + item.field.key, place.terms)

    def _judge(self, item: Item, path: str, terms: Terms) -> None:
        """The limits of an answer that was given and can be read."""
        if not item.checks or path in self.found.hidden or path in self.found.errors:
            return
        if terms.get(item.field.key) is None:
            return
        for rule, message in item.checks:
            if rule.holds(terms, self.today, self.allowance) is False:
                self.found.errors[path] = Message("%(message)s", {"message": message})
                return

    def _judge_rules(self) -> None:
        """What must hold between answers, as far as those it speaks of can be read and are asked."""
        wrong = {path.partition(".")[0] for path in self.found.errors}
        for expression, rule in self.logic.rules:
            keys = {name.removeprefix("form.").partition(".")[0] for name in expression.names}
            if keys & wrong or (rule.at is not None and rule.at in self.found.hidden):
                continue
            if expression.holds(self.form, self.today, self.allowance) is False:
                self.found.errors.setdefault(rule.at or "", Message("%(message)s", {"message": rule.message}))


class _Typed(_Settling):
    """Answers as they were typed."""

    def _read(self, item: Item, given: Any, path: str, terms: Terms) -> Any:
        one: FieldBase[Any] = item.field
        required = self.found.required.get(path)
        if isinstance(one, Rows) and item.level is not None and (item.read or not item.level.plain):
            level, rows = item.level, one  # row by row, so that one wrong cell takes nothing from what others add up to
            self._look_at_untouched(rows, level, given, path, terms)
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

    def _look_at_untouched(self, rows: Rows, level: Level, given: Any, path: str, terms: Terms) -> None:
        """Rows in which nothing was typed are no answers, yet a page that shows them asks no more than it should."""
        required = self.found.required.get(path, rows.required)
        errors, places = self.found.errors, self.places
        self.found.errors, self.places = {}, []
        for index, row in rows.left_out(given, self.context, required=required):
            self._row(rows, level, row, f"{path}.{index}", terms)
        self.found.errors, self.places = errors, places


class _Stored(_Settling):
    """Answers as they were stored: what has been answered was asked, and what was computed is what was found then."""

    judges = False

    def _is_asked(self, item: Item, given: Any, terms: Terms) -> bool:
        return given is not None or super()._is_asked(item, given, terms)

    def _computed(self, item: Item, formula: Expression, given: Any, terms: Terms) -> Any:
        return None if given is None else item.field.load(given)

    def _given(self, item: Item, given: Any, terms: Terms) -> Any:
        return given

    def _read(self, item: Item, given: Any, path: str, terms: Terms) -> Any:
        if given is None:
            return None
        one: FieldBase[Any] = item.field
        if isinstance(one, Rows) and item.level is not None and not item.level.plain:
            return [self._row(one, item.level, row, f"{path}.{index}", terms) for index, row in enumerate(given)]
        return one.load(given)


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
