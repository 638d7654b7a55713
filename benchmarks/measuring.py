"""How things are measured: in processes of their own, in rounds that alternate, told by the median."""

import multiprocessing
import os
import resource
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from contextlib import AbstractContextManager
from pathlib import Path
from statistics import median
from types import TracebackType
from typing import Any, TypeVar

T = TypeVar("T")


def apart(environment: dict[str, str], work: Callable[..., T], *arguments: Any) -> T:
    """Do the work in a fresh process with this environment, so that memory and caches are its own."""
    spawn = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(1, mp_context=spawn, initializer=_settle, initargs=(environment,)) as process:
        return process.submit(work, *arguments).result()


def _settle(environment: dict[str, str]) -> None:
    for name in [name for name in os.environ if name.startswith(("KINERJA_", "PREFECT_", "DATABASE_URL"))]:
        del os.environ[name]
    os.environ.update(environment)


def environment(url: str, folder: Path) -> dict[str, str]:
    """What a process of the program is told: which database, which folder, and that no engine is near."""
    return {"DATABASE_URL": url, "KINERJA_DATA": str(folder), "PREFECT_HOME": str(folder / "prefect")} | {
        "PREFECT_API_URL": "http://127.0.0.1:9/api",
        "PREFECT_LOGGING_TO_API_ENABLED": "false",
    }


class Stopwatch(AbstractContextManager["Stopwatch"]):
    """Seconds of a block, on the wall and of this process's processor time."""

    def __enter__(self) -> "Stopwatch":
        self._began = time.perf_counter(), time.process_time()
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        self.wall = time.perf_counter() - self._began[0]
        self.cpu = time.process_time() - self._began[1]


def peak_mb(of: int = resource.RUSAGE_SELF) -> int:
    """The most memory this process (or the largest of its finished children) has held, in MB."""
    return resource.getrusage(of).ru_maxrss // 1024


def middle(values: list[float]) -> float:
    """The median."""
    return float(median(values))


def percentile(values: list[float], share: float) -> float:
    """The value that so large a share of all values does not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def load() -> float:
    """How many processes wanted a core over the last minute."""
    return os.getloadavg()[0]
