"""Whether a limit holds, or cannot be judged yet because something it compares was not given.

A condition takes a missing answer for no; a limit must not blame anybody for an answer that is not there. So a
comparison with a missing value is neither true nor false here, and `and`, `or` and `not` pass that on as far as it
matters (Kleene's three values).
"""

from typing import Any

from forms.expressions.compiling import Compiler
from forms.expressions.nodes import Call, Comparison, Conditional, Logic, Node, Not
from forms.expressions.runtime import Frame, Run

LOOKS_FOR_ANSWERS = frozenset({"given", "coalesce", "any", "all"})
"""Functions that say themselves what a missing value means."""


def judge(node: Node, compiler: Compiler) -> Run:
    """The function that gives True, False, or None for what cannot be judged."""
    match node:
        case Not(operand=operand):
            inner = judge(operand, compiler)
            return lambda frame: None if (value := inner(frame)) is None else not value
        case Logic(word=word, operands=operands):
            return _joined([judge(operand, compiler) for operand in operands], decisive=word == "or")
        case Comparison():
            return _compared(node, compiler)
        case Conditional():
            return _chosen(node, compiler)
        case Call(name=name) if name.name not in LOOKS_FOR_ANSWERS:
            return _given_all([compiler.run(one) for one in node.arguments], compiler.run(node))
    run = compiler.run(node)
    return lambda frame: _truth(run(frame))


def _truth(value: Any) -> bool | None:
    return value if isinstance(value, bool) else None


def _joined(runs: list[Run], *, decisive: bool) -> Run:
    def joined(frame: Frame) -> bool | None:
        known: bool | None = not decisive
        for run in runs:
            value = _truth(run(frame))
            if value is decisive:
                return decisive
            if value is None:
                known = None
        return known

    return joined


def _compared(node: Comparison, compiler: Compiler) -> Run:
    operands = [node.first, *(operand for _, operand in node.rest)]
    return _given_all([compiler.run(one) for one in operands], compiler.run(node))


def _given_all(needed: list[Run], run: Run) -> Run:
    def given(frame: Frame) -> bool | None:
        if any(one(frame) is None for one in needed):
            return None
        return _truth(run(frame))

    return given


def _chosen(node: Conditional, compiler: Compiler) -> Run:
    branches = [(judge(condition, compiler), judge(value, compiler)) for condition, value in node.branches]
    otherwise = judge(node.otherwise, compiler)

    def chosen(frame: Frame) -> bool | None:
        for condition, value in branches:
            holds = condition(frame)
            if holds is None:
                return None
            if holds:
                return _truth(value(frame))
        return _truth(otherwise(frame))

    return chosen
