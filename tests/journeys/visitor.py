"""Somebody at a browser: goes from page to page, and every page is looked at for what shuts people out."""

import re
from pathlib import Path
from typing import ClassVar
from urllib.parse import urldefrag

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, ConsoleMessage, Frame, Locator, Page, Route, expect

from models.people import Person
from tests.webapp.conftest import PASSWORD

AXE = Axe.from_file(Path("node_modules/axe-core/axe.min.js"))
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"], "resultTypes": ["violations"]}
CHANGING = re.compile(r'(csrf_token" value|nonce)="[^"]*"')
LISTEN = """addEventListener('securitypolicyviolation', event =>
  console.error('Refused by the policy: ' + event.violatedDirective + ' ' + event.blockedURI))"""

SQUEEZED = """[...document.querySelectorAll('main *')].filter(element => {
  const words = [...element.childNodes].filter(node => node.nodeType === 3).map(node => node.data.trim()).join('')
  const { width, height } = element.getBoundingClientRect()
  const { fontSize } = getComputedStyle(element)
  return words.length > 7 && width < 2.5 * parseFloat(fontSize) && height > 6 * parseFloat(fontSize)
}).map(element => element.textContent)"""
"""Texts that stand letter below letter, since something beside them took all the room."""


class Visitor:
    """One browser of one person.

    Whatever the browser complains of (a script that breaks, a refused resource, a missing file) ends the test at the
    next page; so does a page that axe objects to or that is wider than the window.
    """

    clean: ClassVar[set[int]] = set()
    """Pages in which axe found nothing: the same page, to the letter and in the same width, is not searched again."""

    def __init__(self, address: str, context: BrowserContext, lens: BrowserContext | None = None) -> None:
        """`lens` is a browser with script, in which the pages of a browser without are looked at."""
        self.address = address
        self.context = context
        self.lens = lens.new_page() if lens else None
        if self.lens:
            self.lens.route("**/*", self._hold_under)
        self.complaints: list[str] = []
        self.arrived: set[str] = set()
        self.examined: set[str] = set()
        context.add_init_script(LISTEN)
        self.page: Page = context.new_page()
        self.page.on("pageerror", lambda error: self.complaints.append(f"script: {error}"))
        self.page.on("console", self._note)
        self.page.on("framenavigated", self._arrive)

    def _note(self, said: ConsoleMessage) -> None:
        # A form that is shown again with what is wrong has this status; Chromium takes it for a mishap.
        corrected = "status of 422" in said.text and said.location["url"] == self.page.url
        if said.type in ("error", "warning") and not corrected:
            self.complaints.append(f"{said.type}: {said.text}")

    def _arrive(self, frame: Frame) -> None:
        if frame.parent_frame is None and frame.url.startswith("http"):
            self.arrived.add(urldefrag(frame.url).url)

    def open(self, path: str, title: str | re.Pattern[str]) -> None:
        """Type an address."""
        self.page.goto(f"{self.address}{path}")
        self.see(title)

    def follow(self, name: str | re.Pattern[str], title: str | re.Pattern[str], within: Locator | None = None) -> None:
        """Follow a link to a page with this title."""
        with self.page.expect_navigation():
            self._named(within, "link", name).click()
        self.see(title)

    def press(self, name: str | re.Pattern[str], title: str | re.Pattern[str], within: Locator | None = None) -> None:
        """Press a button (or a link that looks like one) that leads to a page with this title."""
        with self.page.expect_navigation():
            self._named(within, "button", name).click()
        self.see(title)

    def again(self, title: str | re.Pattern[str]) -> None:
        """Load the page anew."""
        self.page.reload()
        self.see(title)

    def _named(self, within: Locator | None, role: str, name: str | re.Pattern[str]) -> Locator:
        return (within or self.page).get_by_role(role, name=name, exact=isinstance(name, str))  # type: ignore[arg-type]

    def see(self, title: str | re.Pattern[str]) -> None:
        """The page has this title, and nothing about it shuts anybody out."""
        expect(self.page.get_by_role("heading", level=1)).to_have_text(title)
        self.examine()

    def says(self, text: str | re.Pattern[str]) -> None:
        """The page says so where it tells what was done."""
        expect(self.page.get_by_role("status").filter(has_text=text).first).to_be_visible()

    def examine(self) -> None:
        """No barrier that axe can find, nothing beside the window, no complaint of the browser."""
        here = urldefrag(self.page.url).url
        width, window = self.page.evaluate("[document.documentElement.scrollWidth, window.innerWidth]")
        sight = hash((window, CHANGING.sub("", self.page.content())))
        if sight not in self.clean:
            barriers = self._barriers(here)
            assert barriers == [], f"{here}: {barriers}"
            self.clean.add(sight)
        self.examined.add(here)
        assert width <= window, f"{here} is {width} px wide"
        squeezed = self.page.evaluate(SQUEEZED)
        assert squeezed == [], f"{here} squeezes {squeezed}"
        assert self.complaints == [], f"{here}: {self.complaints}"

    def _barriers(self, here: str) -> list[tuple[str, list[str]]]:
        if self.lens:
            self.lens.goto(here)
        found = AXE.run(self.lens or self.page, options=RULES).response["violations"]
        return [(rule["id"], [node["html"][:160] for node in rule["nodes"]][:3]) for rule in found]

    def _hold_under(self, route: Route) -> None:
        """The page as it is, with its style and without its scripts."""
        match route.request.resource_type:
            case "document":
                route.fulfill(body=self.page.content(), content_type="text/html; charset=utf-8")
            case "script":
                route.fulfill(body="", content_type="text/javascript")
            case _:
                route.fallback()

    def sign_in(self, person: Person, home: str | re.Pattern[str] = re.compile("Selamat datang")) -> None:
        """Sign in as people do."""
        if not self.page.url.endswith("/sign-in"):
            self.open("/sign-in", "Masuk")
        self.page.get_by_label("NIP").fill(person.employee_number)
        self.page.get_by_label("Kata sandi", exact=True).fill(PASSWORD)
        self.press("Masuk", home)

    def sign_out(self) -> None:
        """Sign out, as at the end of a day."""
        self.page.locator(".k-account summary").click()
        self.press("Keluar", "Masuk")

    def leave(self) -> None:
        """Close the browser; no page may have gone by unexamined."""
        complaints = list(self.complaints)
        self.context.close()
        if self.lens:
            self.lens.context.close()
        assert complaints == [], complaints
        assert self.arrived <= self.examined, f"not looked at: {self.arrived - self.examined}"
