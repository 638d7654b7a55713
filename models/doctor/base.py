"""What every check is given, and how it says what it found."""

from collections.abc import Callable, Generator, Iterable
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from forms.text import Message
from models.storage import Store

MOST_EXAMPLES = 5
SAMPLE = 500
READ_AT_ONCE = 2000


@dataclass(frozen=True)
class Finding:
    """One invariant of the program and whether it holds; `count` and `examples` are of what breaks it."""

    invariant: str
    """`I1` to `I11`, or `anonymity`."""
    ok: bool
    message: Message
    count: int = 0
    examples: list[str] = field(default_factory=list)
    """Kinds and numbers of rows, never names or texts."""


@dataclass(frozen=True)
class Examination:
    """The data to look at, and whether to look at all of it."""

    session: Session
    storage: Store
    evidence: Store
    everything: bool = False


Check = Callable[[Examination], Iterable[Finding]]


def finding(invariant: str, message: Message, wrong: Iterable[str]) -> Finding:
    """The finding for a list of what is wrong: it is counted as a whole, the first few are named."""
    counted = iter(wrong)
    examples = list(islice(counted, MOST_EXAMPLES))
    count = len(examples) + sum(1 for _ in counted)
    return Finding(invariant, count == 0, message, count, examples)


def found_by(
    examination: Examination, invariant: str, message: Message, kind: str, wrong: Select[*tuple[Any, ...]]
) -> Finding:
    """The finding for a statement whose first column numbers what is wrong; counted by the database."""
    session = examination.session
    count = session.scalar(select(func.count()).select_from(wrong.order_by(None).subquery())) or 0
    ids = session.scalars(wrong.limit(MOST_EXAMPLES)).all() if count else []
    return Finding(invariant, count == 0, message, count, [f"{kind} {number}" for number in ids])


def streamed(session: Session, statement: Select[*tuple[Any, ...]]) -> Generator[Any, None, None]:
    """The rows of a statement of any size, a few thousand in memory at a time; whoever stops early closes it."""
    with session.execute(statement.execution_options(yield_per=READ_AT_ONCE)) as rows:
        yield from rows
