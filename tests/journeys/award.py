"""The second half of the year in the browser: closing and scoring, the award, certificates, verification."""

import re
from pathlib import Path

from playwright.sync_api import expect

from models.awards import Candidate
from models.people import Person
from models.session import reading, writing
from tests.cast import on_day
from tests.journeys.planning import CYCLE
from tests.journeys.site import Site
from tests.journeys.visitor import Visitor
from tests.stories import after_planning, sign_all, submit_all
from tests.webapp.office import cycle_of

CATEGORY = "Pelaksana Berprestasi"
NUMBER = "800.1.11.1/001/PEM-NGL/II/2027"
VALID, REVOKED = "Dokumen ini sah.", "Dokumen ini telah dicabut."
REASON = "Diterbitkan dengan data yang keliru."


def the_year_goes_by(site: Site) -> None:
    """Everybody else hands in and has signed; logs, ballots, self-assessments and evaluations follow."""
    with on_day(2026, 1, 20), writing(site.sessions) as database:
        submit_all(database, site.people)
        sign_all(database, site.people)
    with writing(site.sessions) as database:
        after_planning(database, site.people, cycle_of(database))


def the_cycle_is_closed(ani: Visitor, site: Site) -> None:
    """Ani sees what closing means, closes, and finds the results."""
    ani.open("/cycles/2026", CYCLE)
    ani.press("Tutup dan nilai", "Tutup dan nilai")
    expect(ani.page.get_by_role("main")).to_contain_text("Penutupan tidak dapat dibatalkan.")
    ani.press("Tutup dan nilai sekarang", CYCLE)
    ani.says("Penutupan dan penilaian sedang diproses.")
    site.work()
    ani.again(CYCLE)
    ani.press("Hasil", re.compile("Hasil"))
    expect(ani.page.get_by_role("cell", name="Baik", exact=True)).to_have_count(8)
    # Nobody stands above Fitri, so nobody has evaluated her.
    expect(ani.page.get_by_role("row").filter(has_text="Fitri Handayani")).to_contain_text("Belum ada predikat")


def best_but_indra(site: Site) -> Person:
    """The best of the category, but for Indra, who does not decide about himself."""
    with reading(site.sessions) as database:
        found = database.query(Candidate).filter_by(category="general", eligible=True).order_by(Candidate.rank)
        return next(one.subject for one in found if one.subject_id != site.people.indra.id)


def a_winner_is_confirmed(indra: Visitor, winner: Person) -> None:
    """Indra reads the reasons and decides."""
    indra.open("/awards", "Penghargaan")
    indra.follow(CYCLE, "Calon penerima penghargaan")
    table = indra.page.get_by_role("table", name=CATEGORY)
    indra.follow(winner.name, winner.name, within=table)
    indra.press("Tetapkan sebagai penerima", "Calon penerima penghargaan")
    indra.says(f"{winner.name} ditetapkan sebagai penerima.")


def certificates_are_issued(ani: Visitor, site: Site, winner: Person) -> None:
    """Ani has the certificate made and sees its number."""
    ani.open("/cycles/2026/awards", "Calon penerima penghargaan")
    ani.press("Terbitkan piagam", "Piagam penghargaan")
    ani.says("Pembuatan piagam sedang diproses.")
    site.work()
    ani.again("Piagam penghargaan")
    row = ani.page.get_by_role("row").filter(has_text=winner.name)
    expect(row).to_contain_text(NUMBER)
    expect(row).to_contain_text("Diterbitkan")


def the_winner_takes_it_home(visitor: Visitor, folder: Path) -> Path:
    """The winner reads why, and downloads the certificate."""
    visitor.follow("Kinerja saya", "Kinerja saya", within=visitor.page.get_by_role("navigation", name="Menu utama"))
    visitor.follow(re.compile("Hasil, alasan, dan dokumen"), "Hasil evaluasi kinerja")
    expect(visitor.page.locator(".k-outcome__value")).to_have_text("Baik")
    line = visitor.page.get_by_role("listitem").filter(has_text=CATEGORY)
    with visitor.page.expect_download() as download:
        line.get_by_role("button", name="Unduh PDF").click()
    path = folder / download.value.suggested_filename
    download.value.save_as(path)
    assert path.name == "piagam-2027-001.pdf"
    assert path.read_bytes().startswith(b"%PDF-")
    return path


def anybody_verifies(guest: Visitor, code: str, file: Path, verdict: str) -> None:
    """Whoever has the paper types its code and uploads the file; all say the same."""
    guest.open("/verify", "Verifikasi dokumen")
    guest.page.get_by_label("Masukkan kode").fill(code)
    guest.press("Verifikasi", verdict)
    main = guest.page.get_by_role("main")
    expect(main).to_contain_text(NUMBER)
    guest.page.get_by_label("Cocokkan berkas").set_input_files(file)
    guest.press("Cocokkan", verdict)
    guest.says("Berkas ini sama persis dengan yang diterbitkan")
    guest.follow("Verifikasi dokumen lain", "Verifikasi dokumen")
    guest.page.get_by_label("Cocokkan berkas").set_input_files(file)
    guest.press("Cocokkan", verdict)
    expect(main).to_contain_text(NUMBER)


def the_certificate_is_revoked(ani: Visitor) -> None:
    """Ani revokes with a reason; without one she is asked for it."""
    ani.open("/cycles/2026/certificates", "Piagam penghargaan")
    ani.follow(re.compile("^Cabut"), "Cabut piagam ini?")
    ani.press("Cabut piagam", "Cabut piagam ini?")
    expect(ani.page.locator(".govuk-error-summary")).to_be_visible()
    ani.page.get_by_label("Alasan pencabutan").fill(REASON)
    ani.press("Cabut piagam", "Piagam penghargaan")
    ani.says("telah dicabut")
    expect(ani.page.get_by_role("main")).to_contain_text("Dicabut")
