"""Evidence in a browser: sent when it is chosen, photos made small before, taken back, and all of it by keyboard."""

import io
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask
from PIL import Image
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import select

from models.assignments import Draft
from models.evidence import EvidenceFile
from models.session import writing
from models.settings import Settings
from models.storage import Storage
from tests.cast import Cast, on_day
from tests.journeys.site import free_address, served
from tests.models import upload_files as made
from tests.proofs import form_of, open_proofs
from tests.webapp.conftest import bring

pytestmark = pytest.mark.browser
AXE = Path("node_modules/axe-core/axe.min.js")


@pytest.fixture
def backend() -> str:
    return "sqlite"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data=tmp_path, public_url=free_address())


@pytest.fixture
def form_id(sessions, people: Cast) -> Iterator[int]:
    with on_day(2026, 1, 12):
        with writing(sessions) as database:
            open_proofs(database)
        with sessions() as database:
            found = form_of(database, people.citra).id
        yield found


@pytest.fixture
def visit(browser: Browser, app: Flask, engine, settings, sessions, people, form_id) -> Iterator[Callable[..., Page]]:
    """Citra opens her report; whatever the browser complains of fails the test."""
    client = bring(app.test_client(), people.citra, sessions)
    complaints: list[str] = []
    contexts = []
    with served(engine, settings, people):

        def _visit(*, width: int = 360, script: bool = True) -> Page:
            context = browser.new_context(viewport={"width": width, "height": 900}, java_script_enabled=script)
            contexts.append(context)
            name = app.config["SESSION_COOKIE_NAME"]
            context.add_cookies([{"name": name, "value": client.session_cookie, "url": settings.public_url}])
            page = context.new_page()
            page.on("pageerror", lambda error: complaints.append(str(error)))
            page.on("console", lambda line: complaints.append(line.text) if "Security Policy" in line.text else None)
            page.goto(f"{settings.public_url}/assignments/{form_id}")
            return page

        yield _visit
        for context in contexts:
            context.close()
    assert complaints == []


def photo() -> bytes:
    """A photo of seven megapixels, far heavier than it need be."""
    output = io.BytesIO()
    Image.effect_noise((3000, 2250), 40).convert("RGB").save(output, "JPEG", quality=92)
    return output.getvalue()


def attached(name: str, content: bytes) -> dict[str, object]:
    return {"name": name, "mimeType": "image/jpeg" if name.endswith("jpg") else "application/pdf", "buffer": content}


def test_files_go_when_they_are_chosen_and_come_back_by_keyboard(visit, sessions, settings, form_id):
    page = visit()
    page.fill("#summary", "Selesai")
    question = page.locator('[data-evidence="letter"]')
    status = question.locator("[data-file-status]")
    assert len(photo()) > 1024 * 1024, "more than the question takes"
    page.set_input_files("#letter", [attached("foto kegiatan.jpg", photo())])
    expect(status).to_have_text("foto kegiatan.jpg diunggah.")
    expect(page.locator("[data-draft-status]")).to_contain_text("Tersimpan pukul")
    with sessions() as database:
        file = database.scalars(select(EvidenceFile)).one()
        assert database.scalars(select(Draft)).one().raw["letter"] == [file.token]
    assert file.size < 1024 * 1024
    with Image.open(io.BytesIO(Storage(settings.subfolder("evidence")).get(file.sha256))) as image:
        assert max(image.size) == 1600

    page.set_input_files("#letter", [attached("skrip.pdf", made.scripted_paper())])
    expect(status).to_have_text("PDF ini berisi skrip. Cetak ulang sebagai PDF biasa lalu unggah kembali.")
    letter = made.paper()
    page.set_input_files("#letter", [attached("surat.pdf", letter)])
    expect(question.locator(".k-file")).to_have_count(2)
    expect(page.locator("#letter")).to_be_hidden()

    page.evaluate(AXE.read_text())
    found = page.evaluate("axe.run({runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa']})")
    assert [one["id"] for one in found["violations"]] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 360

    question.get_by_role("button", name="Hapus foto kegiatan.jpg").focus()
    page.keyboard.press("Enter")
    expect(status).to_have_text("foto kegiatan.jpg dihapus.")
    expect(page.locator("#letter")).to_be_focused()
    page.reload()
    expect(page.locator('[data-evidence="letter"] .k-file')).to_have_count(1)
    with page.expect_download() as download:
        page.get_by_role("link", name="surat.pdf").click()
    assert download.value.suggested_filename == "surat.pdf"
    assert Path(download.value.path()).read_bytes() == letter


def test_without_script_the_button_sends_the_file_and_the_text(visit, sessions):
    page = visit(width=1280, script=False)
    page.fill("#summary", "Tanpa skrip")
    page.fill("#results-0-what", "Pelayanan")
    page.set_input_files("#results-0-proof", [attached("foto.jpg", made.picture())])
    page.get_by_role("button", name="Unggah Bukti").click()
    expect(page.get_by_role("link", name="foto.jpg")).to_be_visible()
    expect(page.locator("#summary")).to_have_value("Tanpa skrip")
    with sessions() as database:
        assert database.scalars(select(Draft)).one().raw["results"][0]["what"] == "Pelayanan"
    page.get_by_role("button", name="Hapus foto.jpg").click()
    expect(page.get_by_text("foto.jpg dihapus.")).to_be_visible()
    expect(page.locator("#summary")).to_have_value("Tanpa skrip")
