"""A form out of a file somebody made: YAML, JSON or an XLSForm workbook, with every remark and its place."""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import Any

from forms.errors import DefinitionInvalid, Problem
from forms.exchange.lines import Lines
from forms.exchange.xlsform import Finding, read_xlsform
from forms.exchange.xlsform.keys import form_key
from forms.exchange.yaml import MOST_CHARACTERS, MOST_READ, form_of, load_value
from forms.schema import MOST_FIELDS, FormSchema
from forms.text import Message, msg

WORKBOOKS = (".xlsx", ".xlsm", ".xls")
_WORKBOOK_STARTS = (b"PK\x03\x04", b"PK\x05\x06", b"\xd0\xcf\x11\xe0")
UNNAMED = "formulir"
"""The key of a workbook that names none."""


@dataclass(frozen=True, slots=True)
class Remark:
    """Something about a file: `sheet`, `row` and `column` of a workbook, or line (`row`) and path (`column`) of a text.

    A row of 0 is none in particular.
    """

    message: Message
    sheet: str = ""
    row: int = 0
    column: str = ""

    def definition(self, say: Callable[[Message], str] = str) -> dict[str, str | int]:
        """The remark as JSON."""
        return {"sheet": self.sheet, "row": self.row, "column": self.column, "message": say(self.message)}


@dataclass(frozen=True, slots=True)
class Incoming:
    """What a file holds: a form, or the errors for which there is none.

    Warnings say what a workbook loses on the way in, problems why the form may not be published yet.
    """

    form: FormSchema | None
    errors: list[Remark] = field(default_factory=list)
    warnings: list[Remark] = field(default_factory=list)
    problems: list[Remark] = field(default_factory=list)
    key: str | None = None
    """The key the form has or, where errors stand against it, would have had, if that much could be read."""

    def definition(self, say: Callable[[Message], str] = str) -> dict[str, Any]:
        """The outcome of an import as JSON: key of the form, how many questions it has, warnings and errors.

        As a draft may have problems, they are warnings here.
        """
        return {
            "form": self.form.key if self.form else self.key,
            "fields": self.form.questions() if self.form else 0,
            "warnings": [one.definition(say) for one in (*self.warnings, *self.problems)],
            "errors": [one.definition(say) for one in self.errors],
        }


def read_form(content: bytes, filename: str = "") -> Incoming:
    """The form in the bytes of a file; never raises, whatever they are."""
    if is_workbook(content, filename):
        return _workbook(content, filename)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return Incoming(None, [Remark(msg("Berkas ini bukan teks UTF-8."))])
    try:
        form = form_of(_value(text, filename))
    except DefinitionInvalid as wrong:
        return Incoming(None, _placed(wrong.problems, text))
    return Incoming(form, problems=_placed(form.problems(), text))


def is_workbook(content: bytes, filename: str = "") -> bool:
    """Whether bytes are those of a workbook, or are called so."""
    return content.startswith(_WORKBOOK_STARTS) or PurePath(filename).suffix.lower() in WORKBOOKS


def _workbook(content: bytes, filename: str) -> Incoming:
    found = read_xlsform(content)
    form = found.form
    if form is not None and form.questions() > MOST_READ:
        return Incoming(
            None, [Remark(msg("Formulir terlalu panjang: paling banyak %(limit)s isian.", limit=MOST_FIELDS))]
        )
    stem = form_key(PurePath(filename).stem)
    if form is not None and form.key == UNNAMED and stem:
        form = form_of({**form.definition(), "key": stem})
    told = [str(one.message) for one in found.warnings]  # most problems are told there, with their cell
    unfit = [one for one in (form.problems() if form else []) if not any(str(one.message) in said for said in told)]
    problems = [Remark(one.message, column=one.path) for one in unfit]
    return Incoming(
        form, [_remark(one) for one in found.errors], [_remark(one) for one in found.warnings], problems, found.key
    )


def _remark(finding: Finding) -> Remark:
    return Remark(finding.message, finding.sheet, finding.row, finding.column)


def _value(text: str, filename: str) -> Any:
    """The plain value of YAML or JSON. Raises DefinitionInvalid."""
    if not text.lstrip().startswith("{"):
        return load_value(text)
    if len(text) > MOST_CHARACTERS:
        raise DefinitionInvalid([Problem("", msg("Berkas terlalu besar."))])
    try:
        return json.loads(text, parse_float=str, object_pairs_hook=_once)
    except json.JSONDecodeError as wrong:
        if PurePath(filename).suffix.lower() != ".json":
            return load_value(text)  # YAML may begin like JSON
        message = msg("Baris %(line)s: tulisan ini tidak mengikuti aturan JSON.", line=wrong.lineno)
        raise DefinitionInvalid([Problem("", message)]) from wrong
    except _Double as wrong:
        raise DefinitionInvalid([Problem("", msg("Kunci “%(key)s” tertulis dua kali.", key=wrong.args[0]))]) from wrong
    except (RecursionError, ValueError) as wrong:
        raise DefinitionInvalid([Problem("", msg("Berkas ini bukan JSON yang dapat dibaca."))]) from wrong


class _Double(ValueError):
    """A key of a JSON object stands twice."""


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise _Double(key.encode(errors="replace").decode())  # half a character can be said to nobody
        found[key] = value
    return found


def _placed(problems: list[Problem], text: str) -> list[Remark]:
    """The problems with their lines, as far as the text is one that has places."""
    lines = Lines(text)
    return [_at_line(one, lines) for one in problems]


def _at_line(problem: Problem, lines: Lines) -> Remark:
    told = re.match(r"Baris %\(line\)s", problem.message.msgid)
    if told:  # what is no YAML at all names the line itself
        return Remark(problem.message, row=int(problem.message.params["line"]), column=problem.path)
    message = problem.message
    if problem.fault is not None:
        place = {"column": problem.fault.column, "message": message}
        message = msg("%(message)s (Huruf ke-%(column)s dari rumus.)", **place)
        if problem.fault.question is not None:
            message = msg("%(message)s %(question)s", message=message, question=problem.fault.question)
    return Remark(message, row=lines.of(problem.path) or 0, column=problem.path)
