"""What an import says about a spreadsheet: each thing that cannot be carried over, with its place and consequence."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal

from forms.schema import FormSchema
from forms.text import Message, msg

Consequence = Literal["error", "warning"]


@dataclass(frozen=True, slots=True)
class Finding:
    """Something about a cell. `row` counts from 1 as the spreadsheet shows it (0: no row); `column` is its title.

    An `error` would make the form wrong, so nothing is imported; a `warning` says what the form loses or changes.
    """

    sheet: str
    row: int
    column: str
    message: Message
    consequence: Consequence = "warning"

    def definition(self, translate: Callable[[str], str] | None = None, language: str = "id") -> dict[str, str | int]:
        """The finding as JSON."""
        message = self.message.say(language, translate)
        return {"sheet": self.sheet, "row": self.row, "column": self.column, "message": message}


@dataclass(frozen=True, slots=True)
class Imported:
    """What came out of a spreadsheet: the form, or why there is none.

    `form` is None as soon as there is one error. `rest` is then what could be understood, without the parts the errors
    are about, for whoever wants to go on from there in the builder; None where nothing could.
    """

    form: FormSchema | None
    errors: list[Finding] = field(default_factory=list)
    warnings: list[Finding] = field(default_factory=list)
    key: str | None = None
    rest: FormSchema | None = None


@dataclass
class Report:
    """Findings as they are made; the same about the same place is said once."""

    findings: list[Finding] = field(default_factory=list)
    _seen: set[tuple[object, ...]] = field(default_factory=set)
    _counts: dict[tuple[str, str, str], int] = field(default_factory=dict)

    def error(self, sheet: str, row: int, column: str, message: Message) -> None:
        """Something without which the form would be wrong."""
        self._add(Finding(sheet, row, column, message, "error"))

    def warn(self, sheet: str, row: int, column: str, message: Message) -> None:
        """Something the form loses, or that changes."""
        self._add(Finding(sheet, row, column, message, "warning"))

    def warn_once(self, sheet: str, row: int, column: str, message: Message) -> None:
        """Like `warn`, for what may stand in hundreds of rows: said at the first, which counts the others."""
        place = (sheet, column, message.msgid + str(sorted(map(str, message.params.items()))))
        self._counts[place] = self._counts.get(place, 0) + 1
        if self._counts[place] == 1:
            self._add(Finding(sheet, row, column, message, "warning"))

    def _add(self, finding: Finding) -> None:
        mark = (finding.sheet, finding.row, finding.column, str(finding.message), finding.consequence)
        if mark not in self._seen:
            self._seen.add(mark)
            self.findings.append(finding)

    def sorted(self, consequence: Consequence) -> list[Finding]:
        """The findings of one consequence, as a reader meets them: survey first, by row; what repeats is counted."""
        order = {"": 0, "survey": 1, "choices": 2, "external_choices": 3, "settings": 4}
        chosen = [self._counted(one) for one in self.findings if one.consequence == consequence]
        return sorted(chosen, key=lambda one: (order.get(one.sheet, 5), one.sheet, one.row))

    def _counted(self, one: Finding) -> Finding:
        place = (one.sheet, one.column, one.message.msgid + str(sorted(map(str, one.message.params.items()))))
        more = self._counts.get(place, 1) - 1
        if not more:
            return one
        said = msg("%(finding)s (Juga pada %(count)s baris lain.)", finding=one.message, count=more)
        return Finding(one.sheet, one.row, one.column, said, one.consequence)
