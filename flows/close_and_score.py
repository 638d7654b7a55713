"""Flow: close a cycle, compute the results in chunks, rank the award's candidates, render the evaluation papers."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from prefect import flow
from sqlalchemy import select
from sqlalchemy.orm import Session

from flows.failpoints import reach
from flows.runtime import Job, chunks, cycle_of, settings, storage, taken
from models.cycles import Cycle, Run
from models.documents import Document
from models.operations import awards, cycles, scores
from models.operations.documents import attach
from models.permissions import CLOSER, PRINTER
from models.queries.designs import cycle_design
from models.queries.results import subjects_of
from models.scores import Score
from models.states import Cycle as CycleState
from models.tokens import new_token
from reports import evaluation
from reports.collected import evaluations
from reports.errors import RenderFailed
from reports.evaluation import EvaluationFacts
from reports.pool import Pool

RENDERED_AT_ONCE = 40
"""Papers whose bytes are held in memory together, at most."""


def work(run_id: int) -> dict[str, Any]:
    """Work off a run. Every chunk is a transaction; what is there already is not made again."""
    with taken(run_id, CLOSER) as job:
        if job is None:
            return {"skipped": True}
        ids = close_and_derive(job)
        job.step(_rank)
        reach("ranked")
        failed: list[int] = []
        with Pool(settings().render_processes) as pool:
            for done, chunk in chunks(ids, min(settings().chunk, RENDERED_AT_ONCE)):
                failed += _render(job, pool, chunk, done=len(ids) + done)
                reach(f"rendered-{done}")
        job.result = {"scored": len(ids), "papers_failed": failed}
        return job.result


def close_and_derive(job: Job) -> list[int]:
    """Close the cycle and compute the results chunk by chunk; gives the people who have one."""
    ids = job.step(_close)
    for done, chunk in chunks(ids, settings().chunk):
        job.step(partial(_score, chunk), done=done, total=2 * len(ids))
        reach(f"scored-{done}")
    return ids


def _close(session: Session, run: Run) -> list[int]:
    """Close the cycle; gives the people who get a result."""
    cycle = cycle_of(run)
    if cycle.state in (CycleState.DRAFT, CycleState.OPEN):
        cycles.close_cycle(session, CLOSER, cycle)
    return list(subjects_of(session, cycle))


def _score(ids: Sequence[int], session: Session, run: Run) -> None:
    scores.score(session, CLOSER, cycle_of(run), subject_ids=ids)


def _rank(session: Session, run: Run) -> None:
    if cycle_design(cycle_of(run).design_version).awards is not None:
        cycles.reach(session, CLOSER, cycle_of(run), mode="award")
        awards.propose_candidates(session, CLOSER, cycle_of(run))


def _render(job: Job, pool: Pool, ids: Sequence[int], *, done: int) -> list[int]:
    """Render the papers of a chunk that are missing and attach them; gives whose could not be rendered."""
    facts, codes, revisions = job.read(lambda session, run: _facts(session, cycle_of(run), ids))
    dated = job.read(lambda session, run: cycle_of(run).ends_on)
    jobs = [(person, evaluation.DOCUMENT, facts[person], codes[person], dated) for person in facts]
    failed = []
    papers = {}
    for person, paper in pool.render(jobs):
        if isinstance(paper, RenderFailed):
            failed.append(int(str(person)))
        else:
            papers[int(str(person))] = storage().put(paper)

    def attach_all(session: Session, run: Run) -> None:
        for person, stored in sorted(papers.items()):
            attach(
                session,
                PRINTER,
                cycle_of(run),
                kind="evaluation",
                subject_id=person,
                revision=revisions[person],
                code=codes[person],
                filename=f"evaluasi-{cycle_of(run).key}-{person}.pdf",
                stored=stored,
            )

    reach("papers-stored")
    job.step(attach_all, done=done)
    return failed


def _facts(
    session: Session, cycle: Cycle, ids: Sequence[int]
) -> tuple[dict[int, EvaluationFacts], dict[int, str], dict[int, int]]:
    """The facts, code and revision of every paper of a chunk that is not there yet; a new result is a new revision."""
    if not any(paper.template == "evaluation" for paper in cycle_design(cycle.design_version).documents):
        return {}, {}, {}
    current = Score.current, Score.subject_id.in_(ids)
    versions = dict(
        session.execute(select(Score.subject_id, Score.version).where(Score.cycle_id == cycle.id, *current)).all()
    )
    there = {
        (person, revision)
        for person, revision in session.execute(
            select(Document.subject_id, Document.revision).where(
                Document.kind == "evaluation", Document.cycle_id == cycle.id, Document.subject_id.in_(ids)
            )
        )
    }
    codes = {person: new_token() for person, version in versions.items() if (person, version) not in there}
    config = settings()
    facts = evaluations(
        session,
        cycle,
        codes,
        agency=config.agency,
        place=config.place,
        verify_url=f"{config.public_url}/verify",
        demo=config.demo,
    )
    return facts, codes, versions


@flow(name="close-and-score")
def close_and_score(run_id: int) -> dict[str, Any]:
    """Close a cycle and compute its results."""
    return work(run_id)
