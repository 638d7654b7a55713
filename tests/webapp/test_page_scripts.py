"""What the page scripts do in a browser: keeping drafts, exchanging rows, and a style guide without barriers."""

import json
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs

import pytest
from playwright.sync_api import Browser, Page, expect
from werkzeug.datastructures import MultiDict

from forms.builder import bind
from scripts.render_styleguide import environment
from tests.styleguide import ANSWERS, CONTEXT, SCHEMA, styleguide_values
from webapp.headers import content_security_policy
from webapp.statics import BUILT

pytestmark = pytest.mark.browser

POLICY = content_security_policy("nonce")
AXE = Path("node_modules/axe-core/axe.min.js")
KINDS_OF_FILE = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}


@dataclass
class Site:
    """A server that shows the style guide under the strict policy and answers drafts as it is told."""

    address: str = ""
    answers: list[tuple[int, object]] = field(default_factory=list)
    drafts: list[dict[str, list[str]]] = field(default_factory=list)
    posts: list[dict[str, list[str]]] = field(default_factory=list)
    seconds: float = 0
    """How long a draft takes to be saved."""
    changed_elsewhere: bool = False
    mistakes: bool = False
    dense: bool = False
    raw: dict[str, object] = field(default_factory=lambda: dict(ANSWERS))

    def page(self) -> str:
        values = styleguide_values(mistakes=self.mistakes)
        if not self.mistakes:
            values["form"] = bind(SCHEMA, raw=self.raw, context=CONTEXT)
        return environment().get_template("styleguide.html").render(**values, dense=self.dense)


def handler(site: Site) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            pass

        def _answer(self, status: int, kind: str, body: bytes) -> None:
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Security-Policy", POLICY)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def do_GET(self) -> None:
            path = Path(self.path)
            if "static" in self.path:
                self._answer(200, KINDS_OF_FILE[path.suffix], (BUILT / path.name).read_bytes())
            else:
                self._answer(200, "text/html; charset=utf-8", site.page().encode())

        def do_POST(self) -> None:
            sent = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode(), keep_blank_values=True)
            if self.path == "/draf":
                site.drafts.append(sent)
                time.sleep(site.seconds)
                status, answer = site.answers.pop(0) if site.answers else (200, {"version": 4, "message": "Tersimpan."})
                self._answer(status, "application/json", json.dumps(answer).encode())
            else:
                site.posts.append(sent)
                form = bind(SCHEMA, formdata=MultiDict(sent), context=CONTEXT)
                site.raw = form.raw()
                self._answer(409 if site.changed_elsewhere else 200, "text/html; charset=utf-8", site.page().encode())

    return Handler


@pytest.fixture
def site() -> Iterator[Site]:
    site = Site()
    with ThreadingHTTPServer(("127.0.0.1", 0), handler(site)) as server:
        site.address = f"http://127.0.0.1:{server.server_port}/"
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield site
        server.shutdown()


@pytest.fixture
def visit(browser: Browser, site: Site) -> Iterator[Callable[..., Page]]:
    complaints: list[str] = []
    contexts = []

    def _visit(*, script: bool = True, width: int = 1280) -> Page:
        context = browser.new_context(java_script_enabled=script, viewport={"width": width, "height": 900})
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on(
            "console",
            lambda message: complaints.append(message.text) if "Content Security Policy" in message.text else None,
        )
        page.goto(site.address)
        return page

    yield _visit
    for context in contexts:
        context.close()
    assert complaints == []


def test_a_change_is_saved_when_the_field_is_left(visit: Callable[..., Page], site: Site):
    page = visit()
    page.get_by_label("Tempat bertugas").fill("Loket 7")
    page.get_by_label("Tempat bertugas").blur()
    expect(page.locator("[data-draft-status]")).to_have_text("Tersimpan.")
    assert site.drafts[0]["place"] == ["Loket 7"]
    assert site.drafts[0]["_version"] == ["3"]
    assert page.locator("input[name=_version]").input_value() == "4"


