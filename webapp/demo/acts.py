"""What invented people do in a year: they hand in, sign, give back, log, judge, rate and decide, by the operations."""

import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from models import clock
from models.assignments import Assignment, Draft
from models.awards import Candidate
from models.cycles import Cycle, Stage
from models.feedback import SurveyLink
from models.operations import assignments, awards, cycles, feedback, logs, sign_offs
from models.people import Person, Post, RoleGrant, Unit
from models.permissions import PUBLIC, Actor, Role
from models.queries import access, desk
from models.queries.answer_context import signed_answers
from models.queries.people import actor_for, posts, supervisor_of
from models.queries.results import subjects_of
from models.states import OPEN_ASSIGNMENT
from models.states import Assignment as State
from models.states import Candidate as CandidateState
from webapp.demo.answers import Inventor

RETURNED_SHARE = 0.15
"""Plans that the supervisor gives back once."""
SURVEYS_PER_UNIT = (12, 30)
"""Citizens who answer about a unit in a year."""


@dataclass
class People:
    """Everybody in one cycle, and what they would answer."""

    zone: str
    seed: int
    cycle_id: int = 0
    _inventor: Inventor = field(init=False)
    _rng: random.Random = field(init=False)

    def __post_init__(self) -> None:
        self._inventor = Inventor(self.seed)
        self._rng = random.Random(self.seed)  # noqa: S311 — invented, not secret

    def fill(self, stage_key: str, people: Sequence[int], session: Session) -> None:
        """These people hand in the forms of a stage that wait for them."""
        for person in people:
            actor = actor_for(session, person)
            waiting = desk.to_answer(actor).where(Stage.key == stage_key, Stage.cycle_id == self.cycle_id)
            for assignment in session.scalars(waiting).unique().all():
                raw = self._answers(session, assignment)
                key = f"demo-{assignment.round}"
                assignments.submit(session, actor, assignment, raw=raw, request_key=key)

    def _answers(self, session: Session, assignment: Assignment) -> dict[str, Any]:
        subject = assignment.subject
        quality = self._inventor.quality(subject.employee_number)
        if assignment.stage.key == "planning":
            if assignment.state == State.RETURNED:
                return self._inventor.correction(self._draft(session, assignment))
            post = posts(session, [subject.id], clock.today(self.zone))[subject.id]
            return self._inventor.plan(post.title, post.kind, post.unit.name, self._leader_results(session, assignment))
        plan = signed_answers(session, self.cycle_id, "planning", subject.id) or {}
        rows = plan.get("results") or []
        if assignment.stage.key == "self-assessment":
            return self._inventor.self_assessment(rows, quality)
        return self._inventor.evaluation(rows, quality)

    def _draft(self, session: Session, assignment: Assignment) -> dict[str, Any]:
        return dict(session.get_one(Draft, assignment.id).raw)

    def _leader_results(self, session: Session, assignment: Assignment) -> list[str]:
        leader = supervisor_of(session, assignment.subject_id, clock.today(self.zone))
        plan = signed_answers(session, self.cycle_id, "planning", leader) if leader else None
        return list(dict.fromkeys(row["result"] for row in (plan or {}).get("results") or []))

    def review(self, stage_key: str, session: Session) -> None:
        """Everybody for whom answers wait signs them; some plans are given back once."""
        signers = session.scalars(
            select(Assignment.signer_id)
            .join(Stage)
            .where(Stage.cycle_id == self.cycle_id, Stage.key == stage_key, Assignment.state == State.SUBMITTED)
            .distinct()
        ).all()
        for signer in sorted(one for one in signers if one is not None):
            actor = actor_for(session, signer)
            for assignment in session.scalars(desk.to_sign(actor).where(Stage.key == stage_key)).unique().all():
                digest = access.submissions(session, assignment)[0].digest
                if stage_key == "planning" and assignment.round == 1 and self._rng.random() < RETURNED_SHARE:
                    comment = self._inventor.return_comment()
                    sign_offs.return_for_revision(session, actor, assignment, digest=digest, comment=comment)
                else:
                    sign_offs.sign_off(session, actor, assignment, digest=digest)

    def log(self, session: Session) -> None:
        """Everybody logs what was done that day."""
        today = clock.today(self.zone)
        waiting = (
            select(Assignment)
            .join(Assignment.stage)
            .where(Stage.cycle_id == self.cycle_id, Stage.mode == "log", Assignment.state.in_(OPEN_ASSIGNMENT))
        )
        held = self._posts(session)
        for assignment in session.scalars(waiting).all():
            if self._rng.random() < 0.8:
                post = held[assignment.respondent_id]
                raw = self._inventor.log_entry(post.title, post.kind, today)
                actor = Actor(person_id=assignment.respondent_id)
                logs.add_entry(session, actor, assignment, raw=raw, request_key=f"demo-{today}")

    def survey(self, session: Session) -> None:
        """Citizens answer about the unit they were served by."""
        rows = session.execute(
            select(SurveyLink, Unit.name)
            .join(Unit, Unit.id == SurveyLink.unit_id)
            .join(Stage)
            .where(Stage.cycle_id == self.cycle_id)
        ).all()
        for link, unit in rows:
            for number in range(self._rng.randint(*SURVEYS_PER_UNIT) // 4):
                key = f"demo-{link.id}-{clock.today(self.zone)}-{number}"
                feedback.answer_survey(session, PUBLIC, link, raw=self._inventor.survey(unit), request_key=key)

    def cast(self, people: Sequence[int], session: Session) -> None:
        """These people give feedback about their colleagues."""
        for person in people:
            actor = actor_for(session, person)
            waiting = desk.to_answer(actor).where(Stage.mode == "ballot", Stage.cycle_id == self.cycle_id)
            for assignment in session.scalars(waiting).unique().all():
                quality = self._inventor.quality(assignment.subject.employee_number)
                feedback.cast_ballot(session, actor, assignment, raw=self._inventor.ballot(quality))

    def rate_units(self, session: Session) -> None:
        """HR sets what each unit achieved, before the people in it are rated."""
        cycle = session.get_one(Cycle, self.cycle_id)
        units = session.scalars(select(Unit).where(Unit.id.in_(set(subjects_of(session, cycle).values())))).all()
        for unit in units:
            rating = self._rng.choices(("excellent", "good", "needs_improvement"), (2, 7, 1))[0]
            cycles.rate_unit(
                session, self.hr(session), cycle, unit=unit, rating=rating, reason="Perjanjian kinerja unit"
            )

    def decide_awards(self, session: Session) -> None:
        """The committee confirms the best of each category, but for its own members."""
        cycle = session.get_one(Cycle, self.cycle_id)
        actor = actor_for(session, self._with_role(session, Role.AWARD_COMMITTEE))
        for category in awards.awards_of(cycle).categories:
            places = category.winners
            candidates = (
                session.scalars(
                    access.candidates(actor, cycle).where(Candidate.category == category.key, Candidate.eligible)
                )
                .unique()
                .all()
            )
            for candidate in candidates[: places + 1]:
                if not places:
                    break
                if candidate.subject_id == actor.person_id or candidate.state != CandidateState.PROPOSED:
                    continue
                note = "Sidang pleno tim penilai" if (candidate.rank or 0) > category.winners else ""
                awards.confirm(session, actor, candidate, note=note)
                places -= 1

    def hr(self, session: Session) -> Actor:
        return actor_for(session, self._with_role(session, Role.HR_ADMINISTRATOR))

    def _with_role(self, session: Session, role: Role) -> int:
        return (
            session.scalars(select(RoleGrant.person_id).where(RoleGrant.role == role).order_by(RoleGrant.id)).first()
            or 0
        )

    def _posts(self, session: Session) -> dict[int, Post]:
        ids = session.scalars(select(Person.id)).all()
        return posts(session, ids, clock.today(self.zone))
