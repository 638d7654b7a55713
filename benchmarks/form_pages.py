"""Figure 1: pages of forms, the saving of drafts and submissions, against a bare Flask response."""

import gzip
import secrets
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import repeat
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from benchmarks import questionnaires
from benchmarks.databases import Place
from benchmarks.measuring import apart, environment, middle, percentile
from benchmarks.questionnaires import CONDITIONS, FORTY, TABLE
from benchmarks.respondents import PLAN, Respondent, prepare
from benchmarks.shares import where_time_goes
from benchmarks.visitors import BARE_PATH, Request, ask, request
from benchmarks.web_server import processor_seconds, serving

CONNECTIONS = 8


@dataclass(frozen=True)
class Sizes:
    """How much is measured: rounds, seconds of each slice, and submissions of each connection in a round."""

    rounds: int
    seconds: float
    submissions: int


FULL, QUICK = Sizes(rounds=5, seconds=2.0, submissions=8), Sizes(rounds=1, seconds=0.3, submissions=1)


def figure(place: Place, folder: Path, *, quick: bool) -> list[dict[str, Any]]:
    """One row for each kind of request; slices of a round follow each other in an order that turns."""
    sizes = QUICK if quick else FULL
    url = place.make()
    config = environment(url, folder / f"web-{place.name}")
    people = CONNECTIONS * (1 + sizes.rounds * sizes.submissions)
    respondents = apart(config, prepare, url, people, CONNECTIONS)
    with serving(config) as (address, server):
        found = apart(config, measure, address, server, respondents, sizes)
    shares = apart(config, where_time_goes, respondents[0], 20 if quick else 300)
    place.drop(url)
    bare = found["bare"]
    rows = []
    for kind, one in found.items():
        row = {"figure": "forms", "database": place.name, "request": kind, "connections": CONNECTIONS}
        row |= {"rounds": sizes.rounds, "requests": len(one["latencies"])}
        row |= {"per_second": round(middle(one["rates"]), 1), "cpu_ms": round(middle(one["cpu_ms"]), 2)}
        row |= {"p50_ms": _ms(one["latencies"], 0.5), "p95_ms": _ms(one["latencies"], 0.95)}
        row |= {"share_of_bare": round(middle(one["rates"]) / middle(bare["rates"]), 4)}
        row |= {"p95_times_bare": round(percentile(one["latencies"], 0.95) / percentile(bare["latencies"], 0.95), 1)}
        row |= {"bytes": one["bytes"], "bytes_gzip": one["bytes_gzip"]}
        rows.append(row | ({"shares": shares} if kind == "page" else {}))
    return rows


def _ms(latencies: list[float], share: float) -> float:
    return round(percentile(latencies, share) * 1e3, 1)


class Kinds:
    """The requests of each kind, as sources for the connections."""

    def __init__(self, host: str, respondents: list[Respondent], submissions: int) -> None:
        self.host = host
        self.regulars = respondents[:CONNECTIONS]
        self.newcomers = iter(respondents[CONNECTIONS:])
        self.submissions = submissions
        self.locks = {key: [1] * CONNECTIONS for key in (FORTY, CONDITIONS, TABLE)}
        self.raw = {form.key: questionnaires.typed(form) for form in questionnaires.every()}

    def every(self) -> dict[str, Callable[[], list[Iterator[Request]]]]:
        """Name of each kind → its sources; what is measured until all are sent comes last."""
        return {
            "bare": lambda: [repeat(request("GET", f"{BARE_PATH}/", self.host))] * CONNECTIONS,
            "page": lambda: self._pages(FORTY),
            "save": lambda: self._sends(FORTY, "draft"),
            "plan": lambda: self._pages(PLAN),
            "conditions": lambda: self._pages(CONDITIONS),
            "conditions live": lambda: self._sends(CONDITIONS, "live"),
            "conditions save": lambda: self._sends(CONDITIONS, "draft"),
            "table": lambda: self._pages(TABLE),
            "table save": lambda: self._sends(TABLE, "draft"),
            "submit": lambda: [
                iter([self._submission(next(self.newcomers)) for _ in range(self.submissions)])
                for _ in range(CONNECTIONS)
            ],
        }

    def _pages(self, form: str) -> list[Iterator[Request]]:
        return [
            repeat(request("GET", f"/assignments/{one.forms[form]}", self.host, cookie=one.cookie))
            for one in self.regulars
        ]

    def _sends(self, form: str, where: str) -> list[Iterator[Request]]:
        return [self._changes(place, one, form, where) for place, one in enumerate(self.regulars)]

    def _changes(self, place: int, one: Respondent, form: str, where: str) -> Iterator[Request]:
        """What the page sends by itself while a person types; every time something has changed."""
        locks = self.locks[form]
        tokens = [("csrf_token", one.csrf_token)]
        rest = questionnaires.posted(self.raw[form])
        changed = next(name for name, _typed in rest if name.endswith(("task", "q0")))
        rest = [pair for pair in rest if pair[0] != changed]
        while True:
            lock = str(locks[place])
            fields = [*tokens, ("_version", lock), (changed, f"Pelayanan {lock} {secrets.token_hex(4)}"), *rest]
            path = f"/assignments/{one.forms[form]}/{where}"
            yield request("POST", path, self.host, cookie=one.cookie, body=urlencode(fields).encode())
            locks[place] += where == "draft"

    def _submission(self, one: Respondent) -> Request:
        fields = {"csrf_token": one.csrf_token, "_version": "1", "_request_key": secrets.token_hex(16)}
        path, body = f"/assignments/{one.forms[FORTY]}/submit", urlencode(fields).encode()
        return request("POST", path, self.host, cookie=one.cookie, body=body, expected=303)


def measure(
    address: tuple[str, int], server: int, respondents: list[Respondent], sizes: Sizes
) -> dict[str, dict[str, Any]]:
    """Rounds of slices, one slice for each kind of request; runs in a process of its own."""
    sources = Kinds(f"{address[0]}:{address[1]}", respondents, sizes.submissions).every()
    found: dict[str, dict[str, Any]] = {
        kind: {"rates": [], "cpu_ms": [], "latencies": [], "bytes": 0, "bytes_gzip": 0} for kind in sources
    }
    for warm in [kind for kind in sources if kind != "submit"]:
        ask(address, sources[warm](), seconds=sizes.seconds / 2)
    for number in range(sizes.rounds):
        order = list(sources)
        for kind in order[number % len(order) :] + order[: number % len(order)]:
            before = processor_seconds(server)
            seconds = None if kind == "submit" else sizes.seconds
            answers, bodies = ask(address, sources[kind](), seconds=seconds)
            one, requests = found[kind], len(answers.latencies)
            one["rates"].append(requests / answers.seconds)
            one["cpu_ms"].append((processor_seconds(server) - before) / requests * 1e3)
            one["latencies"] += answers.latencies
            one |= {"bytes": len(bodies[0]), "bytes_gzip": len(gzip.compress(bodies[0], 6))}
    return found
