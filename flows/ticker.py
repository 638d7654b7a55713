"""The minute hand: runs the tick at every full interval, in a thread of the runner.

The engine's own scheduler cannot: Prefect 3.8.8 inserts scheduled runs in a way that SQLAlchemy 2.1 refuses. In the
runner a tick also costs no new process, which would take seconds to start.
"""

import logging
import threading
import time
from collections.abc import Callable

from flows.runtime import settings
from flows.tend_evidence import discard, search_waiting
from flows.tick import tick

SETTLING_SECONDS = 5
"""So long the runner takes to make itself known to the engine; a tick before that could launch nothing."""
TIDYING_SECONDS = 3600
"""How often what nobody names any more is thrown away."""
log = logging.getLogger(__name__)


def start() -> threading.Thread:
    """Tick from now on until this process ends."""
    thread = threading.Thread(target=_tick_for_ever, name="ticker", daemon=True)
    thread.start()
    return thread


def _tick_for_ever() -> None:
    """Several runners may tick at once: what they ask for and launch has keys, so it is done once."""
    interval = settings().tick_seconds
    time.sleep(min(interval, SETTLING_SECONDS))
    tidied = -float(TIDYING_SECONDS)
    while True:
        _try(tick)
        _try(search_waiting)
        if time.monotonic() - tidied >= TIDYING_SECONDS:
            _try(discard)
            tidied = time.monotonic()
        time.sleep(interval)


def _try(work: Callable[[], object]) -> None:
    try:
        work()
    except Exception:
        log.exception("a tick failed; the next one does its work")
