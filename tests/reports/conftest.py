"""Invented facts for papers, and an eye for what a PDF holds."""

import io
from dataclasses import replace
from datetime import date

import pikepdf
import pypdfium2
import pytest

from reports import evaluation, plan
from reports.certificate import CertificateFacts

YEAR = {"starts_on": date(2025, 1, 1), "ends_on": date(2025, 12, 31)}


@pytest.fixture
def certificate() -> CertificateFacts:
    return CertificateFacts(
        agency="Pemerintah Kecamatan Nanggalo",
        number="800.1.11.1/012/KEC-NGL/I/2026",
        holder_name="Rahmi Yuliandari, S.Sos., M.Si.",
        employee_number_label="NIP.",
        employee_number="19860926 201505 2 001",
        position="Penelaah Teknis Kebijakan",
        unit="Seksi Pelayanan Umum, Kecamatan Nanggalo",
        category="Aparatur Pelayanan Publik Terbaik",
        rank="Peringkat I",
        citation="atas dedikasi dan hasil kerja yang melampaui ekspektasi sepanjang tahun 2025",
        cycle_title="Penilaian Kinerja Tahun 2025",
        place="Nanggalo",
        date=date(2026, 1, 30),
        signer_title="Camat Nanggalo",
        signer_name="Drs. H. Amrizal Chaniago, M.M.",
        signer_employee_number="19700412 199503 1 002",
        verify_code="7KQ2-M4XT-9HBD-V3NR-0CFW-8ZJA-PE",
        verify_url="https://kinerja.nanggalo.example/verify/7KQ2M4XT9HBDV3NR0CFW8ZJAPE",
        demo=True,
    )


@pytest.fixture
def longest_certificate(certificate: CertificateFacts) -> CertificateFacts:
    return replace(
        certificate,
        holder_name="Prof. Dr. Ir. H. Muhammad Ramadhansyah Koto Piliang Dt. Rajo Nan Sati, S.Kom., M.Kom., Ph.D.",
        position="Analis Pengembangan Kompetensi Aparatur Sipil Negara Ahli Madya pada Subbagian Kepegawaian",
        unit="Sekretariat Kecamatan Nanggalo Kota Padang Provinsi Sumatera Barat",
        category="Pegawai Aparatur Sipil Negara Paling Berprestasi dalam Inovasi Pelayanan Publik",
        citation=certificate.citation + " serta keteladanan dalam perilaku kerja, kepeloporan dalam inovasi pelayanan, "
        "dan pengabdian tanpa pamrih kepada masyarakat",
        signer_title="Pelaksana Tugas Camat Nanggalo a.n. Wali Kota Padang selaku Pejabat Pembina Kepegawaian",
        signer_name="Prof. Dr. H. Muhammad Amrizal Chaniago Datuak Sati, S.STP., M.Si.",
    )


def identity(name: str, number: str, position: str) -> plan.Identity:
    return plan.Identity(
        name=name, number=number, rank="Penata Tk. I (III/d)", position=position, unit="Kecamatan Nanggalo"
    )


RAHMI = identity("Rahmi Yuliandari, S.Sos.", "19860926 201505 2 001", "Penelaah Teknis Kebijakan")
HENDRA = identity("Hendra Saputra, S.STP.", "19800412 200003 1 002", "Kepala Seksi Pelayanan Umum")
AMRIZAL = identity("Drs. H. Amrizal Chaniago, M.M.", "19700412 199503 1 002", "Camat Nanggalo")


@pytest.fixture
def performance_plan() -> plan.PlanFacts:
    indicators = [
        plan.Indicator(aspect="Kuantitas", indicator="Jumlah dokumen yang diselesaikan", target="1.200 dokumen"),
        plan.Indicator(aspect="Waktu", indicator="Rata-rata waktu penyelesaian", target="1 hari kerja"),
    ]
    return plan.PlanFacts(
        agency="Pemerintah Kecamatan Nanggalo",
        **YEAR,
        person=RAHMI,
        officer=HENDRA,
        results=[
            plan.PlannedResult(
                main=True,
                leader_result="Meningkatnya kualitas pelayanan publik",
                result="Terlaksananya pelayanan administrasi yang cepat",
                indicators=indicators,
            )
        ],
        person_approval=plan.Approval(place="Nanggalo", on=date(2025, 1, 20)),
        officer_approval=plan.Approval(place="Nanggalo"),
    )


@pytest.fixture
def yearly_evaluation() -> evaluation.EvaluationFacts:
    achievements = [
        evaluation.Achievement(
            aspect="Kuantitas",
            indicator="Jumlah dokumen yang diselesaikan",
            target="1.200 dokumen",
            realisation="1.284 dokumen",
            feedback="Pertahankan ketelitian.",
        )
    ]
    return evaluation.EvaluationFacts(
        agency="Pemerintah Kecamatan Nanggalo",
        **YEAR,
        period=evaluation.Choice(options=evaluation.QUARTERS, chosen="Akhir"),
        person=RAHMI,
        officer=HENDRA,
        superior=AMRIZAL,
        organisation=evaluation.Choice(options=evaluation.ACHIEVEMENTS, chosen="Baik"),
        distribution=[("Sangat Baik", 9), ("Baik", 41), ("Butuh Perbaikan", 7), ("Kurang", 2), ("Sangat Kurang", 0)],
        results=[
            evaluation.EvaluatedResult(main=True, result="Terlaksananya pelayanan yang cepat", indicators=achievements)
        ],
        work_rating=evaluation.Choice(options=evaluation.RATINGS, chosen="Sesuai Ekspektasi"),
        behaviours=[evaluation.ObservedBehaviour(value=b.value, guidance=b.guidance) for b in plan.BERAKHLAK],
        behaviour_rating=evaluation.Choice(options=evaluation.RATINGS, chosen="Di Atas Ekspektasi"),
        predicate=evaluation.Choice(options=evaluation.PREDICATES, chosen="Baik"),
        note="Layak mengikuti pelatihan kepemimpinan.",
        officer_approval=plan.Approval(place="Nanggalo", on=date(2026, 1, 12)),
        person_approval=plan.Approval(place="Nanggalo", on=date(2026, 1, 12)),
        verification=plan.Verification(code="7KQ2-M4XT", url="https://kinerja.example/verify/7KQ2M4XT"),
        demo=True,
    )


def pages_of(pdf: bytes) -> list[str]:
    """The text of each page, line ends as blanks."""
    return [" ".join(page.get_textpage().get_text_range().split()) for page in pypdfium2.PdfDocument(pdf)]


def open_pdf(pdf: bytes) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(pdf))


def fonts_of(pdf: bytes) -> dict[str, bool]:
    """Name of each font on the pages, and whether its outlines are embedded."""
    found = {}
    for page in open_pdf(pdf).pages:
        for font in page.resources.get("/Font", {}).values():
            for descendant in font.get("/DescendantFonts", [font]):
                descriptor = descendant.get("/FontDescriptor", {})
                found[str(font.BaseFont)] = any(key in descriptor for key in ("/FontFile", "/FontFile2", "/FontFile3"))
    return found
