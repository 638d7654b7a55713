"""People who fill in the measured forms: signed in, each with a draft of every form he is asked about."""

import json
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from itsdangerous import URLSafeTimedSerializer
from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from benchmarks import questionnaires
from benchmarks.lives import invent_lives
from benchmarks.years import FRESH, ZONE, plan_cycle, stage_of
from models import clock
from models.assignments import Assignment, Draft
from models.cycles import Stage
from models.operations import cycles, designs
from models.people import WebSession
from models.permissions import CLOCK, OPERATOR, ORGANISATION
from models.session import make_engine, session_factory, writing
from models.settings import Settings
from webapp.config import purpose_key
from webapp.demo.cast import populate
from webapp.sessions import digest_of

PLAN = "planning"
PLAN_ROWS = 5


@dataclass(frozen=True)
class Respondent:
    """A signed-in person and the forms he has to fill in, by key of their stage."""

    forms: dict[str, int]
    cookie: str
    csrf_token: str


def prepare(url: str, people: int, regulars: int) -> list[Respondent]:
    """So many people, each with the form of forty questions; the first ones, `regulars`, with drafts of all forms."""
    engine = make_engine(url)
    factory = session_factory(engine)
    populate(factory, people, 7, clock.today(ZONE).year, secrets.token_hex(8))
    signer = URLSafeTimedSerializer(purpose_key(Settings(), "csrf"), salt="wtf-csrf-token")
    with writing(factory) as session:
        stages = [_plan_stage(session), *_measured_stages(session)]
        forms: dict[int, dict[str, int]] = {}
        versions = {stage.key: stage.form_version_id for stage in stages}
        for stage in stages:
            cycles.extend_stage(session, CLOCK, stage, closes_at=clock.now().replace(year=clock.now().year + 1))
            cycles.open_stage(session, CLOCK, stage)
            rows = select(Assignment.respondent_id, Assignment.id).where(Assignment.stage_id == stage.id)
            for person_id, assignment_id in session.execute(rows.order_by(Assignment.id)):
                forms.setdefault(person_id, {})[stage.key] = assignment_id
        everywhere = [person_id for person_id, found in forms.items() if len(found) == len(stages)]
        found = [Respondent(forms[person_id], *_sign_in(session, person_id, signer)) for person_id in everywhere]
        raw = {PLAN: five_rows()} | {form.key: questionnaires.typed(form) for form in questionnaires.every()}
        for number, one in enumerate(found):
            wanted = one.forms if number < regulars else {questionnaires.FORTY: one.forms[questionnaires.FORTY]}
            session.execute(insert(Draft), list(_drafts(wanted, raw, versions)))
    engine.dispose()
    return found


def _drafts(
    forms: dict[str, int], raw: dict[str, dict[str, Any]], versions: dict[str, int | None]
) -> Iterator[dict[str, Any]]:
    for key, assignment_id in forms.items():
        yield {
            "assignment_id": assignment_id,
            "raw": raw[key],
            "lock": 1,
            "saved_at": clock.now(),
            "form_version_id": versions[key],
        }


def _plan_stage(session: Session) -> Stage:
    plan_cycle(session, FRESH, clock.today(ZONE).year)
    return stage_of(session, FRESH, PLAN)


def _measured_stages(session: Session) -> list[Stage]:
    """The measured forms, published, as the stages of a cycle of their own."""
    for form in questionnaires.every():
        version = designs.import_definition(session, OPERATOR, ORGANISATION, kind="form", definition=form.definition())
        designs.publish(session, OPERATOR, version)
    definition = questionnaires.cycle_design().model_dump(mode="json", exclude_defaults=True, by_alias=True)
    version = designs.import_definition(session, OPERATOR, ORGANISATION, kind="cycle", definition=definition)
    designs.publish(session, OPERATOR, version)
    year = clock.today(ZONE).year
    cycle = cycles.create_cycle(
        session,
        OPERATOR,
        ORGANISATION,
        version=version,
        key="measured",
        title="Formulir yang diukur",
        starts_on=date(year, 1, 1),
        ends_on=date(year, 12, 31),
        zone=ZONE,
    )
    cycles.open_cycle(session, CLOCK, cycle)
    return list(cycle.stages)


def _sign_in(session: Session, person_id: int, signer: URLSafeTimedSerializer) -> tuple[str, str]:
    """The cookie of a browser in which this person is signed in, and the token of its forms."""
    token, csrf, now = secrets.token_urlsafe(32), secrets.token_hex(20), clock.now()
    data = {"_user_id": str(person_id), "_fresh": True, "csrf_token": csrf, "browser": "Firefox · Linux"}
    row = {"digest": digest_of(token), "person_id": person_id, "data": json.dumps(data)}
    session.execute(insert(WebSession), [row | {"created_at": now, "seen_at": now}])
    return f"kinerja={token}", str(signer.dumps(csrf))


def five_rows() -> dict[str, Any]:
    """An invented plan as it is typed, with exactly five rows."""
    plan = next(life.raw_plan for life in invent_lives(7) if life.raw_plan["results"])
    rows = [row for _ in range(PLAN_ROWS) for row in plan["results"]][:PLAN_ROWS]
    return plan | {"results": [row | {"_id": f"benchmark{place}"} for place, row in enumerate(rows)]}
