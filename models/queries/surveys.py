"""What the public needs to answer a survey: the unit, the form, and whether answers are taken now."""

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from forms.context import AnswerContext
from forms.schema import FormSchema
from models import clock
from models.cycles import Cycle, Stage
from models.errors import NotFound
from models.feedback import SurveyAnswer, SurveyLink
from models.people import Unit
from models.permissions import Actor
from models.queries.access import in_units
from models.queries.designs import form_schema
from models.states import Stage as StageState
from models.tokens import looks_like_token, read_token


@dataclass(frozen=True)
class PublicSurvey:
    """A survey as somebody with its link sees it; `state` is `open`, `planned` or `closed`."""

    link_id: int
    unit_name: str
    cycle_title: str
    schema: FormSchema
    context: AnswerContext
    state: str


def public_survey(session: Session, token: str) -> PublicSurvey:
    """The survey behind the token of a link. Raises NotFound for a token that is none."""
    if not looks_like_token(token):
        raise NotFound
    found = session.execute(
        select(SurveyLink, Unit.name, Stage)
        .join(Unit, Unit.id == SurveyLink.unit_id)
        .join(Stage, Stage.id == SurveyLink.stage_id)
        .where(SurveyLink.token == read_token(token))
        .options(joinedload(Stage.form_version), joinedload(Stage.cycle).joinedload(Cycle.design_version))
    ).one_or_none()
    if found is None:
        raise NotFound
    link, unit_name, stage = found
    assert stage.form_version is not None
    over = stage.state == StageState.CLOSED or clock.now() >= stage.closes_at
    state = "closed" if over else "open" if stage.state == StageState.OPEN else "planned"
    context = AnswerContext(today=clock.today(stage.cycle.zone))
    return PublicSurvey(link.id, unit_name, stage.cycle.title, form_schema(stage.form_version), context, state)


@dataclass(frozen=True)
class UnitLink:
    """The address of one unit in one survey, and how many have answered."""

    stage: Stage
    unit: Unit
    token: str
    answers: int


def unit_links(session: Session, actor: Actor, cycle: Cycle) -> list[UnitLink]:
    """The addresses of a cycle's surveys, of the units that the actor reads as HR or auditor."""
    counts = dict(
        session.execute(
            select(SurveyLink.id, func.count())
            .join(Stage, Stage.id == SurveyLink.stage_id)
            .join(
                SurveyAnswer,
                (SurveyAnswer.stage_id == SurveyLink.stage_id) & (SurveyAnswer.unit_id == SurveyLink.unit_id),
            )
            .where(Stage.cycle_id == cycle.id)
            .group_by(SurveyLink.id)
        ).all()
    )
    rows = session.execute(
        select(SurveyLink, Stage, Unit)
        .join(Stage, Stage.id == SurveyLink.stage_id)
        .join(Unit, Unit.id == SurveyLink.unit_id)
        .where(Stage.cycle_id == cycle.id, in_units(actor, SurveyLink.unit_id))
        .order_by(Stage.position, Unit.path)
    )
    return [UnitLink(stage, unit, link.token, counts.get(link.id, 0)) for link, stage, unit in rows]
