"""The minute hand: runs the tick at every full interval, in a thread of the runner.

The engine's own scheduler cannot: Prefect 3.8.8 inserts scheduled runs in a way that SQLAlchemy 2.1 refuses. In the
runner a tick also costs no new process, which would take seconds to start.
"""

import logging
import threading
import time

from flows.runtime import settings
from flows.tick import tick

SETTLING_SECONDS = 5
"""So long the runner takes to make itself known to the engine; a tick before that could launch nothing."""
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
    while True:
        try:
            tick()
        except Exception:
            log.exception("a tick failed; the next one does its work")
        time.sleep(interval)
