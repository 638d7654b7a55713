"""Takes the README's pictures from a finished demo: run `make demo ARGS=--no-serve` first, then this."""

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import httpx
import pypdfium2
from playwright.sync_api import Browser, Page, sync_playwright

DEMO = Path("var/demo")
IMAGES = Path("docs/images")
PORT = 8139
ADDRESS = f"http://127.0.0.1:{PORT}"
CHROMIUM = os.environ.get("KINERJA_CHROMIUM", "/usr/bin/chromium")


def main() -> None:
    """Serve the demo's data, look at it, and write docs/images."""
    if not (DEMO / "accounts.json").exists():
        sys.exit('There is no finished demo: run `make demo ARGS="--no-serve"` first.')
    IMAGES.mkdir(parents=True, exist_ok=True)
    certificate = sorted((DEMO / "piagam").glob("*.pdf"))[0]
    pypdfium2.PdfDocument(certificate)[0].render(scale=1.3).to_pil().save(IMAGES / "certificate.png", optimize=True)
    environment = os.environ | {"KINERJA_DATA": str(DEMO), "KINERJA_DEMO": "true"}
    command = [sys.executable, "-m", "gunicorn", "--bind", f"127.0.0.1:{PORT}", "--threads", "4", "webapp.wsgi:app"]
    web = subprocess.Popen(command, env=environment)
    try:
        _wait()
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
            _look(browser)
            browser.close()
    finally:
        web.terminate()
        web.wait()


def _wait() -> None:
    for _ in range(100):
        try:
            httpx.get(f"{ADDRESS}/healthz").raise_for_status()
        except httpx.HTTPError:
            time.sleep(0.2)
        else:
            return
    sys.exit("the web did not start")


def _look(browser: Browser) -> None:
    accounts = json.loads((DEMO / "accounts.json").read_text(encoding="utf-8"))
    year = json.loads((DEMO / "summary.json").read_text(encoding="utf-8"))["cycle"]
    shots = (("desk.png", "Pegawai", "/"), ("board.png", "Pengelola kinerja (HR)", f"/cycles/{year}"))
    for name, role, path in shots:
        page = browser.new_page(viewport={"width": 1100, "height": 900}, locale="id-ID")
        _sign_in(page, accounts[role].partition(" ")[0], accounts["password"])
        page.goto(f"{ADDRESS}{path}")
        page.screenshot(path=IMAGES / name)
        page.context.close()


def _sign_in(page: Page, number: str, password: str) -> None:
    page.goto(f"{ADDRESS}/sign-in")
    page.get_by_label("NIP").fill(number)
    page.get_by_label("Kata sandi", exact=True).fill(password)
    page.get_by_role("main").get_by_role("button", name="Masuk").click()
    page.wait_for_url(f"{ADDRESS}/")


if __name__ == "__main__":
    main()
