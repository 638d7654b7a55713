"""The evidence of answers that were handed in, as a reader may open it."""

from dataclasses import dataclass, replace

from flask import g
from sqlalchemy import select

from forms.context import FileRef
from forms.proofs import proofs
from forms.text import Text
from models.assignments import LogEntry, Submission
from models.evidence import EvidenceFile, FileState
from models.queries import access as queries
from models.queries.designs import answered_form
from webapp.assignments.blueprint import blueprint
from webapp.db import db
from webapp.visitor import current_actor


@dataclass(frozen=True)
class ShownProof:
    """A file under its question, and whether the visitor may open it."""

    labels: tuple[Text | int, ...]
    file: FileRef
    opens: bool


@blueprint.app_template_global()
def proofs_of(answer: Submission | LogEntry) -> list[ShownProof]:
    """The files that these answers name, in the order of the form."""
    found = proofs(answered_form(db(), answer), answer.answers)
    if not found:
        return []
    opens, checking = _files(answer.assignment_id)
    return [
        ShownProof(one.labels, replace(one.file, checking=one.file.id in checking), one.file.id in opens)
        for one in found
    ]


def _files(assignment_id: int) -> tuple[set[str], set[str]]:
    """Tokens of the files of an assignment that the visitor may open, and of those still waiting; asked once a page."""
    known: dict[int, tuple[set[str], set[str]]] = g.setdefault("evidence_files", {})
    if assignment_id not in known:
        mine = queries.evidence_files(current_actor()).where(EvidenceFile.assignment_id == assignment_id)
        waiting = select(EvidenceFile.token).where(
            EvidenceFile.assignment_id == assignment_id, EvidenceFile.state == FileState.CHECKING
        )
        known[assignment_id] = ({one.token for one in db().scalars(mine)}, set(db().scalars(waiting)))
    return known[assignment_id]