def test_nothing_is_sent_when_nothing_changed(visit: Callable[..., Page], site: Site):
    page = visit()
    page.get_by_label("Tempat bertugas").focus()
    page.get_by_label("Surat yang selesai").focus()
    page.wait_for_timeout(300)
    assert site.drafts == []


def test_a_draft_changed_elsewhere_stops_saving_and_says_so(visit: Callable[..., Page], site: Site):
    site.answers = [(409, {"message": "Data ini telah diubah oleh Anda di tempat lain."})]
    page = visit()
    page.get_by_label("Tempat bertugas").fill("Loket 7")
    page.get_by_label("Tempat bertugas").blur()
    expect(page.locator("[data-draft-status]")).to_have_text("Data ini telah diubah oleh Anda di tempat lain.")
    page.get_by_label("Tempat bertugas").fill("Loket 8")
    page.get_by_label("Tempat bertugas").blur()
    page.wait_for_timeout(300)
    assert len(site.drafts) == 1


def test_without_a_network_the_draft_waits_on_the_device_and_goes_out_later(visit: Callable[..., Page], site: Site):
    page = visit()
    page.context.set_offline(True)
    page.get_by_label("Tempat bertugas").fill("Loket 9")
    page.get_by_label("Tempat bertugas").blur()
    expect(page.locator("[data-draft-status]")).to_contain_text("Belum terkirim.")
    page.context.set_offline(False)
    expect(page.locator("[data-draft-status]")).to_have_text("Tersimpan.")
    assert site.drafts[-1]["place"] == ["Loket 9"]


def test_a_draft_left_on_the_device_is_sent_at_the_next_visit(visit: Callable[..., Page], site: Site):
    page = visit()
    page.evaluate("localStorage.setItem('kinerja-draft:/draf', '_version=3&csrf_token=old&place=Loket+5')")
    with page.expect_request("**/draf"):
        page.reload()
    page.wait_for_function("localStorage.length === 0")
    assert site.drafts[0]["place"] == ["Loket 5"]
    assert site.drafts[0]["csrf_token"] == ["token"]


def test_signing_out_leaves_no_draft_on_the_device(visit: Callable[..., Page], site: Site):
    page = visit()
    page.evaluate("localStorage.setItem('kinerja-draft:/other', 'x=1')")
    page.locator(".k-account summary").click()
    page.get_by_role("button", name="Keluar").click()
    page.wait_for_function("localStorage.length === 0")


def test_a_click_waits_for_the_save_under_way(visit: Callable[..., Page], site: Site):
    """Otherwise what was typed in between would look like a change made elsewhere."""
    site.seconds = 0.5
    page = visit()
    page.get_by_label("Tempat bertugas").fill("Loket 7")
    with page.expect_request("**/draf"):
        page.get_by_label("Tempat bertugas").blur()
    page.get_by_label("Surat yang selesai").fill("12")
    with page.expect_navigation():
        page.get_by_role("button", name="Periksa jawaban").click()
    assert [post["_version"] for post in site.posts] == [["4"]]
    assert site.posts[0]["letters"] == ["12"]
    assert site.posts[0]["_check"] == ["1"]


def test_a_new_row_waits_for_the_save_under_way(visit: Callable[..., Page], site: Site):
    site.seconds = 0.5
    page = visit()
    page.get_by_label("Tempat bertugas").fill("Loket 7")
    with page.expect_request("**/draf"):
        page.get_by_label("Tempat bertugas").blur()
    page.get_by_role("button", name="Tambahkan hasil kerja").click()
    expect(page.locator("#results .k-row")).to_have_count(3)
    assert [post["_version"] for post in site.posts] == [["4"]]


