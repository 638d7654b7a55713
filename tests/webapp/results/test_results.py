"""Results: hidden before release, explained after it, with papers only for those who may read them."""

import re

import pytest
from sqlalchemy import select

from models.assignments import Assignment
from models.documents import Document
from models.operations import documents
from models.permissions import PRINTER
from models.session import writing
from models.storage import Storage
from tests.cast import on_day
from tests.webapp.office import cycle_of
from tests.webapp.year import evaluated, released

PAPER = b"%PDF-1.7 a paper"


@pytest.fixture
def after(sessions, people):
    released(sessions, people)
    with on_day(2027, 2, 3):
        yield


@pytest.fixture
def paper(sessions, people, settings, after) -> str:
    """Citra's evaluation document; gives its code."""
    stored = Storage(settings.subfolder("documents")).put(PAPER)
    with writing(sessions) as database:
        row = documents.attach(
            database,
            PRINTER,
            cycle_of(database),
            kind="evaluation",
            subject_id=people.citra.id,
            revision=1,
            code="",
            filename="evaluasi-citra-lestari-2026.pdf",
            stored=stored,
        )
        return row.code


def test_before_release_nothing_of_a_rating_is_in_any_page(client_for, people, sessions):
    evaluated(sessions, people)
    with on_day(2027, 1, 25):
        citra = client_for(people.citra)
        page = citra.get("/results/2026").text
        assert "Hasil belum tersedia" in page
        assert "mulai 1 Februari 2027" in page
        with sessions() as database:
            forms = database.scalars(select(Assignment).where(Assignment.subject_id == people.citra.id)).all()
            hidden = [form.id for form in forms if form.stage.key == "evaluation"]
        assert hidden
        for path in ("/", "/results", "/results/2026"):
            text = citra.get(path).text
            assert "Di atas ekspektasi" not in text
            assert f"/assignments/{hidden[0]}" not in text
        assert citra.get(f"/assignments/{hidden[0]}").status_code == 404
        assert client_for(people.budi).get(f"/results/2026/{people.citra.id}").status_code == 404


def test_a_result_says_what_came_out_and_every_step_why(client_for, people, after):
    page = client_for(people.citra).get("/results/2026").text
    assert re.search(r'k-outcome__value">Baik<', page)
    assert "Budi Santoso memberi Rating hasil kerja" in page
    assert "ditandatangani oleh Fitri Handayani" in page
    assert "Peraturan Menteri PANRB Nomor 6 Tahun 2022" in page
    assert "Umpan balik hanya ditampilkan secara gabungan bila terdapat sedikitnya 3 responden." in page
    assert page.count("is-here") == 1
    here = re.search(r'<td class="[^"]*is-here[^"]*">(.*?)</td>', page, re.DOTALL)
    assert here
    assert "Baik" in here[1]


def test_a_result_without_all_ratings_says_what_is_missing(client_for, people, after):
    page = client_for(people.fitri).get("/results/2026").text
    assert re.search(r'k-outcome__value">Belum ada predikat<', page)
    assert "Tidak dapat ditetapkan karena Rating hasil kerja belum ada." in page
    assert "is-here" not in page


def test_a_result_is_read_by_those_above_and_hr_and_by_no_colleague(client_for, people, after):
    address = f"/results/2026/{people.citra.id}"
    for person in (people.citra, people.budi, people.fitri, people.ani, people.hadi):
        assert client_for(person).get(address).status_code == 200
    for person in (people.dedi, people.gita, people.indra):
        assert client_for(person).get(address).status_code == 404


def test_the_form_a_result_came_from_can_be_read_after_release(client_for, people, after):
    citra = client_for(people.citra)
    link = re.search(r'href="(/assignments/\d+)">Baca formulirnya', citra.get("/results/2026").text)
    assert link
    page = citra.get(link[1])
    assert page.status_code == 200
    assert "Di atas ekspektasi" in page.text


def test_a_paper_is_downloaded_as_it_was_stored(client_for, people, paper):
    citra = client_for(people.citra)
    assert f"/documents/{paper}" in citra.get("/results/2026").text
    answer = citra.get(f"/documents/{paper}")
    assert answer.data == PAPER
    assert answer.mimetype == "application/pdf"
    assert answer.headers["Content-Disposition"] == "attachment; filename=evaluasi-citra-lestari-2026.pdf"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cache-Control"] == "no-store"


def test_a_paper_is_not_found_by_colleagues_guests_or_by_guessing(client_for, client, people, paper):
    assert client_for(people.dedi).get(f"/documents/{paper}").status_code == 404
    assert client.get(f"/documents/{paper}").status_code == 303
    assert client_for(people.citra).get("/documents/0000000000").status_code == 404


def test_the_papers_of_others_are_not_listed(client_for, people, paper):
    assert "/documents/" not in client_for(people.dedi).get("/results/2026").text


def test_a_cycle_in_which_nobody_takes_part_has_no_page(client_for, people, sessions, after):
    assert client_for(people.citra).get("/results/1999").status_code == 404
    assert client_for(people.citra).get("/results/2026/99999").status_code == 404


def test_ones_performance_lists_the_cycle_its_forms_and_its_result(client_for, people, after):
    page = client_for(people.citra).get("/results").text
    assert "Penilaian Kinerja 2026" in page
    assert "Perencanaan kinerja (SKP)" in page
    assert "<strong>Baik</strong>" in page


def test_an_english_reader_gets_the_outcome_in_english(client_for, people, after):
    citra = client_for(people.citra)
    citra.send("/language", {"language": "en", "next": "/results/2026"})
    assert re.search(r'k-outcome__value">Good<', client_for(people.citra).get("/results/2026").text)


def test_a_file_altered_on_disk_is_not_handed_out(app, client_for, people, paper, sessions, settings):
    with sessions() as database:
        row = database.scalars(select(Document).where(Document.code == paper)).one()
    path = Storage(settings.subfolder("documents")).path(row.sha256)
    path.write_bytes(b"something else")
    app.testing = False
    assert client_for(people.citra).get(f"/documents/{paper}").status_code == 500
