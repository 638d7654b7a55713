"""What the expressions of a form mean together: their types, the order in which answers depend on each other."""

import dataclasses
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter
from typing import TYPE_CHECKING, Any

from forms.errors import Problem
from forms.expressions import (
    ANY,
    BOOLEAN,
    RECORD,
    ROWS,
    Expression,
    ExpressionInvalid,
    Scope,
    Type,
    check,
    limits,
    references,
)
from forms.fields.base import FieldBase
from forms.fields.rows import Rows
from forms.text import Text, msg

if TYPE_CHECKING:
    from forms.schema import FormSchema, Rule

Fields = Mapping[str, FieldBase[Any]]
TOO_LONG = Problem(
    "",
    msg("Syarat dan rumus formulir ini terlalu panjang: paling banyak %(limit)s karakter.", limit=limits.WRITTEN),
)


@dataclass
class Item:
    """One field with its expressions, ready to be evaluated; rows have the level of their columns inside."""

    field: FieldBase[Any]
    shows: tuple[Expression, ...] = ()
    """All must be true for the question to be asked: that of its section, that of its own."""
    required: Expression | None = None
    default: Expression | None = None
    formula: Expression | None = None
    options: Mapping[str, Expression] = dataclasses.field(default_factory=dict)
    """Option → when it is offered, for options that are not always."""
    checks: tuple[tuple[Expression, Text], ...] = ()
    level: "Level | None" = None
    read: bool = False
    """Whether some expression reads the answer."""

    @property
    def live(self) -> bool:
        """Whether the question looks different as other answers change."""
        changing = self.shows or self.required or self.formula or self.options
        return bool(changing) or self.field.offered_only

    @property
    def plain(self) -> bool:
        """Whether nothing but the kind itself has a say in how the answer is read."""
        own = self.shows or self.required or self.default or self.formula or self.options or self.checks
        simple = not own and not self.field.read_only and not self.field.disabled and self.field.answered
        return simple and (self.level is None or self.level.plain)


@dataclass
class Level:
    """Fields that see each other by their bare names: those of the form, or the columns of one kind of rows."""

    items: tuple[Item, ...]
    """In the order of the design."""
    order: tuple[Item, ...]
    """In an order in which whatever an item reads comes before it."""
    plain: bool = dataclasses.field(init=False, default=True)
    judged: bool = dataclasses.field(init=False, default=False)
    """Whether any answer has limits beyond those of its kind."""

    def __post_init__(self) -> None:
        self.plain = all(item.plain for item in self.items)
        self.judged = any(item.checks or (item.level is not None and item.level.judged) for item in self.items)
        self.by_key = {item.field.key: item for item in self.items}


@dataclass
class _Sources:
    """The expressions of a field as they are written, by the path of the setting."""

    field: FieldBase[Any]
    section: tuple[str, str] | None = None
    """Path and text of the condition of the section."""

    def deciding(self) -> Iterator[tuple[str, str]]:
        """Those that must be known before the answer is read."""
        one = self.field
        if self.section is not None:
            yield self.section
        for name in ("show_when", "required_when", "default"):
            text = getattr(one, name)
            if text is not None:
                yield f"{one.key}.{name}", text
        formula = one.computed()
        if formula is not None:
            yield f"{one.key}.formula", formula
        for option, text in one.option_conditions().items():
            yield f"{one.key}.options.{option}.show_when", text


