"""A form schema as a WTForms form: built once for each version, bound to what was typed, checked by the one rule."""

import re
from collections import OrderedDict
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import partial
from typing import Any, ClassVar

from wtforms import Field as WebField
from wtforms import FieldList, FormField
from wtforms.fields.core import UnboundField
from wtforms.form import BaseForm
from wtforms.utils import unset_value

from forms import answers
from forms.context import AnswerContext
from forms.errors import AnswersInvalid, Invalid
from forms.fields import Rows
from forms.fields.base import FieldBase, Raw
from forms.fields.parted import Parted
from forms.fields.rows import MOST_ROWS, new_row_id
from forms.logic import Item
from forms.schema import FormSchema, Section
from forms.settling import Settled, initial, initial_row, settle
from forms.text import Message, Text

ADD, REMOVE = "_add", "_remove"


class AnswerField(WebField):  # type: ignore[misc]
    """One bound question. `kind` is its definition, `raw` the typed text to show again, `errors` why it is refused.

    As the other answers stand (then it is `live`) it may be `hidden`, `required` or not, have a `computed` result, or
    withhold options.
    """

    live = False
    hidden = False
    required = True
    computed: Any = None
    withheld: frozenset[str] = frozenset()

    def __init__(self, kind: FieldBase[Any], **options: Any) -> None:
        super().__init__(kind.label.id, **options)
        self.kind = kind
        self.required = kind.required
        self.errors: list[Message] = []

    @property
    def html_name(self) -> str:
        """The name the input bears in HTML."""
        return str(self.name)

    @property
    def raw(self) -> Raw:
        """What was typed, as the kind reads it."""
        return self.data

    data: Raw

    def said(self, language: str, context: AnswerContext) -> str:
        """What was typed, in words, where it cannot be changed; a dash for what is no answer."""
        try:
            value = self.kind.read(self.raw, context, required=False)
        except Invalid:
            value = None
        return self.kind.display(value, language, context)

    def process(self, formdata: Any, data: Any = unset_value, extra_filters: Any = None) -> None:
        if isinstance(self.kind, Parted) and formdata is not None:
            self.data = {part: formdata.get(f"{self.name}-{part}", "") for part in self.kind.parts()}
            return
        super().process(formdata, data, extra_filters)

    def process_data(self, value: Any) -> None:
        if isinstance(self.kind, Parted) and (value is None or isinstance(value, Mapping)):
            value = self.kind.shown(value)
        self.data = self._empty if value is None else value

    def process_formdata(self, valuelist: list[str]) -> None:
        if self.kind.many:
            self.data = list(valuelist)
        else:
            self.data = valuelist[0] if valuelist else ""

    @property
    def _empty(self) -> Raw:
        return [] if self.kind.many else ""


class RowName(WebField):  # type: ignore[misc]
    """The hidden input that carries the lasting name of a row."""

    def process_formdata(self, valuelist: list[str]) -> None:
        self.data = valuelist[0] if valuelist else None


class RowForm(BaseForm):  # type: ignore[misc]
    """The columns of one row."""

    def __init__(
        self, kind: Rows, formdata: Any = None, prefix: str = "", data: Mapping[str, Raw] | None = None
    ) -> None:
        columns = {column.key: unbound(column) for column in kind.columns}
        super().__init__({"_id": UnboundField(RowName), **columns}, prefix=prefix)
        self.process(formdata, data=data)


class RowEntry(FormField):  # type: ignore[misc]  # WTForms has no types
    """One bound row: `row["target"]` is a question of it, `source` the earlier row it stands for, if it does."""

    rows: "RowsField"
    source: Mapping[str, Any] | None = None
    posted: int | None = None
    """The row's number in the page that was sent."""

    def process(self, formdata: Any, data: Any = unset_value, extra_filters: Any = None) -> None:
        self.object_data = data
        self.form = self.form_class(
            formdata=formdata, prefix=self.name + self.separator, data=data if isinstance(data, Mapping) else None
        )

    @property
    def row_id(self) -> str | None:
        """The lasting name of the row."""
        name: str | None = self.form["_id"].data
        return name

    @property
    def raw(self) -> dict[str, Raw]:
        """What was typed in this row."""
        return {name: getattr(field, "raw", field.data) for name, field in self.form._fields.items()}

    def columns(self) -> "list[AnswerField | RowsField]":
        """The bound questions of the row, without its hidden name."""
        return [field for field in self.form if isinstance(field, AnswerField | RowsField)]

    @property
    def caption(self) -> Text | None:
        """What a row given by the design is about."""
        return next((row.label for row in self.rows.kind.fixed if row.key == self.row_id), None)

    def shown(self, language: str) -> list[tuple[str, str]]:
        """Title and text of what is shown, read-only, of the earlier row."""
        return self.rows.kind.shown(self.source, language, self.rows.context)


