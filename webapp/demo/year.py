"""One invented year, lived through on a virtual clock: people act through the operations, everything else is flows."""

import random
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from flows import launch
from models import clock
from models.assignments import Assignment, Draft
from models.awards import Candidate
from models.cycles import Cycle, Stage
from models.feedback import SurveyLink
from models.operations import assignments, awards, cycles, feedback, logs, reconciling, sign_offs
from models.people import Person, Post, RoleGrant, Unit
from models.permissions import ORGANISATION, PUBLIC, Actor, Role
from models.queries import access, desk
from models.queries.answer_context import signed_answers
from models.queries.designs import published_version
from models.queries.people import actor_for, posts, supervisor_of, supervisors
from models.queries.results import subjects_of
from models.session import reading, writing
from models.states import OPEN_ASSIGNMENT
from models.states import Assignment as State
from models.states import Candidate as CandidateState
from webapp.demo.answers import Inventor

ACTS_IN_ONE_TRANSACTION = 25
LATE_SHARE = 0.04
"""People who never hand a form in."""
RETURNED_SHARE = 0.15
"""Plans that the supervisor gives back once."""
SURVEYS_PER_UNIT = (12, 30)
LOGS_FOR_SMALL = 20
"""Log entries of each person in a year, in a small organisation."""
LOGS_FOR_LARGE = 3


