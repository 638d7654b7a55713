"""The performance plan and the evaluation document: the words of the official forms, complete or not."""

from dataclasses import replace

import pytest

from reports.evaluation import ACHIEVEMENTS, PREDICATES, RATINGS, Choice, EvaluationFacts
from reports.plan import Approval, PlanFacts
from reports.render import to_pdf
from tests.reports.conftest import YEAR, fonts_of, open_pdf, pages_of


def render(name: str, facts: PlanFacts | EvaluationFacts) -> bytes:
    return to_pdf(name, facts, identifier="paper-1", dated=YEAR["ends_on"])


def test_the_evaluation_opens_with_a_portrait_cover_and_goes_on_in_landscape(yearly_evaluation):
    pdf = open_pdf(render("evaluation", yearly_evaluation))
    shapes = [(page.mediabox[2] > page.mediabox[3]) for page in pdf.pages]
    assert shapes[0] is False
    assert all(shapes[1:])
    assert len(shapes) >= 2


def test_the_cover_names_three_persons_the_achievement_and_the_predicate(yearly_evaluation):
    cover = pages_of(render("evaluation", yearly_evaluation))[0]
    for words in (
        "DOKUMEN EVALUASI KINERJA PEGAWAI",
        "PERIODE PENILAIAN: 1 JANUARI 2025 S.D. 31 DESEMBER 2025",
        "PEGAWAI YANG DINILAI",
        "ATASAN PEJABAT PENILAI KINERJA",
        "Drs. H. Amrizal Chaniago, M.M.",
        "CAPAIAN KINERJA ORGANISASI : BAIK",
        "PREDIKAT KINERJA PEGAWAI : BAIK",
        "Layak mengikuti pelatihan kepemimpinan.",
    ):
        assert words in cover


def test_the_evaluation_holds_results_behaviour_ratings_and_distribution(yearly_evaluation):
    text = " ".join(pages_of(render("evaluation", yearly_evaluation))[1:])
    for words in (
        "EVALUASI KINERJA PEGAWAI PENDEKATAN HASIL KERJA KUANTITATIF",
        "A. UTAMA",
        "B. TAMBAHAN",
        "1.284 dokumen",
        "RATING HASIL KERJA* DI ATAS EKSPEKTASI / SESUAI EKSPEKTASI / DI BAWAH EKSPEKTASI",
        "Berorientasi Pelayanan",
        "Menggerakkan pemanfaatan berbagai sumber daya untuk tujuan bersama",
        "PREDIKAT KINERJA PEGAWAI*",
        "*) coret yang tidak perlu",
        "41 Baik",
        "Dokumen milik Rahmi Yuliandari, S.Sos. (NIP 19860926 201505 2 001)",
    ):
        assert words in text, words


def test_a_paper_without_ratings_says_so_and_strikes_nothing(yearly_evaluation):
    open_facts = replace(
        yearly_evaluation,
        superior=None,
        organisation=Choice(options=ACHIEVEMENTS),
        distribution=(),
        work_rating=Choice(options=RATINGS),
        behaviour_rating=Choice(options=RATINGS),
        predicate=Choice(options=PREDICATES),
        note="",
        officer_approval=Approval(place="Nanggalo"),
        verification=None,
        demo=False,
    )
    pages = pages_of(render("evaluation", open_facts))
    assert "PREDIKAT KINERJA PEGAWAI : BELUM DITETAPKAN" in pages[0]
    text = " ".join(pages)
    assert "(belum ditetapkan)" in text
    assert "None" not in text
    assert "memindai" not in text
    assert "demo" not in text


def test_a_choice_outside_its_scale_is_refused():
    with pytest.raises(ValueError, match="Luar Biasa"):
        Choice(options=PREDICATES, chosen="Luar Biasa")


def test_the_plan_holds_the_table_of_the_official_form(performance_plan):
    text = " ".join(pages_of(render("plan", performance_plan)))
    for words in (
        "SASARAN KINERJA PEGAWAI PENDEKATAN HASIL KERJA KUANTITATIF",
        "RENCANA HASIL KERJA PIMPINAN YANG DIINTERVENSI",
        "(1) (2) (3) (4) (5) (6)",
        "Terlaksananya pelayanan administrasi yang cepat",
        "1.200 dokumen",
        "Pejabat Penilai Kinerja,",
    ):
        assert words in text, words


def test_papers_tell_what_people_wrote_and_run_none_of_it(yearly_evaluation):
    wrote = replace(yearly_evaluation, note="<script>alert(1)</script> {{ 7 * 7 }} <b>tebal</b>")
    assert "<script>alert(1)</script> {{ 7 * 7 }} <b>tebal</b>" in pages_of(render("evaluation", wrote))[0]


def test_fonts_are_embedded_and_bytes_repeat(yearly_evaluation, performance_plan):
    for name, facts in (("evaluation", yearly_evaluation), ("plan", performance_plan)):
        pdf = render(name, facts)
        assert all(fonts_of(pdf).values())
        assert render(name, facts) == pdf
        assert not open_pdf(pdf).attachments


def test_a_snapshot_of_an_evaluation_comes_back_as_it_went(yearly_evaluation):
    again = EvaluationFacts.from_snapshot(yearly_evaluation.to_snapshot())
    assert render("evaluation", again) == render("evaluation", yearly_evaluation)
