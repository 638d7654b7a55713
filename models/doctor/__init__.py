"""Examines a whole installation: whether everything that must always hold does hold, now, in this data."""

from collections.abc import Callable, Iterable

from sqlalchemy.orm import Session

from models.doctor import answers, database, journeys, papers, proofs, results, work
from models.doctor.base import Check, Examination, Finding
from models.storage import Store

__all__ = ["CHECKS", "Examination", "Finding", "examine"]

CHECKS: tuple[Check, ...] = (
    answers.each_round_has_one_submission,
    answers.ballots_are_as_many_as_were_cast,
    database.guards_stand,
    journeys.journals_are_paths,
    papers.numbers_have_no_gap,
    papers.files_are_whole,
    papers.no_file_without_owner,
    proofs.evidence_is_whole,
    proofs.answers_have_their_evidence,
    proofs.no_evidence_without_owner,
    work.messages_go_out,
    answers.nothing_came_too_late,
    answers.signatures_hold,
    results.results_follow_from_inputs,
    database.references_lead_somewhere,
    work.no_run_is_left,
    database.ballots_name_nobody,
)
"""Every check, in the order of the invariants I1 to I11 and anonymity."""


def examine(
    session: Session,
    storage: Store,
    evidence: Store,
    *,
    everything: bool = False,
    checks: Iterable[Check] = CHECKS,
    watch: Callable[[Check], None] = lambda check: None,
) -> list[Finding]:
    """Check every invariant; changes nothing.

    What costs as much as the data is large (digests, files, scores) is looked at in samples unless `everything`.
    `storage` holds the papers, `evidence` what people sent. `watch` is told of each check that was done.
    """
    examination = Examination(session, storage, evidence, everything)
    found = []
    for check in checks:
        found += list(check(examination))
        watch(check)
    return found
