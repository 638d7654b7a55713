"""Figure 1: the page of a plan, the saving of its draft and its submission, against a bare Flask response."""

import gzip
import json
import os
import secrets
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import repeat
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import psutil
from itsdangerous import URLSafeTimedSerializer
from sqlalchemy import insert, select

from benchmarks.databases import Place
from benchmarks.lives import invent_lives
from benchmarks.measuring import apart, environment, middle, percentile
from benchmarks.visitors import BARE_PATH, Connection, Request, ask, request
from benchmarks.years import FRESH, ZONE, plan_cycle, stage_of
from models import clock
from models.assignments import Assignment, Draft
from models.operations import cycles
from models.people import WebSession
from models.permissions import CLOCK
from models.session import make_engine, session_factory, writing
from models.settings import Settings
from webapp.config import purpose_key
from webapp.demo.cast import populate
from webapp.demo.engine import free_port
from webapp.sessions import digest_of

CONNECTIONS = 8
PLAN_ROWS = 5
WORKERS, THREADS = 2, 4
START_SECONDS = 120.0


@dataclass(frozen=True)
class Sizes:
    """How much is measured: rounds, seconds of each slice, and submissions of each connection in a round."""

    rounds: int
    seconds: float
    submissions: int


FULL, QUICK = Sizes(rounds=5, seconds=2.0, submissions=8), Sizes(rounds=1, seconds=0.3, submissions=1)


@dataclass(frozen=True)
class Visitor:
    """A signed-in person with a plan to hand in."""

    assignment_id: int
    cookie: str
    csrf_token: str


def figure(place: Place, folder: Path, *, quick: bool) -> list[dict[str, Any]]:
    """One row for each kind of request; slices of a round follow each other in an order that turns."""
    sizes = QUICK if quick else FULL
    url = place.make()
    config = environment(url, folder / f"web-{place.name}")
    visitors = apart(config, prepare, url, CONNECTIONS * (1 + sizes.rounds * sizes.submissions))
    with serving(config) as (address, server):
        found = apart(config, measure, address, server, visitors, sizes)
    place.drop(url)
    bare = found["bare"]
    rows = []
    for kind, one in found.items():
        row = {"figure": "forms", "database": place.name, "request": kind, "connections": CONNECTIONS}
        row |= {"rounds": sizes.rounds, "requests": len(one["latencies"])}
        row |= {"per_second": round(middle(one["rates"]), 1), "cpu_ms": round(middle(one["cpu_ms"]), 2)}
        row |= {"p50_ms": _ms(one["latencies"], 0.5), "p95_ms": _ms(one["latencies"], 0.95)}
        row |= {"share_of_bare": round(middle(one["rates"]) / middle(bare["rates"]), 4)}
        row |= {"bytes": one["bytes"], "bytes_gzip": one["bytes_gzip"]}
        rows.append(row)
    return rows


def _ms(latencies: list[float], share: float) -> float:
    return round(percentile(latencies, share) * 1e3, 1)


def prepare(url: str, people: int) -> list[Visitor]:
    """An organisation in planning, in which so many people have a plan of five rows as a draft and are signed in."""
    now = clock.now()
    settings = Settings()
    signer = URLSafeTimedSerializer(purpose_key(settings, "csrf"), salt="wtf-csrf-token")
    engine = make_engine(url)
    factory = session_factory(engine)
    populate(factory, people, 7, clock.today(ZONE).year, secrets.token_hex(8))
    with writing(factory) as session:
        cycle = plan_cycle(session, FRESH, clock.today(ZONE).year)
        stage = stage_of(session, cycle.key, "planning")
        cycles.extend_stage(session, CLOCK, stage, closes_at=now.replace(year=now.year + 1))
        cycles.open_stage(session, CLOCK, stage)
        rows = session.execute(select(Assignment.id, Assignment.respondent_id).order_by(Assignment.id)).all()
        raw = five_rows()
        drafts, browsers, visitors = [], [], []
        for assignment_id, person_id in rows:
            token, csrf = secrets.token_urlsafe(32), secrets.token_hex(20)
            data = {"_user_id": str(person_id), "_fresh": True, "csrf_token": csrf, "browser": "Firefox · Linux"}
            drafts.append({"assignment_id": assignment_id, "raw": raw, "lock": 1, "saved_at": now})
            browsers.append({"digest": digest_of(token), "person_id": person_id, "data": json.dumps(data)})
            visitors.append(Visitor(assignment_id, f"kinerja={token}", str(signer.dumps(csrf))))
        session.execute(insert(Draft), drafts)
        session.execute(insert(WebSession), [one | {"created_at": now, "seen_at": now} for one in browsers])
    engine.dispose()
    return visitors


def five_rows() -> dict[str, Any]:
    """An invented plan as it is typed, with exactly five rows."""
    plan = next(life.raw_plan for life in invent_lives(7) if life.raw_plan["results"])
    rows = [row for _ in range(PLAN_ROWS) for row in plan["results"]][:PLAN_ROWS]
    return plan | {"results": [row | {"_id": f"benchmark{place}"} for place, row in enumerate(rows)]}


