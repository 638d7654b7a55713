"""The designs that ship: published where they are new, offered as drafts where somebody has made them his own."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from forms.catalogue import shipped
from models.designs import Design, DesignVersion
from models.exchange.designs import canonical_digest, shipped_cycles
from models.operations.designs import import_definition, publish
from models.permissions import Action, Actor, Organisation, needs


@needs(Action.DESIGN_PUBLISH)
def install_shipped(session: Session, actor: Actor, subject: Organisation) -> list[DesignVersion]:
    """Bring in every shipped design that is not known in this form yet; gives the versions that are new.

    A design that never existed here is published. One that does, whoever changed it, keeps its published version: the
    shipped one is a draft beside it, for HR to look at. Doing it again changes nothing.
    """
    known: dict[tuple[str, str], set[str]] = {}
    rows = session.execute(select(Design.kind, Design.key, DesignVersion.digest).join(DesignVersion)).all()
    for kind, key, digest in rows:
        known.setdefault((kind, key), set()).add(digest)
    new = []
    for kind, key, definition in _shipped():
        digests = known.get((kind, key))
        if digests and canonical_digest(definition) in digests:
            continue
        version = import_definition(session, actor, subject, kind=kind, definition=definition)
        if digests is None:
            publish(session, actor, version)
        new.append(version)
    return new


def _shipped() -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Kind, key and stored definition of each; forms first, since cycles refer to them."""
    for form in shipped().values():
        yield "form", form.key, form.model_dump(mode="json", exclude_defaults=True, by_alias=True)
    for cycle in shipped_cycles().values():
        yield "cycle", cycle.key, cycle.model_dump(mode="json", exclude_defaults=True, by_alias=True)
