"""Attaching rendered papers: the bytes are stored first, then the row says what they are."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from models import clock
from models.cycles import Cycle
from models.documents import Document
from models.operations.moves import record
from models.permissions import Action, Actor, needs
from models.storage import Stored
from models.tokens import new_token


@needs(Action.DOCUMENT_ATTACH)
def attach(
    session: Session,
    actor: Actor,
    cycle: Cycle,
    *,
    kind: str,
    subject_id: int,
    revision: int,
    code: str,
    filename: str,
    stored: Stored,
) -> Document:
    """Say what the stored bytes are; attaching the same paper again gives the one there is."""
    known = session.scalar(
        select(Document).where(
            Document.kind == kind,
            Document.cycle_id == cycle.id,
            Document.subject_id == subject_id,
            Document.revision == revision,
        )
    )
    if known is not None:
        return known
    document = Document(
        kind=kind,
        cycle_id=cycle.id,
        subject_id=subject_id,
        revision=revision,
        code=code or new_token(),
        filename=filename,
        sha256=stored.sha256,
        size=stored.size,
        created_at=clock.now(),
    )
    session.add(document)
    session.flush()
    record(session, actor, "attach", "document", document.id, after=kind[:64], details={"sha256": stored.sha256})
    return document
