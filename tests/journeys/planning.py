"""The first half of the year in the browser: a cycle made and opened, a plan written, returned, corrected, signed."""

import re
from typing import TypedDict

from playwright.sync_api import Locator, expect

from tests.cast import on_day
from tests.journeys.site import Site
from tests.journeys.visitor import Visitor

CYCLE = "Penilaian Kinerja 2026"
PLANNING = "Perencanaan kinerja (SKP)"
WISH = "Mohon target nomor 2 dibuat lebih tinggi; tahun lalu sudah tercapai 1.100."


class Result(TypedDict):
    """One row of a plan, as it is typed."""

    result: str
    kind: str
    aspect: str
    indicator: str
    target: str
    unit: str
    direction: str


FIRST: Result = {
    "result": "Terlaksananya pelayanan surat keterangan yang tepat waktu",
    "kind": "Utama",
    "aspect": "Waktu",
    "indicator": "Lama penyelesaian satu surat keterangan",
    "target": "30",
    "unit": "menit",
    "direction": "Makin rendah makin baik",
}
SECOND: Result = {
    "result": "Terlayaninya warga di loket",
    "kind": "Utama",
    "aspect": "Kuantitas",
    "indicator": "Jumlah surat keterangan yang selesai",
    "target": "1.000",
    "unit": "layanan",
    "direction": "Makin tinggi makin baik",
}
ANNEX = {
    "Dukungan sumber daya": "Satu komputer, pencetak, dan jaringan di loket.",
    "Skema pertanggungjawaban": "Laporan bulanan kepada Kepala Seksi.",
    "Konsekuensi": "Penghargaan bila tercapai; pendampingan bila tidak.",
}


def the_cycle_is_made(ani: Visitor) -> None:
    """Ani makes the cycle of 2026 from the design that ships, after a look at its calendar."""
    ani.follow("Periode penilaian", "Periode penilaian", within=ani.page.get_by_role("navigation", name="Menu utama"))
    ani.press("Buat periode baru", "Buat periode baru")
    expect(ani.page.get_by_label("Rancangan")).to_contain_text("Siklus kinerja tahunan ASN")
    expect(ani.page.get_by_label("Nama periode")).to_have_value(CYCLE)
    ani.press("Lihat kalender", "Buat periode baru")
    expect(ani.page.get_by_text("Kalender yang akan dibuat")).to_be_visible()
    expect(ani.page.get_by_role("main")).to_contain_text(PLANNING)
    ani.press("Buat periode", CYCLE)
    ani.says("Penilaian Kinerja 2026 telah dibuat")


def the_cycle_is_opened(ani: Visitor, site: Site) -> None:
    """Ani opens the cycle, and planning a few days before its time; the flows do the work after each click."""
    ani.press("Buka periode", CYCLE)
    ani.says("Pembukaan periode sedang diproses.")
    expect(ani.page.locator("#work")).to_contain_text("Membuka periode")
    site.work()
    ani.again(CYCLE)
    line = stage_line(ani, PLANNING)
    ani.press("Buka sekarang", CYCLE, within=line)
    site.work()
    ani.again(CYCLE)
    expect(stage_line(ani, PLANNING)).to_contain_text("Dibuka")
    # Indra, Hadi and everybody else has a plan to write.
    expect(stage_line(ani, PLANNING)).to_contain_text("0 dari 9 selesai")


def stage_line(ani: Visitor, title: str) -> Locator:
    """The row of a stage on the board."""
    table = ani.page.get_by_role("table", name="Kemajuan tiap tahap")
    return table.get_by_role("row").filter(has=ani.page.get_by_role("rowheader", name=title))


def tile(ani: Visitor, label: str) -> Locator:
    """The number above a label on the board."""
    return ani.page.locator(".k-tile").filter(has_text=label).locator(".k-tile__number")


def the_plan_is_filled_in(citra: Visitor, *, script: bool) -> None:
    """Citra writes two results; a target that is no number is pointed out and put right."""
    citra.follow(PLANNING, PLANNING)
    rows = citra.page.locator("#results .k-row")
    type_in(rows.nth(0), FIRST)
    citra.page.get_by_label("Target", exact=True).fill("setengah jam")
    if script:
        citra.page.get_by_label("Satuan", exact=True).blur()
        expect(citra.page.locator("[data-draft-status]")).to_have_text("Tersimpan pukul 10.00 WIB.")
        citra.page.get_by_role("button", name="Tambahkan rencana hasil kerja").click()
    else:
        citra.press("Simpan draf", PLANNING)
        citra.says("Tersimpan pukul 10.00 WIB.")
        citra.press("Tambahkan rencana hasil kerja", PLANNING)
    expect(rows).to_have_count(2)
    expect(rows.nth(0).get_by_label("Satuan", exact=True)).to_have_value("menit")
    type_in(rows.nth(1), SECOND)
    for label, text in ANNEX.items():
        citra.page.get_by_label(label, exact=True).fill(text)
    citra.press("Periksa jawaban", PLANNING)
    summary = citra.page.locator(".govuk-error-summary")
    expect(summary).to_contain_text("Ada 1 isian yang perlu diperbaiki.")
    if script:
        expect(summary).to_be_focused()
    summary.get_by_role("link").click()
    wrong = rows.nth(0).get_by_label("Target", exact=True)
    expect(wrong).to_have_attribute("aria-invalid", "true")
    expect(wrong).to_have_value("setengah jam")
    wrong.fill(FIRST["target"])


