"""What every flow stands on: the database, and a run taken under a lease and worked off in steps that commit."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from typing import Any, TypeVar

from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session, sessionmaker

from models.cycles import Cycle, Run
from models.errors import Conflict, DomainError
from models.operations import runs
from models.permissions import Actor
from models.session import make_engine, reading, session_factory, writing
from models.settings import Settings
from models.storage import Store
from models.stores import open_store

T = TypeVar("T")


@cache
def settings() -> Settings:
    """The configuration of this process."""
    return Settings()


@cache
def factory() -> sessionmaker[Session]:
    """Sessions on the application's database."""
    return session_factory(make_engine(settings().database))


def storage() -> Store:
    """Where rendered papers are kept."""
    return open_store(settings(), "documents")


def cycle_of(run: Run) -> Cycle:
    """The cycle a run is about; every flow but the postman's has one."""
    if run.cycle is None:
        raise LookupError(f"run {run.id} has no cycle")
    return run.cycle


def chunks(ids: Sequence[int], size: int) -> Iterator[tuple[int, Sequence[int]]]:
    """The ids in chunks, each with how many are done after it."""
    for start in range(0, len(ids), size):
        chunk = ids[start : start + size]
        yield start + len(chunk), chunk


class Job:
    """A run that this worker holds. Each step is one transaction, and renews the lease in it."""

    def __init__(self, run_id: int, actor: Actor, attempt: int) -> None:
        self.run_id = run_id
        self.actor = actor
        self.attempt = attempt
        self.result: dict[str, Any] = {}

    def step(self, do: Callable[[Session, Run], T], *, done: int | None = None, total: int | None = None) -> T:
        """Do a piece of the work; what a worker does that was taken for dead is rolled back (`Conflict`)."""
        with writing(factory()) as session:
            run = session.get_one(Run, self.run_id)
            given = do(session, run)
            lease = settings().lease_seconds
            runs.keep(session, self.actor, run, attempt=self.attempt, done=done, total=total, lease_seconds=lease)
            return given

    def read(self, look: Callable[[Session, Run], T]) -> T:
        """Look at the data without changing it."""
        with reading(factory()) as session:
            return look(session, session.get_one(Run, self.run_id))

    def fail(self, problem: str) -> None:
        """Tell HR that and why it cannot be done."""
        with writing(factory()) as session:
            runs.fail(session, self.actor, session.get_one(Run, self.run_id), attempt=self.attempt, problem=problem)


@contextmanager
def taken(run_id: int, actor: Actor) -> Iterator[Job | None]:
    """Hold a run while the block works it off; nothing when it is done or somebody else is at it.

    At the end the run is done. A `DomainError` or a mistake of ours fails it with the reason; when the database is out
    of reach the run stays as it is, its lease ends, and the next tick has it taken up again.
    """
    with writing(factory()) as session:
        run = session.get_one(Run, run_id)
        attempt = runs.start(session, actor, run, lease_seconds=settings().lease_seconds)
    if attempt is None:
        yield None
        return
    job = Job(run_id, actor, attempt)
    try:
        yield job
        with writing(factory()) as session:
            run = session.get_one(Run, run_id)
            runs.finish(session, actor, run, attempt=attempt, result=job.result)
    except DBAPIError:
        raise
    except DomainError as refused:
        if not (isinstance(refused, Conflict) and _lost(job)):
            job.fail(str(refused.message))
        raise
    except Exception as mistake:
        job.fail(f"{type(mistake).__name__}: {mistake}"[:500])
        raise


def _lost(job: Job) -> bool:
    """Whether another worker has taken the run over."""
    with reading(factory()) as session:
        return session.get_one(Run, job.run_id).attempt != job.attempt
