"""The vocabulary of the civil service: what offices write is understood, what fits together is known."""

import pytest

from models import organisation


def test_there_are_seventeen_ranks_for_each_status() -> None:
    assert (len(organisation.RANKS), len(organisation.CONTRACT_GRADES)) == (17, 17)


@pytest.mark.parametrize(
    ("written", "rank"),
    [
        ("III/d", "III/d"),
        ("iii/D", "III/d"),
        ("IIId", "III/d"),
        ("III d", "III/d"),
        (" iv / e ", "IV/e"),
        ("IX", "IX"),
        ("xvii", "XVII"),
        ("V", "V"),
        ("IV/f", None),
        ("V/a", None),
        ("XVIII", None),
        ("", None),
        ("-", None),
    ],
)
def test_ranks_are_read_as_offices_write_them(written: str, rank: str | None) -> None:
    assert organisation.read_rank(written) == rank


@pytest.mark.parametrize(
    ("status", "rank", "fits"),
    [
        ("pns", "III/d", True),
        ("pns", "IX", False),
        ("pns", "", False),
        ("pppk", "IX", True),
        ("pppk", "", True),
        ("pppk", "III/d", False),
    ],
)
def test_a_rank_belongs_to_a_status(status: str, rank: str, fits: bool) -> None:
    assert organisation.rank_fits(status, rank) is fits


def test_ranks_are_printed_with_their_name() -> None:
    assert [organisation.rank_in_words(rank) for rank in ("III/d", "IX", "")] == ["Penata Tk. I (III/d)", "IX", "-"]


def test_every_kind_and_grade_is_read_back_from_its_own_word() -> None:
    for kind, word in organisation.POSITION_KINDS.items():
        assert organisation.read_position_kind(f" {word.upper()} ") == kind
    for grade in organisation.FUNCTIONAL_GRADES:
        assert organisation.read_functional_grade(grade.lower()) == grade
    assert organisation.read_functional_grade("MU") == "Ahli Muda"
    assert organisation.read_functional_grade("Muda") == "Ahli Muda"


def test_what_was_meant_is_guessed_only_when_it_is_near() -> None:
    words = organisation.STATUSES.values()
    assert organisation.closest("pnss", words) == "PNS"
    assert organisation.closest("pegawai tetap", words) is None
