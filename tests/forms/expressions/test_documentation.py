"""What the documentation shows is true of the language."""

import re
from pathlib import Path

import pytest

from forms.expressions import limits
from forms.expressions.functions import NAMES
from forms.expressions.parsing import parse

DOCS = Path(__file__).parents[3] / "docs"


@pytest.mark.parametrize("name", ["expressions.md", "expressions.id.md"])
def test_every_function_is_documented(name: str) -> None:
    text = (DOCS / name).read_text()

    assert [function for function in NAMES if f"`{function}" not in text] == []


def test_the_limits_are_documented() -> None:
    text = (DOCS / "expressions.md").read_text()

    for limit in (limits.CHARACTERS, limits.NODES, limits.DEPTH, limits.STEPS, limits.TEXT, limits.PRECISION):
        assert f"{limit:,}" in text


def test_the_examples_for_hr_can_be_read() -> None:
    examples = (DOCS / "expressions.id.md").read_text().split("## Contoh")[1].split("##")[0]
    sources = re.findall(r"\| `(.+)` \|", examples)

    assert len(sources) > 8
    for source in sources:
        parse(source)
