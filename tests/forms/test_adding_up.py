"""Invented answers keep rules of numbers that add up, wherever the limits of the column let them."""

from random import Random

import pytest

from forms import answers
from forms.schema import FormSchema
from tests.forms.kinds import CONTEXT


def form(rule: str, **column: object) -> FormSchema:
    return FormSchema.model_validate(
        {
            "key": "weights",
            "title": "Bobot",
            "sections": [
                {
                    "key": "work",
                    "title": "Kerja",
                    "fields": [
                        {
                            "kind": "rows",
                            "key": "results",
                            "label": "Hasil",
                            "min": 3,
                            "columns": [{"kind": "percentage", "key": "weight", "label": "Bobot"} | column],
                        }
                    ],
                }
            ],
            "rules": [{"rule": rule, "message": "Jumlah bobot harus benar."}],
        }
    )


@pytest.mark.parametrize(
    ("rule", "column"),
    [
        ("sum(results.weight) == 100", {}),
        ("sum( results.weight )==12.5", {}),
        ("sum(results.weight) == 7", {"places": 0}),
        ("sum(results.weight) == 100", {"min": 10, "max": 40}),
    ],
)
def test_weights_are_shared_out_among_the_rows(rule: str, column: dict[str, object]):
    schema = form(rule, **column)
    for seed in range(5):
        answers.check(schema, answers.example(schema, Random(seed), CONTEXT), CONTEXT)


@pytest.mark.parametrize(
    ("rule", "column"),
    [("sum(results.weight) == 0.5", {"places": 0}), ("sum(results.weight) == 300", {"max": 40})],
)
def test_a_rule_that_no_share_can_meet_stays_unmet(rule: str, column: dict[str, object]):
    schema = form(rule, **column)
    raw = answers.example(schema, Random(1), CONTEXT)
    assert set(answers.settle(schema, raw, CONTEXT).errors) == {""}
