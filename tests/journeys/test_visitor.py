"""The eyes of the journeys: each kind of fault, planted into a page, ends the visit."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import BrowserContext

from tests.journeys.visitor import Visitor

pytestmark = pytest.mark.browser

ADDRESS = "http://127.0.0.1:9"
"""Nobody answers there; the pages of these tests are put under it."""
POLICY = "default-src 'none'; style-src 'self'; script-src 'self'"
FAULTS = {
    "color-contrast": '<p>Pudar</p><link rel="stylesheet" href="/faint.css">',
    "image-alt": '<img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=">',
    "px wide": '<link rel="stylesheet" href="/wide.css"><p>Lebar</p>',
    "squeezes": '<link rel="stylesheet" href="/narrow.css"><dl><dt>Sidik jawaban</dt><dd>Perencanaan</dd></dl>',
}
STYLES = {
    "/faint.css": "p { color: #ccc }",
    "/wide.css": "p { width: 500px }",
    "/narrow.css": "dd { width: 12px; margin: 0; overflow-wrap: anywhere }",
}


@pytest.fixture(params=[True, False], ids=["with script", "without script"])
def visitor(fresh: Callable[..., BrowserContext], request: pytest.FixtureRequest) -> Iterator[Visitor]:
    lens = None if request.param else fresh(width=360)
    visitor = Visitor(ADDRESS, fresh(width=360, script=request.param), lens)
    yield visitor
    visitor.context.close()
    if lens:
        lens.close()


def show(visitor: Visitor, body: str, policy: str = "default-src 'self' data:") -> None:
    """Put a page with this body under the address, and go there."""
    page = f'<!doctype html><html lang="id"><title>Uji</title><main><h1>Uji</h1>{body}</main></html>'
    for context in {visitor.context, visitor.lens.context if visitor.lens else visitor.context}:
        for path, style in STYLES.items():
            context.route(f"**{path}", lambda route, _, style=style: route.fulfill(body=style, content_type="text/css"))
    visitor.context.route(
        f"{ADDRESS}/", lambda route: route.fulfill(body=page, headers={"Content-Security-Policy": policy})
    )
    visitor.open("/", "Uji")


@pytest.mark.parametrize(("fault", "body"), FAULTS.items(), ids=list(FAULTS))
def test_a_barrier_ends_the_visit(visitor: Visitor, fault: str, body: str):
    with pytest.raises(AssertionError, match=fault):
        show(visitor, body)


def test_a_refused_style_ends_the_visit(visitor: Visitor):
    with pytest.raises(AssertionError, match="Content Security Policy"):
        show(visitor, '<p style="margin: 0">Rapat</p>', POLICY)


def test_a_page_nobody_looked_at_ends_the_visit(visitor: Visitor):
    show(visitor, "<p>Baik</p>")
    visitor.context.route(f"{ADDRESS}/other", lambda route: route.fulfill(body="<p>Lain</p>"))
    visitor.page.goto(f"{ADDRESS}/other")
    with pytest.raises(AssertionError, match="/other"):
        visitor.leave()
