"""Who signs next: the chain of a stage, resolved to people by the relations of the day."""

from collections import defaultdict
from collections.abc import Iterable

from sqlalchemy.orm import Session

from models import clock
from models.assignments import Assignment
from models.queries.people import supervisors


def signer_for(session: Session, assignment: Assignment, role: str) -> int | None:
    """The person who signs in this role now, or nobody.

    Counted from the respondent: what the person himself answered is signed by his supervisor; what his supervisor
    answered about him is signed, as second level, by the supervisor's supervisor. Nobody signs about himself.
    """
    return signers(session, [(assignment, role)])[assignment.id]


def signers(session: Session, waiting: Iterable[tuple[Assignment, str]]) -> dict[int, int | None]:
    """For many assignments, each with the role that must sign: assignment → signer, by the same rule."""
    by_zone: dict[str, list[tuple[Assignment, str]]] = defaultdict(list)
    for assignment, role in waiting:
        by_zone[assignment.stage.cycle.zone].append((assignment, role))
    found: dict[int, int | None] = {}
    for zone, some in by_zone.items():
        on = clock.today(zone)
        first = supervisors(session, {assignment.subject_id for assignment, _ in some}, on)
        above = supervisors(session, set(first.values()), on)
        for assignment, role in some:
            supervisor = first.get(assignment.subject_id)
            if role == "supervisor" or supervisor is None:
                found[assignment.id] = None if supervisor == assignment.respondent_id else supervisor
                continue
            second = above.get(supervisor)
            found[assignment.id] = None if second in (assignment.subject_id, assignment.respondent_id) else second
    return found
