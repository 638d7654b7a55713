"""Answers as tables: nothing is lost on the way through CSV and XLSX, and no cell can act as a formula."""

import csv
import io
from decimal import Decimal
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from forms import answers
from forms.exchange.answers_table import raw_entries, readable_tables, typed_tables
from forms.exchange.delimited import read_rows, unguard
from forms.exchange.sheets import read_workbook
from models.exchange.tables import write_csv, write_workbook
from tests.forms.dependent import dependent_schemas
from tests.forms.kinds import CONTEXT
from tests.forms.test_any_form import accepted
from tests.forms.test_settling import NESTED, WEIGHTS

seeds = st.integers(0, 2**32).map(Random)


def through_csv(tables):
    found = {}
    for table in tables:
        text = write_csv(table.columns, table.rows).decode("utf-8-sig")
        head, *lines = read_rows(text, 1000, 1000)
        found[table.key] = [{column: unguard(cell) for column, cell in zip(head, line, strict=True)} for line in lines]
    return found


def through_xlsx(tables):
    book = write_workbook([(table.key or "main", table.columns, table.rows) for table in tables])
    sheets = read_workbook(book, 1000, 1000, wanted=[(table.key or "main").lower() for table in tables]).sheets
    found = {}
    for sheet in sheets:
        assert sheet.formulas == ()
        head, *lines = sheet.rows
        found["" if sheet.name == "main" else sheet.name] = [
            {str(column): str(cell) for column, cell in zip(head, line, strict=False)} for line in lines
        ]
    return found


@given(dependent_schemas(), seeds)
def test_answers_come_back_equal_from_csv(schema, rng):
    stored = {str(number): accepted(schema, rng)[1] for number in range(2)}
    back = raw_entries(schema, through_csv(typed_tables(schema, stored.items())))
    assert {name: answers.check(schema, raw, CONTEXT) for name, raw in back.items()} == stored


def test_answers_come_back_equal_from_a_workbook():
    raw = {"goals": [{"goal": "=SUM(A1)", "steps": [{"step": "@cmd", "days": "2"}, {"step": "+1", "days": "3"}]}]}
    stored = {"a": answers.check(NESTED, raw, CONTEXT), "b": answers.check(NESTED, raw, CONTEXT)}
    back = raw_entries(NESTED, through_xlsx(typed_tables(NESTED, stored.items())))
    assert {name: answers.check(NESTED, raw, CONTEXT) for name, raw in back.items()} == stored


def test_no_cell_of_a_csv_can_act_as_a_formula():
    raw = {"goals": [{"goal": "=HYPERLINK(0)", "steps": [{"step": "-1+2", "days": "2"}]}]}
    tables = typed_tables(NESTED, [("=x", answers.check(NESTED, raw, CONTEXT))])
    for table in tables:
        for line in csv.reader(io.StringIO(write_csv(table.columns, table.rows).decode("utf-8-sig"))):
            assert not any(cell.startswith(("=", "+", "-", "@")) for cell in line)


def test_readers_get_words_and_figures_with_the_facts_in_front():
    rows = [{"name": "Arsip", "weight": "60", "why": "utama"}, {"name": "Loket", "weight": "40"}]
    stored = answers.check(WEIGHTS, {"results": rows}, CONTEXT)
    main, results = readable_tables(WEIGHTS, [(["Citra", "R-1"], stored)], ["Nama", "Nomor"], "id", CONTEXT)
    assert main.columns == ["Nama", "Nomor", "Jumlah"]
    assert main.rows == [["Citra", "R-1", Decimal(100)]]
    assert results.columns == ["Nama", "Nomor", "Nama", "Bobot", "Alasan"]
    assert [row[2:] for row in results.rows] == [["Arsip", 60, "utama"], ["Loket", 40, None]]
