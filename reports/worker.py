"""The child process that renders: reads jobs, writes PDFs, and may do nothing else.

Started by `reports.pool` as `python -m reports.worker FOLDER MEMORY CPU`. A request is a pickle (the parent is
trusted). An answer is one byte, a length and bytes, never a pickle (this process has handled what people wrote); the
first one says that the process is ready.
"""

import pickle
import resource
import struct
import sys
from pathlib import Path
from typing import BinaryIO

from reports.errors import RenderFailed

FRAME = struct.Struct("!cQ")
READY, DONE, FAILED = b"R", b"D", b"F"
FORBIDDEN = ("socket.", "subprocess.", "os.system", "os.exec", "os.posix_spawn", "os.fork")


def serve(jobs: BinaryIO, answers: BinaryIO, documents: Path, cpu_seconds: int) -> None:
    """Render jobs until the parent closes the pipe; each may use `cpu_seconds` of processor time."""
    from reports.render import Renderer  # after the memory limit stands

    sys.addaudithook(_refuse)
    renderer: Renderer | None = None
    answers.write(FRAME.pack(READY, 0))
    answers.flush()
    while length := jobs.read(8):
        job = pickle.loads(jobs.read(struct.unpack("!Q", length)[0]))  # noqa: S301  (from the parent only)
        used = sum(resource.getrusage(resource.RUSAGE_SELF)[:2])
        resource.setrlimit(resource.RLIMIT_CPU, (int(used) + cpu_seconds + 1, resource.RLIM_INFINITY))
        try:
            renderer = renderer or Renderer(documents)
            kind, body = DONE, renderer.to_pdf(*job[:2], identifier=job[2], dated=job[3])
        except RenderFailed as failure:
            kind, body = FAILED, failure.reason.encode()
        answers.write(FRAME.pack(kind, len(body)) + body)
        answers.flush()


def _refuse(event: str, _: object) -> None:
    """No network and no other programs, whatever a document manages to ask for."""
    if event.startswith(FORBIDDEN):
        raise PermissionError(f"{event} is not allowed while rendering")


def main(documents: str, memory_bytes: str, cpu_seconds: str) -> None:
    """Set the limits, then serve."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_AS, (int(memory_bytes), int(memory_bytes)))
    serve(sys.stdin.buffer, sys.stdout.buffer, Path(documents), int(cpu_seconds))


if __name__ == "__main__":
    main(*sys.argv[1:])
