"""The figures as tables for people and as JSON for programs."""

import json
import os
import platform
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

TITLES = {
    "forms": "1. A form page and its submission beside a bare Flask response",
    "certificates": "2. Certificates by the flow beside a plain loop of write_pdf",
    "cycle": "3. Opening a stage and scoring beside plain set-based SQL",
    "typing": "4. Typing into large forms, processor throttled four times",
}
COLUMNS: dict[str, dict[str, str]] = {
    "forms": {
        "database": "database",
        "request": "request",
        "requests": "n",
        "per_second": "per s",
        "share_of_bare": "share of bare",
        "cpu_ms": "cpu ms",
        "p50_ms": "p50 ms",
        "p95_ms": "p95 ms",
        "p95_times_bare": "p95 times bare",
        "bytes": "bytes",
        "bytes_gzip": "gzip",
    },
    "certificates": {
        "database": "database",
        "certificates": "n",
        "per_second": "per s",
        "plain_per_second": "plain per s",
        "times_plain": "times plain",
        "kept_per_second": "kept per s",
        "times_kept": "times kept",
        "cpu_ms": "cpu ms",
        "plain_cpu_ms": "plain cpu ms",
        "kept_cpu_ms": "kept cpu ms",
        "flow_peak_mb": "flow MB",
        "worker_peak_mb": "renderer MB",
        "plain_peak_mb": "plain MB",
        "bytes": "bytes",
    },
    "cycle": {
        "database": "database",
        "step": "step",
        "people": "people",
        "rounds": "rounds",
        "rows": "rows",
        "seconds": "s",
        "us_per_person": "µs/person",
        "cpu_us_per_person": "cpu µs/person",
        "plain_us_per_person": "SQL µs/person",
        "times_plain": "times SQL",
        "start_mb": "MB before",
        "peak_mb": "MB peak",
    },
    "typing": {
        "database": "database",
        "form": "form",
        "keys": "n",
        "p50_ms": "p50 ms",
        "p95_ms": "p95 ms",
        "longest_ms": "longest ms",
        "long_tasks": "long tasks",
        "longest_task_ms": "longest task ms",
        "ready_ms": "page ready ms",
    },
}


def machine(load: float) -> dict[str, Any]:
    """Where the figures come from."""
    return {
        "cores": os.cpu_count(),
        "python": platform.python_version(),
        "system": platform.platform(),
        "load_before": round(load, 2),
    }


def headline(where: dict[str, Any]) -> str:
    """What to know before reading a number."""
    busy = where["load_before"] > where["cores"] / 2
    words = (
        "others work on this machine: times are upper bounds, rates lower bounds; read the ratios and cpu columns"
        if busy
        else "a quiet machine; the ratios to the yardstick are still what travels to other machines"
    )
    return f"{where['cores']} cores, Python {where['python']}, load {where['load_before']} before the run: {words}."


def show(console: Console, figure: str, rows: list[dict[str, Any]]) -> None:
    """One figure as a table."""
    table = Table(title=TITLES[figure], title_justify="left")
    for title in COLUMNS[figure].values():
        table.add_column(title, justify="left" if title in ("database", "request", "step", "form") else "right")
    for row in rows:
        table.add_row(*(f"{row[key]:,}" if isinstance(row[key], int) else str(row[key]) for key in COLUMNS[figure]))
    console.print(table)
    for row in rows:
        if shares := row.get("shares"):
            told = ", ".join(f"{purpose} {share:.0%}" for purpose, share in shares.items())
            console.print(
                f"{row['database']}: the processor time of {row['request']} goes into {told}", highlight=False
            )


def growth(rows: list[dict[str, Any]]) -> list[str]:
    """How the processor time for one person changes from the smallest to the largest organisation."""
    told = []
    for database, step in dict.fromkeys((row["database"], row["step"]) for row in rows):
        same = sorted(
            (row for row in rows if (row["database"], row["step"]) == (database, step)), key=lambda row: row["people"]
        )
        if len(same) > 1:
            first, last = same[0], same[-1]
            ratio = last["cpu_us_per_person"] / first["cpu_us_per_person"]
            told.append(f"{database}, {step}: {ratio:.2f} times the cpu time per person at {last['people']:,} people")
    return told


def write(path: Path, where: dict[str, Any], rows: list[dict[str, Any]]) -> None:
    """Keep everything that was measured."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps({"machine": where, "figures": rows}, indent=2) + "\n", encoding="utf-8")
