"""Checks of the journal: how each thing came to its state must be a way through the tables of states."""

from collections.abc import Iterator
from contextlib import closing
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from forms.text import msg
from models.doctor.base import Examination, Finding, finding, streamed
from models.journal import JournalEntry
from models.operations.moves import KINDS
from models.states import MOVES, next_state

START = {
    "assignment": "waiting",
    "candidate": "proposed",
    "certificate": "numbered",
    "cycle": "draft",
    "design_version": "draft",
    "run": "requested",
    "stage": "planned",
}
"""Where each kind of thing begins."""


def journals_are_paths(examination: Examination) -> Iterator[Finding]:
    """I3: every move follows the table, begins where the last one ended, and the last one ends where the thing is.

    Reads the journal in order, beside the things themselves: however many there are, only a few are in memory.
    """
    for table, kind in KINDS.items():
        message = msg("Jurnal (%(kind)s) sesuai dengan urutan keadaan yang mungkin.", kind=kind)
        yield finding("I3", message, _astray(examination.session, table, kind))


def _astray(session: Session, table: Any, kind: str) -> Iterator[str]:
    verbs = {verb for _state, verb in MOVES[kind]}
    moves = streamed(
        session,
        select(JournalEntry.subject_id, JournalEntry.verb, JournalEntry.before, JournalEntry.after)
        .where(JournalEntry.subject_kind == kind, JournalEntry.verb.in_(verbs))
        .order_by(JournalEntry.subject_id, JournalEntry.id),
    )
    things = streamed(session, select(table.id, table.state).order_by(table.id))
    with closing(moves):
        yield from _wrong(moves, things, kind)


def _wrong(moves: Iterator[Any], things: Iterator[Any], kind: str) -> Iterator[str]:
    entry = next(moves, None)
    for number, state in things:
        here, right = START[kind], True
        while entry is not None and entry.subject_id <= number:
            # What was deleted (a candidate that was ranked anew) leaves lines that belong to nothing.
            if entry.subject_id == number:
                right = right and entry.before == here and next_state(kind, here, entry.verb) == entry.after
                here = entry.after
            entry = next(moves, None)
        if not right or here != state:
            yield f"{kind} {number}"
