"""The tree of units as a people file tells it: checked against the units there are, then written with its paths."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import Session

from forms.text import msg
from models.operations.people_report import CheckedRow, RowError
from models.people import Unit

DEEPEST = 12
"""Levels of units; a path of so many ids fits its column."""


@dataclass(slots=True)
class UnitPlan:
    """Which units a file wants and below which others; names are compared without regard to capitals."""

    parents: dict[str, str] = field(default_factory=dict)
    """Unit (small letters) → its parent (small letters, empty for the top)."""
    spelling: dict[str, str] = field(default_factory=dict)
    errors: list[RowError] = field(default_factory=list)
    warnings: list[RowError] = field(default_factory=list)


def plan_units(session: Session, rows: Iterable[CheckedRow]) -> UnitPlan:
    """The tree after the import. Conflicting parents, loops and trees too deep are errors of the rows that say so."""
    plan = UnitPlan()
    names = dict(session.execute(select(Unit.id, Unit.name)).all())
    before = {
        name.casefold(): names[parent].casefold() if parent is not None else ""
        for name, parent in session.execute(select(Unit.name, Unit.parent_id))
    }
    plan.spelling = {name.casefold(): name for name in names.values()}
    said: dict[str, CheckedRow] = {}
    for row in rows:
        unit, parent = row.unit.casefold(), row.parent.casefold()
        plan.spelling.setdefault(unit, row.unit)
        if parent:
            plan.spelling.setdefault(parent, row.parent)
        first = said.setdefault(unit, row)
        if first.parent.casefold() != parent:
            message = msg(
                "“%(value)s” di bawah “%(parent)s”, tetapi di baris %(row)s di bawah “%(other)s”. Samakan unit_induk.",
                value=row.unit,
                parent=row.parent or "-",
                row=first.number,
                other=first.parent or "-",
            )
            plan.errors.append(RowError(row.number, "unit_induk", message))
    plan.parents = before | {unit: row.parent.casefold() for unit, row in said.items()}
    for row in said.values():
        if row.parent:
            plan.parents.setdefault(row.parent.casefold(), "")
    _check_shape(plan, said)
    for unit, row in said.items():
        if before and unit not in before:
            message = msg(
                "Unit kerja baru: “%(value)s”. Periksa ejaannya bila unit ini seharusnya sudah ada.", value=row.unit
            )
        elif unit in before and before[unit] != plan.parents[unit]:
            message = msg(
                "“%(value)s” pindah dari “%(old)s” ke “%(new)s”.",
                value=row.unit,
                old=plan.spelling.get(before[unit], "-"),
                new=row.parent or "-",
            )
        else:
            continue
        plan.warnings.append(RowError(row.number, "unit_induk" if unit in before else "unit_kerja", message))
    return plan


def _check_shape(plan: UnitPlan, said: Mapping[str, CheckedRow]) -> None:
    in_a_loop: set[str] = set()
    for unit, row in said.items():
        if unit in in_a_loop:
            continue
        way = [unit]
        while (above := plan.parents[way[-1]]) and above not in way and len(way) <= len(plan.parents):
            way.append(above)
        if above:
            loop = way[way.index(above) :]
            if unit in loop:
                in_a_loop.update(loop)
                message = msg(
                    "Unit saling membawahi: %(value)s. Perbaiki unit_induk salah satunya.",
                    value=" → ".join(plan.spelling[one] for one in [*loop, loop[0]]),
                )
                plan.errors.append(RowError(row.number, "unit_induk", message))
        elif len(way) > DEEPEST:
            message = msg("“%(value)s” berada lebih dari %(limit)s tingkat di bawah.", value=row.unit, limit=DEEPEST)
            plan.errors.append(RowError(row.number, "unit_induk", message))


def write_units(session: Session, plan: UnitPlan) -> dict[str, int]:
    """Make the tree as planned; gives unit (small letters) → id. New units keep the zone of the unit above them."""
    units = {unit.name.casefold(): unit for unit in session.scalars(select(Unit))}
    zones = {name: unit.zone for name, unit in units.items()}
    for name in _from_the_top(plan.parents):
        parent = plan.parents[name]
        above = units[parent] if parent else None
        unit = units.get(name)
        if unit is None:
            unit = Unit(name=plan.spelling[name], parent_id=above.id if above else None, path="")
            if parent in zones:
                unit.zone = zones[parent]
            session.add(unit)
            session.flush()
            units[name], zones[name] = unit, unit.zone
        unit.parent_id = above.id if above else None
        unit.path = f"{above.path if above else '/'}{unit.id}/"
    session.flush()
    return {name: unit.id for name, unit in units.items()}


def _from_the_top(parents: Mapping[str, str]) -> list[str]:
    """The units so that each comes after the one above it."""
    order: dict[str, None] = {}
    for name in parents:
        way = []
        here = name
        while here and here not in order:
            way.append(here)
            here = parents[here]
        order |= dict.fromkeys(reversed(way))
    return list(order)
