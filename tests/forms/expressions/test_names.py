"""Which names an expression reads, and how it follows a changed one."""

import pytest

from forms.expressions import check, references, rename
from tests.forms.expressions.staff import FORM

READ = [
    ("target + form.result", {"target", "form.result"}),
    ("sum(results.weight)", {"results.weight"}),
    ("sum(r.weight for r in results if r.done)", {"results.weight", "results.done"}),
    ("sum(p.amount for p in results.parts)", {"results.parts.amount"}),
    ("any(True for r in results)", {"results"}),
    ("count(results)", {"results"}),
    ("count(r for r in results)", {"results"}),
    ("sum(target for target in results.weight)", {"results.weight"}),
    ("all(s == name for s in strengths)", {"strengths", "name"}),
    ('"results.weight" == name', {"name"}),
]


@pytest.mark.parametrize(("source", "names"), READ)
def test_names_are_dotted_and_loops_resolved(source: str, names: set[str]) -> None:
    assert check(source, FORM).names == names
    assert references(source) == names


def test_references_need_no_scope_and_no_types() -> None:
    assert references("nobody * 'x' + some.thing") == {"nobody", "some.thing"}
    assert references("not ( readable") == frozenset()


RENAMED = [
    ('target + 1  # "target"', "target", "goal", 'target + 1  # "target"'),  # unreadable: left alone
    ('target + length("target")', "target", "goal", 'goal + length("target")'),
    ("target+target.x - form.target", "target", "goal", "goal+goal.x - form.target"),
    ("target + form.target", "form.target", "form.goal", "target + form.goal"),
    ("sum(results.weight) + weight", "results.weight", "results.share", "sum(results.share) + weight"),
    ("sum(r.weight for r in results)", "results.weight", "results.share", "sum(r.share for r in results)"),
    ("sum(r.weight for r in results)", "results", "rows", "sum(r.weight for r in rows)"),
    ("sum(r.weight for r in results)", "results", "r", "sum(r_2.weight for r_2 in r)"),
    ("sum(r.weight for r in form.results)", "form.results.weight", "form.results.w", "sum(r.w for r in form.results)"),
    ("sum(target for target in results.weight)", "target", "goal", "sum(target for target in results.weight)"),
    ("sum(x.a for x in x) + x.a", "x", "y", "sum(x.a for x in y) + y.a"),
    ("class + 1", "class", "from", "from + 1"),
    ("date(date) < today()", "date", "born", "date(born) < today()"),
    ("a\n + target\n + b", "target", "t", "a\n + t\n + b"),
]


@pytest.mark.parametrize(("source", "old", "new", "after"), RENAMED)
def test_a_changed_key_changes_where_it_is_meant_and_nowhere_else(source: str, old: str, new: str, after: str) -> None:
    assert rename(source, old, new) == after