@contextmanager
def serving(config: dict[str, str]) -> Iterator[tuple[tuple[str, int], int]]:
    """gunicorn as in the Procfile, on a free port of the loopback; gives its address and its process."""
    port = free_port()
    command = [sys.executable, "-m", "gunicorn", "--worker-class", "gthread", "--workers", str(WORKERS)]
    command += ["--threads", str(THREADS), "--no-control-socket", "--bind", f"127.0.0.1:{port}"]
    noise = Path(config["KINERJA_DATA"]) / "gunicorn.log"
    with noise.open("wb") as output:
        process = subprocess.Popen(
            [*command, "benchmarks.serving:app"],
            env=inherited() | config | {"KINERJA_PUBLIC_URL": f"http://127.0.0.1:{port}"},
            stdout=output,
            stderr=output,
        )
    try:
        _wait(process, port, noise)
        yield ("127.0.0.1", port), process.pid
    finally:
        process.terminate()
        process.wait(20)


def inherited() -> dict[str, str]:
    """What the server keeps of our own environment."""
    return {name: os.environ[name] for name in ("PATH", "HOME", "LANG", "TMPDIR") if name in os.environ}


def _wait(process: subprocess.Popen[bytes], port: int, noise: Path) -> None:
    until = time.perf_counter() + START_SECONDS
    while time.perf_counter() < until and process.poll() is None:
        try:
            with Connection(("127.0.0.1", port)) as connection:
                status, _body = connection.send(request("GET", f"{BARE_PATH}/", f"127.0.0.1:{port}").content)
            if status == 200:
                return
        except OSError:
            time.sleep(0.2)
    raise RuntimeError(f"gunicorn did not start: {noise.read_text()[-2000:]}")


class Kinds:
    """The requests of each kind, as sources for the connections."""

    def __init__(self, host: str, visitors: list[Visitor]) -> None:
        self.host = host
        self.regulars = visitors[:CONNECTIONS]
        self.newcomers = iter(visitors[CONNECTIONS:])
        self.locks = [1] * CONNECTIONS
        self.answers = typed(five_rows())

    def bare(self) -> list[Iterator[Request]]:
        return [repeat(request("GET", f"{BARE_PATH}/", self.host))] * CONNECTIONS

    def page(self) -> list[Iterator[Request]]:
        return [
            repeat(request("GET", f"/assignments/{one.assignment_id}", self.host, cookie=one.cookie))
            for one in self.regulars
        ]

    def save(self) -> list[Iterator[Request]]:
        return [self._saves(place, one) for place, one in enumerate(self.regulars)]

    def submit(self, each: int) -> list[Iterator[Request]]:
        return [iter([self._submission(next(self.newcomers)) for _ in range(each)]) for _ in range(CONNECTIONS)]

    def _saves(self, place: int, one: Visitor) -> Iterator[Request]:
        """The page's own saving while a person types; every time something has changed."""
        while True:
            changed = {"resources": f"Anggaran dan peralatan, butir {self.locks[place]}"}
            fields = {"csrf_token": one.csrf_token, "_version": str(self.locks[place])} | self.answers | changed
            path = f"/assignments/{one.assignment_id}/draft"
            yield request("POST", path, self.host, cookie=one.cookie, body=urlencode(fields).encode())
            self.locks[place] += 1

    def _submission(self, one: Visitor) -> Request:
        fields = {"csrf_token": one.csrf_token, "_version": "1", "_request_key": secrets.token_hex(16)}
        path, body = f"/assignments/{one.assignment_id}/submit", urlencode(fields).encode()
        return request("POST", path, self.host, cookie=one.cookie, body=body, expected=303)


def typed(raw: dict[str, Any]) -> dict[str, str]:
    """The plan as fields of the page."""
    fields = {}
    for key, value in raw.items():
        for place, row in enumerate(value if isinstance(value, list) else []):
            fields |= {f"{key}-{place}-{name}": str(cell) for name, cell in row.items()}
        if isinstance(value, str):
            fields[key] = value
    return fields


def measure(address: tuple[str, int], server: int, visitors: list[Visitor], sizes: Sizes) -> dict[str, dict[str, Any]]:
    """Rounds of slices, one slice for each kind of request; runs in a process of its own."""
    kinds = Kinds(f"{address[0]}:{address[1]}", visitors)
    sources = {"bare": kinds.bare, "page": kinds.page, "save": kinds.save}
    sources["submit"] = lambda: kinds.submit(sizes.submissions)
    found: dict[str, dict[str, Any]] = {
        kind: {"rates": [], "cpu_ms": [], "latencies": [], "bytes": 0, "bytes_gzip": 0} for kind in sources
    }
    for warm in ("bare", "page", "save"):
        ask(address, sources[warm](), seconds=sizes.seconds / 2)
    for number in range(sizes.rounds):
        order = list(sources)
        for kind in order[number % len(order) :] + order[: number % len(order)]:
            before = _processor_seconds(server)
            seconds = None if kind == "submit" else sizes.seconds
            answers, bodies = ask(address, sources[kind](), seconds=seconds)
            one, requests = found[kind], len(answers.latencies)
            one["rates"].append(requests / answers.seconds)
            one["cpu_ms"].append((_processor_seconds(server) - before) / requests * 1e3)
            one["latencies"] += answers.latencies
            one |= {"bytes": len(bodies[0]), "bytes_gzip": len(gzip.compress(bodies[0], 6))}
    return found


def _processor_seconds(server: int) -> float:
    """Processor time of gunicorn's workers; what this machine's other work costs is not in it."""
    times = [child.cpu_times() for child in psutil.Process(server).children()]
    return sum(one.user + one.system for one in times)
