"""People files for tests: rows that are right, to be spoiled one value at a time."""

from datetime import date

from models.exchange.people import HEADER, PeopleSheet, read_people_file, write_csv

ON = date(2026, 3, 2)
CHIEF, ANI, BUDI = "197401012000031901", "198502022010042902", "199003032021211903"


def row(number: str = ANI, **other: str) -> dict[str, str]:
    """A tenured clerk under the chief; `other` replaces values by column."""
    return {
        "nip": number,
        "nama": "Ani Permata, S.Sos.",
        "status_pegawai": "PNS",
        "golongan": "III/b",
        "jenis_jabatan": "Pelaksana",
        "jabatan": "Penelaah Teknis Kebijakan",
        "jenjang": "Teknisi",
        "unit_kerja": "Kecamatan Nanggalo",
        "unit_induk": "",
        "nip_atasan": CHIEF,
        "email": "ani@nanggalo.example",
        "mulai": "2024-03-01",
    } | other


def chief(**other: str) -> dict[str, str]:
    """The head, who has no supervisor."""
    values = {
        "nama": "Cahaya Rasyid, M.Si.",
        "golongan": "IV/a",
        "jenis_jabatan": "Administrator",
        "jabatan": "Camat",
        "jenjang": "III.a",
        "nip_atasan": "",
        "email": "",
        "mulai": "2022-01-03",
    }
    return row(CHIEF, **values) | other


def contract(**other: str) -> dict[str, str]:
    """A PPPK under the chief."""
    values = {"nama": "Budi Anwar", "status_pegawai": "PPPK", "golongan": "V", "email": "", "mulai": "2021-02-01"}
    return row(BUDI, **values) | other


def sheet(*rows: dict[str, str]) -> PeopleSheet:
    """The rows as the import gets them."""
    return read_people_file(write_csv(rows), "pegawai.csv")


def text_of(*rows: dict[str, str], delimiter: str = ",", end: str = "\n", header: tuple[str, ...] = HEADER) -> str:
    """The rows as somebody's CSV, every value in quotation marks."""
    lines = [header, *([row.get(column, "") for column in header] for row in rows)]
    return end.join(delimiter.join(f'"{value}"' for value in line) for line in lines) + end