def type_in(row: Locator, result: Result) -> None:
    """Fill in one row."""
    row.get_by_label("Rencana hasil kerja (RHK)", exact=True).fill(result["result"])
    row.get_by_label("Jenis", exact=True).select_option(label=result["kind"])
    row.get_by_label("Aspek", exact=True).select_option(label=result["aspect"])
    row.get_by_label("Indikator kinerja individu (IKI)", exact=True).fill(result["indicator"])
    row.get_by_label("Target", exact=True).fill(result["target"])
    row.get_by_label("Satuan", exact=True).fill(result["unit"])
    row.get_by_label("Arah capaian", exact=True).select_option(label=result["direction"])


def the_plan_is_submitted(citra: Visitor) -> None:
    """Citra reads her answers once more, hands them in and gets a receipt."""
    citra.press("Periksa jawaban", "Periksa jawaban Anda")
    expect(citra.page.get_by_role("main")).to_contain_text(FIRST["result"])
    citra.press("Ajukan", "Pengajuan diterima")
    expect(citra.page.get_by_role("status")).to_contain_text("Januari 2026")
    expect(citra.page.get_by_role("status")).to_contain_text("Citra Lestari")


def the_plan_is_returned(budi: Visitor) -> None:
    """Budi reads the plan and gives it back; without a comment he is asked for one."""
    budi.follow("Tim saya", "Tim saya")
    budi.follow(f"{PLANNING} – Citra Lestari", PLANNING)
    expect(budi.page.get_by_role("main")).to_contain_text(SECOND["indicator"])
    budi.press("Kembalikan untuk perbaikan", PLANNING)
    expect(budi.page.locator(".govuk-error-summary")).to_be_visible()
    budi.page.get_by_label("Apa yang perlu diperbaiki").fill(WISH)
    budi.press("Kembalikan untuk perbaikan", "Tim saya")
    budi.says(f"{PLANNING} – Citra Lestari telah dikembalikan untuk perbaikan.")


def the_plan_is_corrected(citra: Visitor) -> None:
    """Citra reads what Budi wrote, raises the target and hands in again."""
    citra.follow(PLANNING, PLANNING)
    expect(citra.page.get_by_role("main")).to_contain_text("Dikembalikan oleh Budi Santoso")
    expect(citra.page.get_by_role("main")).to_contain_text(WISH)
    citra.page.locator("#results .k-row").nth(1).get_by_label("Target", exact=True).fill("1.200")
    the_plan_is_submitted(citra)


def the_plan_is_signed(budi: Visitor) -> None:
    """Budi sees what changed and signs."""
    budi.follow(f"{PLANNING} – Citra Lestari", PLANNING)
    changes = budi.page.get_by_role("table", name=re.compile("Perubahan sejak putaran 1"))
    expect(changes.locator("ins")).to_contain_text("1.200")
    budi.press("Tanda tangani", "Tim saya")
    budi.says(f"{PLANNING} – Citra Lestari telah Anda tanda tangani.")


def the_first_half(site: Site, ani: Visitor, citra: Visitor, budi: Visitor, *, script: bool) -> None:
    """From the making of the cycle to the first signed plan, which Ani's board counts."""
    people = site.people
    with on_day(2025, 12, 29):
        ani.sign_in(people.ani)
        the_cycle_is_made(ani)
        the_cycle_is_opened(ani, site)
        ani.sign_out()
    with on_day(2026, 1, 5):
        citra.sign_in(people.citra)
        the_plan_is_filled_in(citra, script=script)
        the_plan_is_submitted(citra)
        citra.sign_out()
    with on_day(2026, 1, 6):
        budi.sign_in(people.budi)
        the_plan_is_returned(budi)
        budi.sign_out()
    with on_day(2026, 1, 7):
        citra.sign_in(people.citra)
        the_plan_is_corrected(citra)
        citra.sign_out()
    with on_day(2026, 1, 8):
        budi.sign_in(people.budi)
        budi.follow("Tim saya", "Tim saya")
        the_plan_is_signed(budi)
        budi.sign_out()
        ani.sign_in(people.ani)
        ani.open("/cycles/2026", CYCLE)
        expect(stage_line(ani, PLANNING)).to_contain_text("1 dari 9 selesai")
        expect(tile(ani, "formulir seluruhnya")).to_have_text("9")
        expect(tile(ani, "selesai")).to_have_text("1")
        ani.sign_out()
