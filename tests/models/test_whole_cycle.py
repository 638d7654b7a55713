"""One year of one cycle through the operations alone, without web and without engine."""

from decimal import Decimal
from random import Random

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from forms import answers
from models.assignments import Assignment, Measurement, Submission
from models.awards import Candidate, Certificate
from models.errors import Conflict, Forbidden, Invalid
from models.feedback import Ballot, SurveyAnswer, SurveyLink
from models.operations import assigning, assignments, awards, cycles, feedback, logs, scores, sign_offs
from models.permissions import CLOCK, CLOSER, PRINTER, PUBLIC
from models.queries import results
from models.queries.designs import form_schema
from models.scores import Score
from models.states import Assignment as State
from tests.cast import as_actor, cast, on_day, plan_cycle, stage
from tests.stories import fill, open_forms, until_evaluated, until_planned, waiting

ISSUE = {"agency": "Pemerintah Nanggalo", "place": "Nanggalo", "verify_url": "http://localhost/verify", "demo": True}


def test_a_year_runs_from_the_plan_to_the_certificate(session: Session) -> None:
    people = cast(session)
    cycle = plan_cycle(session)
    until_evaluated(session, people, cycle)
    with on_day(2027, 2, 3):
        cycles.close_cycle(session, CLOSER, cycle)
        ids = list(results.subjects_of(session, cycle))
        assert len(ids) == 9
        assert scores.score(session, CLOSER, cycle, subject_ids=ids) == 9
        outcomes = dict(session.execute(select(Score.outcome, func.count()).group_by(Score.outcome)).all())
        assert outcomes == {"good": 8, None: 1}
        assert awards.propose_candidates(session, CLOSER, cycle) > 0
    with on_day(2027, 2, 20):
        best = session.scalars(select(Candidate).where(Candidate.category == "general", Candidate.rank == 1)).one()
        awards.confirm(session, as_actor(session, people.indra), best)
        certificate = awards.issue_certificate(session, PRINTER, best, **ISSUE)
        assert awards.issue_certificate(session, PRINTER, best, **ISSUE).id == certificate.id
        assert certificate.number == "800.1.11.1/001/PEM-NGL/II/2027"
        assert session.scalar(select(func.count()).select_from(Certificate)) == 1


def test_scoring_twice_is_scoring_once(session: Session) -> None:
    people = cast(session)
    cycle = plan_cycle(session)
    until_evaluated(session, people, cycle)
    with on_day(2027, 2, 3):
        cycles.close_cycle(session, CLOSER, cycle)
        ids = list(results.subjects_of(session, cycle))
        scores.score(session, CLOSER, cycle, subject_ids=ids)
        assert scores.score(session, CLOSER, cycle, subject_ids=ids) == 0
        assert session.scalar(select(func.count()).select_from(Score)) == 9


def test_whoever_has_nobody_above_waits_visibly_and_gets_no_predicate(session: Session) -> None:
    people = cast(session)
    cycle = plan_cycle(session)
    until_planned(session, people, cycle)
    own = session.scalars(select(Assignment).where(Assignment.subject_id == people.fitri.id)).one()
    assert (own.state, own.signer_id) == (State.SUBMITTED, None)


def test_a_stage_is_assigned_once_however_often_it_is_asked(session: Session) -> None:
    cast(session)
    cycle = plan_cycle(session)
    with on_day(2026, 1, 2):
        cycles.open_cycle(session, CLOCK, cycle)
        assert cycles.open_stage(session, CLOCK, stage(cycle, "planning")) == 9
        assert assigning.assign(session, CLOCK, stage(cycle, "planning")) == 0