def test_a_new_row_in_a_draft_changed_elsewhere_leads_to_both_texts(visit: Callable[..., Page], site: Site):
    """The script does not take over the number of the other draft, which the next save would overwrite."""
    site.changed_elsewhere = True
    page = visit()
    with page.expect_navigation():
        page.get_by_role("button", name="Tambahkan hasil kerja").click()
    assert [post["_version"] for post in site.posts] == [["3"], ["3"]]


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_rows_are_added_and_removed_and_keep_what_was_typed(visit: Callable[..., Page], site: Site, script: bool):
    page = visit(script=script)
    rows = page.locator("#results .k-row")
    rows.nth(0).get_by_label("Indikator").fill("Diketik sebelum menambah")
    page.get_by_role("button", name="Tambahkan hasil kerja").click()
    expect(rows).to_have_count(3)
    expect(rows.nth(0).get_by_label("Indikator")).to_have_value("Diketik sebelum menambah")
    page.get_by_role("button", name="Hapus hasil kerja 2").click()
    expect(rows).to_have_count(2)
    expect(rows.nth(0).get_by_label("Indikator")).to_have_value("Diketik sebelum menambah")
    expect(rows.nth(1).get_by_label("Indikator")).to_have_value("")


def test_links_of_the_error_summary_put_the_cursor_into_the_field(visit: Callable[..., Page], site: Site):
    site.mistakes = True
    page = visit()
    expect(page.locator(".govuk-error-summary")).to_be_focused()
    page.get_by_role("link", name="Surat yang selesai").click()
    expect(page.locator("#letters")).to_be_focused()


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("variant", ["plain", "mistakes", "dense"])
def test_the_style_guide_has_no_barrier_axe_can_find(browser: Browser, site: Site, variant: str, width: int):
    site.mistakes, site.dense = variant == "mistakes", variant == "dense"
    # axe is put in from outside, which the page's own policy would rightly refuse.
    context = browser.new_context(bypass_csp=True, viewport={"width": width, "height": 900})
    page = context.new_page()
    page.goto(site.address)
    page.add_script_tag(path=AXE)
    found = page.evaluate(
        "axe.run({runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']})"
    )
    overflow = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    context.close()
    assert overflow <= 0
    assert [(rule["id"], rule["nodes"][0]["html"][:160], len(rule["nodes"])) for rule in found["violations"]] == []


def test_options_are_ranked_with_buttons_and_the_numbers_are_saved(visit: Callable[..., Page], site: Site):
    page = visit(width=360)
    items = page.locator("[data-ranking] li label")
    expect(items).to_have_text(
        ["Formulir permohonan yang panjang dan harus diisi dua kali", "Antrean di loket", "Tempat parkir"]
    )
    button = page.get_by_role("button", name="Naikkan Tempat parkir")
    button.click()
    expect(items.nth(1)).to_have_text("Tempat parkir")
    expect(button).to_be_focused()
    expect(page.locator("[data-ranking-status]")).to_have_text("Tempat parkir: nomor 2.")
    button.blur()
    expect(page.locator("[data-draft-status]")).to_have_text("Tersimpan.")
    sent = site.drafts[-1]
    assert (sent["priorities-form"], sent["priorities-parking"], sent["priorities-queue"]) == (["1"], ["2"], ["3"])


def test_options_are_ranked_by_dragging_and_a_number_belongs_to_one_of_them(visit: Callable[..., Page], site: Site):
    page = visit()
    items = page.locator("[data-ranking] li")
    items.nth(2).locator("[data-grip]").hover()
    page.mouse.down()
    items.nth(0).hover(position={"x": 50, "y": 3})
    page.mouse.up()
    expect(items.nth(0)).to_contain_text("Tempat parkir")
    assert page.get_by_label("Tempat parkir", exact=True).input_value() == "1"
    page.get_by_label("Antrean di loket", exact=True).select_option("1")
    assert page.get_by_label("Tempat parkir", exact=True).input_value() == "3"


def test_own_words_are_asked_for_when_no_option_fits_without_script(visit: Callable[..., Page], site: Site):
    page = visit(script=False)
    own = page.locator("#reason_of-other")
    expect(own).to_be_visible()
    page.get_by_label("Jaringan").check()
    expect(own).to_be_hidden()
