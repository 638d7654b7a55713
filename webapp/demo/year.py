"""One invented year, lived through on a virtual clock: people act through the operations, everything else is flows."""

import random
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from flows import launch
from models import clock
from models.cycles import Cycle
from models.operations import cycles, reconciling
from models.people import Person
from models.permissions import ORGANISATION
from models.queries.designs import published_version
from models.queries.people import supervisors
from models.session import reading, writing
from webapp.demo.acts import People

LATE_SHARE = 0.04
"""People who never hand a form in."""
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
    acts: People = field(init=False)

    def __post_init__(self) -> None:
        self.acts = People(self.zone, self.seed)
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
            self.acts.hr(session),
            ORGANISATION,
            version=version,
            key=str(self.year),
            title=f"Penilaian Kinerja {self.year}",
            starts_on=date(self.year, 1, 1),
            ends_on=date(self.year, 12, 31),
            zone=self.zone,
        )
        self.cycle_id = self.acts.cycle_id = cycle.id
        reconciling.open_period(session, self.acts.hr(session), cycle)

    def _planning(self) -> None:
        everybody = self._shuffled()
        never = set(everybody[: max(1, round(len(everybody) * LATE_SHARE))]) if len(everybody) > 10 else set()
        working = [person for person in everybody if person not in never]
        days = (6, 10, 14, 19, 23, 27, 30)
        working.sort(key=self._depths().__getitem__)
        size = -(-len(working) // len(days))
        for number, day in enumerate(days):
            part = working[number * size : (number + 1) * size]
            self._at(date(self.year, 1, day), lambda session, part=part: self.acts.fill("planning", part, session))
            self._at(date(self.year, 1, day) + timedelta(days=1), lambda session: self.acts.review("planning", session))
        for day in (2, 4, 6):
            self._at(date(self.year, 2, day), lambda session: self.acts.fill("planning", working, session))
            self._at(date(self.year, 2, day), lambda session: self.acts.review("planning", session), hour=15)
        self._at(date(self.year, 2, 8))

    def _measuring(self) -> None:
        entries = LOGS_FOR_SMALL if self.people <= 200 else LOGS_FOR_LARGE
        for number in range(entries):
            day = date(self.year, 2, 10) + timedelta(days=number * (315 // entries))
            self._at(day, self.acts.log, tick=number % 4 == 0)
        for month in (4, 7, 10, 12):
            self._at(date(self.year, month, 15), self.acts.survey, tick=False)

    def _ballots(self) -> None:
        self._at(date(self.year, 11, 16))
        everybody = self._shuffled()
        for number, day in enumerate((18, 22, 27)):
            part = everybody[number::3]
            part = part if number else part[1:]  # one colleague never finds the time
            self._at(date(self.year, 11, day), lambda session, part=part: self.acts.cast(part, session))
        self._at(date(self.year, 12, 8))
        self._at(date(self.year, 12, 16))

    def _assessing(self) -> None:
        after = self.year + 1
        self._at(date(after, 1, 1))
        everybody = self._shuffled()
        for number, day in enumerate((4, 7, 9)):
            part = everybody[number::3]
            self._at(date(after, 1, day), lambda session, part=part: self.acts.fill("self-assessment", part, session))
        self._at(date(after, 1, 11))
        for day in (14, 20, 26):
            chosen = self._shuffled() if day == 26 else self._shuffled()[::2]
            self._at(date(after, 1, day), lambda session, part=chosen: self.acts.fill("evaluation", part, session))
            next_day = date(after, 1, day) + timedelta(days=1)
            self._at(next_day, lambda session: self.acts.review("evaluation", session))

    def _closing(self) -> None:
        self._at(date(self.year + 1, 1, 29), self.acts.rate_units)
        self._at(date(self.year + 1, 2, 1))

    def _awarding(self) -> None:
        self._at(date(self.year + 1, 2, 20), self.acts.decide_awards)
        self._at(date(self.year + 1, 4, 1))
        self._at(date(self.year + 1, 4, 2), self._finish)

    def _at(self, day: date, act: Callable[[Session], Any] | None = None, *, hour: int = 9, tick: bool = True) -> None:
        """Live through a moment: first whatever is due by then, then what people do, then what follows from it."""
        moment = datetime.combine(day, time(hour), ZoneInfo(self.zone)).astimezone(UTC)
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

    def _finish(self, session: Session) -> None:
        cycles.finish_cycle(session, self.acts.hr(session), session.get_one(Cycle, self.cycle_id))

    def open_next(self) -> None:
        """Make the cycle that people who try the demo are in: planning is open now, a third has handed in."""
        today = clock.today(self.zone)
        year = today.year + 1 if today.month >= 11 else today.year
        with writing(self.factory) as session:
            actor = self.acts.hr(session)
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
            self.acts.cycle_id = cycle.id
            tried_out = set(session.scalars(select(Person.id).where(Person.employee_number.in_(self.spared))))
            begun = [person for person in self._shuffled() if person not in tried_out][::3]
            self.acts.fill("planning", begun, session)
        self._mail_waits = True
        self._deliver()

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
