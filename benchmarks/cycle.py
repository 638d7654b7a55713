"""Figure 3: opening stages and scoring at two sizes, against plain set-based SQL in the same database."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session, sessionmaker

from benchmarks import plain_sql
from benchmarks.databases import Place
from benchmarks.measuring import Stopwatch, apart, environment, middle, peak_mb
from benchmarks.years import ANSWERED, FRESH, PLAIN, ZONE, on, prepare, stage_of
from models import clock
from models.cycles import Cycle
from models.operations import cycles, runs
from models.permissions import CLOCK, CLOSER, OPERATOR, ORGANISATION
from models.scores import Score
from models.session import make_engine, writing

SIZES = (1_000, 10_000)
ROUNDS = {1_000: 5, 10_000: 3}
STEPS = ("open self", "open peers", "score")


def figure(place: Place, folder: Path, *, quick: bool) -> list[dict[str, Any]]:
    """One row for each step and size: medians over rounds, each on a fresh copy of the filled database."""
    rows = []
    for people in (60,) if quick else SIZES:
        filled = place.make()
        apart(environment(filled, folder), prepare, filled, people)
        rounds = 1 if quick else ROUNDS[people]
        results = []
        for number in range(rounds):
            copy = place.copy(filled)
            results.append(apart(environment(copy, folder), measure, copy, number % 2 == 1))
            place.drop(copy)
        place.drop(filled)
        rows += [_row(place.name, people, step, [one[step] for one in results]) for step in STEPS]
    return rows


def _row(database: str, people: int, step: str, results: list[dict[str, Any]]) -> dict[str, Any]:
    ours, plain = (middle([one[which] for one in results]) for which in ("ours", "plain"))
    return {
        "figure": "cycle",
        "database": database,
        "step": step,
        "people": people,
        "rounds": len(results),
        "rows": results[0]["ours_rows"],
        "plain_rows": results[0]["plain_rows"],
        "seconds": round(ours, 4),
        "us_per_person": round(ours / people * 1e6, 1),
        "cpu_us_per_person": round(middle([one["ours_cpu"] for one in results]) / people * 1e6, 1),
        "plain_us_per_person": round(plain / people * 1e6, 1),
        "times_plain": round(ours / plain, 2),
        "peak_mb": max(one["ours_peak_mb"] for one in results),
        "start_mb": results[0]["start_mb"],
    }


def measure(url: str, plain_first: bool) -> dict[str, dict[str, Any]]:
    """Both ways of every step on one database; runs in a process of its own."""
    from flows.close_and_score import close_and_derive
    from flows.runtime import factory

    engine = make_engine(url)
    _warm(engine)
    ways = {
        "open self": (
            partial(_open, factory(), "planning"),
            partial(_open_plainly, engine, "planning", plain_sql.SELF),
        ),
        "open peers": (
            partial(_open, factory(), "peer-feedback"),
            partial(_open_plainly, engine, "peer-feedback", plain_sql.PEERS),
        ),
        "score": (partial(_score, factory(), engine, close_and_derive), partial(_outcomes, engine)),
    }
    found: dict[str, dict[str, Any]] = {}
    for step, (ours, plain) in ways.items():
        one: dict[str, Any] = {"start_mb": peak_mb()}
        for way in ("plain", "ours") if plain_first else ("ours", "plain"):
            watch, rows = ours() if way == "ours" else plain()
            one |= {way: watch.wall, f"{way}_cpu": watch.cpu, f"{way}_rows": rows, f"{way}_peak_mb": peak_mb()}
        found[step] = one
    engine.dispose()
    return found


def _warm(engine: Engine) -> None:
    """Open both stages once and take it back: designs are read and statements compiled, as after a while of running."""
    with on(2026, 1, 2), Session(engine) as session:
        for key in ("planning", "peer-feedback"):
            cycles.open_stage(session, CLOCK, stage_of(session, FRESH, key))
        session.rollback()


def _open(factory: sessionmaker[Session], stage_key: str) -> tuple[Stopwatch, int]:
    """As the flow does it: state, assignments, journal and messages in one transaction."""
    with on(2026, 1, 2), Stopwatch() as watch, writing(factory) as session:
        made = cycles.open_stage(session, CLOCK, stage_of(session, FRESH, stage_key))
    return watch, made


def _open_plainly(engine: Engine, stage_key: str, statement: str) -> tuple[Stopwatch, int]:
    """Nothing but the assignments, of the twin cycle."""
    with on(2026, 1, 2):
        with Session(engine) as session:
            stage = stage_of(session, PLAIN, stage_key)
            values = {"stage": stage.id, "due": stage.closes_at, "now": clock.now(), "day": clock.today(ZONE)}
        with Stopwatch() as watch, engine.begin() as connection:
            made = plain_sql.insert(connection, statement, **values)
    return watch, made


def _score(
    factory: sessionmaker[Session], engine: Engine, close_and_derive: Callable[[Any], Any]
) -> tuple[Stopwatch, int]:
    """The flow's own work up to the last result, under its lease and in its chunks; without ranking and papers."""
    from flows.runtime import taken

    with on(2026, 2, 3):
        with writing(factory) as session:
            cycle = session.scalars(select(Cycle).where(Cycle.key == ANSWERED)).one()
            run = runs.request(session, OPERATOR, ORGANISATION, key="benchmark", flow="close_and_score", cycle=cycle).id
        with Stopwatch() as watch, taken(run, CLOSER) as job:
            assert job is not None
            close_and_derive(job)
    with Session(engine) as session:
        return watch, session.scalar(select(func.count()).select_from(Score).where(Score.outcome.is_not(None))) or 0


def _outcomes(engine: Engine) -> tuple[Stopwatch, int]:
    """Nothing but the outcome of the matrix."""
    with engine.begin() as connection:
        plain_sql.insert(connection, plain_sql.OUTCOMES_TABLE)
        cycle = connection.scalar(select(Cycle.id).where(Cycle.key == ANSWERED))
    with Stopwatch() as watch, engine.begin() as connection:
        made = plain_sql.insert(connection, plain_sql.OUTCOMES, cycle=cycle)
    return watch, made