class RowsField(FieldList):  # type: ignore[misc]
    """Bound rows: `entries` are the rows, `errors` what is wrong with them as a whole."""

    entries: list[RowEntry]
    context: AnswerContext
    live = False
    hidden = False
    required = True
    posted_name = ""
    """The name it bore in the page that was sent."""

    def __init__(self, kind: Rows, **options: Any) -> None:
        entry = UnboundField(RowEntry, partial(RowForm, kind))
        super().__init__(entry, kind.label.id, max_entries=MOST_ROWS, **options)
        self.kind = kind
        self.required = kind.required
        self.errors: list[Message] = []

    @property
    def html_name(self) -> str:
        """The name the rows bear in HTML, and the value of the `_add` button."""
        return str(self.name)

    @property
    def raw(self) -> list[dict[str, Raw]]:
        """What was typed, row by row."""
        return [entry.raw for entry in self.entries]

    @property
    def can_add(self) -> bool:
        """Whether a person may add a row."""
        return not self.kind.given and len(self.entries) < self.kind.most

    @property
    def can_remove(self) -> bool:
        """Whether a person may take rows away."""
        return not self.kind.given and bool(self.entries)

    def cell(self, index: str, column: str) -> "AnswerField | RowsField | RowName | None":
        """What stands in a row, given by its number as text; None where there is no such thing."""
        known = re.fullmatch(r"[0-9]{1,6}", index) is not None and int(index) < len(self.entries)
        return self.entries[int(index)].form._fields.get(column) if known else None

    def process(self, formdata: Any, data: Any = unset_value, extra_filters: Any = None) -> None:
        self.posted_name = str(self.name)
        rows = data if isinstance(data, list) else []
        super().process(formdata, [row for row in rows if isinstance(row, Mapping)][:MOST_ROWS])

    def _extract_indices(self, prefix: str, formdata: Any) -> Iterator[int]:
        # WTForms takes `results_2-0-x` for row 2 of `results`, and fails on digits such as "²" and endless ones.
        before, pattern = f"{prefix}-", re.compile(r"([0-9]{1,6})-.+")
        known = (name[len(before) :] for name in formdata if name.startswith(before))
        return (int(match[1]) for rest in known if (match := pattern.fullmatch(rest)))

    def _compact_indices(self) -> None:
        for entry in self.entries:
            entry.posted = entry.index
        super()._compact_indices()

    def arrange(self, context: AnswerContext, posted: bool, item: Item | None) -> None:
        """Bring the rows into the order and number the design wants, each with a name of its own.

        Rows that nobody has touched show what `item`, their logic, offers.
        """
        self.context = context
        if self.kind.given:
            fresh = fresh_row(item, context)
            self._fill([{**fresh, **row} for row in self.kind.arranged(self.raw, context)])
            for entry, source in zip(self.entries, self.kind.sources(context), strict=False):
                entry.source = source
        elif not posted and not self.entries:
            self._fill(fresh_rows(self.kind, item, context))
        taken: set[str] = set()
        for entry in self.entries:
            entry.rows = self
            name = entry.form["_id"]
            if not isinstance(name.data, str) or not name.data or name.data in taken:
                name.data = new_row_id()
            taken.add(name.data)
            for column in entry.columns():
                if isinstance(column, RowsField):
                    column.arrange(context, posted, inner_item(item, column))

    def _fill(self, rows: Sequence[Mapping[str, Raw]]) -> None:
        self.entries = []
        self.last_index = -1
        for row in rows[:MOST_ROWS]:
            self._add_entry(None, row)


def unbound(kind: FieldBase[Any]) -> UnboundField:
    """The field of a kind, before there is a form for it."""
    return UnboundField(RowsField if isinstance(kind, Rows) else AnswerField, kind)