@dataclass
class Year:
    """The cycle of one calendar year and everybody in it."""

    factory: sessionmaker[Session]
    year: int
    zone: str
    seed: int
    people: int
    tell: Callable[[str], AbstractContextManager[Any]]
    """Names what happens now, for a progress bar."""
    spared: frozenset[str] = frozenset()
    """Employee numbers of those who have handed nothing in yet in the next cycle, so that a visitor can."""
    cycle_id: int = 0
    key: str = ""
    moments: int = 0
    _inventor: Inventor = field(init=False)

    def __post_init__(self) -> None:
        self._inventor = Inventor(self.seed)
        self._mail_waits = False
        self._rng = random.Random(self.seed)  # noqa: S311 — invented, not secret

    def live(self) -> None:
        """From the making of the cycle to the last certificate."""
        parts: dict[str, Callable[[], None]] = {
            "Siklus dibuka": lambda: self._at(date(self.year, 1, 1), self._plan_cycle),
            "Perencanaan: SKP disusun, ditandatangani, dikembalikan": self._planning,
            "Pengukuran: catatan layanan dan survei masyarakat": self._measuring,
            "Umpan balik rekan kerja": self._ballots,
            "Penilaian mandiri dan evaluasi": self._assessing,
            "Penutupan, predikat, dokumen evaluasi": self._closing,
            "Penghargaan dan piagam": self._awarding,
        }
        for title, live in parts.items():
            with self.tell(title):
                live()
                self._deliver()

    def _plan_cycle(self, session: Session) -> None:
        version = published_version(session, "cycle", "asn-annual")
        if version is None:
            raise LookupError("the shipped designs are not installed")
        cycle = cycles.create_cycle(
            session,
            self._hr(session),
            ORGANISATION,
            version=version,
            key=str(self.year),
            title=f"Penilaian Kinerja {self.year}",
            starts_on=date(self.year, 1, 1),
            ends_on=date(self.year, 12, 31),
            zone=self.zone,
        )
        self.cycle_id, self.key = cycle.id, cycle.key
        reconciling.open_period(session, self._hr(session), cycle)

    def _planning(self) -> None:
        everybody = self._shuffled()
        never = set(everybody[: max(1, round(len(everybody) * LATE_SHARE))]) if len(everybody) > 10 else set()
        working = [person for person in everybody if person not in never]
        days = (6, 10, 14, 19, 23, 27, 30)
        working.sort(key=self._depths().__getitem__)
        size = -(-len(working) // len(days))
        for number, day in enumerate(days):
            part = working[number * size : (number + 1) * size]
            self._at(date(self.year, 1, day), lambda session, part=part: self._fill("planning", part, session))
            self._at(date(self.year, 1, day) + timedelta(days=1), lambda session: self._review("planning", session))
        for day in (2, 4, 6):
            self._at(date(self.year, 2, day), lambda session: self._fill("planning", working, session))
            self._at(date(self.year, 2, day), lambda session: self._review("planning", session), hour=15)
        self._at(date(self.year, 2, 8))

    def _measuring(self) -> None:
        entries = LOGS_FOR_SMALL if self.people <= 200 else LOGS_FOR_LARGE
        for number in range(entries):
            day = date(self.year, 2, 10) + timedelta(days=number * (315 // entries))
            self._at(day, self._log, tick=number % 4 == 0)
        for month in (4, 7, 10, 12):
            self._at(date(self.year, month, 15), self._survey, tick=False)

    def _ballots(self) -> None:
        self._at(date(self.year, 11, 16))
        everybody = self._shuffled()
        for number, day in enumerate((18, 22, 27)):
            part = everybody[number::3]
            part = part if number else part[1:]  # one colleague never finds the time
            self._at(date(self.year, 11, day), lambda session, part=part: self._cast(part, session))
        self._at(date(self.year, 12, 8))
        self._at(date(self.year, 12, 16))

    def _assessing(self) -> None:
        after = self.year + 1
        self._at(date(after, 1, 1))
        everybody = self._shuffled()
        for number, day in enumerate((4, 7, 9)):
            part = everybody[number::3]
            self._at(date(after, 1, day), lambda session, part=part: self._fill("self-assessment", part, session))
        self._at(date(after, 1, 11))
        for day in (14, 20, 26):
            chosen = self._shuffled() if day == 26 else self._shuffled()[::2]
            self._at(date(after, 1, day), lambda session, part=chosen: self._fill("evaluation", part, session))
            next_day = date(after, 1, day) + timedelta(days=1)
            self._at(next_day, lambda session: self._review("evaluation", session))

    def _closing(self) -> None:
        self._at(date(self.year + 1, 1, 29), self._rate_units)
        self._at(date(self.year + 1, 2, 1))

    def _awarding(self) -> None:
        self._at(date(self.year + 1, 2, 20), self._decide_awards)
        self._at(date(self.year + 1, 4, 1))
        self._at(date(self.year + 1, 4, 2), self._finish)

    def _at(self, day: date, act: Callable[[Session], Any] | None = None, *, hour: int = 9, tick: bool = True) -> None:
        """Live through a moment: first whatever is due by then, then what people do, then what follows from it."""
        moment = datetime.combine(day, time(hour), ZoneInfo(self.zone)).astimezone(UTC)
        self.moments += 1
        with clock.travel(moment):
            if tick:
                launch.run_due_here(self._call)
            if act is not None:
                with writing(self.factory) as session:
                    act(session)
                if tick:
                    launch.run_due_here(self._call)

    def _call(self, flow: str, parameters: dict[str, Any]) -> None:
        """Run a flow through the engine; mail waits for the end of each part of the year, as a run takes a second."""
        if flow == "deliver_messages":
            self._mail_waits = True
        else:
            launch.run_through_engine(flow, parameters)

    def _deliver(self) -> None:
        """Send what was written since the last time."""
        if self._mail_waits:
            launch.run_through_engine("deliver_messages", {})
        self._mail_waits = False

    def _fill(self, stage_key: str, people: Sequence[int], session: Session) -> None:
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

    def _review(self, stage_key: str, session: Session) -> None:
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

    def _log(self, session: Session) -> None:
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

    def _survey(self, session: Session) -> None:
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

    def _cast(self, people: Sequence[int], session: Session) -> None:
        """These people give feedback about their colleagues."""
        for person in people:
            actor = actor_for(session, person)
            waiting = desk.to_answer(actor).where(Stage.mode == "ballot", Stage.cycle_id == self.cycle_id)
            for assignment in session.scalars(waiting).unique().all():
                quality = self._inventor.quality(assignment.subject.employee_number)
                feedback.cast_ballot(session, actor, assignment, raw=self._inventor.ballot(quality))

    def _rate_units(self, session: Session) -> None:
        """HR sets what each unit achieved, before the people in it are rated."""
        cycle = session.get_one(Cycle, self.cycle_id)
        units = session.scalars(select(Unit).where(Unit.id.in_(set(subjects_of(session, cycle).values())))).all()
        for unit in units:
            rating = self._rng.choices(("excellent", "good", "needs_improvement"), (2, 7, 1))[0]
            cycles.rate_unit(
                session, self._hr(session), cycle, unit=unit, rating=rating, reason="Perjanjian kinerja unit"
            )

    def _decide_awards(self, session: Session) -> None:
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

    def _finish(self, session: Session) -> None:
        cycles.finish_cycle(session, self._hr(session), session.get_one(Cycle, self.cycle_id))

    def open_next(self) -> str:
        """Make the cycle that people who try the demo are in: planning is open now, a third has handed in."""
        today = clock.today(self.zone)
        year = today.year + 1 if today.month >= 11 else today.year
        with writing(self.factory) as session:
            actor = self._hr(session)
            version = published_version(session, "cycle", "asn-annual")
            if version is None:
                raise LookupError("the shipped designs are not installed")
            cycle = cycles.create_cycle(
                session,
                actor,
                ORGANISATION,
                version=version,
                key=str(year),
                title=f"Penilaian Kinerja {year}",
                starts_on=date(year, 1, 1),
                ends_on=date(year, 12, 31),
                zone=self.zone,
            )
            cycles.open_cycle(session, actor, cycle)
            planning = next(stage for stage in cycle.stages if stage.key == "planning")
            month_end = clock.end_of(today + timedelta(days=30), self.zone)
            if planning.closes_at < month_end:
                cycles.extend_stage(session, actor, planning, closes_at=month_end)
            cycles.open_stage(session, actor, planning)
            key, self.cycle_id = cycle.key, cycle.id
            tried_out = set(session.scalars(select(Person.id).where(Person.employee_number.in_(self.spared))))
            begun = [person for person in self._shuffled() if person not in tried_out][::3]
            self._fill("planning", begun, session)
        self._mail_waits = True
        self._deliver()
        return key

    def _hr(self, session: Session) -> Actor:
        return actor_for(session, self._with_role(session, Role.HR_ADMINISTRATOR))

    def _with_role(self, session: Session, role: Role) -> int:
        return (
            session.scalars(select(RoleGrant.person_id).where(RoleGrant.role == role).order_by(RoleGrant.id)).first()
            or 0
        )

    def _shuffled(self) -> list[int]:
        with reading(self.factory) as session:
            people = list(session.scalars(select(Person.id).order_by(Person.id)))
        self._rng.shuffle(people)
        return people

    def _depths(self) -> dict[int, int]:
        """How many levels stand above each person: leaders plan first, so that their staff can refer to them."""
        with reading(self.factory) as session:
            people = session.scalars(select(Person.id)).all()
            above = supervisors(session, people, date(self.year, 1, 1))

        def depth(person: int) -> int:
            return 0 if person not in above else 1 + depth(above[person])

        return {person: depth(person) for person in people}

    def _posts(self, session: Session) -> dict[int, Post]:
        ids = session.scalars(select(Person.id)).all()
        return posts(session, ids, clock.today(self.zone))
