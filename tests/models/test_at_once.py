"""Two people who do something to the same thing at the same moment: one waits, and then finds what the other did."""

import threading
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from forms import editing
from models.assignments import Assignment, Submission
from models.designs import Design, DesignVersion
from models.errors import Conflict, DomainError, Invalid
from models.evidence import EvidenceFile
from models.operations import assignments, designing, designs, evidence
from models.session import session_factory, writing
from models.storage import Stored
from tests.cast import Cast, as_actor, cast, on_day
from tests.proofs import PDF, answers_with, form_of, open_proofs

Act = Callable[[Session], Any]


@pytest.fixture
def sessions(engine) -> sessionmaker[Session]:
    return session_factory(engine)


@pytest.fixture
def people(sessions) -> Cast:
    with on_day(2026, 1, 5), writing(sessions) as database:
        found = cast(database)
        open_proofs(database)
        return found


@pytest.fixture
def token(sessions, people: Cast) -> str:
    """A letter that Citra has sent for her report."""
    with on_day(2026, 1, 6), writing(sessions) as database:
        stored = Stored("a" * 64, len(PDF.content))
        actor, form = as_actor(database, people.citra), form_of(database, people.citra)
        return evidence.upload(database, actor, form, file=PDF, stored=stored, searched=True).token


def at_once(sessions: sessionmaker[Session], first: Act, second: Act) -> DomainError | None:
    """`second` begins while `first` is not yet committed; gives why `second` is refused, if it is."""
    refusal: list[DomainError] = []
    begun = threading.Event()

    def later() -> None:
        begun.set()
        try:
            with on_day(2026, 1, 6), writing(sessions) as database:
                second(database)
        except DomainError as error:
            refusal.append(error)

    other = threading.Thread(target=later)
    with on_day(2026, 1, 6), writing(sessions) as database:
        first(database)
        database.flush()
        other.start()
        begun.wait()
        other.join(0.5)  # so long it may run into the lock
    other.join(20)
    assert not other.is_alive()
    return refusal[0] if refusal else None


def test_a_file_that_is_taken_back_is_in_no_answers_that_are_handed_in_meanwhile(sessions, people, token) -> None:
    def take_back(database: Session) -> None:
        file = database.scalars(select(EvidenceFile).where(EvidenceFile.token == token)).one()
        assert evidence.remove(database, as_actor(database, people.citra), file)

    def submit(database: Session) -> None:
        form = form_of(database, people.citra)
        assignments.submit(
            database, as_actor(database, people.citra), form, raw=answers_with([token]), request_key="one"
        )

    assert isinstance(at_once(sessions, take_back, submit), Invalid)
    with sessions() as database:
        assert database.scalars(select(Submission)).all() == []


def test_a_file_that_is_being_handed_in_cannot_be_taken_back(sessions, people, token) -> None:
    def submit(database: Session) -> None:
        form = form_of(database, people.citra)
        assignments.submit(
            database, as_actor(database, people.citra), form, raw=answers_with([token]), request_key="one"
        )

    def take_back(database: Session) -> None:
        file = database.scalars(select(EvidenceFile).where(EvidenceFile.token == token)).one()
        evidence.remove(database, as_actor(database, people.citra), file)

    assert isinstance(at_once(sessions, submit, take_back), Conflict)
    with sessions() as database:
        assert database.scalars(select(EvidenceFile.token)).all() == [token]


def test_the_same_click_twice_at_once_is_one_submission(sessions, people, token) -> None:
    def submit(database: Session) -> None:
        form = database.scalars(select(Assignment).where(Assignment.id == number)).one()
        assignments.submit(
            database, as_actor(database, people.citra), form, raw=answers_with([token]), request_key="one"
        )

    with on_day(2026, 1, 6), sessions() as database:
        number = form_of(database, people.citra).id
    assert at_once(sessions, submit, submit) is None
    with sessions() as database:
        assert len(database.scalars(select(Submission)).all()) == 1


def test_a_draft_that_is_being_edited_is_not_published_unseen(sessions, people) -> None:
    with on_day(2026, 1, 6), writing(sessions) as database:
        version = database.scalars(select(DesignVersion).join(Design).where(Design.key == "report")).one()
        draft = designing.start_next(database, as_actor(database, people.ani), version)
        number, lock = draft.id, draft.lock

    def edit(database: Session) -> None:
        found = database.get_one(DesignVersion, number)
        change = editing.add_section(found.definition)
        assert designing.apply(database, as_actor(database, people.ani), found, edit=change, lock=lock)

    def publish(database: Session) -> None:
        designs.publish(database, as_actor(database, people.ani), database.get_one(DesignVersion, number))

    refusal = at_once(sessions, edit, publish)
    with sessions() as database:
        found = database.get_one(DesignVersion, number)
        # Who comes later either finds the empty section and may not publish it, or is told that something changed.
        assert isinstance(refusal, Conflict | Invalid)
        assert found.state == "draft"


def test_a_draft_that_is_being_published_is_not_edited(sessions, people) -> None:
    with on_day(2026, 1, 6), writing(sessions) as database:
        version = database.scalars(select(DesignVersion).join(Design).where(Design.key == "report")).one()
        draft = designing.start_next(database, as_actor(database, people.ani), version)
        number, lock = draft.id, draft.lock

    def publish(database: Session) -> None:
        designs.publish(database, as_actor(database, people.ani), database.get_one(DesignVersion, number))

    def edit(database: Session) -> None:
        found = database.get_one(DesignVersion, number)
        change = editing.add_section(found.definition)
        designing.apply(database, as_actor(database, people.ani), found, edit=change, lock=lock)

    assert isinstance(at_once(sessions, publish, edit), Conflict)
    with sessions() as database:
        assert database.get_one(DesignVersion, number).state == "published"