class AnswersForm(BaseForm):  # type: ignore[misc]
    """The bound form of one schema. Fields are reached by key (`form["note"]`) or section by section.

    With `only` (keys), what was sent counts for these alone: one page of several. The others keep what `raw` says.
    """

    schema: ClassVar[FormSchema]
    unbound: ClassVar[dict[str, UnboundField]]

    def __init__(
        self,
        context: AnswerContext,
        formdata: Any = None,
        raw: Mapping[str, Raw] | None = None,
        only: Collection[str] | None = None,
    ) -> None:
        super().__init__(self.unbound)
        self.context = context
        self.rows_changed = False
        """Whether the person pressed "add" or "remove": show the page again rather than take the answers."""
        self._errors: dict[str, Message] = {}
        self._settled: Settled | None = None
        self._settled_raw: dict[str, Raw] = {}
        untouched = raw is None  # what was not sent has never been seen either, and shows what it offers
        if raw is None and (formdata is None or only is not None):
            raw = initial(self.schema, context)
        formdata = self.meta.wrap_formdata(self, formdata)
        known = raw or {}
        items = self.schema.logic.top.by_key
        for name, field in self._fields.items():
            sent = formdata if only is None or name in only else None
            field.process(sent, known.get(name, unset_value))
            if isinstance(field, RowsField):
                offers = untouched or sent is not None or name in known
                field.arrange(context, sent is not None, items.get(name) if offers else None)
        if not self.schema.logic.plain:
            self.settle()

    def settle(self) -> Settled:
        """Find out what is asked, as the answers stand, and tell it to the fields."""
        self._settled_raw = self.raw()
        settled = settle(self.schema, self._settled_raw, self.context)
        self._settled = settled
        for path in settled.live:
            self._at_path(path).live = True
        for path in settled.hidden:
            self._at_path(path).hidden = True
        for path, required in settled.required.items():
            self._at_path(path).required = required
        for path, value in settled.computed.items():
            self._at_path(path).computed = value
        for path, withheld in settled.withheld.items():
            self._at_path(path).withheld = withheld
        return settled

    def _at_path(self, path: str) -> "AnswerField | RowsField":
        field = self.at(path)
        assert field is not None
        return field

    @property
    def settled(self) -> Settled:
        """What is asked and what follows, as the answers stand."""
        return self._settled if self._settled is not None else self.settle()

    @property
    def errors(self) -> dict[str, Message]:
        """What `check` found, by path (`results.2.target`, "" for the form as a whole)."""
        return self._errors

    def sections(self) -> list[tuple[Section, list[AnswerField | RowsField]]]:
        """The bound fields by section, in order; of a section that repeats, the rows it is kept in."""
        return [(section, self.fields_of(section)) for section in self.schema.sections]

    def fields_of(self, section: Section) -> "list[AnswerField | RowsField]":
        """The bound fields of one section."""
        return [self[field.key] for field in section.asked()]

    def is_asked(self, section: Section) -> bool:
        """Whether anything of the section is asked, as the answers stand."""
        return not all(field.hidden for field in self.fields_of(section))

    @property
    def hidden_names(self) -> list[str]:
        """The names of what is not asked, as the answers stand."""
        return sorted(path.replace(".", "-") for path in self.settled.hidden)

    def live(self, language: str) -> dict[str, Any]:
        """What a page has to show differently as the answers stand, by the names that inputs bear."""
        settled = self.settled
        return {
            "hidden": self.hidden_names,
            "computed": {path.replace(".", "-"): self.computed_words(path, language) for path in settled.computed},
            "withheld": {path.replace(".", "-"): sorted(options) for path, options in settled.withheld.items()},
            "required": {path.replace(".", "-"): required for path, required in settled.required.items()},
        }

    def computed_words(self, path: str, language: str) -> str:
        """The result of a formula in words."""
        return self._at_path(path).kind.display(self.settled.computed[path], language, self.context)

    def raw(self) -> dict[str, Raw]:
        """What was typed, as JSON: what a draft keeps and `bind` takes back."""
        return {field.short_name: field.raw for field in self}

    def check(self) -> dict[str, Any] | None:
        """The answers to store, or None; then `errors` and the `errors` of each field say why."""
        self.mark({})
        raw = self.raw()
        unchanged = self._settled is not None and raw == self._settled_raw
        settled = self._settled if self._settled is not None and unchanged else settle(self.schema, raw, self.context)
        try:
            return answers.accept(self.schema, settled)
        except AnswersInvalid as invalid:
            self.mark(invalid.errors)
        return None

    def mark(self, errors: Mapping[str, Message]) -> None:
        """Put what is wrong, by path, at the fields; also what only an operation could find."""
        self._errors = dict(errors)
        self.form_errors: list[Message] = []
        for field in self:
            _clear(field)
        for path, message in self._errors.items():
            field = self.at(path)
            (self.form_errors if field is None else field.errors).append(message)

    def validate(self, extra_validators: Any = None) -> bool:
        """WTForms' way to ask: whether the answers can be taken."""
        return self.check() is not None

    def at(self, path: str) -> "AnswerField | RowsField | None":
        """The bound field a path of `errors` leads to; None for the form as a whole, and where there is no question."""
        key, *rest = path.split(".")
        field = self._fields.get(key)
        while len(rest) > 1 and isinstance(field, RowsField):
            index, column, *rest = rest
            field = field.cell(index, column)
        return field if isinstance(field, AnswerField | RowsField) else None

    def mistakes(self) -> list[tuple[AnswerField | RowsField | None, Message]]:
        """What `check` found, in order, with the bound field to link to (None: the form as a whole)."""
        return [(self.at(path), message) for path, message in self._errors.items()]


