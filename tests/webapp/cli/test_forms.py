"""`kinerja forms`: check, import, export and compare forms, never a traceback."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, select

from forms.catalogue import shipped
from forms.exchange.json_schema import form_json_schema
from forms.exchange.xlsform import write_xlsform
from forms.exchange.yaml import dump_form, load_form
from models.designs import DesignVersion
from models.session import reading, session_factory
from webapp.cli import door, main

SMALL = """key: kunjungan
title: Catatan kunjungan
sections:
- key: isi
  title: Isi
  fields:
  - {kind: short_text, key: tujuan, label: Tujuan}
  - kind: number
    key: jumlah
    label: Jumlah
    show_when: given(tujuan)
"""


def call(*arguments: str) -> Result:
    result = CliRunner().invoke(main, ["forms", *arguments])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    assert "Traceback" not in result.output
    return result


@pytest.fixture
def run(database_url: str, monkeypatch: pytest.MonkeyPatch):
    """Run the command on a database of this test."""
    monkeypatch.setenv("DATABASE_URL", database_url)
    door.settings.cache_clear()
    yield call
    door.settings.cache_clear()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "kunjungan.yaml"
    path.write_text(SMALL)
    return path


def versions(engine: Engine) -> list[tuple[str, int, str]]:
    with reading(session_factory(engine)) as session:
        found = session.scalars(select(DesignVersion).order_by(DesignVersion.id)).all()
        return [(one.design.key, one.number, str(one.state)) for one in found]


def test_a_sound_form_passes_without_a_database(file: Path, monkeypatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://nobody@127.0.0.1:1/nowhere")
    answer = call("check", str(file))
    assert (answer.exit_code, answer.stdout) == (0, f"{file}: form “Catatan kunjungan” may be published.\n")
    assert json.loads(call("check", str(file), "--json").stdout) == {
        "form": "kunjungan",
        "fields": 2,
        "warnings": [],
        "problems": [],
    }


def test_every_problem_is_told_with_its_place_and_line(file: Path) -> None:
    file.write_text(SMALL.replace("label: Jumlah", "labl: Jumlah\n    min: x"))
    answer = call("check", str(file))
    assert answer.exit_code == 1
    assert answer.stderr.splitlines() == [
        "problem at sections.isi.fields.jumlah.label (line 8): Bagian ini harus ada.",
        "problem at sections.isi.fields.jumlah.min (line 11): "
        "Tuliskan angka dengan titik sebelum desimal, contoh 18.75.",
        "problem at sections.isi.fields.jumlah.labl (line 10): Bagian ini tidak dikenal.",
    ]


def test_a_wrong_expression_is_told_with_line_letter_and_suggestion(file: Path) -> None:
    file.write_text(SMALL.replace("given(tujuan)", "given(tujan)"))
    answer = call("check", str(file), "--json")
    assert answer.exit_code == 1
    assert json.loads(answer.stdout)["problems"] == [
        {
            "sheet": "",
            "row": 11,
            "column": "jumlah.show_when",
            "message": "Isian “tujan” tidak dikenal. (Huruf ke-7 dari rumus.) Mungkin maksud Anda “tujuan”?",
        }
    ]


def test_a_form_comes_in_as_a_draft_and_again_as_the_same_version(run, file: Path, engine: Engine) -> None:
    told = {"form": "kunjungan", "fields": 2, "warnings": [], "errors": []}
    for _again in range(2):
        answer = run("import", str(file), "--json")
        assert (answer.exit_code, json.loads(answer.stdout)) == (0, told)
    assert run("import", str(file)).stdout == "form kunjungan, version 1: draft.\n"
    assert versions(engine) == [("kunjungan", 1, "draft")]
    assert "kunjungan" in run("list").stdout


def test_a_draft_that_is_not_finished_comes_in_with_a_warning(run, file: Path, engine: Engine) -> None:
    file.write_text(SMALL.replace("given(tujuan)", "given(tujan)"))
    answer = run("import", str(file), "--json")
    assert answer.exit_code == 0
    assert [one["row"] for one in json.loads(answer.stdout)["warnings"]] == [11]
    assert versions(engine) == [("kunjungan", 1, "draft")]


def test_errors_bring_nothing_in_and_are_exactly_the_promised_json(run, file: Path, engine: Engine) -> None:
    file.write_text(SMALL.replace("short_text", "telepathy"))
    answer = run("import", str(file), "--json")
    assert answer.exit_code == 1
    report = json.loads(answer.stdout)
    assert list(report) == ["form", "fields", "warnings", "errors"]
    assert [list(one) for one in report["errors"]] == [["sheet", "row", "column", "message"]]
    assert (report["form"], report["fields"], report["errors"][0]["row"]) == (None, 0, 7)
    assert "error at sections.isi.fields.tujuan (line 7): Jenis (kind)" in run("import", str(file)).stderr
    assert versions(engine) == []


@pytest.mark.parametrize("kind", ["yaml", "json", "xlsx"])
def test_what_leaves_comes_back_as_the_same_version(run, file: Path, tmp_path: Path, engine: Engine, kind: str) -> None:
    run("import", str(file))
    out = tmp_path / f"out.{kind}"
    assert run("export", "kunjungan", "-o", str(out)).exit_code == 0
    assert out.read_bytes() == run("export", "kunjungan", "--format", kind, "--version", "1").stdout_bytes
    assert json.loads(run("import", str(out), "--json").stdout)["form"] == "kunjungan"
    assert versions(engine) == [("kunjungan", 1, "draft")]


def test_a_workbook_that_is_none_names_what_to_do(run, tmp_path: Path, engine: Engine) -> None:
    book = tmp_path / "buku.xlsx"
    book.write_bytes(b"PK\x03\x04 no workbook")
    answer = run("import", str(book), "--json")
    assert answer.exit_code == 1
    assert json.loads(answer.stdout)["errors"][0]["message"].startswith("Berkas ini bukan XLSX yang dapat dibaca.")
    assert versions(engine) == []


def test_what_is_not_there_is_said_in_words(run, tmp_path: Path) -> None:
    for words in (("export", "nobody"), ("diff", "nobody", "nobody@2"), ("diff", "No-Form!", "x")):
        answer = run(*words)
        assert answer.exit_code == 1
        assert answer.stderr
    assert run("export", "nobody", "--format", "docx").exit_code == 2
    assert run("check", str(tmp_path / "no.yaml")).exit_code == 2
    assert run("import", str(tmp_path)).exit_code == 2


def test_two_forms_are_compared_in_sentences_with_their_class(run, file: Path, tmp_path: Path) -> None:
    run("import", str(file))
    newer = tmp_path / "newer.yaml"
    newer.write_text(SMALL[: SMALL.index("  - kind: number")] + "  - {kind: date, key: hari, label: Hari}\n")
    told = json.loads(run("diff", "kunjungan@1", str(newer), "--json").stdout)
    assert {one["effect"] for one in told} == {"loses-data", "needs-answer"}
    assert list(told[0]) == ["effect", "verb", "part", "place", "setting", "sentence"]
    printed = run("diff", "kunjungan", str(newer)).stdout
    assert len(printed.splitlines()) == len(told)
    assert all(one["sentence"] in printed for one in told)
    assert run("diff", "kunjungan", str(file)).stdout == "The forms are equal.\n"


def test_the_schema_is_printed() -> None:
    assert json.loads(call("schema").stdout) == form_json_schema()


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    st.binary(max_size=300) | st.text(max_size=200).map(str.encode) | st.binary().map(lambda end: b"PK\x03\x04" + end)
)
def test_any_bytes_end_in_words(tmp_path: Path, content: bytes) -> None:
    for name in ("x.yaml", "x.json"):
        path = tmp_path / name
        path.write_bytes(content)
        answer = call("check", str(path))
        assert answer.exit_code in (0, 1)
        assert bool(answer.stderr) == (answer.exit_code == 1)


def test_shipped_forms_pass_as_files_of_every_kind(tmp_path: Path) -> None:
    for key in ("jury-sheet", "improvement-plan"):
        form = shipped()[key]
        for name, content in (
            ("a.yaml", dump_form(form).encode()),
            ("a.json", json.dumps(form.definition()).encode()),
            ("a.xlsx", write_xlsform(form)[0]),
        ):
            path = tmp_path / name
            path.write_bytes(content)
            answer = call("check", str(path), "--json")
            assert (answer.exit_code, json.loads(answer.stdout)["form"]) == (0, key), answer.stdout
    assert load_form(dump_form(form)) == form
