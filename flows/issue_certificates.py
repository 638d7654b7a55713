"""Flow: give every confirmed winner a certificate: a number from the register, the rendered paper, the news."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from prefect import flow
from sqlalchemy import select
from sqlalchemy.orm import Session

from flows.failpoints import reach
from flows.runtime import Job, chunks, cycle_of, settings, storage, taken
from models.awards import Candidate, Certificate
from models.cycles import Run
from models.operations import awards, cycles
from models.operations.documents import attach
from models.permissions import CLOSER, PRINTER
from models.states import Candidate as CandidateState
from models.states import Certificate as CertificateState
from models.states import Cycle as CycleState
from models.storage import Stored
from reports import certificate as paper
from reports.certificate import CertificateFacts
from reports.errors import RenderFailed
from reports.pool import Pool

RENDERED_AT_ONCE = 50
"""Certificates whose bytes are held in memory together, at most."""


def work(run_id: int) -> dict[str, Any]:
    """Work off a run. First the numbers are taken, chunk by chunk; then what is numbered is rendered and issued.

    Killed anywhere, the next attempt finds what has no number and what has no paper yet, and nothing else.
    """
    with taken(run_id, PRINTER) as job:
        if job is None:
            return {"skipped": True}
        job.step(_reach)
        for done, chunk in chunks(job.read(_without_number), settings().chunk):
            job.step(partial(_number, chunk))
            reach(f"numbered-{done}")
        numbered = job.read(_without_paper)
        failed: list[int] = []
        with Pool(settings().render_processes) as pool:
            for done, chunk in chunks(numbered, min(settings().chunk, RENDERED_AT_ONCE)):
                failed += _issue(job, pool, chunk, done=done, total=len(numbered))
                reach(f"issued-{done}")
        job.result = {"issued": len(numbered) - len(failed), "papers_failed": failed}
        return job.result


def _reach(session: Session, run: Run) -> None:
    cycle = cycle_of(run)
    if cycle.state == CycleState.CLOSED:
        cycles.reach(session, CLOSER, cycle, mode="certificates")


def _without_number(session: Session, run: Run) -> list[int]:
    """The confirmed winners who have no certificate, by category and rank: numbers follow that order."""
    return list(
        session.scalars(
            select(Candidate.id)
            .outerjoin(
                Certificate,
                (Certificate.cycle_id == Candidate.cycle_id)
                & (Certificate.category == Candidate.category)
                & (Certificate.holder_id == Candidate.subject_id),
            )
            .where(
                Candidate.cycle_id == run.cycle_id,
                Candidate.state == CandidateState.CONFIRMED,
                Certificate.id.is_(None),
            )
            .order_by(Candidate.category, Candidate.rank, Candidate.subject_id)
        )
    )


def _number(candidate_ids: Sequence[int], session: Session, _run: Run) -> None:
    config = settings()
    for candidate_id in candidate_ids:
        awards.issue_certificate(
            session,
            PRINTER,
            session.get_one(Candidate, candidate_id),
            agency=config.agency,
            place=config.place,
            verify_url=f"{config.public_url}/verify",
            demo=config.demo,
        )


def _without_paper(session: Session, run: Run) -> list[int]:
    return list(
        session.scalars(
            select(Certificate.id)
            .where(Certificate.cycle_id == run.cycle_id, Certificate.state == CertificateState.NUMBERED)
            .order_by(Certificate.sequence)
        )
    )


def _issue(job: Job, pool: Pool, certificate_ids: Sequence[int], *, done: int, total: int) -> list[int]:
    """Render a chunk of numbered certificates and issue them; gives those that could not be rendered."""

    def facts(session: Session, _run: Run) -> list[tuple[int, str, CertificateFacts, str, Any]]:
        rows = session.scalars(
            select(Certificate).where(Certificate.id.in_(certificate_ids)).order_by(Certificate.sequence)
        )
        return [
            (row.id, paper.DOCUMENT, CertificateFacts.from_snapshot(row.facts), row.code, row.dated) for row in rows
        ]

    failed: list[int] = []
    papers: dict[int, Stored] = {}
    for key, pdf in pool.render(job.read(facts)):
        if isinstance(pdf, RenderFailed):
            failed.append(int(str(key)))
        else:
            papers[int(str(key))] = storage().put(pdf)
    reach("certificates-stored")
    job.step(lambda session, run: _attach(session, run, papers), done=done, total=total)
    return failed


def _attach(session: Session, run: Run, papers: dict[int, Stored]) -> None:
    cycle = cycle_of(run)
    for certificate_id, stored in sorted(papers.items()):
        certificate = session.get_one(Certificate, certificate_id)
        document = attach(
            session,
            PRINTER,
            cycle,
            kind=f"certificate:{certificate.category}",
            subject_id=certificate.holder_id,
            revision=1,
            code=certificate.code,
            filename=f"piagam-{certificate.year}-{certificate.sequence:03}.pdf",
            stored=stored,
        )
        awards.attach_certificate(session, PRINTER, certificate, document=document)


@flow(name="issue-certificates")
def issue_certificates(run_id: int) -> dict[str, Any]:
    """Issue the certificates of a cycle."""
    return work(run_id)
