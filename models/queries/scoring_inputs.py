"""Everything scoring reads about a set of people, gathered in a handful of statements however many they are."""

from collections import defaultdict
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from forms.schema import FormSchema
from models.assignments import Assignment, Measurement, SignOff, Submission
from models.cycle_design import CycleDesign
from models.cycles import Cycle, Stage
from models.feedback import Ballot, SurveyAnswer
from models.people import Person
from models.queries.designs import cycle_design, form_schema, forms_by_version
from models.scoring.base import Inputs, SignedForm, StepResult
from models.states import Assignment as State


def inputs_for(session: Session, cycle: Cycle, units: dict[int, int]) -> dict[int, Inputs]:
    """The inputs of each person; `units` maps person id to the unit whose survey counts."""
    design = cycle_design(cycle.design_version)
    stages = {stage.id: stage for stage in cycle.stages}
    ids = list(units)
    forms = _signed_forms(session, stages, ids)
    ballots = _ballots(session, stages, ids)
    surveys = _surveys(session, stages, sorted(set(units.values())))
    measures = _measures(session, stages, ids)
    unit_results: dict[int, dict[str, StepResult]] = {unit: {} for unit in units.values()}
    schemas = {stage.key: schema for stage in stages.values() if (schema := _schema(stage)) is not None}
    thresholds, titles = _thresholds(design), {stage.key: stage.title for stage in design.stages}
    return {
        person: Inputs(
            forms=forms.get(person, {}),
            ballots=ballots.get(person, {}),
            surveys=surveys.get(units[person], {}),
            measures=measures.get(person, {}),
            thresholds=thresholds,
            schemas=schemas,
            titles=titles,
            unit_results=unit_results[units[person]],
        )
        for person in ids
    }


def _thresholds(design: CycleDesign) -> dict[str, int]:
    return {stage.key: stage.peers.threshold for stage in design.stages if stage.peers}


def _schema(stage: Stage) -> FormSchema | None:
    return form_schema(stage.form_version) if stage.form_version else None


def _signed_forms(session: Session, stages: dict[int, Stage], ids: Sequence[int]) -> dict[int, dict[str, SignedForm]]:
    signer = aliased(Person)
    # The state is looked at here: asked for in SQL, SQLite reads the whole stage for every chunk of people.
    rows = session.execute(
        select(
            Assignment.subject_id,
            Assignment.stage_id,
            Assignment.id,
            Assignment.state,
            Assignment.state_since,
            Submission.id,
            Submission.answers,
            Submission.form_version_id,
            Person.name,
        )
        .join(Submission, (Submission.assignment_id == Assignment.id) & (Submission.round == Assignment.round))
        .join(Person, Person.id == Submission.submitted_by_id)
        .where(Assignment.stage_id.in_(stages), Assignment.subject_id.in_(ids))
    ).all()
    signatures: dict[int, list[str]] = defaultdict(list)
    signed = session.execute(
        select(SignOff.submission_id, signer.name)
        .join(signer, signer.id == SignOff.signer_id)
        .join(Submission, Submission.id == SignOff.submission_id)
        .join(Assignment, Assignment.id == Submission.assignment_id)
        .where(Assignment.stage_id.in_(stages), Assignment.subject_id.in_(ids), SignOff.decision == "signed")
        .order_by(SignOff.step)
    )
    for submission_id, name in signed:
        signatures[submission_id].append(name)
    found: dict[int, dict[str, SignedForm]] = defaultdict(dict)
    asked = forms_by_version(session, (row.form_version_id for row in rows))
    for subject, stage_id, assignment_id, state, since, submission_id, answers, version_id, name in rows:
        if state != State.COMPLETED:
            continue
        signers = tuple(signatures[submission_id])
        form = SignedForm(answers, assignment_id, name, signers, since, asked[version_id])
        found[subject][stages[stage_id].key] = form
    return found


def _ballots(session: Session, stages: dict[int, Stage], ids: Sequence[int]) -> dict[int, dict[str, list[Any]]]:
    found: dict[int, dict[str, list[Any]]] = defaultdict(lambda: defaultdict(list))
    rows = session.execute(
        select(Ballot.subject_id, Ballot.stage_id, Ballot.answers).where(
            Ballot.stage_id.in_(stages), Ballot.subject_id.in_(ids)
        )
    )
    for subject, stage_id, answers in rows:
        found[subject][stages[stage_id].key].append(answers)
    return found


def _surveys(session: Session, stages: dict[int, Stage], units: Sequence[int]) -> dict[int, dict[str, list[Any]]]:
    found: dict[int, dict[str, list[Any]]] = defaultdict(lambda: defaultdict(list))
    rows = session.execute(
        select(SurveyAnswer.unit_id, SurveyAnswer.stage_id, SurveyAnswer.answers).where(
            SurveyAnswer.stage_id.in_(stages), SurveyAnswer.unit_id.in_(units)
        )
    )
    for unit, stage_id, answers in rows:
        found[unit][stages[stage_id].key].append(answers)
    return found


def _measures(
    session: Session, stages: dict[int, Stage], ids: Sequence[int]
) -> dict[int, dict[tuple[str, str], Decimal]]:
    found: dict[int, dict[tuple[str, str], Decimal]] = defaultdict(dict)
    # Of all cycles, for the same reason as above: people are few in a chunk, the figures of a stage are many.
    rows = session.execute(
        select(Measurement.subject_id, Measurement.stage_id, Measurement.key, func.sum(Measurement.value))
        .where(Measurement.subject_id.in_(ids))
        .group_by(Measurement.subject_id, Measurement.stage_id, Measurement.key)
    )
    for subject, stage_id, key, total in rows:
        if stage_id in stages:
            found[subject][(stages[stage_id].key, key)] = total
    return found
