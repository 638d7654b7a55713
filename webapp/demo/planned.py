"""Invented plans and log entries that fit a position."""

import copy
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from random import Random
from typing import Any

from forms.fields.number import read_decimal
from forms.wording import format_number
from webapp.demo import content

Raw = dict[str, Any]

LONGEST_RESULT = 500
"""Characters of a planned result in the form."""


def plan(rng: Random, title: str, kind: str, unit: str, leader_results: Sequence[str]) -> Raw:
    """A plan of two to four results, one of them now and then a duty beside the main ones."""
    position = content.position(title, kind)
    beside = rng.random() < 0.3
    most = min(3 if beside else 4, len(position.results))
    least = 2 if _group(kind) == "staff" else 3  # those below need something to contribute to
    chosen = sorted(rng.sample(range(len(position.results)), rng.randint(least, most)))
    rows = [row for index in chosen for row in _rows(rng, position.results[index], "utama", unit, leader_results)]
    if beside:
        rows += _rows(rng, rng.choice(content.additional()), "tambahan", unit, ())
    words = content.words("plan_words")
    values = list(words["expectations"])
    expected = [value for value in values if rng.random() < 0.4] or [rng.choice(values)]
    return {
        "results": rows,
        **{f"expectation_{value}": rng.choice(words["expectations"][value]) for value in expected},
        "resources": rng.choice(words["resources"][_group(kind)]),
        "accountability": rng.choice(words["accountability"]),
        "consequences": rng.choice(words["consequences"]),
    }


def correction(rng: Random, raw: Mapping[str, Any]) -> Raw:
    """The plan with one target set higher (or, for what should be low, lower), or else with one wording sharper."""
    corrected = copy.deepcopy(dict(raw))
    rows = corrected["results"]
    row = rng.choice(rows)
    target = _sharper_target(row)
    if target is not None and rng.random() < 0.75:
        row["target"] = format_number(target)
        return corrected
    endings = [
        ending
        for ending in content.words("plan_words")["sharper"]
        if ending not in row["result"] and len(row["result"]) + len(ending) < LONGEST_RESULT
    ]
    if endings:
        ending, old = rng.choice(endings), row["result"]
        for other in rows:  # one result may stand in several rows
            if other["result"] == old:
                other["result"] = f"{old} {ending}"
    elif target is not None:
        row["target"] = format_number(target)
    return corrected


def log_entry(rng: Random, title: str, kind: str, day: date) -> Raw:
    """A day's work; who serves the public counts between 8 and 35 services."""
    work = rng.choice(content.position(title, kind).log)
    entry: Raw = {
        "date": day.isoformat(),
        "activity": work.activity,
        "service": work.say,
        "count": str(rng.randint(work.least, work.most)),
    }
    if rng.random() < 0.25:
        served = work.activity in ("pelayanan", "administrasi")
        words = content.words("plan_words")
        entry["description"] = rng.choice(words["logged_files" if served else "logged"])
    return entry


def _rows(rng: Random, result: content.Result, kind: str, unit: str, leader_results: Sequence[str]) -> list[Raw]:
    """A row for each of one to three of the result's indicators."""
    say = result.say.replace("{unit}", unit)
    leader_result = _contributes_to(rng, result.say, leader_results)
    count = rng.randint(1, len(result.indicators))
    rows = []
    for index in sorted(rng.sample(range(len(result.indicators)), count)):
        indicator = result.indicators[index]
        steps = int((indicator.most - indicator.least) / indicator.step)
        row = {
            "_id": f"{rng.getrandbits(32):08x}",  # as a page gives it, so that a corrected row stays the same row
            "result": say,
            "kind": kind,
            "aspect": indicator.aspect,
            "indicator": indicator.say,
            "target": format_number(indicator.least + indicator.step * rng.randint(0, steps)),
            "unit": indicator.unit,
            "direction": indicator.direction,
        }
        if leader_result:
            row["leader_result"] = leader_result
        rows.append(row)
    return rows


def _contributes_to(rng: Random, say: str, leader_results: Sequence[str]) -> str | None:
    """The leader's result that is most about the same; any of them if none is, and no duty beside the main ones."""
    beside = {result.say for result in content.additional()}
    offered = [result for result in dict.fromkeys(leader_results) if result not in beside]
    if not offered:
        return None
    shared = [_likeness(say, result) for result in offered]
    return rng.choice([result for result, size in zip(offered, shared, strict=True) if size == max(shared)])


@lru_cache(maxsize=4096)
def _likeness(one: str, other: str) -> int:
    """How much two results are about the same: subjects they share count twice, long words once."""
    return 2 * len(_subjects(one) & _subjects(other)) + len(_stems(one) & _stems(other))


def _subjects(text: str) -> set[str]:
    """What a result is about, by the signs named in the content."""
    signs = content.words("plan_words")["subjects"]
    return {subject for subject in signs if any(sign in text.casefold() for sign in signs[subject])}


def _stems(text: str) -> set[str]:
    """The beginnings of the long words, names of kinds of unit left out."""
    found = {word.strip(".,")[:6] for word in text.casefold().split()[1:] if len(word) > 5}
    return found - {"kecama", "kelura", "kampun", "{unit}"}


def _sharper_target(row: Mapping[str, Any]) -> Decimal | None:
    """A somewhat more demanding target, or None where there is no room."""
    target = read_decimal(str(row["target"]), 2)
    indicator = content.indicators().get(row["indicator"])
    if indicator is not None and indicator.least == indicator.most:  # set by the calendar or by the organisation
        return None
    cap = indicator.cap if indicator else None
    fine = target < 10 and target != target.to_integral_value()
    step = max(target * Decimal("0.05"), Decimal("0.1") if fine else Decimal(1))
    sharper = target - step if row["direction"] == "lower" else target + (Decimal(1) if cap == 100 else step)
    sharper = sharper.quantize(Decimal("0.1") if fine or cap == 100 else Decimal(1), ROUND_HALF_UP)
    if sharper <= 0 or sharper == target or (cap is not None and sharper > cap):
        return None
    return sharper


def _group(kind: str) -> str:
    """Whose support a position needs: that of leaders, of heads of section, or of staff."""
    known = content.known_kind(kind)
    return {"leader": "leader", "administrator": "leader", "supervisor": "supervisor"}.get(known, "staff")
