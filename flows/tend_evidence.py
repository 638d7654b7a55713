"""Tending what people sent: files that wait are searched for malware, and what nobody names is thrown away."""

from flows.runtime import factory, settings
from models.evidence import EvidenceFile
from models.operations import evidence
from models.permissions import CLOCK, ORGANISATION
from models.session import reading, writing
from models.stores import open_store
from models.uploads.searching import Verdict, search_if_configured


def search_waiting() -> int:
    """Search what waits; stops at the first file about which nobody can say anything. Gives how many were searched."""
    with reading(factory()) as session:
        waiting = [(file.id, file.sha256) for file in evidence.waiting(session)]
    done = 0
    for number, sha256 in waiting:
        verdict = search_if_configured(settings(), open_store(settings(), "evidence").get(sha256))
        if verdict == Verdict.UNKNOWN:
            break
        with writing(factory()) as session:
            file = session.get(EvidenceFile, number)
            if file is not None:
                evidence.record_search(session, CLOCK, file, clean=verdict == Verdict.CLEAN)
                done += 1
    return done


def discard() -> tuple[int, int]:
    """Throw away files nobody names, then bytes nobody's row names; gives how many of each."""
    with writing(factory()) as session:
        files = evidence.discard_unused(session, CLOCK, ORGANISATION)
    with reading(factory()) as session:
        return files, evidence.clear_left_over(session, open_store(settings(), "evidence"))
