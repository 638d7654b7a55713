"""Designing a form: a draft is edited step by step, steps can be taken back, and nobody's work is overwritten."""

from typing import Any

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from forms.editing import Definition, Edit, blank_form, tidy
from forms.editing.places import slug
from forms.errors import Invalid as Unreadable
from forms.schema import FormSchema
from forms.text import Text, msg
from models import clock
from models.designs import Design, DesignEdit, DesignVersion
from models.errors import Conflict, Invalid, Stale
from models.exchange.designs import canonical_digest
from models.operations.moves import record
from models.permissions import Action, Actor, Organisation, needs
from models.queries.designing import draft_of, summary_text
from models.states import Design as DesignState

MOST_STEPS = 200
"""How many steps can be taken back."""
NOT_A_DRAFT = msg("Versi yang sudah diterbitkan tidak dapat diubah. Buat versi baru.")
CHANGED = msg("Rancangan ini telah diubah oleh orang lain atau di jendela lain. Tidak ada yang ditimpa.")


@needs(Action.DESIGN_EDIT)
def start_blank(session: Session, actor: Actor, subject: Organisation, *, title: str) -> DesignVersion:
    """A new form with one empty section; its key is made of the title. Raises `Invalid` for a title that is none."""
    return _start(session, actor, blank_form("form", title.strip()))


@needs(Action.DESIGN_EDIT)
def start_from(
    session: Session, actor: Actor, subject: Organisation, *, schema: FormSchema, title: str = ""
) -> DesignVersion:
    """A new form that begins as a copy of another, such as one of the catalogue, under a key and title of its own."""
    definition = schema.definition()
    if title.strip():
        old = Text.model_validate(definition["title"])
        definition["title"] = title.strip() if title.strip() != old.id else definition["title"]
    return _start(session, actor, definition)


def _start(session: Session, actor: Actor, definition: Definition) -> DesignVersion:
    try:
        definition = tidy(definition)
    except Unreadable as wrong:
        raise Invalid(wrong.message, wrong.errors) from wrong
    definition["key"] = _free_key(session, definition["title"]["id"])
    design = Design(kind="form", key=definition["key"])
    session.add(design)
    session.flush()
    return _draft(session, actor, design, definition)


@needs(Action.DESIGN_EDIT)
def start_next(session: Session, actor: Actor, version: DesignVersion) -> DesignVersion:
    """The next version of a form, as a draft that begins like this one. Raises `Conflict` when there is a draft."""
    _must_be_form(version)
    before = draft_of(session, version.design)
    if before is not None:
        raise Conflict(msg("Sudah ada draf: versi %(number)s. Lanjutkan draf tersebut.", number=before.number))
    return _draft(session, actor, version.design, version.definition)


def _draft(session: Session, actor: Actor, design: Design, definition: Definition) -> DesignVersion:
    number = session.scalar(select(func.max(DesignVersion.number)).where(DesignVersion.design_id == design.id)) or 0
    now = clock.now()
    version = DesignVersion(
        design_id=design.id,
        number=number + 1,
        state=DesignState.DRAFT,
        title=definition["title"]["id"][:255],
        definition=definition,
        digest=canonical_digest(definition),
        created_at=now,
        edited_at=now,
    )
    session.add(version)
    session.flush()
    session.refresh(version, ["design"])
    record(session, actor, "start", "design_version", version.id, after=DesignState.DRAFT)
    return version


def _free_key(session: Session, title: str) -> str:
    base = slug(title).replace("_", "-") or "formulir"
    taken = set(session.scalars(select(Design.key).where(Design.kind == "form", Design.key.startswith(base))))
    return next(key for key in (base, *(f"{base}-{n}" for n in range(2, 10_000))) if key not in taken)


@needs(Action.DESIGN_EDIT)
def apply(session: Session, actor: Actor, version: DesignVersion, *, edit: Edit, lock: int) -> bool:
    """Take an edit over into a draft; whether anything changed. The steps that had been taken back are gone then.

    Raises `Stale` when somebody changed the draft since the version `lock` was shown; nothing is overwritten.
    """
    _take(session, version, lock)
    definition = tidy({**edit.definition, "key": version.design.key})
    if definition == version.definition:
        return False
    here = _first_step(session, version)
    session.execute(delete(DesignEdit).where(DesignEdit.version_id == version.id, DesignEdit.position > here))
    summary = summary_text(edit.summary)
    session.add(_step(version, here + 1, definition, summary, actor))
    session.execute(
        delete(DesignEdit).where(DesignEdit.version_id == version.id, DesignEdit.position <= here - MOST_STEPS)
    )
    _show(session, version, here + 1, definition)
    record(session, actor, "edit", "design_version", version.id, details={"summary": summary})
    return True


@needs(Action.DESIGN_EDIT)
def undo(session: Session, actor: Actor, version: DesignVersion, *, lock: int) -> None:
    """Go back by one step. Raises `Stale` as `apply` does, and `Conflict` when there is no step to take back."""
    _go(session, actor, version, lock, -1)


@needs(Action.DESIGN_EDIT)
def redo(session: Session, actor: Actor, version: DesignVersion, *, lock: int) -> None:
    """Take a step again that was taken back. Raises `Stale`, and `Conflict` when there is none."""
    _go(session, actor, version, lock, 1)


def _go(session: Session, actor: Actor, version: DesignVersion, lock: int, steps: int) -> None:
    _take(session, version, lock)
    there = session.scalar(
        select(DesignEdit).where(DesignEdit.version_id == version.id, DesignEdit.position == version.position + steps)
    )
    if there is None:
        raise Conflict(
            msg("Tidak ada lagi yang dapat diurungkan.") if steps < 0 else msg("Tidak ada lagi yang dapat diulangi.")
        )
    _show(session, version, there.position, there.definition)
    record(session, actor, "undo" if steps < 0 else "redo", "design_version", version.id)


def _take(session: Session, version: DesignVersion, lock: int) -> None:
    """Hold the row, so that who comes at the same moment waits and then finds the draft changed."""
    session.refresh(version, with_for_update=True)
    _must_be_form(version)
    if version.state != DesignState.DRAFT:
        raise Conflict(NOT_A_DRAFT)
    if version.lock != lock:
        raise Stale(CHANGED)


def _must_be_form(version: DesignVersion) -> None:
    if version.design.kind != "form":
        raise Conflict(msg("Hanya formulir yang dapat dirancang di sini."))


def _first_step(session: Session, version: DesignVersion) -> int:
    """The present position; the first edit of a draft also keeps what was there before it."""
    known = select(DesignEdit.id).where(DesignEdit.version_id == version.id, DesignEdit.position == version.position)
    if session.scalar(known) is None:
        session.add(_step(version, version.position, version.definition, "", None))
        session.flush()
    return version.position


def _step(
    version: DesignVersion, position: int, definition: dict[str, Any], summary: str, actor: Actor | None
) -> DesignEdit:
    return DesignEdit(
        version_id=version.id,
        position=position,
        definition=definition,
        summary=summary,
        actor_id=actor.person_id if actor else None,
        at=clock.now(),
    )


def _show(session: Session, version: DesignVersion, position: int, definition: dict[str, Any]) -> None:
    version.position = position
    version.definition = definition
    version.digest = canonical_digest(definition)
    version.title = definition["title"]["id"][:255]
    version.edited_at = clock.now()
    session.flush()
