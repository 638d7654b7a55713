"""`kinerja people`: files in and out from the command line, never a traceback."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, func, select

from models.people import Person
from models.session import reading, session_factory
from tests.models.people_files import chief, contract, row, text_of
from webapp.cli import door, main


@pytest.fixture
def run(database_url: str, monkeypatch: pytest.MonkeyPatch):
    """Run the command on a database of this test."""
    monkeypatch.setenv("DATABASE_URL", database_url)
    door.settings.cache_clear()

    def command(*arguments: str, given: bytes | None = None) -> Result:
        result = CliRunner().invoke(main, ["people", *arguments], input=given)
        assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
        assert "Traceback" not in result.output
        return result

    yield command
    door.settings.cache_clear()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "pegawai.csv"
    path.write_text(text_of(chief(), row(), contract()))
    return path


def people_in(engine: Engine) -> int:
    with reading(session_factory(engine)) as session:
        return session.scalar(select(func.count(Person.id))) or 0


def test_the_report_is_exactly_the_promised_json(run, file: Path, engine: Engine) -> None:
    result = run("import", str(file), "--json")
    report = json.loads(result.stdout)
    assert list(report) == ["rows", "created", "updated", "unchanged", "errors", "warnings"]
    assert [report[key] for key in ("rows", "created", "updated", "unchanged", "errors")] == [3, 3, 0, 0, []]
    assert [list(warning) for warning in report["warnings"]] == [["row", "column", "message"]]
    assert (report["warnings"][0]["row"], report["warnings"][0]["column"]) == (2, "nip_atasan")
    assert (result.exit_code, people_in(engine)) == (0, 3)


def test_the_same_file_again_is_unchanged(run, file: Path) -> None:
    run("import", str(file))
    assert json.loads(run("import", str(file), "--json").stdout)["unchanged"] == 3


def test_a_dry_run_tells_all_and_changes_nothing(run, file: Path, engine: Engine) -> None:
    result = run("import", str(file), "--dry-run", "--json")
    assert (result.exit_code, json.loads(result.stdout)["created"], people_in(engine)) == (0, 3, 0)


def test_errors_end_with_code_1_and_change_nothing(run, file: Path, engine: Engine) -> None:
    file.write_text(text_of(chief(), row(golongan="IX"), contract(mulai="31/02/2024")))
    result = run("import", str(file), "--json")
    report = json.loads(result.stdout)
    assert [(error["row"], error["column"]) for error in report["errors"]] == [(3, "golongan"), (4, "mulai")]
    assert "31/02/2024" in report["errors"][1]["message"]
    assert [report[key] for key in ("created", "updated", "unchanged")] == [0, 0, 0]
    assert (result.exit_code, people_in(engine)) == (1, 0)


def test_without_json_places_and_sums_are_told_in_lines(run, file: Path) -> None:
    assert "3 rows: 3 new, 0 updated, 0 unchanged." in run("import", str(file)).stdout
    file.write_text(text_of(row(golongan="IX")))
    result = run("import", str(file))
    assert "Error: row 2, golongan: Golongan IX bukan golongan PNS" in result.stderr
    assert "Nothing was changed." in result.stderr


def test_standard_input_is_read(run, file: Path) -> None:
    assert json.loads(run("import", "-", "--json", given=file.read_bytes()).stdout)["created"] == 3


def test_a_file_that_is_none_is_wrong_use(run, tmp_path: Path) -> None:
    assert run("import", str(tmp_path / "missing.csv")).exit_code == 2
    assert run("import", str(tmp_path)).exit_code == 2


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=200))
def test_any_bytes_end_in_a_report_with_errors(run, tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "any"
    path.write_bytes(data)
    result = run("import", str(path), "--json")
    assert (result.exit_code, bool(json.loads(result.stdout)["errors"])) == (1, True)


@pytest.mark.parametrize("name", ["out.csv", "out.xlsx"])
def test_an_export_comes_back_unchanged(run, file: Path, tmp_path: Path, name: str) -> None:
    run("import", str(file))
    out = tmp_path / name
    assert run("export", str(out)).exit_code == 0
    assert json.loads(run("import", str(out), "--json").stdout)["unchanged"] == 3


def test_an_export_goes_to_standard_output_without_bom(run, file: Path) -> None:
    run("import", str(file))
    assert run("export", "-").stdout_bytes.startswith(b"nip,nama,")


def test_a_file_begins_with_a_bom_unless_told_otherwise(run, tmp_path: Path) -> None:
    out = tmp_path / "out.csv"
    run("export", str(out))
    assert out.read_bytes().startswith(b"\xef\xbb\xbfnip")
    run("export", "--no-bom", str(out))
    assert out.read_bytes().startswith(b"nip")


def test_where_nothing_can_be_written_a_line_says_so(run, tmp_path: Path) -> None:
    result = run("export", str(tmp_path / "no" / "folder.csv"))
    assert result.exit_code == 1
    assert "folder.csv" in result.stderr


def test_an_invented_organisation_can_be_brought_in(run, tmp_path: Path) -> None:
    out = tmp_path / "invented.xlsx"
    run("generate", "--people", "80", "--seed", "3", str(out))
    report = json.loads(run("import", str(out), "--json").stdout)
    assert (report["created"], report["errors"]) == (80, [])


def test_a_database_that_is_not_migrated_is_told_in_one_line(
    run, file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'empty.sqlite3'}")
    door.settings.cache_clear()
    result = run("import", str(file))
    assert result.exit_code == 1
    assert "kinerja db upgrade" in result.stderr
