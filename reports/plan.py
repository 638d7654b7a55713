"""What stands on a performance plan (SKP, quantitative form for administrators and functional posts)."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from reports.facts import Facts

DOCUMENT = "plan"


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity(Facts):
    """The block of five lines that says who somebody is; "-" where the paper prints a dash."""

    name: str
    number_label: str = "NIP"
    """"NIP", or "NI PPPK" for contract staff."""
    number: str
    """Grouped 8-6-1-3."""
    rank: str
    """As "Penata Tk. I (III/d)"; contract staff have their class only."""
    position: str
    unit: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Approval(Facts):
    """That somebody agreed in the application, and when; nobody's certified electronic signature."""

    place: str
    on: date | None = None
    """Empty until it happened: the paper then leaves room to write."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Verification(Facts):
    """Where the paper can be checked against what the office keeps."""

    code: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Indicator(Facts):
    """One indicator of a planned result."""

    aspect: str
    """Kuantitas, Kualitas, Waktu or Biaya; empty when the plan does not name one."""
    indicator: str
    target: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedResult(Facts):
    """One planned result (RHK) with its indicators."""

    main: bool
    """True: A. UTAMA, false: B. TAMBAHAN."""
    leader_result: str = ""
    result: str
    assigned_by: str = ""
    indicators: Sequence[Indicator]


@dataclass(frozen=True, slots=True, kw_only=True)
class Behaviour(Facts):
    """One of the seven values, what it asks of everybody and what the leader asks in particular."""

    value: str
    guidance: Sequence[str]
    expectation: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanFacts(Facts):
    """Every word of the plan."""

    agency: str
    starts_on: date
    ends_on: date
    person: Identity
    officer: Identity
    results: Sequence[PlannedResult]
    behaviours: Sequence[Behaviour] = field(default_factory=lambda: BERAKHLAK)
    person_approval: Approval
    officer_approval: Approval
    verification: Verification | None = None
    demo: bool = False


BERAKHLAK: Sequence[Behaviour] = tuple(
    Behaviour(value=value, guidance=guidance)
    for value, guidance in (
        (
            "Berorientasi Pelayanan",
            (
                "Memahami dan memenuhi kebutuhan masyarakat",
                "Ramah, cekatan, solutif, dan dapat diandalkan",
                "Melakukan perbaikan tiada henti",
            ),
        ),
        (
            "Akuntabel",
            (
                "Melaksanakan tugas dengan jujur, bertanggung jawab, cermat, disiplin, dan berintegritas tinggi",
                "Menggunakan kekayaan dan barang milik negara secara bertanggung jawab, efektif, dan efisien",
                "Tidak menyalahgunakan kewenangan jabatan",
            ),
        ),
        (
            "Kompeten",
            (
                "Meningkatkan kompetensi diri untuk menjawab tantangan yang selalu berubah",
                "Membantu orang lain belajar",
                "Melaksanakan tugas dengan kualitas terbaik",
            ),
        ),
        (
            "Harmonis",
            (
                "Menghargai setiap orang apa pun latar belakangnya",
                "Suka menolong orang lain",
                "Membangun lingkungan kerja yang kondusif",
            ),
        ),
        (
            "Loyal",
            (
                "Memegang teguh ideologi Pancasila, Undang-Undang Dasar Negara Republik Indonesia Tahun 1945, setia "
                "kepada Negara Kesatuan Republik Indonesia serta pemerintahan yang sah",
                "Menjaga nama baik sesama ASN, pimpinan, instansi, dan negara",
                "Menjaga rahasia jabatan dan negara",
            ),
        ),
        (
            "Adaptif",
            (
                "Cepat menyesuaikan diri menghadapi perubahan",
                "Terus berinovasi dan mengembangkan kreativitas",
                "Bertindak proaktif",
            ),
        ),
        (
            "Kolaboratif",
            (
                "Memberi kesempatan kepada berbagai pihak untuk berkontribusi",
                "Terbuka dalam bekerja sama untuk menghasilkan nilai tambah",
                "Menggerakkan pemanfaatan berbagai sumber daya untuk tujuan bersama",
            ),
        ),
    )
)
"""The seven values with their guidance, word for word as the regulation prints them."""
