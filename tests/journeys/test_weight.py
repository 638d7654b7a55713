"""What the first view of a page costs on a phone: bytes over the wire and requests, measured by the browser itself."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest
from playwright.sync_api import BrowserContext

from models.feedback import SurveyLink
from models.operations import cycles
from models.permissions import CLOCK
from models.session import reading, writing
from tests.cast import on_day, stage
from tests.journeys.conftest import Meet
from tests.journeys.site import Site
from tests.webapp import year
from tests.webapp.office import cycle_of, own_form

pytestmark = pytest.mark.browser

MOST_BYTES = 60 * 1024
MOST_REQUESTS = 6


@dataclass
class Cost:
    """What was fetched, by address, with the bytes that came over the wire, headers included."""

    addresses: dict[str, str] = field(default_factory=dict)
    sizes: dict[str, int] = field(default_factory=dict)

    def asked(self, event: dict[str, Any]) -> None:
        if event["request"]["url"].startswith("http"):
            self.addresses[event["requestId"]] = event["request"]["url"]

    def finished(self, event: dict[str, Any]) -> None:
        self.sizes[event["requestId"]] = event["encodedDataLength"]

    @property
    def requests(self) -> int:
        """How many went over the wire; the mark is shown twice and fetched once."""
        return sum(size > 0 for size in self.sizes.values())

    @property
    def bytes(self) -> int:
        return sum(self.sizes.values())

    def __str__(self) -> str:
        return "\n".join(f"{self.sizes.get(one, 0):7} {address}" for one, address in self.addresses.items())


def cost_of(context: BrowserContext, address: str) -> Cost:
    """Open an address in a browser that has nothing in its cache."""
    page, cost = context.new_page(), Cost()
    wire = context.new_cdp_session(page)
    wire.send("Network.enable")
    wire.on("Network.requestWillBeSent", cost.asked)
    wire.on("Network.loadingFinished", cost.finished)
    page.goto(address, wait_until="networkidle")
    assert len(cost.addresses) == len(cost.sizes), f"not everything arrived:\n{cost}"
    return cost


def test_the_first_view_of_the_main_pages_is_light(site: Site, meet: Meet, fresh: Callable[..., BrowserContext]):
    year.planning_open(site.sessions)
    with writing(site.sessions) as database, on_day(2026, 1, 3):
        cycles.open_stage(database, CLOCK, stage(cycle_of(database), "public-survey"))
    with reading(site.sessions) as database:
        form = own_form(database, site.people.citra).id
        survey = database.query(SurveyLink).first().token
    costs = {}
    with on_day(2026, 1, 5):
        for person, pages in {
            None: ("/sign-in", f"/s/{survey}"),
            site.people.citra: ("/", f"/assignments/{form}"),
            site.people.ani: ("/cycles/2026",),
        }.items():
            cookies = []
            if person is not None:
                visitor = meet()
                visitor.sign_in(person)
                cookies = visitor.context.cookies()
            for path in pages:
                context = fresh(width=360)
                context.add_cookies(cookies)
                costs[path] = cost_of(context, f"{site.address}{path}")
                context.close()
    for path, cost in costs.items():
        print(f"{path}: {cost.bytes} bytes, {cost.requests} requests")
    for path, cost in costs.items():
        assert 1 < cost.requests <= MOST_REQUESTS, f"{path}:\n{cost}"
        assert cost.bytes <= MOST_BYTES, f"{path} takes {cost.bytes} bytes:\n{cost}"
