"""Who signs next: the chain of a stage, resolved to people by the relations of the day."""

from sqlalchemy.orm import Session

from models import clock
from models.assignments import Assignment
from models.queries.people import supervisors


def signer_for(session: Session, assignment: Assignment, role: str) -> int | None:
    """The person who signs in this role now, or nobody.

    Counted from the respondent: what the person himself answered is signed by his supervisor; what his supervisor
    answered about him is signed, as second level, by the supervisor's supervisor. Nobody signs about himself.
    """
    on = clock.today(assignment.stage.cycle.zone)
    first = supervisors(session, [assignment.subject_id], on).get(assignment.subject_id)
    if role == "supervisor" or first is None:
        return None if first == assignment.respondent_id else first
    second = supervisors(session, [first], on).get(first)
    return None if second in (assignment.subject_id, assignment.respondent_id) else second
