"""Invented judgements: of colleagues, of the public, of people about themselves, of rating officers."""

from collections.abc import Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal
from random import Random
from typing import Any

from forms.wording import format_number
from webapp.demo import content

Raw = dict[str, Any]

LEVELS = ("above", "meets", "below")
BALLOT_WEIGHTS = {"outstanding": (72, 27, 1), "good": (24, 72, 4), "weak": (5, 58, 37), "poor": (2, 33, 65)}
RESULT_WEIGHTS = {"outstanding": (92, 8, 0), "good": (9, 89, 2), "weak": (0, 20, 80), "poor": (0, 15, 85)}
BEHAVIOUR_WEIGHTS = {"outstanding": (88, 12, 0), "good": (14, 85, 1), "weak": (1, 84, 15), "poor": (0, 12, 88)}
"""How often, of a hundred times, someone who fares so is judged above, at and below expectations."""

REACHED = {"outstanding": (1.04, 1.18), "good": (0.99, 1.05), "weak": (0.8, 0.96), "poor": (0.5, 0.8)}
REACHED_LOWER = {"outstanding": (0.62, 0.88), "good": (0.9, 1.01), "weak": (1.08, 1.35), "poor": (1.4, 1.85)}
"""Realisation for a target of one, where higher and where lower is better."""

KEPT_ALL_YEAR = ("Register", "Rekapitulasi", "Buku", "Lembar", "Catatan")
PERIOD = ", Januari–Desember"
"""Evidence that grows over the year is sometimes named with its months."""

ELEMENTS = tuple(f"u{number}" for number in range(1, 10))
SERVICES = {"keterangan": 34, "kependudukan": 26, "legalisasi": 12, "rekomendasi": 10, "sosial": 10, "pengaduan": 3}
EDUCATION = {"SD": 8, "SMP": 14, "SMA": 44, "D1-D3": 10, "S1": 21, "S2": 3}
OCCUPATION = {"PNS": 6, "TNI": 1, "POLRI": 1, "swasta": 27, "wirausaha": 30, "lainnya": 35}


def ballot(rng: Random, quality: str) -> Raw:
    """What a colleague ticks: scattered around how the person fares, and sometimes that he cannot judge."""
    words = content.words("feedback_words")["comments"]
    values = list(content.words("judgement_words")["behaviour"])
    raw: Raw = {
        value: "cannot_judge" if rng.random() < 0.06 else _level(rng, BALLOT_WEIGHTS[quality]) for value in values
    }
    if rng.random() < 0.4:
        raw["comment"] = rng.choice(words[quality])
    return raw


def survey(rng: Random, level: float, strengths: Sequence[float]) -> Raw:
    """A visitor's answers around the unit's level (1 to 4); each of the nine elements has its own strength there."""
    leniency = rng.gauss(0, 0.3)
    raw: Raw = {"service": _weighted(rng, {**SERVICES, "lainnya": 5})}
    points = []
    for element, strength in zip(ELEMENTS, strengths, strict=True):
        if element == "u4":  # services of the kecamatan are free by law; few think otherwise
            point = 4 if rng.random() < 0.94 else 3
        else:
            point = min(4, max(1, round(rng.gauss(level + strength + leniency, 0.45))))
            points.append(point)
        raw[element] = str(point)
    if rng.random() < 0.85:
        raw["sex"] = rng.choice("LP")
    if rng.random() < 0.8:
        raw["education"] = _weighted(rng, EDUCATION)
    if rng.random() < 0.75:
        raw["occupation"] = _weighted(rng, OCCUPATION)
    if rng.random() < 0.3:
        mean = sum(points) / len(points)
        mood = "high" if mean >= 3.4 else "middle" if mean >= 2.7 else "low"
        raw["suggestion"] = rng.choice(content.words("feedback_words")["suggestions"][mood])
    return raw


def self_assessment(rng: Random, plan_rows: Sequence[Mapping[str, Any]], quality: str) -> Raw:
    """What was achieved for each planned indicator with evidence, and the own judgement of it."""
    words = content.words("judgement_words")
    raw: Raw = {
        "results": [_achievement(rng, row, quality) for row in plan_rows],
        "self_rating": rng.choice(words["self_rating"][quality]),
    }
    if rng.random() < (0.5 if quality in ("outstanding", "good") else 0.9):
        raw["obstacles"] = rng.choice(words["obstacles"])
    if rng.random() < 0.75:
        raw["development"] = rng.choice(words["development"])
    return raw


