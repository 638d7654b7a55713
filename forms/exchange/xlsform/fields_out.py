"""The rows of the survey and choices sheets for one field of ours."""

from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any

from forms.exchange.xlsform.findings import Report
from forms.exchange.xlsform.keys import unused
from forms.exchange.xlsform.naming import Naming, Path
from forms.exchange.xlsform.said import Untranslatable, number_source
from forms.exchange.xlsform.sheet_rows import SURVEY
from forms.exchange.xlsform.to_xpath import XPathWriter
from forms.expressions import Kind, Type
from forms.expressions.faults import Unreadable
from forms.expressions.nodes import Literal
from forms.expressions.parsing import parse
from forms.fields import (
    Calculated,
    Choice,
    ChoiceOrOther,
    Choices,
    Date,
    Evidence,
    Hidden,
    LongText,
    Matrix,
    Note,
    Ranking,
    Rating,
    Rows,
    ShortText,
    Time,
    YesNo,
)
from forms.fields.base import FieldBase
from forms.fields.choice import Option
from forms.fields.number import Numeric
from forms.fields.rating import Point
from forms.text import Message, Text, msg
from forms.wording import plain

Row = dict[str, Any]
YES_NO = (("yes", Text(id="Ya", en="Yes")), ("no", Text(id="Tidak", en="No")))
_ONLY_TEXT = {
    "colleague": msg("Pegawai tidak dapat dipilih dari daftar; namanya diketik."),
    "unit": msg("Unit kerja tidak dapat dipilih dari daftar; namanya diketik."),
    "row": msg("Baris jawaban sebelumnya tidak dapat dipilih; tulisannya diketik."),
}


