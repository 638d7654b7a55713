"""`python -m benchmarks`: the figures of this machine, each beside its yardstick."""

import argparse
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from rich.console import Console

from benchmarks import certificates, cycle, form_pages, keystrokes, output
from benchmarks.databases import NAMES, places
from benchmarks.measuring import load

FIGURES: dict[str, Callable[..., list[dict[str, Any]]]] = {
    "forms": form_pages.figure,
    "certificates": certificates.figure,
    "cycle": cycle.figure,
    "typing": keystrokes.figure,
}


def main(arguments: list[str] | None = None) -> None:
    """Measure what was asked for, print it, and keep it as JSON."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("figures", nargs="*", metavar="FIGURE", help=f"of {', '.join(FIGURES)}; without: all")
    parser.add_argument("--database", action="append", choices=NAMES, help="without: both")
    parser.add_argument("--quick", action="store_true", help="only see that everything runs; the numbers mean nothing")
    parser.add_argument("--output", type=Path, default=Path("var/benchmarks.json"))
    wanted = parser.parse_args(arguments)
    if unknown := set(wanted.figures) - set(FIGURES):
        parser.error(f"no such figure: {', '.join(sorted(unknown))}")
    console = Console(width=150)
    where = output.machine(load()) | {"quick": wanted.quick}
    console.print(output.headline(where), highlight=False)
    every: list[dict[str, Any]] = []
    with (
        tempfile.TemporaryDirectory(prefix="kinerja-benchmarks-") as folder,
        places(tuple(wanted.database or NAMES), Path(folder)) as found,
    ):
        for name in wanted.figures or FIGURES:
            # What the browser does is the same whatever the database.
            where_to = found[:1] if name == "typing" else found
            rows = [row for place in where_to for row in FIGURES[name](place, Path(folder), quick=wanted.quick)]
            output.show(console, name, rows)
            every += rows
            output.write(wanted.output, where | {"load_after": round(load(), 2)}, every)
    for line in output.growth([row for row in every if row["figure"] == "cycle"]):
        console.print(line, highlight=False)
    console.print(f"{wanted.output}", highlight=False)


if __name__ == "__main__":
    main()
