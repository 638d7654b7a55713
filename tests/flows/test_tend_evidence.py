"""What people sent is searched once the daemon answers, and thrown away when nobody names it."""

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from flows import tend_evidence
from flows.runtime import settings
from models import clock
from models.evidence import EvidenceFile
from models.operations import evidence
from models.session import writing
from models.storage import Storage
from models.uploads.examining import Examined
from tests.cast import as_actor, cast, on_day
from tests.clamd import clamd
from tests.proofs import PDF, form_of, open_proofs


@pytest.fixture
def sent(place: sessionmaker[Session], tmp_path: Path) -> Storage:
    """A sound file and one with malware that could not be searched when they came; gives the store."""
    store = Storage(tmp_path / "evidence")
    with on_day(2026, 1, 5), writing(place) as session:
        people = cast(session)
        open_proofs(session)
        form = form_of(session, people.citra)
        for file in (PDF, Examined("pdf", "virus.pdf", b"%PDF a VIRUS")):
            stored = store.put(file.content)
            evidence.upload(session, as_actor(session, people.citra), form, file=file, stored=stored, searched=False)
    return store


def states(place: sessionmaker[Session]) -> list[str]:
    with place() as session:
        return list(session.scalars(select(EvidenceFile.state).order_by(EvidenceFile.id)))


def test_files_wait_until_the_daemon_can_say(place, sent, monkeypatch):
    with clamd() as daemon:
        monkeypatch.setenv("KINERJA_CLAMD", daemon.address)
        settings.cache_clear()
        daemon.mood = "silent"
        assert tend_evidence.search_waiting() == 0
        assert states(place) == ["checking", "checking"]
        daemon.mood = "well"
        assert tend_evidence.search_waiting() == 2
    assert states(place) == ["ready", "infected"]


def test_what_nobody_names_goes_with_its_bytes(place, sent):
    with on_day(2026, 1, 5):
        assert tend_evidence.discard() == (0, 0)
    with clock.travel(clock.now() + timedelta(days=365 * 50)):
        assert tend_evidence.discard() == (2, 2)
    assert states(place) == []
    assert list(sent.older(clock.now() + timedelta(days=1))) == []