class FieldRows:
    """Collects the rows of both sheets; what XLSForm cannot say is reported at its row."""

    def __init__(self, naming: Naming, types: dict[Path, Type], report: Report) -> None:
        self.naming = naming
        self.types = types
        self.report = report
        self.survey: list[Row] = []
        self.choices: list[Row] = []
        self._lists: dict[tuple[Any, ...], str] = {}
        self._list_names: set[str] = set()

    def add(self, **cells: Any) -> Row:
        """A further row of the survey sheet."""
        row: Row = {column: cell for column, cell in cells.items() if cell is not None}
        self.survey.append(row)
        return row

    def loses(self, row: Row, column: str, message: Message) -> None:
        """Report what a row does not say."""
        self.report.warn(SURVEY, self.survey.index(row) + 2, column, message)

    def condition(self, row: Row, column: str, source: str, chain: Path, own: str | None = None) -> None:
        """Write a condition into a cell, or report why it cannot be."""
        self._expression(row, column, lambda writer: writer.condition(source), chain, own)

    def _expression(
        self, row: Row, column: str, write: Callable[[XPathWriter], str], chain: Path, own: str | None = None
    ) -> None:
        try:
            written = write(XPathWriter(self.naming, self.types, chain, own))
        except Untranslatable as wrong:
            self.loses(row, column, msg("Ungkapan ini tidak ditulis. %(reason)s", reason=wrong.message))
        else:
            row[column] = f"({row[column]}) and ({written})" if row.get(column) and column == "constraint" else written

    def field(self, field: FieldBase[Any], chain: Path) -> None:
        """The rows of a field that stands in the rows `chain`."""
        if field.disabled:
            self.report.warn(
                SURVEY,
                len(self.survey) + 1,
                "type",
                msg("Isian nonaktif “%(label)s” tidak ditulis.", label=field.label),
            )
            return
        name = self.naming.names[(*chain, field.key)]
        match field:
            case Rows():
                self._rows(field, name, chain)
            case Matrix():
                self._matrix(field, name, chain)
            case Note():
                self._common(self.add(type="note", name=name, label=field.label, hint=field.help), field, chain)
            case Calculated() | Hidden():
                self._computed(field, name, chain)
            case _:
                self._question(field, name, chain)

    def _question(self, field: FieldBase[Any], name: str, chain: Path) -> None:
        row = self.add(type="text", name=name, label=field.label, hint=field.help)
        own = (chain, field.key)
        match field:
            case ShortText():
                if field.pattern is not None:
                    self._limit(
                        row,
                        f"regex(., {_quoted(field.pattern)})" if "'" not in field.pattern else "",
                        field.pattern_message,
                    )
                if field.format is not None:
                    self.loses(row, "type", msg("Bentuk isian (%(format)s) tidak diperiksa.", format=field.format))
                self._limit(row, f"string-length(.) <= {field.max}")
            case LongText():
                row["appearance"] = "multiline"
                self._limit(row, f"string-length(.) <= {field.max}")
                if field.min is not None:
                    self._limit(row, f"string-length(.) >= {field.min}")
            case Numeric():
                row["type"] = "decimal" if field.places else "integer"
                for sign, limit in ((">=", field.min), ("<=", field.max)):
                    if limit is not None:
                        self._limit(row, f". {sign} {plain(limit)}")
            case Choice():
                row["type"] = f"select_one {self._options(field.options, name)}"
                if field.look == "list":
                    row["appearance"] = "minimal"
            case Choices():
                row["type"] = f"select_multiple {self._options(field.options, name)}"
                for sign, count in ((">=", field.min), ("<=", field.max)):
                    if count is not None:
                        self._limit(row, f"count-selected(.) {sign} {count}")
            case ChoiceOrOther():
                other = Option(value="other", label=field.other)
                row["type"] = f"select_one {self._options((*field.options, other), name)} or_other"
            case Ranking():
                row["type"] = f"rank {self._options(field.options, name)}"
                if field.most is not None:
                    self.loses(row, "type", msg("Semua pilihan diurutkan, bukan hanya yang teratas."))
            case Rating():
                row["type"] = f"select_one {self._points(field.points, name)}"
                row["appearance"] = "likert"
            case YesNo():
                row["type"] = f"select_one {self._list('yes_no', YES_NO)}"
            case Date():
                row["type"] = "date"
                for sign, day in ((">=", field.earliest), ("<=", field.latest)):
                    if day is not None:
                        self._limit(row, f". {sign} today()" if day == "today" else f". {sign} date('{day}')")
            case Time():
                row["type"] = "time"
                for sign, hour in ((">=", field.earliest), ("<=", field.latest)):
                    if hour is not None:
                        self._limit(row, f". {sign} '{hour}:00'")
            case Evidence():
                row["type"] = "image" if set(field.types) <= {"jpeg", "png", "webp"} else "file"
                if field.most > 1:
                    self.loses(row, "type", msg("Hanya satu berkas yang dapat dilampirkan."))
            case _ if field.kind == "month":
                row |= {"type": "date", "appearance": "month-year"}
            case _ if field.kind == "link":
                self._limit(row, "regex(., 'https?://.+')")
            case _ if field.kind == "declaration":
                row["type"] = "acknowledge"
            case _ if field.kind in _ONLY_TEXT:
                self.loses(row, "type", _ONLY_TEXT[field.kind])
            case _:
                self.loses(row, "type", msg("Jenis isian ini ditulis sebagai teks."))
        self._filter(row, field, chain)
        self._common(row, field, chain)
        del own

    def _common(self, row: Row, field: FieldBase[Any], chain: Path) -> None:
        if field.required and field.answered:
            row["required"] = "yes"
        elif field.required_when is not None:
            self.condition(row, "required", field.required_when, chain, field.key)
        if field.show_when is not None:
            self.condition(row, "relevant", field.show_when, chain, field.key)
        for check in field.checks:
            self.condition(row, "constraint", check.rule, chain, field.key)
        if field.checks:
            row["constraint_message"] = _below(check.message for check in field.checks)
        if field.default is not None:
            self._default(row, field, field.default, chain)
        if field.read_only:
            row["read_only"] = "yes"

    def _default(self, row: Row, field: FieldBase[Any], source: str, chain: Path) -> None:
        try:
            tree = parse(source)
        except Unreadable:
            tree = None
        if isinstance(tree, Literal) and not isinstance(tree.value, bool):
            text = plain(tree.value) if isinstance(tree.value, Decimal) else tree.value
            if text and text == text.strip() and "${" not in text and "(" not in text:
                row["default"] = text
                return
        self._expression(row, "default", lambda writer: writer.write(source), chain)

    def _limit(self, row: Row, written: str, message: Text | None = None) -> None:
        if written:
            row["constraint"] = f"{row['constraint']} and {written}" if row.get("constraint") else written
        if message is not None:
            row["constraint_message"] = message

    def _computed(self, field: Calculated | Hidden, name: str, chain: Path) -> None:
        if isinstance(field, Hidden):
            row = self.add(type="calculate", name=name)
        else:
            kind = self.types.get((*chain, field.key))
            kinds = {Kind.NUMBER: "decimal", Kind.DATE: "date"}
            row = self.add(
                type=kinds.get(kind.kind, "text") if kind else "text",
                name=name,
                label=field.label,
                hint=field.help,
                read_only="yes",
            )
        self._expression(row, "calculation", lambda writer: writer.write(field.formula), chain)
        if "calculation" not in row:
            row["calculation"] = "''"
        if field.show_when is not None:
            self.condition(row, "relevant", field.show_when, chain)

    def _matrix(self, field: Matrix, name: str, chain: Path) -> None:
        group = self.add(type="begin_group", name=name, label=field.label, hint=field.help, appearance="table-list")
        if field.show_when is not None:
            self.condition(group, "relevant", field.show_when, chain)
        points = self._points(field.points, name)
        for statement in field.statements:
            line = self.naming.names[(*chain, field.key, statement.key)]
            row = self.add(type=f"select_one {points}", name=line, label=statement.label)
            if field.required:
                row["required"] = "yes"
        if field.checks or field.required_when:
            self.loses(group, "type", msg("Batas pada seluruh matriks tidak ditulis."))
        self.add(type="end_group", name=name)

    def _rows(self, field: Rows, name: str, chain: Path) -> None:
        row = self.add(type="begin_repeat", name=name, label=field.label, hint=field.help)
        if field.show_when is not None:
            self.condition(row, "relevant", field.show_when, chain)
        if field.fixed:
            row["repeat_count"] = str(len(field.fixed))
            self.loses(row, "repeat_count", msg("Nama baris yang ditentukan tidak tampil; hanya jumlahnya yang sama."))
        elif field.each is not None:
            self.loses(row, "repeat_count", msg("Baris tidak mengikuti jawaban sebelumnya."))
        elif field.min is not None and field.min == field.max:
            row["repeat_count"] = str(field.min)
        elif field.min is not None or field.max is not None:
            self.loses(row, "repeat_count", msg("Batas banyaknya baris tidak ditulis."))
        if field.checks:
            self.loses(row, "constraint", msg("Batas pada seluruh tabel tidak ditulis."))
        for column in field.columns:
            self.field(column, (*chain, field.key))
        self.add(type="end_repeat", name=name)

    def _filter(self, row: Row, field: FieldBase[Any], chain: Path) -> None:
        """Choices that are not always offered: each name, or its condition."""
        parts = []
        writer = XPathWriter(self.naming, self.types, chain)
        for value, source in field.option_conditions().items():
            try:
                parts.append(f"(name != '{value}' or {writer.condition(source)})")
            except Untranslatable as wrong:
                self.loses(row, "choice_filter", msg("Pilihan ini selalu ditawarkan. %(reason)s", reason=wrong.message))
        if parts and isinstance(field, ChoiceOrOther):
            self.loses(row, "choice_filter", msg("Semua pilihan selalu ditawarkan."))
        elif parts:
            row["choice_filter"] = " and ".join(parts)

    def _options(self, options: Sequence[Option], name: str) -> str:
        return self._list(name, [(option.value, option.label) for option in options])

    def _points(self, points: Sequence[Point], name: str) -> str:
        numbers = [plain(point.value) if point.value is not None else point.key for point in points]
        if len(set(numbers)) < len(numbers):
            numbers = [point.key for point in points]
        labels = [point.label or Text(id=point.key) for point in points]
        return self._list(name, list(zip(numbers, labels, strict=True)))

    def _list(self, name: str, choices: Sequence[tuple[str, Text]]) -> str:
        """The name of a list with these choices; equal lists are written once."""
        content = tuple((value, label.model_dump_json()) for value, label in choices)
        if content not in self._lists:
            self._lists[content] = unused(name, self._list_names)
            for value, label in choices:
                self.choices.append({"list_name": self._lists[content], "name": value, "label": label})
        return self._lists[content]


def _quoted(pattern: str) -> str:
    return f"'{pattern}'"


def _below(messages: Any) -> Text:
    texts = list(messages)
    codes = set.intersection(*(set(text.translations) for text in texts)) - {"id"}
    words = {code: "\n".join(dict.fromkeys(text.say(code) for text in texts)) for code in ("id", *sorted(codes))}
    return Text.model_validate(words)


__all__ = ["FieldRows", "number_source"]
