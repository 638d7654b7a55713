"""What stands beside a form: signed answers, the log in figures, feedback in sum or not at all."""

from random import Random

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from forms import answers
from models.assignments import Assignment
from models.feedback import Ballot
from models.operations import assignments, cycles, feedback, logs, sign_offs
from models.permissions import CLOCK
from models.queries import access, desk
from models.queries.answer_context import context_for
from models.queries.beside import Beside, beside
from models.queries.designs import form_schema
from tests.cast import Cast, as_actor, cast, on_day, plan_cycle, stage


def fill(session: Session, form: Assignment, **more: object) -> dict:
    schema = form_schema(form.stage.form_version)
    return answers.example(schema, Random(form.id), context_for(session, form, schema)) | more


def forms_of(session: Session, person, key: str) -> list[Assignment]:
    return [f for f in session.scalars(desk.to_answer(as_actor(session, person))).unique() if f.stage.key == key]


def until_evaluation(session: Session, *, close_ballots: bool = True) -> Cast:
    """Plans signed, one thing logged, ballots cast, supervisors about to evaluate."""
    people = cast(session)
    cycle = plan_cycle(session)
    with on_day(2026, 1, 2):
        cycles.open_cycle(session, CLOCK, cycle)
        cycles.open_stage(session, CLOCK, stage(cycle, "planning"))
        form = forms_of(session, people.citra, "planning")[0]
        assignments.submit(session, as_actor(session, people.citra), form, raw=fill(session, form), request_key="a")
        digest = access.submissions(session, form)[0].digest
        sign_offs.sign_off(session, as_actor(session, people.budi), form, digest=digest)
    with on_day(2026, 2, 1):
        cycles.open_stage(session, CLOCK, stage(cycle, "progress"))
        form = forms_of(session, people.citra, "progress")[0]
        raw = fill(session, form, date="2026-02-01", count="12")
        logs.add_entry(session, as_actor(session, people.citra), form, raw=raw, request_key="a")
    with on_day(2026, 11, 17):
        cycles.open_stage(session, CLOCK, stage(cycle, "peer-feedback"))
        for person in people.everybody:
            for form in forms_of(session, person, "peer-feedback"):
                feedback.cast_ballot(session, as_actor(session, person), form, raw=fill(session, form))
    if close_ballots:
        with on_day(2026, 12, 20):
            cycles.close_stage(session, CLOCK, stage(cycle, "peer-feedback"))
    with on_day(2027, 1, 11):
        cycles.open_stage(session, CLOCK, stage(cycle, "evaluation"))
    return people


def beside_evaluation(session: Session, people: Cast) -> dict[str, Beside]:
    """What Budi sees beside his evaluation of Citra."""
    with on_day(2027, 1, 12):
        forms = forms_of(session, people.budi, "evaluation")
        form = next(form for form in forms if form.subject_id == people.citra.id)
        return {one.design.key: one for one in beside(session, as_actor(session, people.budi), form)}


def test_an_evaluation_stands_beside_the_signed_plan_and_the_log_in_figures(session: Session) -> None:
    found = beside_evaluation(session, until_evaluation(session))
    assert list(found) == ["planning", "self-assessment", "progress", "peer-feedback"]
    assert found["planning"].answers
    assert found["self-assessment"].answers is None
    assert found["progress"].entries == 1
    assert [(label.id, value) for label, value in found["progress"].totals] == [("Jumlah yang selesai", 12)]


def test_feedback_is_shown_in_sum_once_the_box_is_closed(session: Session) -> None:
    peers = beside_evaluation(session, until_evaluation(session))["peer-feedback"]
    assert peers.counts
    for _question, given in peers.counts:
        assert sum(count for _answer, count in given) <= 3


def test_feedback_is_not_shown_below_the_threshold(session: Session) -> None:
    people = until_evaluation(session)
    one = session.scalars(select(Ballot.id).where(Ballot.subject_id == people.citra.id)).first()
    session.execute(delete(Ballot).where(Ballot.id == one))
    peers = beside_evaluation(session, people)["peer-feedback"]
    assert peers.counts == ()
    assert peers.sentences


def test_feedback_is_not_shown_while_the_box_fills(session: Session) -> None:
    peers = beside_evaluation(session, until_evaluation(session, close_ballots=False))["peer-feedback"]
    assert peers.counts == ()
    assert peers.sentences == ()
