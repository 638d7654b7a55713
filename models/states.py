"""The states things can be in and the verbs that lead from one to the next, as tables."""

from enum import StrEnum


class Design(StrEnum):
    DRAFT = "draft"
    PUBLISHED = "published"
    RETIRED = "retired"


class Cycle(StrEnum):
    DRAFT = "draft"
    OPEN = "open"
    CLOSED = "closed"
    """Closed and scored; results are released."""
    FINISHED = "finished"


class Stage(StrEnum):
    PLANNED = "planned"
    OPEN = "open"
    CLOSED = "closed"


class Assignment(StrEnum):
    WAITING = "waiting"
    DRAFT = "draft"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    COMPLETED = "completed"
    """Signed by the whole chain, or cast as a ballot, or in need of no signature."""
    LAPSED = "lapsed"


class Candidate(StrEnum):
    PROPOSED = "proposed"
    CONFIRMED = "confirmed"
    DECLINED = "declined"


class Certificate(StrEnum):
    NUMBERED = "numbered"
    ISSUED = "issued"
    REVOKED = "revoked"


class Run(StrEnum):
    REQUESTED = "requested"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


A = Assignment
OPEN_ASSIGNMENT = (A.WAITING, A.DRAFT, A.RETURNED)
"""The respondent still has to do something."""

MOVES: dict[str, dict[tuple[str, str], str]] = {
    "design_version": {
        (Design.DRAFT, "publish"): Design.PUBLISHED,
        (Design.PUBLISHED, "retire"): Design.RETIRED,
    },
    "cycle": {
        (Cycle.DRAFT, "open"): Cycle.OPEN,
        (Cycle.OPEN, "close"): Cycle.CLOSED,
        (Cycle.CLOSED, "finish"): Cycle.FINISHED,
    },
    "stage": {
        (Stage.PLANNED, "open"): Stage.OPEN,
        (Stage.OPEN, "close"): Stage.CLOSED,
        (Stage.CLOSED, "reopen"): Stage.OPEN,
    },
    "assignment": {
        (A.WAITING, "save"): A.DRAFT,
        (A.DRAFT, "save"): A.DRAFT,
        (A.RETURNED, "save"): A.RETURNED,
        (A.WAITING, "submit"): A.SUBMITTED,
        (A.DRAFT, "submit"): A.SUBMITTED,
        (A.RETURNED, "submit"): A.SUBMITTED,
        (A.WAITING, "complete"): A.COMPLETED,
        (A.DRAFT, "complete"): A.COMPLETED,
        (A.RETURNED, "complete"): A.COMPLETED,
        (A.SUBMITTED, "sign"): A.SUBMITTED,
        (A.SUBMITTED, "complete"): A.COMPLETED,
        (A.SUBMITTED, "return"): A.RETURNED,
        (A.SUBMITTED, "withdraw"): A.DRAFT,
        (A.WAITING, "lapse"): A.LAPSED,
        (A.DRAFT, "lapse"): A.LAPSED,
        (A.RETURNED, "lapse"): A.LAPSED,
        (A.LAPSED, "reopen"): A.DRAFT,
        (A.COMPLETED, "reopen"): A.RETURNED,
    },
    "candidate": {
        (Candidate.PROPOSED, "confirm"): Candidate.CONFIRMED,
        (Candidate.PROPOSED, "decline"): Candidate.DECLINED,
        (Candidate.DECLINED, "reconsider"): Candidate.PROPOSED,
    },
    "certificate": {
        (Certificate.NUMBERED, "issue"): Certificate.ISSUED,
        (Certificate.ISSUED, "revoke"): Certificate.REVOKED,
    },
    "run": {
        (Run.REQUESTED, "start"): Run.RUNNING,
        (Run.RUNNING, "resume"): Run.RUNNING,
        (Run.RUNNING, "finish"): Run.DONE,
        (Run.RUNNING, "fail"): Run.FAILED,
        (Run.FAILED, "retry"): Run.REQUESTED,
    },
}
"""Kind of thing → (state, verb) → next state. A pair that is not here cannot happen."""


def next_state(kind: str, state: str, verb: str) -> str | None:
    """Where the verb leads from the state, or nothing when it does not apply there."""
    return MOVES[kind].get((state, verb))
