"""A cycle whose award is decided: results, candidates, winners and certificates for the cast."""

from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from models import clock
from models.awards import Candidate, Certificate
from models.cycles import Cycle
from models.operations import awards, cycles
from models.operations.documents import attach
from models.permissions import CLOCK, CLOSER, PRINTER
from models.scores import Score
from models.session import writing
from models.storage import Storage
from tests.cast import Cast, as_actor, on_day, plan_cycle, stage
from tests.rewinding import told_once

PDF = b"%PDF-1.7 the certificate of "


@told_once
def award_proposed(sessions: sessionmaker[Session], people: Cast) -> int:
    """The closed cycle, committed; gives its id."""
    with writing(sessions) as database:
        return closed_cycle(database, people).id


def closed_cycle(database: Session, people: Cast) -> Cycle:
    """The cycle of 2026, closed, with a result for everybody: Dedi's is the best, Gita's poor."""
    with on_day(2026, 1, 2):
        cycle = plan_cycle(database)
        cycles.open_cycle(database, CLOCK, cycle)
        cycles.open_stage(database, CLOCK, stage(cycle, "public-survey"))
    with on_day(2027, 2, 3):
        cycles.close_cycle(database, CLOSER, cycle)
        for number, person in enumerate(people.everybody):
            outcome = "poor" if person is people.gita else "very_good" if person is people.dedi else "good"
            words = {"very_good": "Sangat Baik", "good": "Baik", "poor": "Kurang"}[outcome]
            steps = [
                {"key": "predicate", "value": outcome, "shown": {"text": {"id": words}}},
                {"key": "achievement", "value": f"{90 + number}.5", "shown": {"text": {"id": f"{90 + number},5 %"}}},
            ]
            database.add(
                Score(
                    cycle_id=cycle.id,
                    subject_id=person.id,
                    unit_id=(people.village if person is people.gita else people.office).id,
                    outcome=outcome,
                    steps=steps,
                    inputs_digest="0" * 64,
                    computed_at=clock.now(),
                )
            )
        database.flush()
        awards.propose_candidates(database, CLOSER, cycle)
    return cycle


def candidate_of(database: Session, cycle: Cycle, category: str, rank: int = 1) -> Candidate:
    """Who has this place in a category."""
    return database.scalars(
        select(Candidate).where(Candidate.cycle_id == cycle.id, Candidate.category == category, Candidate.rank == rank)
    ).one()


def issued(
    database: Session,
    people: Cast,
    cycle: Cycle,
    storage: Storage,
    categories: tuple[str, ...] = ("general", "contract"),
) -> list[Certificate]:
    """The best of each category confirmed by Indra, with a certificate whose file lies in storage."""
    made = []
    with on_day(2027, 2, 20):
        for category in categories:
            winner = candidate_of(database, cycle, category)
            awards.confirm(database, as_actor(database, people.indra), winner)
            certificate = awards.issue_certificate(
                database,
                PRINTER,
                winner,
                agency="Pemerintah Nanggalo",
                place="Nanggalo",
                verify_url="http://127.0.0.1:8000/verify",
                demo=True,
            )
            stored = storage.put(PDF + certificate.number.encode())
            document = attach(
                database,
                PRINTER,
                cycle,
                kind=f"certificate:{category}",
                subject_id=certificate.holder_id,
                revision=1,
                code=certificate.code,
                filename=f"piagam-{certificate.year}-{certificate.sequence:03}.pdf",
                stored=stored,
            )
            awards.attach_certificate(database, PRINTER, certificate, document=document)
            made.append(certificate)
    return made
