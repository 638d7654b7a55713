"""What is told during the year, mostly by phone: of colleagues, by the public, and of one's own work."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from models import clock
from models.feedback import SurveyAnswer, SurveyLink
from models.operations import cycles
from models.permissions import CLOCK
from models.session import reading, writing
from tests.cast import on_day, stage
from tests.journeys.conftest import Meet
from tests.journeys.site import Site
from tests.webapp import year
from tests.webapp.office import cycle_of

pytestmark = pytest.mark.browser

POLL_MILLISECONDS = 15_000
"""The team's page looks every two to eight seconds."""


def test_a_colleague_is_judged_by_ballot_on_a_phone(site: Site, meet: Meet):
    year.ballots_open(site.sessions, site.people)
    dedi = meet(width=360)
    with on_day(2026, 11, 18):
        dedi.sign_in(site.people.dedi)
        dedi.open("/feedback", "Beri umpan balik")
        name = dedi.page.get_by_role("main").get_by_role("listitem").get_by_role("link").first.inner_text()
        dedi.follow(name, name)
        questions = dedi.page.locator(".k-rating")
        expect(questions).to_have_count(7)
        for number in range(6):
            questions.nth(number).get_by_label("Di atas ekspektasi").check()
        dedi.press("Kirim umpan balik", name)
        summary = dedi.page.locator(".govuk-error-summary")
        expect(summary).to_contain_text("Ada 1 isian yang perlu diperbaiki.")
        expect(summary.get_by_role("link")).to_contain_text("Kolaboratif")
        expect(questions.nth(5).get_by_label("Di atas ekspektasi")).to_be_checked()
        questions.nth(6).get_by_label("Tidak dapat menilai").check()
        dedi.press("Kirim umpan balik", "Terima kasih")
        dedi.says("Jawaban masuk ke kotak tanpa nama Anda.")
        dedi.open("/feedback", "Beri umpan balik")
        expect(dedi.page.get_by_role("listitem").filter(has_text=name)).to_contain_text("Sudah diberikan")


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_the_public_answers_the_survey_on_a_phone(site: Site, meet: Meet, script: bool):
    year.planning_open(site.sessions)
    guest = meet(width=360, script=script)
    with on_day(2026, 3, 2):
        with writing(site.sessions) as database:
            cycles.open_stage(database, CLOCK, stage(cycle_of(database), "public-survey"))
        with reading(site.sessions) as database:
            link = database.query(SurveyLink).filter_by(unit_id=site.people.village.id).one()
        title = "Survei Kepuasan Masyarakat"
        guest.open(f"/s/{link.token}", title)
        expect(guest.page.get_by_role("main")).to_contain_text("Kelurahan Surau Gadang")
        ratings = guest.page.locator(".k-rating")
        expect(ratings).to_have_count(9)
        for number in range(8):
            ratings.nth(number).get_by_role("radio").nth(3).check()
        guest.page.get_by_label("Legalisasi dan surat pengantar").check()
        guest.press("Kirim", title)
        expect(guest.page.locator(".govuk-error-summary")).to_contain_text("Ada 1 isian yang perlu diperbaiki.")
        ratings.nth(8).get_by_role("radio").nth(2).check()
        with clock.travel(clock.now() + timedelta(minutes=2)):
            guest.press("Kirim", "Terima kasih")
        assert guest.context.cookies() == []
    with reading(site.sessions) as database:
        kept = database.query(SurveyAnswer).one()
        assert [kept.answers[f"u{number}"] for number in range(1, 10)] == ["4"] * 7 + ["3", "4"]


def test_what_is_logged_on_a_phone_appears_before_the_supervisor_by_itself(site: Site, meet: Meet):
    year.progress_open(site.sessions, site.people)
    citra, budi = meet(width=360), meet(width=1280)
    with on_day(2026, 2, 3):
        budi.sign_in(site.people.budi)
        budi.follow("Tim saya", "Tim saya")
        feed = budi.page.locator("#feed")
        expect(feed).to_contain_text("Belum ada catatan")
        budi.page.evaluate("document.documentElement.dataset.untouched = 'yes'")
        citra.sign_in(site.people.citra)
        citra.follow("Pencatatan layanan dan kemajuan", "Pencatatan layanan dan kemajuan")
        citra.page.get_by_label("Jenis kegiatan").select_option(label="Pelayanan kepada masyarakat")
        citra.page.get_by_label("Nama layanan atau kegiatan").fill("Surat keterangan domisili")
        citra.page.get_by_label("Jumlah yang selesai").fill("12")
        citra.press("Catat", "Pencatatan layanan dan kemajuan")
        entry = citra.page.get_by_role("listitem").filter(has_text="Surat keterangan domisili")
        expect(entry).to_contain_text("3 Februari 2026")
        expect(feed).to_contain_text("Surat keterangan domisili", timeout=POLL_MILLISECONDS)
        expect(feed).to_contain_text(re.compile("Jumlah yang selesai: 12"))
        expect(feed).to_contain_text("Baru")
        assert budi.page.evaluate("document.documentElement.dataset.untouched") == "yes"
        budi.examine()
