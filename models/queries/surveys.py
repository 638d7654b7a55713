"""What the public needs to answer a survey: the unit, the form, and whether answers are taken now."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from forms.context import AnswerContext
from forms.schema import FormSchema
from models import clock
from models.cycles import Cycle, Stage
from models.errors import NotFound
from models.feedback import SurveyLink
from models.people import Unit
from models.queries.designs import form_schema
from models.states import Stage as StageState
from models.tokens import read_token


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
    found = session.execute(
        select(SurveyLink, Unit.name, Stage)
        .join(Unit, Unit.id == SurveyLink.unit_id)
        .join(Stage, Stage.id == SurveyLink.stage_id)
        .where(SurveyLink.token == read_token(token[:100]))
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
