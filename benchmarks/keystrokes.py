"""Figure 4: how long after a key the browser shows the letter, in large forms, on a processor four times as slow."""

import os
import shutil
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, sync_playwright

from benchmarks.databases import Place
from benchmarks.measuring import apart, environment, percentile
from benchmarks.questionnaires import CONDITIONS, FORTY, TABLE
from benchmarks.respondents import Respondent, prepare
from benchmarks.web_server import serving

PEOPLE = 40
SLOWER = 4
"""Chromium's processor throttling: a phone of the middle class."""
WORDS = ("Pelayanan ", "administrasi ", "kependudukan ", "tepat ", "waktu ")
KEY_MS, PAUSE_MS = 60, 700
"""A quick typist, who stops after each word: then the page asks the server which questions matter now."""
TYPED_INTO = {FORTY: "q0", CONDITIONS: "q0", TABLE: "lines-100-task"}

WATCH = """
window.frames_ms = []; window.long_ms = []
document.addEventListener('keydown', event => {
  const pressed = event.timeStamp
  requestAnimationFrame(() => {
    const after = new MessageChannel()
    after.port1.onmessage = () => window.frames_ms.push(performance.now() - pressed)
    after.port2.postMessage(0)
  })
}, { capture: true, passive: true })
new PerformanceObserver(list => list.getEntries().forEach(one => window.long_ms.push(one.duration)))
  .observe({ type: 'longtask' })
"""


def figure(place: Place, folder: Path, *, quick: bool) -> list[dict[str, Any]]:
    """One row for each form."""
    url = place.make()
    config = environment(url, folder / f"typing-{place.name}")
    respondent = apart(config, prepare, url, PEOPLE, 1)[0]
    with serving(config) as (address, _server):
        rows = apart(config, measure, f"http://{address[0]}:{address[1]}", respondent, 1 if quick else 3)
    place.drop(url)
    return [{"figure": "typing", "database": place.name} | row for row in rows]


def measure(address: str, respondent: Respondent, times: int) -> list[dict[str, Any]]:
    """Type the words so many times into a question of each form."""
    chromium = os.environ.get("KINERJA_CHROMIUM") or shutil.which("chromium")
    name, _, value = respondent.cookie.partition("=")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        context = browser.new_context(viewport={"width": 1280, "height": 800}, locale="id-ID")
        context.add_cookies([{"name": name, "value": value, "url": address}])
        rows = []
        for form, question in TYPED_INTO.items():
            page = context.new_page()
            page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
            page.goto(f"{address}/assignments/{respondent.forms[form]}")
            rows.append({"form": form} | _typed(page, question, times))
            page.close()
        browser.close()
    return rows


def _typed(page: Page, question: str, times: int) -> dict[str, Any]:
    ready = page.evaluate("performance.getEntriesByType('navigation')[0].domContentLoadedEventEnd")
    page.evaluate(WATCH)
    field = page.locator(f"[id='{question}']")
    field.fill("")
    for word in WORDS * times:
        field.press_sequentially(word, delay=KEY_MS)
        page.wait_for_timeout(PAUSE_MS)
    frames, long = page.evaluate("[window.frames_ms, window.long_ms]")
    return {
        "slower": SLOWER,
        "keys": len(frames),
        "p50_ms": round(percentile(frames, 0.5), 1),
        "p95_ms": round(percentile(frames, 0.95), 1),
        "longest_ms": round(max(frames), 1),
        "long_tasks": len(long),
        "longest_task_ms": round(max(long, default=0.0)),
        "ready_ms": round(ready),
    }
