"""Renders many documents in child processes with limits: a document that hangs or bursts costs itself only."""

import contextlib
import os
import pickle
import signal
import struct
import subprocess
import sys
import tempfile
from collections.abc import Hashable, Iterable, Iterator, Mapping
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from queue import LifoQueue
from threading import Timer
from typing import Any, BinaryIO, cast

from reports.errors import RenderFailed
from reports.facts import Facts, printable
from reports.worker import DONE, FRAME

ROOT = Path(__file__).parent.parent
DOCUMENTS = Path(__file__).parent / "documents"
START_SECONDS = 60.0

Job = tuple[Hashable, str, Mapping[str, Any] | Facts, str, date]
"""Key, name of the document, facts, identifier, date: what `to_pdf` is told, with a key to know the answer by."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What one document may use; a certificate needs a tenth of a second and 100 MB."""

    memory_bytes: int = 1_500_000_000
    cpu_seconds: int = 20
    wall_seconds: float = 30.0


class Pool:
    """Child processes that render, started when first needed and kept until the block ends.

    Starting one takes seconds; whoever renders in parts keeps one pool for all of them.
    """

    def __init__(self, processes: int = 2, *, limits: Limits | None = None, documents: Path = DOCUMENTS) -> None:
        self._workers = [_Worker(limits or Limits(), documents) for _ in range(processes)]
        self._idle: LifoQueue[_Worker] = LifoQueue()
        for worker in self._workers:
            self._idle.put(worker)
        self._threads = ThreadPoolExecutor(processes, thread_name_prefix="render")

    def __enter__(self) -> "Pool":
        return self

    def __exit__(self, *_: object) -> None:
        self._threads.shutdown(wait=False, cancel_futures=True)
        for worker in self._workers:
            worker.stop()
        self._threads.shutdown()

    def render(self, jobs: Iterable[Job]) -> Iterator[tuple[Hashable, bytes | RenderFailed]]:
        """The PDF of each job or why there is none, as they get ready, each exactly once.

        Jobs are taken from the iterable one by one in the caller's thread, a few ahead of the rendering.
        """
        upcoming = iter(jobs)
        running: dict[Future[bytes | RenderFailed], Hashable] = {}
        try:
            while True:
                while len(running) < 2 * len(self._workers) and (job := next(upcoming, None)):
                    running[self._threads.submit(self._render, job)] = job[0]
                if not running:
                    return
                for future in wait(running, return_when=FIRST_COMPLETED).done:
                    yield running.pop(future), future.result()
        finally:
            for future in running:
                future.cancel()

    def _render(self, job: Job) -> bytes | RenderFailed:
        worker = self._idle.get()
        try:
            return worker.render(*job[1:])
        finally:
            self._idle.put(worker)


def render_many(
    jobs: Iterable[Job],
    processes: int = 2,
    *,
    limits: Limits | None = None,
    documents: Path = DOCUMENTS,
) -> Iterator[tuple[Hashable, bytes | RenderFailed]]:
    """The answers of a pool that lives for these jobs; leaving the iterator early ends its processes."""
    with Pool(processes, limits=limits, documents=documents) as pool:
        yield from pool.render(jobs)


class _Died(Exception):
    """The child ended instead of answering; says why."""


class _Worker:
    """One child process, started when first needed and again after a death."""

    def __init__(self, limits: Limits, documents: Path) -> None:
        self._limits = limits
        self._documents = documents
        self._process: subprocess.Popen[bytes] | None = None
        self._stopped = False

    def render(self, name: str, facts: Mapping[str, Any] | Facts, identifier: str, dated: date) -> bytes | RenderFailed:
        """The answer of the child; its death in the middle is the failure of this document only."""
        try:
            request = pickle.dumps((name, printable(facts), identifier, dated))
        except (TypeError, ValueError) as wrong:
            return RenderFailed(name, str(wrong))
        try:
            kind, body = self._ask(self._running(), request, self._limits.wall_seconds)
        except _Died as death:
            return RenderFailed(name, str(death))
        return body if kind == DONE else RenderFailed(name, body.decode(errors="replace"))

    def _ask(self, process: subprocess.Popen[bytes], request: bytes, seconds: float) -> tuple[bytes, bytes]:
        """Write the request, if there is one, and read an answer within the time; raises _Died."""
        jobs, answers = cast(BinaryIO, process.stdin), cast(BinaryIO, process.stdout)
        overdue = Timer(seconds, process.kill)
        overdue.start()
        try:
            if request:
                jobs.write(struct.pack("!Q", len(request)) + request)
                jobs.flush()
            kind, size = FRAME.unpack(answers.read(FRAME.size))
            body = answers.read(size)
            if len(body) < size:
                raise EOFError
        except (OSError, EOFError, struct.error) as broken:
            reason = f"stopped after {seconds:g} seconds" if overdue.finished.is_set() else self._death(process)
            self._end()
            raise _Died(reason) from broken
        finally:
            overdue.cancel()
        return kind, body

    def stop(self) -> None:
        """End the child for good."""
        self._stopped = True
        self._end()

    def _end(self) -> None:
        if self._process is None:
            return
        self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout, self._noise):
            with contextlib.suppress(BrokenPipeError):  # what was not yet written has no reader any more
                cast(BinaryIO, pipe).close()
        self._process = None

    def _running(self) -> subprocess.Popen[bytes]:
        if self._stopped:
            raise RuntimeError("rendering has been stopped")
        if self._process and self._process.poll() is not None:
            self._end()
        if self._process is None:
            self._noise = tempfile.TemporaryFile()  # noqa: SIM115  (lives as long as the child)
            # Nothing of our environment (keys, database address) goes along.
            environment = {key: os.environ[key] for key in ("PATH", "HOME", "LANG", "TMPDIR") if key in os.environ}
            self._process = subprocess.Popen(  # noqa: S603  (our own program)
                [
                    *(sys.executable, "-m", "reports.worker"),
                    *(str(self._documents), str(self._limits.memory_bytes), str(self._limits.cpu_seconds)),
                ],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=self._noise,
                cwd=ROOT,
                env={**environment, "PYTHONPATH": str(ROOT)},
            )
            self._ask(self._process, b"", START_SECONDS)  # importing takes seconds and is no document's fault
        return self._process

    def _death(self, process: subprocess.Popen[bytes]) -> str:
        """Why the child ended by itself."""
        process.kill()
        code = process.wait()
        if code == -signal.SIGXCPU:
            return f"stopped after {self._limits.cpu_seconds} seconds of processor time"
        self._noise.seek(0)
        last = self._noise.read().decode(errors="replace").strip().splitlines()[-1:]
        ended = f"signal {signal.Signals(-code).name}" if code < 0 else f"exit {code}"
        return f"the rendering process ended ({ended}){': ' + last[0] if last else ''}"
