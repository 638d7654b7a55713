"""A form schema as a WTForms form: built once for each version, bound to what was typed, checked by the one rule."""

import re
from collections import OrderedDict
from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any, ClassVar

from wtforms import Field as WebField
from wtforms import FieldList, FormField
from wtforms.fields.core import UnboundField
from wtforms.form import BaseForm
from wtforms.utils import unset_value

from forms import answers
from forms.context import AnswerContext
from forms.errors import AnswersInvalid
from forms.fields import Choices, Rows
from forms.fields.base import FieldBase, Raw
from forms.fields.rows import MOST_ROWS, new_row_id
from forms.schema import FormSchema, Section
from forms.text import Message

ADD, REMOVE = "_add", "_remove"


class AnswerField(WebField):  # type: ignore[misc]
    """One bound question. `kind` is its definition, `raw` the typed text to show again, `errors` why it is refused."""

    def __init__(self, kind: FieldBase[Any], **options: Any) -> None:
        super().__init__(kind.label.id, **options)
        self.kind = kind
        self.errors: list[Message] = []

    @property
    def html_name(self) -> str:
        """The name the input bears in HTML."""
        return str(self.name)

    @property
    def raw(self) -> Raw:
        """What was typed, as the kind reads it."""
        return self.data

    def process_data(self, value: Any) -> None:
        empty: Raw = [] if isinstance(self.kind, Choices) else ""
        self.data = empty if value is None else value

    def process_formdata(self, valuelist: list[str]) -> None:
        if isinstance(self.kind, Choices):
            self.data = list(valuelist)
        else:
            self.data = valuelist[0] if valuelist else ""


class RowName(WebField):  # type: ignore[misc]
    """The hidden input that carries the lasting name of a row."""

    def process_formdata(self, valuelist: list[str]) -> None:
        self.data = valuelist[0] if valuelist else None


class RowForm(BaseForm):  # type: ignore[misc]
    """The columns of one row."""

    def __init__(
        self, kind: Rows, formdata: Any = None, prefix: str = "", data: Mapping[str, Raw] | None = None
    ) -> None:
        columns = {column.key: UnboundField(AnswerField, column) for column in kind.columns}
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
        return {name: field.data for name, field in self.form._fields.items()}

    def columns(self) -> "list[AnswerField]":
        """The bound questions of the row, without its hidden name."""
        return [field for field in self.form if isinstance(field, AnswerField)]

    def shown(self, language: str) -> list[tuple[str, str]]:
        """Title and text of what is shown, read-only, of the earlier row."""
        return self.rows.kind.shown(self.source, language, self.rows.context)


class RowsField(FieldList):  # type: ignore[misc]
    """Bound rows: `entries` are the rows, `errors` what is wrong with them as a whole."""

    entries: list[RowEntry]
    context: AnswerContext

    def __init__(self, kind: Rows, **options: Any) -> None:
        entry = UnboundField(RowEntry, partial(RowForm, kind))
        super().__init__(entry, kind.label.id, max_entries=MOST_ROWS, **options)
        self.kind = kind
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
        return self.kind.each is None and len(self.entries) < self.kind.most

    @property
    def can_remove(self) -> bool:
        """Whether a person may take rows away."""
        return self.kind.each is None and bool(self.entries)

    def process(self, formdata: Any, data: Any = unset_value, extra_filters: Any = None) -> None:
        rows = data if isinstance(data, list) else []
        super().process(formdata, [row for row in rows if isinstance(row, Mapping)][:MOST_ROWS])

    def _extract_indices(self, prefix: str, formdata: Any) -> Iterator[int]:
        # WTForms takes `results_2-0-x` for row 2 of `results`, and fails on digits such as "²" and endless ones.
        pattern = re.compile(re.escape(prefix) + r"-([0-9]{1,6})-.+")
        return (int(match[1]) for name in formdata if (match := pattern.fullmatch(name)))

    def _compact_indices(self) -> None:
        for entry in self.entries:
            entry.posted = entry.index
        super()._compact_indices()

    def arrange(self, context: AnswerContext, posted: bool) -> None:
        """Bring the rows into the order and number the design wants, each with a name of its own."""
        self.context = context
        if self.kind.each is not None:
            self._fill(self.kind.arranged(self.raw, context))
            for entry, source in zip(self.entries, self.kind.sources(context), strict=False):
                entry.source = source
        elif not posted and not self.entries:
            self._fill([{} for _ in range(max(self.kind.least, 1))])
        taken: set[str] = set()
        for entry in self.entries:
            entry.rows = self
            name = entry.form["_id"]
            if not isinstance(name.data, str) or not name.data or name.data in taken:
                name.data = new_row_id()
            taken.add(name.data)

    def _fill(self, rows: list[Mapping[str, Raw]]) -> None:
        self.entries = []
        self.last_index = -1
        for row in rows[:MOST_ROWS]:
            self._add_entry(None, row)


