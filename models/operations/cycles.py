"""Cycles: made from a published design, opened, their stages opened, extended and closed, and closed for good."""

from datetime import date, datetime, timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from forms.text import msg
from models import clock
from models.assignments import Assignment
from models.cycle_design import FORM_MODES
from models.cycles import Cycle, Stage, UnitRating
from models.designs import DesignVersion
from models.errors import Conflict, Invalid
from models.operations.assigning import assign, lapse_overdue, revive_lapsed
from models.operations.moves import move, record
from models.people import Unit
from models.permissions import Action, Actor, Organisation, needs
from models.queries.designs import cycle_design, published_version, stage_design
from models.states import OPEN_ASSIGNMENT, next_state
from models.states import Cycle as CycleState
from models.states import Design as DesignState
from models.states import Stage as StageState


@needs(Action.CYCLE_MANAGE)
def create_cycle(
    session: Session,
    actor: Actor,
    subject: Organisation,
    *,
    version: DesignVersion,
    key: str,
    title: str,
    starts_on: date,
    ends_on: date,
    zone: str,
) -> Cycle:
    """Plan a cycle over a period: its stages get their windows and the form versions that are published now."""
    if version.design.kind != "cycle" or version.state != DesignState.PUBLISHED:
        raise Conflict(msg("Siklus hanya dapat dibuat dari rancangan yang sudah diterbitkan."))
    if ends_on <= starts_on:
        raise Invalid(msg("Periksa kembali isian Anda."), {"ends_on": msg("Tanggal akhir harus setelah tanggal awal.")})
    if session.scalar(select(Cycle.id).where(Cycle.key == key)) is not None:
        raise Invalid(
            msg("Periksa kembali isian Anda."), {"key": msg("Sudah ada siklus dengan kode %(key)s.", key=key)}
        )
    cycle = Cycle(
        key=key,
        title=title,
        design_version_id=version.id,
        state=CycleState.DRAFT,
        starts_on=starts_on,
        ends_on=ends_on,
        zone=zone,
        created_at=clock.now(),
    )
    session.add(cycle)
    session.flush()
    for position, design in enumerate(cycle_design(version).stages):
        opens_at, closes_at = design.window.moments(starts_on, ends_on, zone)
        form = published_version(session, "form", design.form) if design.form else None
        if design.mode in FORM_MODES and form is None:
            raise Conflict(msg("Formulir %(form)s belum diterbitkan.", form=design.form or ""))
        stage = Stage(
            cycle_id=cycle.id,
            key=design.key,
            position=position,
            mode=design.mode,
            state=StageState.PLANNED,
            opens_at=opens_at,
            closes_at=closes_at,
            form_version_id=form.id if form else None,
        )
        session.add(stage)
    session.flush()
    session.refresh(cycle, ["stages"])
    record(session, actor, "create", "cycle", cycle.id, after=CycleState.DRAFT)
    return cycle


@needs(Action.CYCLE_ADVANCE)
def open_cycle(session: Session, actor: Actor, cycle: Cycle) -> None:
    """Let the cycle begin: from now on its stages open when their day comes."""
    move(session, actor, cycle, "open")


def check_can_open(stage: Stage) -> None:
    """Raises `Conflict`, with what to do, for a stage whose cycle does not run or whose time is over."""
    _must_run(stage.cycle)
    if stage.closes_at <= clock.now():
        raise Conflict(msg("Batas waktu tahap ini sudah lewat. Perpanjang tahap ini terlebih dahulu."))


@needs(Action.CYCLE_ADVANCE)
def open_stage(session: Session, actor: Actor, stage: Stage) -> int:
    """Open a stage and give everybody concerned the form to fill in; gives the number of assignments made."""
    check_can_open(stage)
    move(session, actor, stage, "open", opens_at=min(stage.opens_at, clock.now()))
    return assign(session, actor, stage)


@needs(Action.CYCLE_ADVANCE)
def close_stage(session: Session, actor: Actor, stage: Stage, *, at_once: bool = False) -> int:
    """Close a stage; forms that are overdue lapse. Gives their number.

    A stage whose design says `extend` is prolonged once instead, as long as somebody has not finished. HR may close it
    `at_once`: then nothing is prolonged, and whatever is not submitted lapses though its time is not over.
    """
    if at_once:
        move(session, actor, stage, "close", closes_at=min(stage.closes_at, clock.now()))
        return lapse_overdue(session, actor, stage, even_if_not_due=True)
    design = stage_design(stage)
    window_end = design.window.moments(stage.cycle.starts_on, stage.cycle.ends_on, stage.cycle.zone)[1]
    if (
        design.at_end == "extend"
        and design.extend_days
        and stage.closes_at == window_end
        and _anybody_unfinished(session, stage)
    ):
        extend_stage(session, actor, stage, closes_at=stage.closes_at + timedelta(days=design.extend_days))
        return 0
    move(session, actor, stage, "close")
    return lapse_overdue(session, actor, stage)