def test_an_entry_sent_twice_is_logged_and_measured_once(session: Session) -> None:
    people = cast(session)
    cycle = plan_cycle(session)
    with on_day(2026, 2, 1):
        cycles.open_cycle(session, CLOCK, cycle)
        cycles.open_stage(session, CLOCK, stage(cycle, "progress"))
    with on_day(2026, 3, 4):
        form = open_forms(session, people.citra)[0]
        raw = fill(session, form) | {"date": "2026-03-04", "count": "12"}
        first = logs.add_entry(session, as_actor(session, people.citra), form, raw=raw, request_key="a")
        again = logs.add_entry(session, as_actor(session, people.citra), form, raw=raw, request_key="a")
        assert first.id == again.id
        assert session.scalar(select(func.sum(Measurement.value))) == Decimal(12)
        logs.strike_entry(session, as_actor(session, people.citra), first)
        assert session.scalar(select(func.count()).select_from(Measurement)) == 0


def test_an_entry_for_tomorrow_is_refused_at_its_date(session: Session) -> None:
    people = cast(session)
    cycle = plan_cycle(session)
    with on_day(2026, 2, 1):
        cycles.open_cycle(session, CLOCK, cycle)
        cycles.open_stage(session, CLOCK, stage(cycle, "progress"))
        form = open_forms(session, people.citra)[0]
        raw = fill(session, form) | {"date": "2026-02-02"}
        with pytest.raises(Invalid) as refused:
            logs.add_entry(session, as_actor(session, people.citra), form, raw=raw, request_key="a")
    assert list(refused.value.errors) == ["date"]


def test_a_second_ballot_of_the_same_colleague_is_refused(session: Session) -> None:
    people = cast(session)
    cycle = plan_cycle(session)
    with on_day(2026, 11, 17):
        cycles.open_cycle(session, CLOCK, cycle)
        cycles.open_stage(session, CLOCK, stage(cycle, "peer-feedback"))
        form = open_forms(session, people.citra)[0]
        feedback.cast_ballot(session, as_actor(session, people.citra), form, raw=fill(session, form))
        with pytest.raises(Conflict):
            feedback.cast_ballot(session, as_actor(session, people.citra), form, raw=fill(session, form))
        assert session.scalar(select(func.count()).select_from(Ballot)) == 1


def test_colleagues_judge_and_are_judged_equally_often(session: Session) -> None:
    people = cast(session)
    cycle = plan_cycle(session)
    with on_day(2026, 11, 17):
        cycles.open_cycle(session, CLOCK, cycle)
        cycles.open_stage(session, CLOCK, stage(cycle, "peer-feedback"))
    rows = session.execute(select(Assignment.subject_id, Assignment.respondent_id)).all()
    for person in people.everybody:
        assert sum(subject == person.id for subject, _ in rows) == 3
        assert (person.id, person.id) not in rows
    assert (people.citra.id, people.budi.id) not in rows


def test_the_public_is_counted_once_for_each_visit(session: Session) -> None:
    cast(session)
    cycle = plan_cycle(session)
    with on_day(2026, 2, 1):
        cycles.open_cycle(session, CLOCK, cycle)
        assert cycles.open_stage(session, CLOCK, stage(cycle, "public-survey")) == 2
        link = session.scalars(select(SurveyLink)).first()
        assert link is not None
        version = stage(cycle, "public-survey").form_version
        assert version is not None
        context = answers.AnswerContext(today=cycle.starts_on)
        raw = answers.example(form_schema(version), Random(1), context)
        for _ in range(2):
            feedback.answer_survey(session, PUBLIC, link, raw=raw, request_key="visit-1")
        assert session.scalar(select(func.count()).select_from(SurveyAnswer)) == 1


def test_nobody_signs_what_waits_for_somebody_else(session: Session) -> None:
    people = cast(session)
    cycle = plan_cycle(session)
    with on_day(2026, 1, 2):
        cycles.open_cycle(session, CLOCK, cycle)
        cycles.open_stage(session, CLOCK, stage(cycle, "planning"))
        form = open_forms(session, people.citra)[0]
        assignments.submit(session, as_actor(session, people.citra), form, raw=fill(session, form), request_key="k")
        assert [one.id for one in waiting(session, people.budi)] == [form.id]
        digest = session.scalars(select(Submission.digest)).one()
        for somebody in (people.fitri, people.citra, people.ani, people.dedi):
            with pytest.raises(Forbidden):
                sign_offs.sign_off(session, as_actor(session, somebody), form, digest=digest)