class AnswersForm(BaseForm):  # type: ignore[misc]
    """The bound form of one schema. Fields are reached by key (`form["note"]`) or section by section."""

    schema: ClassVar[FormSchema]
    unbound: ClassVar[dict[str, UnboundField]]

    def __init__(self, context: AnswerContext, formdata: Any = None, raw: Mapping[str, Raw] | None = None) -> None:
        super().__init__(self.unbound)
        self.context = context
        self.rows_changed = False
        """Whether the person pressed "add" or "remove": show the page again rather than take the answers."""
        self._errors: dict[str, Message] = {}
        self.process(formdata, data=raw)
        for field in self:
            if isinstance(field, RowsField):
                field.arrange(context, posted=formdata is not None)

    @property
    def errors(self) -> dict[str, Message]:
        """What `check` found, by path (`results.2.target`, "" for the form as a whole)."""
        return self._errors

    def sections(self) -> list[tuple[Section, list[AnswerField | RowsField]]]:
        """The bound fields by section, in order."""
        return [(section, [self[field.key] for field in section.fields]) for section in self.schema.sections]

    def raw(self) -> dict[str, Raw]:
        """What was typed, as JSON: what a draft keeps and `bind` takes back."""
        return {field.short_name: field.raw for field in self}

    def check(self) -> dict[str, Any] | None:
        """The answers to store, or None; then `errors` and the `errors` of each field say why."""
        self.mark({})
        try:
            return answers.check(self.schema, self.raw(), self.context)
        except AnswersInvalid as invalid:
            self.mark(invalid.errors)
        return None

    def mark(self, errors: Mapping[str, Message]) -> None:
        """Put what is wrong, by path, at the fields; also what only an operation could find."""
        self._errors = dict(errors)
        self.form_errors: list[Message] = []
        for field in self:
            field.errors = []
            for column in (column for entry in getattr(field, "entries", ()) for column in entry.columns()):
                column.errors = []
        for path, message in self._errors.items():
            field = self.at(path)
            (self.form_errors if field is None else field.errors).append(message)

    def validate(self, extra_validators: Any = None) -> bool:
        """WTForms' way to ask: whether the answers can be taken."""
        return self.check() is not None

    def at(self, path: str) -> "AnswerField | RowsField | None":
        """The bound field a path of `errors` leads to; None for the form as a whole."""
        key, *rest = path.split(".")
        if not key:
            return None
        field: AnswerField | RowsField = self[key]
        if rest and isinstance(field, RowsField):
            column: AnswerField = field.entries[int(rest[0])].form[rest[1]]
            return column
        return field

    def mistakes(self) -> list[tuple[AnswerField | RowsField | None, Message]]:
        """What `check` found, in order, with the bound field to link to (None: the form as a whole)."""
        return [(self.at(path), message) for path, message in self._errors.items()]


_classes: OrderedDict[str, type[AnswersForm]] = OrderedDict()
_MOST_CLASSES = 256


def form_class(schema: FormSchema) -> type[AnswersForm]:
    """The WTForms class of a schema, built once for each digest."""
    digest = schema.digest()
    found = _classes.get(digest)
    if found is None:
        unbound = {
            field.key: UnboundField(RowsField if isinstance(field, Rows) else AnswerField, field)
            for field in schema.fields()
        }
        found = type("AnswersForm", (AnswersForm,), {"schema": schema, "unbound": unbound})
        _classes[digest] = found
        if len(_classes) > _MOST_CLASSES:
            _classes.popitem(last=False)
    return found


def bind(
    schema: FormSchema, *, formdata: Any = None, raw: Mapping[str, Raw] | None = None, context: AnswerContext
) -> AnswersForm:
    """The form with what was sent (`formdata`, a multi-dict) or typed before (`raw`: a draft, or `answers.edit`).

    Names the form does not know are left alone, so nothing can be set that is not asked. The buttons `_add` ("results")
    and `_remove` ("results-2") change the rows and set `rows_changed`; they need no script.
    """
    build = form_class(schema)
    form = build(context, formdata=formdata, raw=raw)
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
    for field in form:
        if not isinstance(field, RowsField):
            continue
        if add == field.name and field.can_add:
            return {**form.raw(), field.name: [*field.raw, {}]}
        for entry in field.entries:
            if field.can_remove and remove == f"{field.name}-{entry.posted}":
                return {**form.raw(), field.name: [other.raw for other in field.entries if other is not entry]}
    return None
