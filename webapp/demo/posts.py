"""The posts of an invented local government: kecamatan with kelurahan as by PP 17/2018, and offices like them."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count

GOVERNMENT = "Pemerintah Nanggalo"
HOME = "Kecamatan Nanggalo"
VILLAGES = ("Surau Gadang", "Kampung Olo", "Kurao Pagang", "Gurun Laweh", "Tabing Banda Gadang", "Kampung Lapai")
FIELDS = (
    *("Pendidikan", "Kesehatan", "Pekerjaan Umum", "Perhubungan", "Sosial", "Lingkungan Hidup", "Perdagangan"),
    *("Pariwisata", "Pertanian", "Perikanan", "Tenaga Kerja", "Komunikasi dan Informatika", "Pemuda dan Olahraga"),
    *("Perpustakaan dan Kearsipan", "Kependudukan dan Pencatatan Sipil", "Koperasi dan Usaha Kecil"),
    *("Ketahanan Pangan", "Perumahan Rakyat", "Penanaman Modal", "Pemadam Kebakaran"),
)
SMALLEST_OFFICE, LARGEST_OFFICE = 30, 60


@dataclass(frozen=True, slots=True)
class PostPlan:
    """A post to be filled. `leader` is the place in the list of who supervises it; heads come before their staff."""

    title: str
    kind: str
    grade: str
    ranks: tuple[str, ...]
    unit: str
    parent: str
    leader: int | None
    schooling: str = "school"
    contract: bool = False
    """Held by a PPPK."""


SUPERVISOR_RANKS = ("III/c", "III/d")
OFFICER = ("III/a", "III/b", "III/c")
CLERK = ("II/c", "II/d", "III/a")


def plan_posts(people: int) -> list[PostPlan]:
    """So many posts: the head of the civil service, the kecamatan with its six kelurahan, then office after office.

    A smaller number gives the beginning of the list, heads first.
    """
    if people < 1:
        raise ValueError("an organisation has at least one person")
    posts = [PostPlan("Sekretaris Daerah", "leader", "Pratama", ("IV/c",), GOVERNMENT, "", None, "master")]
    posts += _district(first=len(posts))
    rest = people - len(posts)
    if rest <= 0:
        return posts[:people]
    offices = max(1, round(rest / ((SMALLEST_OFFICE + LARGEST_OFFICE) / 2)))
    names = _office_names()
    for number in range(offices):
        size = rest // offices + (number < rest % offices)
        posts += _office(next(names), size, first=len(posts))
    return posts


def _district(first: int) -> list[PostPlan]:
    """The kecamatan: heads, then staff; then each kelurahan."""
    posts: list[PostPlan] = []

    def add(
        title: str, kind: str, grade: str, ranks: tuple[str, ...], leader: int, unit: str = HOME, **more: object
    ) -> int:
        parent = GOVERNMENT if unit == HOME else HOME
        posts.append(PostPlan(title, kind, grade, ranks, unit, parent, leader, **more))  # type: ignore[arg-type]
        return first + len(posts) - 1

    camat = add("Camat", "administrator", "III.a", ("IV/a", "IV/b"), 0, schooling="master")
    secretary = add("Sekretaris Kecamatan", "administrator", "III.b", ("III/d", "IV/a"), camat, schooling="master")
    heads = {"schooling": "bachelor"}
    general = add(
        "Kepala Subbagian Umum, Kepegawaian dan Keuangan", "supervisor", "IV.b", SUPERVISOR_RANKS, secretary, **heads
    )
    planning = add(
        "Kepala Subbagian Perencanaan, Evaluasi dan Pelaporan",
        "supervisor",
        "IV.b",
        SUPERVISOR_RANKS,
        secretary,
        **heads,
    )
    governing, order, growth, welfare, service = (
        add(f"Kepala Seksi {name}", "supervisor", "IV.a", SUPERVISOR_RANKS, camat, **heads)
        for name in (
            "Pemerintahan",
            "Ketenteraman dan Ketertiban Umum",
            "Pemberdayaan Masyarakat dan Pembangunan",
            "Kesejahteraan Sosial",
            "Pelayanan Umum",
        )
    )
    mayors = [
        add(f"Lurah {name}", "supervisor", "IV.a", ("III/c", "III/d"), camat, f"Kelurahan {name}", **heads)
        for name in VILLAGES
    ]
    add("Bendahara Pengeluaran", "general", "Klerek", OFFICER, general, schooling="bachelor")
    add("Pengadministrasi Perkantoran", "general", "Klerek", CLERK, general)
    add("Pramu Kebersihan", "general", "Operator", ("V",), general, contract=True)
    add("Penelaah Teknis Kebijakan", "general", "Teknisi", OFFICER, planning, schooling="bachelor")
    add("Perencana Ahli Pertama", "functional", "Ahli Pertama", ("III/a", "III/b"), planning, schooling="bachelor")
    add("Penelaah Teknis Kebijakan", "general", "Teknisi", OFFICER, governing, schooling="bachelor")
    for _ in range(2):
        add("Polisi Pamong Praja Terampil", "functional", "Terampil", ("II/b", "II/c", "II/d"), order)
    add(
        "Penggerak Swadaya Masyarakat Ahli Pertama",
        "functional",
        "Ahli Pertama",
        ("III/a", "III/b"),
        growth,
        schooling="bachelor",
    )
    add("Pengolah Data dan Informasi", "general", "Klerek", CLERK, welfare, schooling="diploma")
    add("Operator Layanan Operasional", "general", "Operator", CLERK, service, schooling="diploma")
    add("Operator Layanan Operasional", "general", "Operator", ("V", "VII"), service, contract=True)
    for name, mayor in zip(VILLAGES, mayors, strict=True):
        unit = f"Kelurahan {name}"
        secretary = add("Sekretaris Kelurahan", "supervisor", "IV.b", ("III/b", "III/c"), mayor, unit, **heads)
        order = add(
            "Kepala Seksi Pemerintahan dan Trantib", "supervisor", "IV.b", ("III/b", "III/c"), mayor, unit, **heads
        )
        welfare = add(
            "Kepala Seksi Kesejahteraan dan Pemberdayaan",
            "supervisor",
            "IV.b",
            ("III/b", "III/c"),
            mayor,
            unit,
            **heads,
        )
        add("Pengadministrasi Perkantoran", "general", "Klerek", CLERK, secretary, unit)
        add("Pengolah Data dan Informasi", "general", "Klerek", CLERK, order, unit, schooling="diploma")
        add("Operator Layanan Operasional", "general", "Operator", ("V", "VII"), welfare, unit, contract=True)
    return posts


def _office_names() -> Iterator[str]:
    yield from (f"Dinas {field}" for field in FIELDS)
    for number in count(1):
        yield from (f"UPTD {field} Wilayah {number}" for field in FIELDS)


def _office(name: str, size: int, first: int) -> list[PostPlan]:
    """An office of any size: head, secretary, heads of section for about eight staff each, staff in turn."""
    district = name.startswith("UPTD")
    parent = f"Dinas {name.removeprefix('UPTD ').rpartition(' Wilayah ')[0]}" if district else GOVERNMENT
    top = (
        PostPlan(f"Kepala {name}", "supervisor", "IV.a", ("III/d",), name, parent, 0, "master")
        if district
        else PostPlan(f"Kepala {name}", "leader", "Pratama", ("IV/b", "IV/c"), name, parent, 0, "master")
    )
    posts = [top]
    if size > 1:
        posts.append(PostPlan("Sekretaris", "administrator", "III.a", ("IV/a",), name, parent, first, "master"))
    sections = max(1, (size - 2) // 9)
    for number in range(min(sections, max(0, size - 2))):
        title = f"Kepala Seksi {('Tata Usaha', 'Pelayanan', 'Pembinaan', 'Pengawasan', 'Program', 'Data')[number % 6]}"
        leader = first + 1 if number % 2 == 0 else first
        posts.append(PostPlan(title, "supervisor", "IV.a", SUPERVISOR_RANKS, name, parent, leader, "bachelor"))
    kinds = (
        ("Penelaah Teknis Kebijakan", "general", "Teknisi", OFFICER, "bachelor", False),
        ("Pengolah Data dan Informasi", "general", "Klerek", CLERK, "diploma", False),
        ("Operator Layanan Operasional", "general", "Operator", ("V", "VII", "IX"), "school", True),
        ("Perencana Ahli Muda", "functional", "Ahli Muda", ("III/c", "III/d"), "bachelor", False),
        ("Pengadministrasi Perkantoran", "general", "Klerek", CLERK, "school", False),
        ("Pranata Komputer Terampil", "functional", "Terampil", ("II/c", "II/d"), "diploma", False),
        ("Analis Kebijakan Ahli Pertama", "functional", "Ahli Pertama", ("III/a", "III/b"), "bachelor", False),
    )
    number = 0
    while len(posts) < size:
        title, kind, grade, ranks, schooling, contract = kinds[number % len(kinds)]
        leader = first + 2 + number % sections
        posts.append(PostPlan(title, kind, grade, ranks, name, parent, leader, schooling, contract))
        number += 1
    return posts[:size]