@needs(Action.CYCLE_ADVANCE)
def extend_stage(session: Session, actor: Actor, stage: Stage, *, closes_at: datetime) -> None:
    """Give everybody who has not finished until a later moment; a closed stage is open again."""
    _must_run(stage.cycle)
    if closes_at <= max(stage.closes_at, clock.now()):
        raise Invalid(
            msg("Periksa kembali isian Anda."), {"closes_at": msg("Batas baru harus setelah batas yang sekarang.")}
        )
    before = stage.closes_at
    if stage.state == StageState.CLOSED:
        move(session, actor, stage, "reopen", closes_at=closes_at)
        revive_lapsed(session, actor, stage)
    else:
        stage.closes_at = closes_at
        session.flush()
    unfinished = (*OPEN_ASSIGNMENT, "submitted")
    session.execute(
        update(Assignment)
        .where(Assignment.stage_id == stage.id, Assignment.state.in_(unfinished), Assignment.due_at < closes_at)
        .values(due_at=closes_at)
        .execution_options(synchronize_session=False)
    )
    details = {"from": before.isoformat(), "to": closes_at.isoformat()}
    record(session, actor, "extend", "stage", stage.id, before=stage.state, after=stage.state, details=details)


@needs(Action.CYCLE_ADVANCE)
def close_cycle(session: Session, actor: Actor, cycle: Cycle) -> None:
    """End the cycle: stages that are still open are closed, the results can be computed and are released."""
    for stage in cycle.stages:
        if stage.mode in FORM_MODES and stage.state == StageState.OPEN:
            move(session, actor, stage, "close")
            lapse_overdue(session, actor, stage, even_if_not_due=True)
    move(session, actor, cycle, "close")
    reach(session, actor, cycle, mode="score")


@needs(Action.CYCLE_ADVANCE)
def reach(session: Session, actor: Actor, cycle: Cycle, *, mode: str) -> None:
    """The cycle has come to a stage without forms (`score`, `award`, `certificates`): it opens, those before close."""
    before = True
    for stage in cycle.stages:
        if stage.mode in FORM_MODES:
            continue
        if stage.mode == mode:
            before = False
            if stage.state == StageState.PLANNED:
                move(session, actor, stage, "open")
        elif before:
            _put_away(session, actor, stage)


@needs(Action.CYCLE_ADVANCE)
def finish_cycle(session: Session, actor: Actor, cycle: Cycle) -> None:
    """Put a scored cycle to rest: its results stand, nothing of it moves any more."""
    move(session, actor, cycle, "finish")
    for stage in cycle.stages:
        if stage.mode not in FORM_MODES:
            _put_away(session, actor, stage)


def _put_away(session: Session, actor: Actor, stage: Stage) -> None:
    """Close a stage without forms, whether it was opened or passed over."""
    for verb in ("open", "close"):
        if next_state("stage", stage.state, verb):
            move(session, actor, stage, verb)


@needs(Action.CYCLE_RATE_UNIT)
def rate_unit(session: Session, actor: Actor, cycle: Cycle, *, unit: Unit, rating: str, reason: str = "") -> UnitRating:
    """Set the achievement of a unit as an organisation (PermenPANRB 6/2022 art. 24, SE MenPANRB 3/2023)."""
    scoring = cycle_design(cycle.design_version).scoring
    if scoring is None or scoring.distribution is None or rating not in scoring.distribution.ratings:
        raise Invalid(msg("Periksa kembali isian Anda."), {"rating": msg("Pilih salah satu capaian yang tersedia.")})
    if cycle.state == CycleState.FINISHED:
        raise Conflict(msg("Siklus ini sudah selesai."))
    known = session.scalar(select(UnitRating).where(UnitRating.cycle_id == cycle.id, UnitRating.unit_id == unit.id))
    before = known.rating if known else ""
    if known is None:
        known = UnitRating(cycle_id=cycle.id, unit_id=unit.id)
        session.add(known)
    known.rating, known.reason, known.set_by_id, known.set_at = rating, reason, actor.person_id, clock.now()
    session.flush()
    record(session, actor, "rate", "unit_rating", known.id, before=before, after=rating, details={"reason": reason})
    return known


def _must_run(cycle: Cycle) -> None:
    if cycle.state != CycleState.OPEN:
        raise Conflict(msg("Siklus ini tidak sedang berjalan."))


def _anybody_unfinished(session: Session, stage: Stage) -> bool:
    return (
        session.scalar(
            select(Assignment.id).where(Assignment.stage_id == stage.id, Assignment.state.in_(OPEN_ASSIGNMENT)).limit(1)
        )
        is not None
    )
