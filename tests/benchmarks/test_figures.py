"""The benchmarks run, at a size that says nothing about speed and everything about whether they still fit the code."""

from pathlib import Path

import pytest

from benchmarks import certificates, cycle, form_pages, output
from benchmarks.databases import Place, Postgres, Sqlite
from benchmarks.respondents import five_rows
from tests.databases import PostgresDatabases


@pytest.fixture
def place(backend: str, tmp_path: Path, request: pytest.FixtureRequest):
    if backend == "sqlite":
        yield Sqlite(tmp_path)
        return
    databases: PostgresDatabases = request.getfixturevalue("postgres_databases")
    postgres = Postgres(databases.server)
    yield postgres
    postgres.close()


def test_a_stage_and_its_plain_twin_give_as_many_forms_and_results(place: Place, tmp_path: Path) -> None:
    rows = {row["step"]: row for row in cycle.figure(place, tmp_path, quick=True)}
    assert set(rows) == {"open self", "open peers", "score"}
    assert rows["open self"]["rows"] == rows["open self"]["plain_rows"] == 60
    assert rows["score"]["rows"] == rows["score"]["plain_rows"] == 59, "the head of all has no rating officer"
    assert rows["open peers"]["rows"] >= rows["open peers"]["plain_rows"] > 0
    assert all(row["us_per_person"] > 0 and row["plain_us_per_person"] > 0 for row in rows.values())


def test_every_certificate_is_issued_and_measured(place: Place, tmp_path: Path) -> None:
    [row] = certificates.figure(place, tmp_path, quick=True)
    assert row["certificates"] == 4
    assert row["bytes"] > 10_000
    assert row["worker_peak_mb"] > 50
    assert row["per_second"] > 0 < row["plain_per_second"]


def test_pages_drafts_and_submissions_are_asked_of_the_real_application(place: Place, tmp_path: Path) -> None:
    rows = {row["request"]: row for row in form_pages.figure(place, tmp_path, quick=True)}
    assert rows["submit"]["requests"] == 8
    assert rows["page"]["bytes"] > 20_000 > rows["page"]["bytes_gzip"]
    assert rows["bare"]["share_of_bare"] == 1
    assert all(row["requests"] > 0 and row["cpu_ms"] > 0 for row in rows.values())


def test_the_plan_of_the_form_figure_has_five_rows() -> None:
    assert [row["_id"] for row in five_rows()["results"]] == [f"benchmark{place}" for place in range(5)]


def test_growth_compares_the_smallest_and_the_largest_organisation() -> None:
    rows = [
        {"database": "sqlite", "step": "score", "people": people, "cpu_us_per_person": cpu}
        for people, cpu in ((10_000, 30), (1_000, 20))
    ]
    assert output.growth(rows) == ["sqlite, score: 1.50 times the cpu time per person at 10,000 people"]
