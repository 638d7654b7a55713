"""A checked expression: what it reads, what it gives, and its value for some answers."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from forms.expressions import limits
from forms.expressions.checking import Checker
from forms.expressions.compiling import Compiler
from forms.expressions.faults import ExpressionInvalid, Mistake, Unreadable
from forms.expressions.judging import judge
from forms.expressions.nodes import Node
from forms.expressions.parsing import parse
from forms.expressions.references import read_paths
from forms.expressions.runtime import Allowance, Frame, Run, TooMuch, admission
from forms.expressions.scope import Scope
from forms.expressions.sentences import Labels, Speaker
from forms.expressions.types import Term, Type


@dataclass(frozen=True, slots=True)
class Expression:
    """An expression that holds together in its scope.

    `names` are the dotted paths that it reads, as written, loops resolved to the rows they run over; `form_names` those
    that lead to fields of the whole form, without `form.`.
    """

    source: str
    type: Type
    names: frozenset[str]
    form_names: frozenset[str]
    node: Node = field(repr=False)
    types: Mapping[int, Type] = field(repr=False)
    """The type of each part, by `id` of the part."""
    _run: Run = field(repr=False)
    _judge: Run = field(repr=False)

    def evaluate(self, values: Mapping[str, Any], today: date, allowance: Allowance | None = None) -> Term | None:
        """The value for these answers on this day; None when it is missing. Never raises.

        What it does is taken off the `allowance` that it shares with the other expressions of its form.

        `values` holds terms by key; rows are lists of dicts of terms. In an expression of a row it holds the columns,
        `form` the answers of the whole form and `source` the earlier row.
        """
        result: Term | None = self._within(self._run, values, today, allowance)
        return result

    def holds(self, values: Mapping[str, Any], today: date, allowance: Allowance | None = None) -> bool | None:
        """Whether a limit or rule holds; None when it compares something that was not given. Never raises."""
        result: bool | None = self._within(self._judge, values, today, allowance)
        return result

    def _within(self, run: Run, values: Mapping[str, Any], today: date, allowance: Allowance | None) -> Any:
        if allowance is None:
            allowance = Allowance()
        if allowance.spent:
            return None
        parts = len(self.types)
        steps = min(limits.STEPS, allowance.left // parts)
        frame = Frame(values, today, steps)
        try:
            return run(frame)
        except TooMuch:
            return None
        finally:
            # What stops for want of it took one step more than there was: less than nothing is left then.
            allowance.left -= parts * (1 + steps - max(-1, frame.left))

    def sentence(self, labels: Labels, language: str = "id") -> str:
        """The expression as HR reads it: “Status” adalah “Kontrak” dan “Lama kerja” lebih dari 5.

        `labels` gives the words for a field by its dotted name, and for an option by that name and its value
        (`status.contract`); what has no words is shown as it is written.
        """
        return Speaker(self.types, labels, language).sentence(self.node)


def check(source: str, scope: Scope, wanted: Type | None = None) -> Expression:
    """The expression in a source, ready to be evaluated; `wanted` is the type that it must give.

    Raises ExpressionInvalid with every mistake and its place.
    """
    try:
        node = parse(source)
        checker = Checker(source, scope)
        found = checker.type_of(node)
        if wanted is not None and not checker.mistakes:
            checker.fits(node, wanted)
    except Unreadable as unreadable:
        raise _invalid(source, unreadable.mistakes) from unreadable
    if checker.mistakes:
        raise _invalid(source, checker.mistakes)
    compiler = Compiler(scope, checker.types)
    run, judged = compiler.run(node), judge(node, compiler)
    if wanted is not None and found.kind != wanted.kind:
        found, run = wanted, _admitted(run, wanted)
    return Expression(source, found, read_paths(node), frozenset(checker.form_names), node, checker.types, run, judged)


def _admitted(run: Run, wanted: Type) -> Run:
    admit = admission(wanted)
    return lambda frame: admit(run(frame))


def _invalid(source: str, mistakes: list[Mistake] | tuple[Mistake, ...]) -> ExpressionInvalid:
    faults = [mistake.placed(source) for mistake in mistakes]
    return ExpressionInvalid(sorted(faults, key=lambda fault: (fault.line, fault.column)))
