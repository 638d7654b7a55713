"""Workbooks written line by line: sheets that any program opens, and none that is too long."""

import io
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from models.exchange import workbooks
from models.exchange.workbooks import Workbook, sheet_name


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=40), max_size=8))
def test_any_words_become_names_of_sheets(wanted: list[str]) -> None:
    taken: set[str] = set()
    for words in wanted:
        name = sheet_name(words, taken)
        assert name.casefold() not in taken
        assert 0 < len(name.encode("utf-16-le")) <= 62
        assert not set(name) & set("[]:*?/\\")
        assert not name.startswith("'")
        assert not name.endswith("'")
        taken.add(name.casefold())


def test_equal_names_are_told_apart() -> None:
    assert sheet_name("Hasil: [kerja]", {"hasil kerja"}) == "Hasil kerja (2)"
    assert sheet_name("History", set()) == "History (2)"
    assert sheet_name("", set()) == "-"


def test_where_a_sheet_is_full_another_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbooks, "MOST_LINES", 3)
    file = io.BytesIO()
    book = Workbook(file)
    sheet = book.sheet("Jawaban", ["Nama", "Tanggal"])
    for number in range(3):
        sheet.add([f"=A{number}", date(2026, 1, 1 + number)])
    book.close()
    found = CalamineWorkbook.from_filelike(io.BytesIO(file.getvalue()))
    assert found.sheet_names == ["Jawaban", "Jawaban (2)"]
    assert found.get_sheet_by_name("Jawaban").to_python() == [
        ["Nama", "Tanggal"],
        ["=A0", date(2026, 1, 1)],
        ["=A1", date(2026, 1, 2)],
    ]
    assert found.get_sheet_by_name("Jawaban (2)").to_python()[1:] == [["=A2", date(2026, 1, 3)]]
