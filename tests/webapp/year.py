"""Later moments of a cycle for tests of pages: the log, the ballots, the results."""

from sqlalchemy.orm import Session, sessionmaker

from models.assignments import Assignment
from models.operations import assignments, cycles, feedback, scores, sign_offs
from models.people import Person
from models.permissions import CLOCK, CLOSER
from models.queries import access, desk, results
from models.session import writing
from tests.cast import Cast, as_actor, on_day, stage
from tests.rewinding import told_once
from tests.webapp.office import cycle_of, example, planning_open

RATINGS = {"results_rating": "above", "behaviour_rating": "meets"}


def open_forms(database: Session, person: Person, key: str) -> list[Assignment]:
    """The forms of a stage that a person still has to fill in."""
    found = database.scalars(desk.to_answer(as_actor(database, person))).unique()
    return [form for form in found if form.stage.key == key]


def everybody_hands_in(database: Session, people: Cast, key: str, **more: object) -> None:
    """All forms of a stage are handed in and signed."""
    for person in people.everybody:
        for form in open_forms(database, person, key):
            raw = example(database, form, form.id) | more
            assignments.submit(database, as_actor(database, person), form, raw=raw, request_key="k")
    for person in people.everybody:
        actor = as_actor(database, person)
        for form in list(database.scalars(desk.to_sign(actor)).unique()):
            sign_offs.sign_off(database, actor, form, digest=access.submissions(database, form)[0].digest)


@told_once
def progress_open(sessions: sessionmaker[Session], people: Cast) -> None:
    """All plans are signed; since 1 February the log is open."""
    planning_open(sessions)
    with on_day(2026, 1, 12), writing(sessions) as database:
        everybody_hands_in(database, people, "planning")
    with on_day(2026, 2, 1), writing(sessions) as database:
        cycle = cycle_of(database)
        cycles.close_stage(database, CLOCK, stage(cycle, "planning"))
        cycles.open_stage(database, CLOCK, stage(cycle, "progress"))


@told_once
def ballots_open(sessions: sessionmaker[Session], people: Cast) -> None:
    """Since 16 November colleagues are asked for feedback."""
    progress_open(sessions, people)
    with on_day(2026, 11, 16), writing(sessions) as database:
        cycles.open_stage(database, CLOCK, stage(cycle_of(database), "peer-feedback"))


@told_once
def evaluation_open(sessions: sessionmaker[Session], people: Cast) -> None:
    """All ballots are cast, all have assessed themselves; since 11 January supervisors evaluate."""
    ballots_open(sessions, people)
    with on_day(2026, 11, 20), writing(sessions) as database:
        for person in people.everybody:
            for form in open_forms(database, person, "peer-feedback"):
                feedback.cast_ballot(database, as_actor(database, person), form, raw=example(database, form, form.id))
    with on_day(2027, 1, 2), writing(sessions) as database:
        cycle = cycle_of(database)
        for key in ("progress", "peer-feedback"):
            cycles.close_stage(database, CLOCK, stage(cycle, key))
        cycles.open_stage(database, CLOCK, stage(cycle, "self-assessment"))
        everybody_hands_in(database, people, "self-assessment")
    with on_day(2027, 1, 11), writing(sessions) as database:
        cycle = cycle_of(database)
        cycles.close_stage(database, CLOCK, stage(cycle, "self-assessment"))
        cycles.open_stage(database, CLOCK, stage(cycle, "evaluation"))


@told_once
def evaluated(sessions: sessionmaker[Session], people: Cast) -> None:
    """All evaluations are written and signed; the cycle is still open."""
    evaluation_open(sessions, people)
    with on_day(2027, 1, 20), writing(sessions) as database:
        everybody_hands_in(database, people, "evaluation", **RATINGS)


@told_once
def released(sessions: sessionmaker[Session], people: Cast) -> None:
    """The cycle is closed and scored."""
    evaluated(sessions, people)
    with on_day(2027, 2, 2), writing(sessions) as database:
        cycle = cycle_of(database)
        cycles.close_cycle(database, CLOSER, cycle)
        scores.score(database, CLOSER, cycle, subject_ids=list(results.subjects_of(database, cycle)))
