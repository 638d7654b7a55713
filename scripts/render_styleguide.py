"""Render the style guide to a folder and take pictures of it in Chromium: `render_styleguide.py [FOLDER]`."""

import functools
import http.server
import sys
import threading
from pathlib import Path

from jinja2 import Environment, FileSystemLoader
from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from forms.text import Message, Text  # noqa: E402
from tests.styleguide import styleguide_values  # noqa: E402
from webapp.drawing import Drawings  # noqa: E402
from webapp.statics import asset  # noqa: E402


def environment() -> Environment:
    """The environment pages are rendered in, with the globals the components need."""
    made = Environment(
        loader=FileSystemLoader(ROOT / "webapp/templates"), autoescape=True, extensions=["jinja2.ext.i18n"]
    )
    made.install_null_translations(newstyle=True)  # type: ignore[attr-defined]
    made.globals |= {
        "say": lambda text: text.say("id") if isinstance(text, Message | Text) else str(text),
        "asset": lambda name: asset(name).removeprefix("/"),
        "csrf_token": lambda: "token",
        "csp_nonce": lambda: "nonce",
        "language_code": lambda: "id",
        "drawn": Drawings(lambda: "id").draw,
        "get_flashed_messages": lambda **_: [("good", "Draf tersimpan.")],
    }
    return made


class Quiet(http.server.SimpleHTTPRequestHandler):
    """Serves the folder without a line for every file."""

    def log_message(self, *_: object) -> None:
        pass


def main() -> None:
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else "build/styleguide")
    folder.mkdir(parents=True, exist_ok=True)
    if not (folder / "static").exists():
        (folder / "static").symlink_to(ROOT / "webapp/static")
    template = environment().get_template("styleguide.html")
    for name, mistakes, dense in (("index", False, False), ("mistakes", True, False), ("dense", False, True)):
        (folder / f"{name}.html").write_text(template.render(**styleguide_values(mistakes=mistakes), dense=dense))
    handler = functools.partial(Quiet, directory=str(folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server, sync_playwright() as playwright:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        for name, width in (("index", 360), ("index", 1280), ("mistakes", 360), ("mistakes", 1280), ("dense", 1280)):
            page = browser.new_page(viewport={"width": width, "height": 900})
            page.on("console", lambda message: print(message.type, message.text))
            page.goto(f"http://127.0.0.1:{server.server_port}/{name}.html")
            wide = page.evaluate("document.documentElement.scrollWidth")
            print(name, width, "content is", wide, "px wide")
            page.screenshot(path=folder / f"{name}-{width}.png", full_page=True)
        browser.close()
        server.shutdown()


if __name__ == "__main__":
    main()
