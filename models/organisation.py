"""The fixed vocabulary of the civil service as data: status, ranks, kinds of position and their grades."""

from collections.abc import Iterable
from difflib import get_close_matches

STATUSES: dict[str, str] = {"pns": "PNS", "pppk": "PPPK"}
"""Status as it is stored → as it is written in files and on papers."""

RANKS: dict[str, str] = {
    "I/a": "Juru Muda",
    "I/b": "Juru Muda Tk. I",
    "I/c": "Juru",
    "I/d": "Juru Tk. I",
    "II/a": "Pengatur Muda",
    "II/b": "Pengatur Muda Tk. I",
    "II/c": "Pengatur",
    "II/d": "Pengatur Tk. I",
    "III/a": "Penata Muda",
    "III/b": "Penata Muda Tk. I",
    "III/c": "Penata",
    "III/d": "Penata Tk. I",
    "IV/a": "Pembina",
    "IV/b": "Pembina Tk. I",
    "IV/c": "Pembina Utama Muda",
    "IV/d": "Pembina Utama Madya",
    "IV/e": "Pembina Utama",
}
"""Golongan ruang of PNS → pangkat."""

CONTRACT_GRADES: tuple[str, ...] = (
    *("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX"),
    *("X", "XI", "XII", "XIII", "XIV", "XV", "XVI", "XVII"),
)
"""Golongan of PPPK, who have no pangkat."""

POSITION_KINDS: dict[str, str] = {
    "leader": "Pimpinan Tinggi",
    "administrator": "Administrator",
    "supervisor": "Pengawas",
    "functional": "Fungsional",
    "general": "Pelaksana",
}
"""Kind of position as it is stored → as it is written in files."""

POSITION_WORDS: dict[str, str] = {
    "jpt": "leader",
    "jabatan pimpinan tinggi": "leader",
    "jpt pratama": "leader",
    "jpt madya": "leader",
    "jpt utama": "leader",
    "pimpinan tinggi pratama": "leader",
    "pimpinan tinggi madya": "leader",
    "pimpinan tinggi utama": "leader",
    "jabatan administrator": "administrator",
    "ja administrator": "administrator",
    "jabatan pengawas": "supervisor",
    "ja pengawas": "supervisor",
    "jabatan fungsional": "functional",
    "jf": "functional",
    "jft": "functional",
    "fungsional tertentu": "functional",
    "fungsional umum": "general",
    "jfu": "general",
    "jabatan pelaksana": "general",
    "ja pelaksana": "general",
    **{word.casefold(): kind for kind, word in POSITION_KINDS.items()},
}
"""What offices write for a kind of position (small letters) → the kind."""

FUNCTIONAL_GRADES: tuple[str, ...] = (
    *("Pemula", "Terampil", "Mahir", "Penyelia"),
    *("Ahli Pertama", "Ahli Muda", "Ahli Madya", "Ahli Utama"),
)
"""Jenjang of functional positions: the four of skill, then the four of expertise, lowest first."""

_GRADE_CODES = dict(zip(("PM", "TR", "MH", "PY", "PT", "MU", "MA", "UT"), FUNCTIONAL_GRADES, strict=True))
_GRADE_WORDS = {
    **{grade.casefold(): grade for grade in FUNCTIONAL_GRADES},
    **{grade.removeprefix("Ahli ").casefold(): grade for grade in FUNCTIONAL_GRADES},
    **{code.casefold(): grade for code, grade in _GRADE_CODES.items()},
}


def read_status(text: str) -> str | None:
    """The stored form of a status of employment."""
    return {"pns": "pns", "cpns": "pns", "pppk": "pppk", "p3k": "pppk"}.get(text.casefold())


def read_rank(text: str) -> str | None:
    """A golongan as it is stored: `III/d` from `iii/D`, `III d` or `IIId`; `IX` from `ix`."""
    word = "".join(text.split()).upper()
    if word in CONTRACT_GRADES:
        return word
    class_, slash, room = word.rpartition("/")
    if not slash:
        class_, room = word[:-1], word[-1:]
    rank = f"{class_}/{room.lower()}"
    return rank if rank in RANKS else None


def rank_fits(status: str, rank: str) -> bool:
    """Whether a golongan belongs to the status: rooms (`III/d`) to PNS, plain numerals (`IX`, or none) to PPPK."""
    return rank in RANKS if status == "pns" else rank in ("", *CONTRACT_GRADES)


def ranks_of(status: str) -> Iterable[str]:
    """The golongan there are for a status, lowest first."""
    return RANKS if status == "pns" else CONTRACT_GRADES


def rank_in_words(rank: str) -> str:
    """`Penata Tk. I (III/d)` for PNS; the bare numeral for PPPK, a dash for none."""
    return f"{RANKS[rank]} ({rank})" if rank in RANKS else rank or "-"


def read_position_kind(text: str) -> str | None:
    """The stored form of a kind of position."""
    return POSITION_WORDS.get(" ".join(text.casefold().split()))


def read_functional_grade(text: str) -> str | None:
    """The jenjang of a functional position, from its name, its short name (`Pertama`) or its SIASN code (`PT`)."""
    return _GRADE_WORDS.get(" ".join(text.casefold().split()))


def closest(word: str, known: Iterable[str]) -> str | None:
    """What somebody probably meant: the known word most like the one he wrote, if any is."""
    by_small = {one.casefold(): one for one in known}
    found = get_close_matches(word.casefold(), by_small, n=1, cutoff=0.6)
    return by_small[found[0]] if found else None