def _clear(field: AnswerField | RowsField) -> None:
    field.errors = []
    if isinstance(field, RowsField):
        for column in (column for entry in field.entries for column in entry.columns()):
            _clear(column)


def fresh_row(item: Item | None, context: AnswerContext) -> dict[str, Raw]:
    """What a new row shows: the defaults of its columns, and of the rows in it."""
    if item is None or item.level is None:
        return {}
    inner = {
        one.field.key: fresh_rows(one.field, one, context) for one in item.level.items if isinstance(one.field, Rows)
    }
    return initial_row(item, {}, context) | inner


def fresh_rows(kind: Rows, item: Item | None, context: AnswerContext) -> list[dict[str, Raw]]:
    """What rows show that nobody has touched.

    Where no row is required, none that offers something is there unasked: it would count as an answer.
    """
    fresh = fresh_row(item, context)
    if kind.given:
        return [{**fresh, "_id": name} for name in kind.given_names(context)]
    return [fresh for _ in range(max(kind.least, 1) if kind.required or kind.is_blank_row(fresh) else 0)]


def inner_item(item: Item | None, column: RowsField) -> Item | None:
    """The logic of rows that stand in rows."""
    return item.level.by_key.get(column.kind.key) if item is not None and item.level is not None else None


_classes: OrderedDict[str, type[AnswersForm]] = OrderedDict()
_MOST_CLASSES = 256


def form_class(schema: FormSchema) -> type[AnswersForm]:
    """The WTForms class of a schema, built once for each digest."""
    digest = schema.digest()
    found = _classes.get(digest)
    if found is None:
        fields = {field.key: unbound(field) for field in schema.fields()}
        found = type("AnswersForm", (AnswersForm,), {"schema": schema, "unbound": fields})
        _classes[digest] = found
        if len(_classes) > _MOST_CLASSES:
            _classes.popitem(last=False)
    return found


def bind(
    schema: FormSchema,
    *,
    formdata: Any = None,
    raw: Mapping[str, Raw] | None = None,
    context: AnswerContext,
    only: Collection[str] | None = None,
) -> AnswersForm:
    """The form with what was sent (`formdata`, a multi-dict) or typed before (`raw`: a draft, or `answers.edit`).

    Names the form does not know are left alone, so nothing can be set that is not asked. With `only`, what was sent
    counts for these keys and `raw` for the others. The buttons `_add` ("results", "results-0-parts") and `_remove`
    ("results-2") change the rows and set `rows_changed`; they need no script.
    """
    build = form_class(schema)
    form = build(context, formdata=formdata, raw=raw, only=only)
    if formdata is None:
        return form
    changed = _pressed(form, formdata.get(ADD), formdata.get(REMOVE))
    if changed is None:
        return form
    form = build(context, raw=changed)
    form.rows_changed = True
    return form


def _pressed(form: AnswersForm, add: str | None, remove: str | None) -> dict[str, Raw] | None:
    """What was typed after a row was added or removed; None when no such button was pressed."""
    if not add and not remove:
        return None
    raw = form.raw()
    for field in form:
        if isinstance(field, RowsField):
            rows = _changed_rows(field, add, remove, form.schema.logic.top.by_key.get(field.name))
            if rows is not None:
                return {**raw, field.name: rows}
    return None


def _changed_rows(
    field: RowsField, add: str | None, remove: str | None, item: Item | None
) -> list[dict[str, Raw]] | None:
    """The rows after one was added or removed, here or in one of them; None when neither was asked for."""
    if add == field.posted_name and field.can_add:
        return [*field.raw, fresh_row(item, field.context)]
    for entry in field.entries:
        posted = f"{field.posted_name}-{entry.posted}"
        if field.can_remove and remove == posted:
            return [other.raw for other in field.entries if other is not entry]
        for column in entry.columns():
            if isinstance(column, RowsField):
                inner = _changed_rows(column, add, remove, inner_item(item, column))
                if inner is not None:
                    return [
                        {**other.raw, column.short_name: inner} if other is entry else other.raw
                        for other in field.entries
                    ]
    return None
