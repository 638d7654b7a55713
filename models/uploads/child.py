"""The child process that opens what people sent, with limits: what a hostile file bursts is this process only.

Started by `models.uploads.examining` as `python -m models.uploads.child TYPE`. The file comes in on standard input;
a line of JSON leaves on standard output, and after it the bytes to keep when they are others than came.
"""

import json
import resource
import sys
from typing import Any

MEMORY_BYTES = 1_200_000_000
CPU_SECONDS = 20
FORBIDDEN = ("socket.", "subprocess.", "os.system", "os.exec", "os.posix_spawn", "os.fork")


def main(kind: str) -> None:
    """Examine one file and print the verdict: `{"ok": true}` or `{"refused": reason}`."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    sys.addaudithook(_refuse)
    verdict, kept = examined(kind, sys.stdin.buffer.read())
    sys.stdout.buffer.write(json.dumps(verdict).encode() + b"\n" + kept)


def examined(kind: str, data: bytes) -> tuple[dict[str, Any], bytes]:
    """The verdict, and the bytes to keep instead of those that came; none when those may stay."""
    from models.uploads.refused import Refused  # whatever is imported, after the limits stand

    try:
        return {"ok": True}, _kept(kind, data)
    except Refused as refused:
        return {"refused": refused.reason}, b""
    except (MemoryError, RecursionError):
        return {"refused": "large"}, b""


def _kept(kind: str, data: bytes) -> bytes:
    from models.uploads import kinds

    if kind in kinds.IMAGES:
        from models.uploads import pictures

        return pictures.rewritten(kind, data)
    if kind == "pdf":
        from models.uploads import papers

        papers.check(data)
    else:
        from models.uploads import office

        office.check(kind, data)
    return b""


def _refuse(event: str, _: object) -> None:
    """No network and no other programs, whatever a file manages to make a parser do."""
    if event.startswith(FORBIDDEN):
        raise PermissionError(f"{event} is not allowed while a file is examined")


if __name__ == "__main__":
    main(sys.argv[1])
