"""Searching for malware: clean, infected, and never clean when the daemon could not say."""

import pytest

from models.settings import Settings
from models.uploads import searching
from models.uploads.searching import Verdict, check_address, search, search_if_configured
from tests.clamd import clamd


def test_a_file_is_clean_or_infected():
    content = bytes(200_000)
    with clamd() as daemon:
        assert search(daemon.address, content) == Verdict.CLEAN
        assert search(daemon.address, b"a VIRUS") == Verdict.INFECTED
        assert daemon.received == [content, b"a VIRUS"]


@pytest.mark.parametrize("mood", ["full", "silent"])
def test_a_daemon_that_does_not_answer_says_nothing(mood):
    with clamd() as daemon:
        daemon.mood = mood
        assert search(daemon.address, b"x") == Verdict.UNKNOWN


def test_a_daemon_that_is_not_there_says_nothing(tmp_path, monkeypatch):
    monkeypatch.setattr(searching, "SECONDS", 0.2)
    with clamd() as daemon:
        address = daemon.address
    assert search(address, b"x") == Verdict.UNKNOWN
    assert search(f"unix://{tmp_path}/no.ctl", b"x") == Verdict.UNKNOWN


def test_without_a_daemon_nothing_is_searched(tmp_path):
    assert search_if_configured(Settings(data=tmp_path), b"VIRUS") == Verdict.CLEAN
    with clamd() as daemon:
        assert search_if_configured(Settings(data=tmp_path, clamd=daemon.address), b"VIRUS") == Verdict.INFECTED


@pytest.mark.parametrize("address", ["127.0.0.1:3310", "tcp://host", "unix:", "http://x:1"])
def test_an_address_that_cannot_be_used_is_refused(address):
    with pytest.raises(ValueError, match="KINERJA_CLAMD"):
        check_address(address)
