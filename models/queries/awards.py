"""The award of a cycle as HR and the committee see it: candidates by category, decisions with who made them."""

from collections import Counter
from dataclasses import dataclass, field

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models.awards import Candidate, Certificate
from models.cycle_design import AwardCategory
from models.cycles import Cycle
from models.people import Person, Post
from models.permissions import Actor
from models.queries import access
from models.queries.designs import cycle_design
from models.queries.people import posts
from models.states import Candidate as State

MOST_SHOWN = 8
"""Candidates of a category on the page of all; the page of the category lists the rest."""


@dataclass
class Category:
    """One category: who leads, who was chosen, how many were considered."""

    design: AwardCategory
    eligible: int = 0
    others: int = 0
    confirmed: int = 0
    shown: list[Candidate] = field(default_factory=list)

    @property
    def key(self) -> str:
        return self.design.key

    @property
    def open_places(self) -> int:
        return max(0, self.design.winners - self.confirmed)


def categories(session: Session, actor: Actor, cycle: Cycle) -> list[Category]:
    """Every category of the award in the order of the design; of each the first of the ranking and all winners."""
    awards = cycle_design(cycle.design_version).awards
    found = {one.key: Category(one) for one in awards.categories} if awards else {}
    counts = session.execute(
        select(Candidate.category, Candidate.eligible, Candidate.state, func.count())
        .where(Candidate.cycle_id == cycle.id)
        .group_by(Candidate.category, Candidate.eligible, Candidate.state)
    )
    for key, eligible, state, count in counts:
        if key in found:
            found[key].eligible += count if eligible else 0
            found[key].others += 0 if eligible else count
            found[key].confirmed += count if state == State.CONFIRMED else 0
    for one in found.values():
        ranked = access.candidates(actor, cycle).where(Candidate.category == one.key, Candidate.eligible)
        wanted = (Candidate.rank <= MOST_SHOWN) | (Candidate.state != State.PROPOSED)
        one.shown = list(session.scalars(ranked.where(wanted)))
    return list(found.values())


def deciders(session: Session, candidates: list[Candidate]) -> dict[int, str]:
    """Id → name of those who decided on these candidates."""
    ids = {one.decided_by_id for one in candidates if one.decided_by_id is not None}
    rows = session.execute(select(Person.id, Person.name).where(Person.id.in_(ids)))
    return {row.id: row.name for row in rows}


def posts_then(session: Session, cycle: Cycle, candidates: list[Candidate]) -> dict[int, Post]:
    """Id → the post of each candidate at the end of the period."""
    return posts(session, {one.subject_id for one in candidates}, cycle.ends_on)


def certificate_counts(session: Session, cycle: Cycle) -> Counter[str]:
    """How many certificates of a cycle are in which state."""
    rows = session.execute(
        select(Certificate.state, func.count().label("n"))
        .where(Certificate.cycle_id == cycle.id)
        .group_by(Certificate.state)
    )
    return Counter({row.state: row.n for row in rows})


def without_certificate(session: Session, cycle: Cycle) -> int:
    """How many confirmed winners have no issued certificate yet."""
    confirmed = session.scalar(
        select(func.count()).where(Candidate.cycle_id == cycle.id, Candidate.state == State.CONFIRMED)
    )
    counts = certificate_counts(session, cycle)
    return max(0, (confirmed or 0) - counts["issued"] - counts["revoked"])
