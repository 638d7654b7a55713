"""`kinerja demo`: the main job on an invented organisation, and then the web to look around in."""

import json
import os
import resource
import secrets
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.table import Table

from models import clock
from webapp.demo.engine import free_port, prefect_server
from webapp.demo.place import NotADemo, prepare_database, prepare_folder

FOLDER = Path("var/demo")
DEFAULT_PEOPLE = 64
DEFAULT_SEED = 7
ZONE = "Asia/Jakarta"


@click.command()
@click.option("--people", type=click.IntRange(12, 20_000), default=DEFAULT_PEOPLE, show_default=True, help="How many.")
@click.option("--seed", type=int, default=DEFAULT_SEED, show_default=True, help="Another seed, another year.")
@click.option("--no-serve", is_flag=True, help="End after the summary.")
@click.option("--port", type=int, default=8000, show_default=True, help="Port of the web afterwards.")
def demo(people: int, seed: int, no_serve: bool, port: int) -> None:
    """Live through the whole year of one invented cycle, then serve it.

    Everything is kept in var/demo (or KINERJA_DATA) and made anew each time; DATABASE_URL may name an empty
    PostgreSQL database. Nothing else is touched.
    """
    folder = Path(os.environ.get("KINERJA_DATA", FOLDER)).resolve()
    web_port = free_port(port)
    try:
        prepare_folder(folder)
        os.environ.update(_environment(folder, web_port))
        summary, accounts = _live(folder, people, seed)
    except NotADemo as refused:
        raise click.ClickException(str(refused)) from refused
    (folder / "summary.json").write_text(json.dumps(summary, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    (folder / "accounts.json").write_text(json.dumps(accounts, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    _show(summary, folder)
    if no_serve:
        return
    _show_accounts(accounts, web_port)
    sys.stdout.flush()
    os.environ["PATH"] = f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', '')}"
    command = [sys.executable, "-m", "honcho", "start", "--port", str(web_port)]
    os.execv(command[0], command)  # noqa: S606 — becomes the processes of the Procfile


def _environment(folder: Path, port: int) -> dict[str, str]:
    """What the demo's processes are told: a folder and an engine of their own, the mark of a demo on every page."""
    return {
        "KINERJA_DATA": str(folder),
        "KINERJA_DEMO": "true",
        "KINERJA_PUBLIC_URL": f"http://127.0.0.1:{port}",
        "PREFECT_API_URL": f"http://127.0.0.1:{free_port(4200)}/api",
        "PREFECT_LOGGING_LEVEL": "ERROR",
        "PREFECT_LOGGING_TO_API_ENABLED": "false",
    }


def _live(folder: Path, people: int, seed: int) -> tuple[dict[str, Any], dict[str, str]]:
    """Prepare, live through the year, sum up."""
    started = time.monotonic()
    from flows import launch
    from models.cycles import Cycle
    from models.session import reading
    from webapp.cli.door import storage
    from webapp.demo.cast import populate
    from webapp.demo.summary import copy_evaluations, summarise
    from webapp.demo.year import Year

    launch.prepare()
    factory, settings = launch.factory, launch.settings
    password = f"demo-{secrets.token_hex(4)}"
    seconds: dict[str, float] = {}
    with _progress(seconds) as tell:
        with prefect_server(folder / "prefect.log") as wait_for_server:
            with tell("Data pegawai dan rancangan"):
                prepare_database(settings().database)
                accounts = populate(factory(), people, seed, _latest_year(), password)
            with tell("Server Prefect"):
                wait_for_server()
            shown = frozenset(who.partition(" ")[0] for role, who in accounts.items() if role != "password")
            year = Year(factory(), _latest_year(), settings().zone, seed, people, tell, spared=shown)
            year.live()
            cycle_id = year.cycle_id
            with tell("Siklus berikutnya dibuka"):
                year.open_next()
        with tell("Salinan dokumen"), reading(factory()) as session:
            cycle = session.get_one(Cycle, cycle_id)
            summary = summarise(session, cycle, folder / "piagam", storage())
            copy_evaluations(session, cycle, folder / "evaluasi", storage())
            summary["seconds_per_flow"] = _seconds_per_flow()
    summary["seconds_per_part"] = {name: round(value, 1) for name, value in seconds.items()}
    summary["seconds"] = round(time.monotonic() - started, 1)
    summary["memory_mb"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    summary["database"] = settings().database.partition(":")[0]
    return summary, accounts


def _latest_year() -> int:
    """The latest year whose cycle, award included, is over by now."""
    today = clock.today(ZONE)
    return today.year - 1 if today >= date(today.year, 4, 3) else today.year - 2


def _seconds_per_flow() -> dict[str, float]:
    from flows import launch

    return {flow: round(value, 2) for flow, value in sorted(launch.SECONDS.items())}


@contextmanager
def _progress(seconds: dict[str, float]) -> Iterator[Any]:
    """A line for each part of the year; bars on a terminal, plain lines elsewhere."""
    console = Console(stderr=True)
    if not console.is_terminal:

        @contextmanager
        def line(name: str) -> Iterator[None]:
            began = time.monotonic()
            yield
            seconds[name] = time.monotonic() - began
            console.print(f"{name}: {seconds[name]:.1f} s", highlight=False)

        yield line
        return
    with Progress(SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn(), console=console) as bar:

        @contextmanager
        def task(name: str) -> Iterator[None]:
            began = time.monotonic()
            number = bar.add_task(name, total=1)
            yield
            seconds[name] = time.monotonic() - began
            bar.update(number, completed=1)

        yield task


def _show(summary: dict[str, Any], folder: Path) -> None:
    console = Console()
    table = Table(title=f"Siklus {summary['cycle']}", show_header=False, title_justify="left")
    rows = {
        "Pegawai": "people",
        "Penugasan": "assignments",
        "Pengajuan": "submissions",
        "Tanda tangan": "sign_offs",
        "Dikembalikan": "returned",
        "Catatan layanan": "log_entries",
        "Umpan balik rekan": "ballots",
        "Survei masyarakat": "survey_answers",
        "Pesan": "messages",
        "Dokumen evaluasi": "evaluations",
    }
    for label, key in rows.items():
        table.add_row(label, str(summary[key]))
    for outcome, count in summary["scores"].items():
        table.add_row(f"Predikat {outcome}" if outcome[:5] != "Belum" else outcome, str(count))
    table.add_row("Piagam", str(len(summary["certificates"])))
    for flow, value in summary["seconds_per_flow"].items():
        table.add_row(f"Flow {flow}", f"{value} detik")
    table.add_row("Seluruhnya", f"{summary['seconds']} detik, {summary['memory_mb']} MB, {summary['database']}")
    console.print(table)
    for certificate in summary["certificates"]:
        console.print(f"  {certificate['number']}  {certificate['holder']}  {certificate['file']}", highlight=False)
    console.print(f"Ringkasan: {folder / 'summary.json'}", highlight=False)


def _show_accounts(accounts: dict[str, str], port: int) -> None:
    console = Console()
    table = Table(title="Akun demo", title_justify="left")
    table.add_column("Peran")
    table.add_column("NIP")
    table.add_column("Nama")
    password = accounts["password"]
    for role, who in accounts.items():
        if role != "password":
            number, _, name = who.partition(" ")
            table.add_row(role, number, name)
    console.print(table)
    console.print(f"Kata sandi semua akun demo: [bold]{password}[/bold]", highlight=False)
    console.print(f"Buka [bold]http://127.0.0.1:{port}[/bold] (Ctrl+C untuk berhenti).", highlight=False)
