"""What the demo's year came to: counts of everything, seconds of every flow, every certificate with its file."""

from collections import Counter
from pathlib import Path
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models.assignments import Assignment, LogEntry, SignOff, Submission
from models.awards import Certificate
from models.cycles import Cycle, Stage
from models.documents import Document
from models.feedback import Ballot, SurveyAnswer
from models.messages import OutboxMessage
from models.people import Person
from models.queries.designs import cycle_design
from models.queries.results import outcome_labels
from models.scores import Score
from models.storage import Store


def summarise(session: Session, cycle: Cycle, papers: Path, storage: Store) -> dict[str, Any]:
    """The figures of a finished cycle; certificates are copied to a folder under readable names."""
    labels = outcome_labels(cycle_design(cycle.design_version))
    outcomes = dict(
        session.execute(
            select(Score.outcome, func.count()).where(Score.cycle_id == cycle.id, Score.current).group_by(Score.outcome)
        ).all()
    )
    scores = {label.say("id"): outcomes.get(key, 0) for key, label in labels.items()}
    scores["Belum ada predikat"] = outcomes.get(None, 0)
    return {
        "cycle": cycle.key,
        "people": _count(session, select(Person.id)),
        "assignments": _count(session, _of(cycle, Assignment.id)),
        "states": dict(
            Counter(session.scalars(select(Assignment.state).join(Stage).where(Stage.cycle_id == cycle.id)).all())
        ),
        "submissions": _count(session, _of(cycle, Submission.id, Submission.assignment_id)),
        "returned": _signatures(session, cycle, "returned"),
        "sign_offs": _signatures(session, cycle, "signed"),
        "log_entries": _count(session, _of(cycle, LogEntry.id, LogEntry.assignment_id)),
        "ballots": _count(session, select(Ballot.id).join(Stage).where(Stage.cycle_id == cycle.id)),
        "survey_answers": _count(session, select(SurveyAnswer.id).join(Stage).where(Stage.cycle_id == cycle.id)),
        "messages": _count(session, select(OutboxMessage.id)),
        "scores": scores,
        "evaluations": _count(
            session, select(Document.id).where(Document.cycle_id == cycle.id, Document.kind == "evaluation")
        ),
        "certificates": _certificates(session, cycle, papers, storage),
    }


def _of(cycle: Cycle, column: Any, assignment_id: Any = None) -> Any:
    found = select(column)
    if assignment_id is not None:
        found = found.join(Assignment, Assignment.id == assignment_id)
    return found.join(Stage, Stage.id == Assignment.stage_id).where(Stage.cycle_id == cycle.id)


def _signatures(session: Session, cycle: Cycle, decision: str) -> int:
    rows = (
        select(SignOff.id)
        .join(Submission)
        .join(Assignment)
        .join(Stage)
        .where(Stage.cycle_id == cycle.id, SignOff.decision == decision)
    )
    return _count(session, rows)


def _count(session: Session, statement: Any) -> int:
    return session.scalar(select(func.count()).select_from(statement.subquery())) or 0


def _certificates(session: Session, cycle: Cycle, papers: Path, storage: Store) -> list[dict[str, Any]]:
    rows = session.execute(
        select(Certificate, Document)
        .join(Document, Document.id == Certificate.document_id)
        .where(Certificate.cycle_id == cycle.id)
        .order_by(Certificate.sequence)
    ).all()
    papers.mkdir(parents=True, exist_ok=True)
    listed = []
    for certificate, document in rows:
        file = papers / document.filename
        file.write_bytes(storage.get(document.sha256))
        listed.append(
            {
                "number": certificate.number,
                "holder": certificate.facts["holder_name"],
                "category": certificate.facts["category"],
                "code": certificate.code,
                "file": str(file),
                "sha256": document.sha256,
            }
        )
    return listed


def copy_evaluations(session: Session, cycle: Cycle, papers: Path, storage: Store) -> int:
    """The evaluation paper of each person as a file named by employee number; gives their number."""
    papers.mkdir(parents=True, exist_ok=True)
    rows = session.execute(
        select(Document.sha256, Person.employee_number)
        .join(Person, Person.id == Document.subject_id)
        .where(Document.cycle_id == cycle.id, Document.kind == "evaluation")
    ).all()
    for sha256, number in rows:
        (papers / f"evaluasi-{number}.pdf").write_bytes(storage.get(sha256))
    return len(rows)
