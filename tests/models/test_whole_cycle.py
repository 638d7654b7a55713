"""One year of one cycle through the operations alone, without web and without engine."""

from random import Random

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from forms import answers
from models.assignments import Assignment, Measurement, SignOff, Submission
from models.awards import Candidate, Certificate
from models.feedback import Ballot, SurveyLink
from models.messages import OutboxMessage
from models.operations import assigning, assignments, awards, cycles, feedback, logs, scores, sign_offs
from models.permissions import CLOCK, CLOSER, PRINTER, PUBLIC
from models.queries import access, desk, results
from models.queries.answer_context import context_for
from models.queries.designs import form_schema
from models.scores import Score
from models.states import Assignment as State
from tests.cast import Cast, as_actor, cast, on_day, plan_cycle, stage


def fill(session: Session, assignment: Assignment, seed: int = 1) -> dict:
    schema = form_schema(assignment.stage.form_version)
    return answers.example(schema, Random(seed), context_for(session, assignment, schema))


def open_forms(session: Session, person) -> list[Assignment]:
    return list(session.scalars(desk.to_answer(as_actor(session, person))).unique())


def waiting(session: Session, person) -> list[Assignment]:
    return list(session.scalars(desk.to_sign(as_actor(session, person))).unique())


def submit_all(session: Session, people: Cast, mode: str = "once") -> None:
    for person in people.everybody:
        for form in open_forms(session, person):
            if form.stage.mode == mode:
                raw = fill(session, form, seed=form.id)
                if form.stage.key == "evaluation":
                    raw |= {"results_rating": "above", "behaviour_rating": "meets"}
                assignments.submit(session, as_actor(session, person), form, raw=raw, request_key="k1")


def sign_all(session: Session, people: Cast) -> None:
    for person in people.everybody:
        for form in waiting(session, person):
            digest = access.submissions(session, form)[0].digest
            sign_offs.sign_off(session, as_actor(session, person), form, digest=digest)


def test_a_year_runs_from_the_plan_to_the_certificate(session: Session) -> None:
    people = cast(session)
    cycle = plan_cycle(session)
    with on_day(2026, 1, 2):
        cycles.open_cycle(session, CLOCK, cycle)
        assert cycles.open_stage(session, CLOCK, stage(cycle, "planning")) == 9
        assert assigning.assign(session, CLOCK, stage(cycle, "planning")) == 0
    with on_day(2026, 1, 20):
        submit_all(session, people)
        assert len(waiting(session, people.budi)) == 3
        sign_all(session, people)
    planning = stage(cycle, "planning")
    states = dict(
        session.execute(
            select(Assignment.state, func.count()).where(Assignment.stage_id == planning.id).group_by(Assignment.state)
        ).all()
    )
    # Fitri has nobody above her: her plan waits until HR has named a supervisor.
    assert states == {State.COMPLETED: 8, State.SUBMITTED: 1}
    with on_day(2026, 2, 1):
        cycles.close_stage(session, CLOCK, planning)
        cycles.open_stage(session, CLOCK, stage(cycle, "progress"))
        assert cycles.open_stage(session, CLOCK, stage(cycle, "public-survey")) == 2
    with on_day(2026, 3, 4):
        entry_form = next(f for f in open_forms(session, people.citra) if f.stage.mode == "log")
        raw = fill(session, entry_form) | {"date": "2026-03-04", "count": "12"}
        first = logs.add_entry(session, as_actor(session, people.citra), entry_form, raw=raw, request_key="a")
        again = logs.add_entry(session, as_actor(session, people.citra), entry_form, raw=raw, request_key="a")
        assert first.id == again.id
        assert session.scalar(select(Measurement.value).where(Measurement.source == "log_entry")) == 12
        link = session.scalars(select(SurveyLink)).first()
        survey = form_schema(stage(cycle, "public-survey").form_version)
        raw = answers.example(survey, Random(1), answers.AnswerContext(today=first.occurred_on))
        feedback.answer_survey(session, PUBLIC, link, raw=raw, request_key="visit-1")
    with on_day(2026, 11, 17):
        assert cycles.open_stage(session, CLOCK, stage(cycle, "peer-feedback")) >= 8 * 3
    with on_day(2026, 11, 20):
        for person in people.everybody:
            for form in open_forms(session, person):
                if form.stage.mode == "ballot":
                    feedback.cast_ballot(session, as_actor(session, person), form, raw=fill(session, form, form.id))
        assert session.scalar(select(func.count()).select_from(Ballot)) >= 24
    with on_day(2027, 1, 2):
        for key in ("progress", "public-survey", "peer-feedback"):
            cycles.close_stage(session, CLOCK, stage(cycle, key))
        cycles.open_stage(session, CLOCK, stage(cycle, "self-assessment"))
        submit_all(session, people)
    with on_day(2027, 1, 13):
        cycles.close_stage(session, CLOCK, stage(cycle, "self-assessment"))
        cycles.open_stage(session, CLOCK, stage(cycle, "evaluation"))
        submit_all(session, people)
        sign_all(session, people)
    with on_day(2027, 2, 3):
        cycles.close_cycle(session, CLOSER, cycle)
        ids = list(results.subjects_of(session, cycle))
        assert len(ids) == 9
        assert scores.score(session, CLOSER, cycle, subject_ids=ids) == 9
        assert scores.score(session, CLOSER, cycle, subject_ids=ids) == 0
        outcomes = dict(session.execute(select(Score.outcome, func.count()).group_by(Score.outcome)).all())
        assert outcomes == {"good": 8, None: 1}
        assert awards.propose_candidates(session, CLOSER, cycle) > 0
    indra = as_actor(session, people.indra)
    with on_day(2027, 2, 20):
        best = session.scalars(select(Candidate).where(Candidate.category == "general", Candidate.rank == 1)).one()
        awards.confirm(session, indra, best)
        options = {
            "agency": "Pemerintah Nanggalo",
            "place": "Nanggalo",
            "verify_url": "http://localhost/verify",
            "demo": True,
        }
        certificate = awards.issue_certificate(session, PRINTER, best, **options)
        assert awards.issue_certificate(session, PRINTER, best, **options).id == certificate.id
        assert certificate.number == "800.1.11.1/001/PEM-NGL/II/2027"
        assert session.scalar(select(func.count()).select_from(Certificate)) == 1
    assert session.scalar(select(func.count()).select_from(OutboxMessage)) > 30
    assert session.scalar(select(func.count()).select_from(SignOff)) == session.scalar(
        select(func.count())
        .select_from(Submission)
        .where(
            Submission.assignment_id.in_(
                select(Assignment.id).where(
                    Assignment.state == State.COMPLETED,
                    Assignment.sign_off_step > 0,
                    Assignment.stage_id.in_([planning.id]),
                )
            )
        )
    ) + session.scalar(
        select(func.count())
        .select_from(SignOff)
        .join(Submission)
        .join(Assignment)
        .where(Assignment.stage_id == stage(cycle, "evaluation").id)
    )