def evaluation(rng: Random, plan_rows: Sequence[Mapping[str, Any]], quality: str) -> Raw:
    """The rating officer's feedback for each row and value, the two ratings it leads to, and a recommendation."""
    words = content.words("judgement_words")
    results_rating = _level(rng, RESULT_WEIGHTS[quality])
    behaviour_rating = _level(rng, BEHAVIOUR_WEIGHTS[quality])
    rows = []
    for row in plan_rows:
        level = results_rating if rng.random() < 0.75 else "meets"
        feedback = words["feedback"][level]
        rows.append({"_id": row["_id"], "feedback": rng.choice(feedback[row.get("aspect") or "kuantitas"])})
    values = list(words["behaviour"])
    noted = rng.sample(values, rng.randint(3, len(values)))
    notes = {}
    for index, value in enumerate(noted):
        level = behaviour_rating if index < 2 else _near(rng, behaviour_rating)
        notes[f"note_{value}"] = rng.choice(words["behaviour"][value][level])
    worst = max((results_rating, behaviour_rating), key=LEVELS.index)
    return {
        "results": rows,
        "results_rating": results_rating,
        **notes,
        "behaviour_rating": behaviour_rating,
        "recommendation": rng.choice(words["recommendation"][worst]),
    }


def _achievement(rng: Random, row: Mapping[str, Any], quality: str) -> Raw:
    """One row: realisation in the unit of the target, evidence, and often a note that says whether it was reached."""
    target = Decimal(str(row["target"]))
    lower = row.get("direction") == "lower"
    reached = _realisation(rng, row, target, quality)
    better = reached < target if lower else reached > target
    state = "met" if reached == target else "over" if better else "missed"
    indicator = content.indicators().get(row.get("indicator") or "")
    evidence = indicator.evidence if indicator else "Laporan pelaksanaan tugas"
    achievement = {
        "_id": row["_id"],
        "realisation": format_number(reached),
        "evidence": evidence + (rng.choice(("", PERIOD)) if evidence.startswith(KEPT_ALL_YEAR) else ""),
    }
    if rng.random() < (0.8 if state == "missed" else 0.4):
        achievement["note"] = rng.choice(content.words("judgement_words")["own_notes"][state])
    return achievement


def _realisation(rng: Random, row: Mapping[str, Any], target: Decimal, quality: str) -> Decimal:
    """The figure achieved: whole for what is counted, never above what is possible, worse for who fares worse."""
    indicator = content.indicators().get(row.get("indicator") or "")
    percent = row.get("unit") == "persen"
    lower = row.get("direction") == "lower"
    cap = indicator.cap if indicator else Decimal(100) if percent else None
    if indicator and indicator.least == indicator.most:  # twelve months have twelve reports
        cap = target
    average = str(row.get("indicator")).startswith("Rata-rata")
    counted = not percent and cap != 100 and not average and target == target.to_integral_value()
    if rng.random() < 0.12:  # nobody fares alike in everything
        quality = "weak" if quality == "good" else "good"
    share = Decimal(str(rng.uniform(*(REACHED_LOWER if lower else REACHED)[quality])))
    reached = target * share
    if cap is not None and not lower and quality in ("outstanding", "good"):
        # The room above a target of 95 percent is small: use part of it.
        part = rng.uniform(0.3, 0.9) if quality == "outstanding" else rng.uniform(-0.1, 0.35)
        reached = target + (cap - target) * Decimal(str(part))
    step = Decimal(1) if counted else Decimal("0.1") if average else Decimal("0.01")
    reached = reached.quantize(step, ROUND_HALF_UP)
    if cap is not None:
        reached = min(reached, cap)
    if counted and not lower and target <= 6:
        reached = min(reached, target) if quality in ("weak", "poor") else max(reached, target)
        if quality == "weak" and reached < target - 1:
            reached = target - 1
    return max(reached, Decimal(0))


def _near(rng: Random, level: str) -> str:
    """The same level, or now and then the middle one."""
    return level if rng.random() < 0.7 else "meets"


def _level(rng: Random, weights: tuple[int, int, int]) -> str:
    return rng.choices(LEVELS, weights)[0]


def _weighted(rng: Random, weights: Mapping[str, int]) -> str:
    return rng.choices(list(weights), list(weights.values()))[0]
