"""The command line: what it prints, how it ends, and that refusals are words."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import func, select

from models.awards import Certificate
from models.cycles import Cycle
from models.designs import DesignVersion
from models.operations import awards
from models.session import make_engine, session_factory, writing
from models.storage import Storage
from tests.cast import as_actor, cast
from tests.winners import PDF, closed_cycle, issued
from webapp.cli import COMMANDS, door, main


@pytest.fixture
def place(tmp_path, monkeypatch, database_url) -> Path:
    """A data folder and a migrated database for the commands."""
    monkeypatch.setenv("KINERJA_DATA", str(tmp_path))
    monkeypatch.setenv("DATABASE_URL", database_url)
    door.settings.cache_clear()
    yield tmp_path
    door.settings.cache_clear()


def run(*words: str) -> Result:
    return CliRunner().invoke(main, list(words), catch_exceptions=True)


def as_json(result: Result):
    return json.loads(result.stdout)


def count(url: str, table) -> int:
    engine = make_engine(url)
    with session_factory(engine)() as session:
        found = session.scalar(select(func.count()).select_from(table))
    engine.dispose()
    return found


@pytest.fixture
def certificate(place, database_url) -> Certificate:
    engine = make_engine(database_url)
    with writing(session_factory(engine)) as session:
        people = cast(session)
        cycle = closed_cycle(session, people)
        first, second = issued(session, people, cycle, Storage(place / "documents"))
        awards.revoke(session, as_actor(session, people.ani), second, reason="Nama keliru.")
        session.expunge_all()
    engine.dispose()
    return first


def test_every_command_explains_itself() -> None:
    for name in COMMANDS:
        answer = run(name, "--help")
        assert answer.exit_code == 0, name
        assert "Usage:" in answer.stdout


def test_every_command_of_every_group_explains_itself() -> None:
    from click import Context, Group

    for name in COMMANDS:
        group = main.get_command(Context(main), name)
        if isinstance(group, Group):
            for inner, command in group.commands.items():
                assert command.help, f"{name} {inner}"
                assert run(name, inner, "--help").exit_code == 0


def test_wrong_usage_ends_with_two() -> None:
    assert run("nothing").exit_code == 2
    assert run("cycle", "create", "2027").exit_code == 2


def test_the_version_is_told() -> None:
    assert as_json(run("version", "--json"))["version"] == run("version").stdout.strip()


def test_a_new_database_is_made_and_left_alone_afterwards(tmp_path, monkeypatch) -> None:
    monkeypatch.setenv("KINERJA_DATA", str(tmp_path / "new"))
    monkeypatch.delenv("DATABASE_URL", raising=False)
    door.settings.cache_clear()
    for _ in range(2):
        answer = run("db", "upgrade")
        assert answer.exit_code == 0
        assert "is up to date" in answer.stdout
    assert (tmp_path / "new" / "kinerja.sqlite3").is_file()
    door.settings.cache_clear()


def test_the_password_of_the_database_is_not_printed(monkeypatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://somebody:geheim@127.0.0.1:1/nowhere")
    door.settings.cache_clear()
    answer = run("cycle", "list")
    assert answer.exit_code == 1
    assert "The database cannot be used" in answer.stderr
    assert "geheim" not in answer.output
    assert "Traceback" not in answer.output
    door.settings.cache_clear()


def test_a_database_that_was_never_prepared_is_said_in_words(tmp_path, monkeypatch) -> None:
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'empty.sqlite3'}")
    door.settings.cache_clear()
    answer = run("designs", "list", "--json")
    assert answer.exit_code == 1
    assert "kinerja db upgrade" in as_json(answer)["error"]
    door.settings.cache_clear()


def test_shipped_designs_are_installed_once(place, database_url) -> None:
    first = as_json(run("designs", "install", "--json"))
    assert {one["state"] for one in first} == {"published"}
    assert {one["kind"] for one in first} == {"form", "cycle"}
    assert as_json(run("designs", "install", "--json")) == []
    assert count(database_url, DesignVersion) == len(first)


def test_a_design_of_hr_is_not_replaced_by_the_shipped_one(place) -> None:
    run("designs", "install")
    text = run("designs", "export", "form", "public-survey").stdout
    ours = place / "ours.yaml"
    ours.write_text(text.replace("Survei Kepuasan Masyarakat", "Survei Kami"), encoding="utf-8")
    told = as_json(run("designs", "import", str(ours), "--publish", "--json"))
    assert (told["version"], told["state"]) == (2, "published")
    assert as_json(run("designs", "install", "--json")) == []
    assert "Survei Kami" in run("designs", "export", "form", "public-survey").stdout


@pytest.mark.parametrize(("kind", "key"), [("form", "skp-quantitative"), ("cycle", "asn-annual")])
def test_what_is_exported_comes_in_as_the_same_design(place, kind, key) -> None:
    run("designs", "install")
    file = place / "design.yaml"
    file.write_text(run("designs", "export", kind, key).stdout, encoding="utf-8")
    assert as_json(run("designs", "check", str(file), "--json"))["problems"] == []
    assert as_json(run("designs", "import", str(file), "--json"))["version"] == 1


@pytest.mark.parametrize(
    "text", [b"", b"- a\n- b\n", b"key: [", b"stages: 1\n", b"key: x\ntitle: y\nsections: []\n", b"\x00", b"\xff\xfe"]
)
def test_a_file_that_is_no_design_is_refused_in_words(place, database_url, text) -> None:
    run("designs", "install")
    before = count(database_url, DesignVersion)
    file = place / "bad.yaml"
    file.write_bytes(text)
    for command in ("check", "import"):
        answer = run("designs", command, str(file), *(["--publish"] if command == "import" else []))
        assert answer.exit_code == 1, answer.output
        assert answer.stderr
        assert "Traceback" not in answer.output
        assert answer.exception is None or isinstance(answer.exception, SystemExit)
    assert count(database_url, DesignVersion) == before


def test_checking_a_design_keeps_nothing(place, database_url) -> None:
    run("designs", "install")
    file = place / "mine.yaml"
    file.write_text(run("designs", "export", "form", "progress-log").stdout.replace("progress-log", "mine"))
    before = count(database_url, DesignVersion)
    assert run("designs", "check", str(file)).exit_code == 0
    assert count(database_url, DesignVersion) == before


def test_a_cycle_is_planned_and_opened(place, database_url) -> None:
    run("designs", "install")
    words = ("cycle", "create", "2027", "--from", "2027-01-01", "--to", "2027-12-31")
    assert as_json(run(*words, "--json"))["state"] == "draft"
    twice = run(*words)
    assert twice.exit_code == 1
    assert "Sudah ada siklus dengan kode 2027." in twice.stderr
    assert as_json(run("cycle", "open", "2027", "--json"))["state"] == "open"
    assert run("cycle", "open", "2027").exit_code == 1
    status = as_json(run("cycle", "status", "2027", "--json"))
    assert [stage["state"] for stage in status["stages"]] == ["planned"] * len(status["stages"])
    assert "2027" in run("cycle", "list").stdout
    assert count(database_url, Cycle) == 1


def test_a_cycle_that_is_not_there_is_said_so(place) -> None:
    for command in ("open", "status"):
        answer = run("cycle", command, "1999")
        assert answer.exit_code == 1
        assert "There is no cycle 1999." in answer.stderr


def test_a_valid_certificate_ends_with_nought(certificate, place) -> None:
    answer = run("verify", certificate.code)
    assert answer.exit_code == 0
    assert "Dokumen ini sah." in answer.stdout
    file = place / "piagam.pdf"
    file.write_bytes(PDF + certificate.number.encode())
    told = run("verify", str(file), "--json")
    assert told.exit_code == 0
    assert as_json(told)["number"] == certificate.number
    assert as_json(told)["by"] == "file"


def test_a_revoked_certificate_ends_with_two(certificate, database_url) -> None:
    engine = make_engine(database_url)
    with session_factory(engine)() as session:
        code = session.scalar(select(Certificate.code).where(Certificate.state == "revoked"))
    engine.dispose()
    answer = run("verify", code)
    assert answer.exit_code == 2
    assert "Dokumen ini telah dicabut." in answer.stdout
    assert "Nama keliru." in answer.stdout


def test_an_unknown_or_altered_certificate_ends_with_one(certificate, place) -> None:
    assert run("verify", "0" * 26).exit_code == 1
    file = place / "piagam.pdf"
    file.write_bytes(PDF + certificate.number.encode() + b" ")
    assert run("verify", str(file)).exit_code == 1


def test_the_doctor_ends_with_nought_or_one(place, database_url) -> None:
    sound = run("doctor", "--json")
    assert sound.exit_code == 0
    assert as_json(sound)["ok"] is True
    stored = Storage(place / "documents").put(b"nobody's")
    path = Storage(place / "documents").path(stored.sha256)
    import os

    os.utime(path, (0, 0))
    ill = run("doctor")
    assert ill.exit_code == 1
    assert "BAD  I5" in ill.stdout
    assert [one for one in as_json(run("doctor", "--json", "--all"))["findings"] if not one["ok"]]


def test_no_bar_goes_to_a_file(place) -> None:
    assert "Checking" not in run("doctor").output


def test_a_configuration_that_cannot_be_is_said_in_words(monkeypatch) -> None:
    monkeypatch.setenv("KINERJA_RENDER_PROCESSES", "viele")
    door.settings.cache_clear()
    answer = run("cycle", "list")
    assert answer.exit_code == 1
    assert "render_processes" in answer.stderr
    door.settings.cache_clear()