class Logic:
    """The compiled expressions of one form. What cannot be compiled is in `problems` and left out of the levels.

    `earlier` holds the fields of earlier answers by `stage.field`, where the cycle is known; without it what is said
    of an earlier row is taken on trust until it is.
    """

    def __init__(self, schema: "FormSchema", earlier: Fields | None = None) -> None:
        self.problems: list[Problem] = []
        self._left = limits.WRITTEN
        self.reads: set[str] = set()
        """Keys of the questions of the form that some expression reads."""
        self._earlier = earlier
        self._checks: list[tuple[Item, Scope, str]] = []
        conditions = {
            one.key: (f"sections.{section.key}.show_when", section.show_when)
            for section in schema.sections
            if section.show_when is not None
            for one in section.asked()
        }
        self.top, scope = self._level(schema.fields(), "", None, conditions, ())
        for item, inner, prefix in self._checks:
            item.checks = tuple(self._compiled_checks(item.field, inner, prefix))
        self.rules = tuple(self._compiled_rules(schema.rules, scope))
        self._settle_plainness(self.top)

    @property
    def plain(self) -> bool:
        """Whether the form has no expressions at all."""
        return self.top.plain and not self.rules

    def _level(
        self,
        fields: Sequence[FieldBase[Any]],
        prefix: str,
        outer: Scope | None,
        conditions: Mapping[str, tuple[str, str]],
        enclosing: tuple[str, ...],
        source: Type | None = None,
    ) -> tuple[Level, Scope]:
        """Compile fields that see each other; `enclosing` are the keys of the rows they stand in."""
        written = {one.key: _Sources(one, conditions.get(one.key)) for one in fields}
        order, broken = self._ordered(written, prefix, enclosing)
        types: dict[str, Type] = {} if source is None else {"source": source}
        scope = Scope(types, outer)
        items: dict[str, Item] = {}
        for key in order:
            one = written[key]
            item = Item(one.field)
            if isinstance(one.field, Rows):
                item.level, types[key] = self._rows(one.field, prefix, scope, (*enclosing, key))
            if key not in broken:
                self._compile(item, one, scope, prefix)
            if one.field.computed() is not None:
                types[key] = item.formula.type if item.formula else ANY
            elif one.field.recorded and not isinstance(one.field, Rows):
                types[key] = one.field.expression_type()
            self._checks.append((item, scope, prefix))
            items[key] = item
        return Level(tuple(items[one.key] for one in fields if one.key in items), tuple(items.values())), scope

    def _rows(self, rows: Rows, prefix: str, outer: Scope, enclosing: tuple[str, ...]) -> tuple[Level, Type]:
        source: Type | None = None
        if rows.each is not None:
            earlier = (self._earlier or {}).get(rows.each)
            known = isinstance(earlier, Rows)
            source = (
                RECORD({column.key: column.expression_type() for column in earlier.columns if column.recorded})
                if known and isinstance(earlier, Rows)
                else ANY
            )
        level, scope = self._level(rows.columns, f"{prefix}{rows.key}.", outer, {}, enclosing, source)
        return level, ROWS({key: kind for key, kind in scope.names.items() if key != "source"})

    def _ordered(
        self, written: Mapping[str, _Sources], prefix: str, enclosing: tuple[str, ...]
    ) -> tuple[list[str], set[str]]:
        """The keys in order of dependence, and those that depend on themselves."""
        graph = {
            key: {name if enclosing else name.removeprefix("form.") for name in _free_names(one)} & set(written)
            for key, one in written.items()
        }
        broken: set[str] = set()
        while True:
            try:
                order = list(TopologicalSorter(graph).static_order())
            except CycleError as error:
                circle: list[str] = error.args[1]
                labels = " → ".join(str(written[key].field.label) for key in circle)
                path = f"{prefix}{circle[0]}"
                self.problems.append(
                    Problem(path, msg("Isian ini bergantung pada dirinya sendiri: %(circle)s.", circle=labels))
                )
                broken.add(circle[0])
                graph[circle[0]] = set()
            else:
                return [key for key in order if key in written], broken

    def _compile(self, item: Item, one: _Sources, scope: Scope, prefix: str) -> None:
        key = one.field.key
        shows = []
        if one.section is not None:
            shows.append(self._check(one.section[0], one.section[1], scope, BOOLEAN))
        if one.field.show_when is not None:
            shows.append(self._check(f"{prefix}{key}.show_when", one.field.show_when, scope, BOOLEAN))
        item.shows = tuple(show for show in shows if show is not None)
        if one.field.required_when is not None:
            item.required = self._check(f"{prefix}{key}.required_when", one.field.required_when, scope, BOOLEAN)
        formula = one.field.computed()
        if formula is not None:
            item.formula = self._check(f"{prefix}{key}.formula", formula, scope, None)
        elif one.field.default is not None:
            item.default = self._check(f"{prefix}{key}.default", one.field.default, scope, one.field.expression_type())
        compiled: dict[str, Expression | None] = {}
        offered: dict[str, Expression] = {}
        for option, text in one.field.option_conditions().items():
            if text not in compiled:  # the districts of one province share their condition
                compiled[text] = self._check(f"{prefix}{key}.options.{option}.show_when", text, scope, BOOLEAN)
            found = compiled[text]
            if found is not None:
                offered[option] = found
        item.options = offered

    def _compiled_checks(self, one: FieldBase[Any], scope: Scope, prefix: str) -> Iterator[tuple[Expression, Text]]:
        for index, limit in enumerate(one.checks):
            found = self._check(f"{prefix}{one.key}.checks.{index}.rule", limit.rule, scope, BOOLEAN)
            if found is not None:
                yield found, limit.message

    def _compiled_rules(self, rules: "Sequence[Rule]", scope: Scope) -> "Iterator[tuple[Expression, Rule]]":
        for index, rule in enumerate(rules):
            found = self._check(f"rules.{index}.rule", rule.rule, scope, BOOLEAN)
            if found is not None:
                yield found, rule

    def _check(self, path: str, text: str, scope: Scope, wanted: Type | None) -> Expression | None:
        self._left -= len(text)
        if self._left < 0:
            if TOO_LONG not in self.problems:
                self.problems.append(TOO_LONG)
            return None
        try:
            found = check(text, scope, wanted)
        except ExpressionInvalid as invalid:
            found_here = [Problem(path, fault.message, fault) for fault in invalid.faults]
            # The condition of a section is compiled for each of its questions, and said once.
            self.problems += [one for one in found_here if one not in self.problems]
            return None
        self.reads |= {name.split(".")[1] if name.startswith("form.") else name.split(".")[0] for name in found.names}
        return found

    def _settle_plainness(self, level: Level) -> None:
        # Checks are compiled last, when every type is known; only then it is certain what is plain.
        for item in level.items:
            item.read = item.field.key in self.reads
            if item.level is not None:
                self._settle_plainness(item.level)
        level.__post_init__()


def _free_names(one: _Sources, bound: frozenset[str] = frozenset()) -> set[str]:
    """The names that must be known before the field is read, without those its rows give themselves."""
    found: set[str] = set()
    for text in {text for _, text in one.deciding()}:
        for name in references(text):
            first, _, rest = name.partition(".")
            if first == "form":
                found.add(f"form.{rest.partition('.')[0]}")
            elif first not in bound:
                found.add(first)
    if isinstance(one.field, Rows):
        inside = bound | {column.key for column in one.field.columns} | {"source"}
        for column in one.field.columns:
            found |= _free_names(_Sources(column), inside)
    return found
