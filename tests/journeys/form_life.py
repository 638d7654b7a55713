"""A form that HR makes, uses in a cycle and changes while staff fill it in, told from both sides of the desk."""

import re
from pathlib import Path

from openpyxl import load_workbook
from playwright.sync_api import Locator, expect

from tests.journeys.designing import WithScript, card
from tests.journeys.planning import stage_line
from tests.journeys.site import Site
from tests.journeys.visitor import Visitor

FORM = "Rencana kegiatan"
STAGE = "Penyusunan rencana kegiatan"
PERIOD = "Rencana kegiatan 2026"
CYCLE = f"""key: rencana-tahunan
title: Rencana kegiatan tahunan
stages:
  - key: rencana
    title: {STAGE}
    mode: once
    form: rencana-kegiatan
    respondents: self
    sign_offs: [supervisor]
    window: {{opens: start+0, closes: start+60}}
"""
RULE = "Jumlah bobot harus 100%."
SENTENCE = "Setelah diterbitkan, versi ini tidak dapat diubah lagi."


def settings_of(hr: Visitor, name: str) -> None:
    """Unfold the settings of the form or of a part."""
    link = hr.page.get_by_role("link", name=re.compile(f"^{name}")).first
    address = link.get_attribute("href") or ""
    link.click()
    expect(hr.page).to_have_url(re.compile(re.escape(address.partition("#")[0])))
    hr.examine()


def choose(hr: Visitor, label: str, option: str) -> None:
    """One setting that is a menu."""
    with hr.page.expect_response(re.compile(r"/edit$")):
        hr.page.locator("#settings").get_by_label(label, exact=True).first.select_option(label=option)


def the_form_is_built(hr: Visitor) -> None:
    """Two pages: what is planned and how it is paid; and indicators, whose weights add up."""
    hr.open("/designs", "Rancangan")
    hr.press("Formulir baru", "Formulir baru")
    hr.page.get_by_label("Judul formulir").fill(FORM)
    hr.press("Buat formulir", FORM)
    hands = WithScript(hr)
    hands.add("Teks singkat", "Nama kegiatan")
    hands.add("Teks singkat", "Lokasi")
    hands.add("Pilihan tunggal", "Sumber dana")
    hands.set("Pilihan", "APBD\nAPBN\nHibah\nTanpa anggaran")
    hands.add("Teks panjang", "Pemberi hibah")
    hands.ask_when("Sumber dana", "Hibah")
    expect(card(hr, "bagian_1.pemberi_hibah")).to_contain_text("Ditanyakan bila: “Sumber dana” adalah “Hibah”")
    settings_of(hr, "Ubah Bagian tanpa judul")
    hands.set("Judul bagian", "Kegiatan")
    with hr.page.expect_response(re.compile(r"/edit$")):
        hr.page.get_by_role("button", name="Tambah bagian").click()
    hands.set("Judul bagian", "Indikator dan bobot")
    hands.add("Tabel berbaris", "Indikator")
    hands.add_column("Persentase", "Bobot")
    hands.add("Nilai terhitung", "Jumlah bobot")
    hands.set("Rumus", "sum(indikator.bobot)")
    hands.set("Satuan", "%")
    the_rules_are_set(hr, hands)
    hr.examine()


def the_rules_are_set(hr: Visitor, hands: WithScript) -> None:
    """One page for each section, what happens next, and the rule between answers."""
    settings_of(hr, "Pengaturan formulir")
    hands.set("Langkah selanjutnya", "Atasan Anda menandatangani dalam lima hari kerja.")
    choose(hr, "Pembagian halaman", "Satu halaman untuk setiap bagian")
    hr.page.locator("#settings").get_by_text("Pengaturan lanjutan").click()
    hands.set("Syarat baru", "sum(indikator.bobot) == 100")
    message = hr.page.locator("#settings").get_by_label("Pesan bila tidak terpenuhi").first
    message.fill(RULE)
    with hr.page.expect_response(re.compile(r"/edit$")):
        message.press("Tab")
    choose(hr, "Ditampilkan pada isian", "Indikator")
    expect(hr.page.locator("#b-head")).to_contain_text("Siap diterbitkan")


def the_form_is_tried(hr: Visitor) -> None:
    """Invented answers keep the rule; a weight that breaks it is pointed out at its question."""
    hr.follow("Coba", FORM)
    hr.press("Isi dengan jawaban rekaan", FORM)
    hr.press("Periksa jawaban", FORM)
    expect(hr.page.get_by_role("main")).to_contain_text("Jawaban ini dapat diajukan.")
    hr.page.get_by_label("Bobot", exact=True).first.fill("12,5")
    hr.press("Periksa jawaban", FORM)
    expect(hr.page.locator(".govuk-error-summary")).to_contain_text(f"Indikator: {RULE}")


def the_form_is_published(hr: Visitor) -> None:
    """The first version: nothing to compare with, but said what it means."""
    hr.press("Terbitkan", "Sebelum diterbitkan")
    expect(hr.page.get_by_role("main")).to_contain_text(SENTENCE)
    hr.press("Terbitkan", FORM)
    hr.says(f"{FORM} versi 1 telah diterbitkan.")


def a_cycle_uses_it(hr: Visitor, site: Site) -> None:
    """A design of one stage is brought in as text, published, and its period opened."""
    hr.open("/designs/import", "Impor rancangan")
    hr.page.get_by_label("Atau tempelkan isinya").fill(CYCLE)
    hr.press("Impor", "Rencana kegiatan tahunan")
    hr.press("Terbitkan", "Sebelum diterbitkan")
    hr.press("Terbitkan", "Rencana kegiatan tahunan")
    hr.press("Buat periode", "Buat periode baru")
    hr.page.get_by_label("Nama periode").fill(PERIOD)
    hr.press("Lihat kalender", "Buat periode baru")
    hr.press("Buat periode", PERIOD)
    hr.press("Buka periode", PERIOD)
    site.work()
    hr.again(PERIOD)
    hr.press("Buka sekarang", PERIOD, within=stage_line(hr, STAGE))
    site.work()
    hr.again(PERIOD)
    expect(stage_line(hr, STAGE)).to_contain_text("0 dari 9 selesai")


def rows(staff: Visitor) -> Locator:
    """The rows of indicators."""
    return staff.page.locator("#indikator .k-row")


def the_first_page_is_filled_in(staff: Visitor, *, grant: bool) -> None:
    """The grant-giver is asked for only where there is a grant."""
    staff.follow(STAGE, STAGE)
    page = staff.page
    expect(page.get_by_role("main")).to_contain_text("Langkah 1 dari 2")
    page.get_by_label("Nama kegiatan").fill("Posyandu lansia")
    page.get_by_label("Lokasi").fill("Surau Gadang")
    giver = page.get_by_label("Pemberi hibah")
    expect(giver).to_be_hidden()
    if grant:
        page.get_by_label("Hibah", exact=True).check()
        expect(giver).to_be_visible()
        giver.fill("Yayasan Sehat Nusantara")
    else:
        page.get_by_label("APBD").check()
    staff.press("Lanjutkan", STAGE)


def the_weights_are_filled_in(staff: Visitor, *weights: str, total: str) -> None:
    """The total is counted while the weights are typed."""
    for place, weight in enumerate(weights):
        if place:
            staff.page.get_by_role("button", name="Tambahkan baris").click()
            expect(rows(staff)).to_have_count(place + 1)
        rows(staff).nth(place).get_by_label("Uraian").fill(f"Indikator {place + 1}")
        rows(staff).nth(place).get_by_label("Bobot").fill(weight)
    expect(staff.page.locator("output").first).to_have_text(total)


def it_is_handed_in(staff: Visitor) -> None:
    """Answers are checked, read once more, and handed in; the receipt says what happens next."""
    staff.press("Periksa jawaban", "Periksa jawaban Anda")
    staff.press("Ajukan", "Pengajuan diterima")
    expect(staff.page.get_by_role("main")).to_contain_text("Atasan Anda menandatangani dalam lima hari kerja.")


def a_draft_is_left(staff: Visitor) -> None:
    """Weights that do not add up yet are kept as they are."""
    the_first_page_is_filled_in(staff, grant=True)
    the_weights_are_filled_in(staff, "60", "30", total="90 %")
    staff.press("Simpan draf", STAGE)
    staff.says(re.compile("Tersimpan pukul"))


def the_form_is_changed(hr: Visitor) -> None:
    """An option gets another name, a question goes, a required one comes; then what publishing means is read."""
    hr.open("/designs/form/rencana-kegiatan/1", FORM)
    hr.press("Salin sebagai draf baru", FORM)
    hands = WithScript(hr)
    settings_of(hr, "Ubah Sumber dana")
    hands.set("Pilihan", "apbd = APBD\napbn = APBN\nhibah = Hibah atau sumbangan\ntanpa_anggaran = Tanpa anggaran")
    settings_of(hr, "Ubah Lokasi")
    hr.page.get_by_text("Pindahkan, ganti jenis, atau hapus").click()
    hands.press("^(Hapus|Nonaktifkan)", "bagian_1.lokasi")
    hr.page.get_by_role("link", name="Tambah pertanyaan pada Kegiatan").click()
    hands.add("Teks singkat", "Sasaran kegiatan")


def what_publishing_means_is_read(hr: Visitor) -> None:
    """Sentences, classes, and how many drafts and submissions they meet; the running stage goes on with it."""
    hr.press("Terbitkan", "Sebelum diterbitkan")
    for heading, sentence, met in [
        ("Menghilangkan isian", "Isian “Lokasi” kini: tidak ditanyakan lagi.", "1 draf, 1 jawaban terkirim"),
        ("Perlu diisi atau diperiksa lagi", "Isian “Sasaran kegiatan” ditambahkan pada “Kegiatan” dan wajib", "1 draf"),
        ("Aman", "tulisan berubah dari “Hibah” menjadi “Hibah atau sumbangan”.", ""),
    ]:
        line = hr.page.get_by_role("table", name=heading).get_by_role("row").filter(has_text=sentence)
        expect(line).to_contain_text(met)
    stage = hr.page.get_by_role("table", name="Tahap yang sedang berjalan").get_by_role("row").filter(has_text=STAGE)
    expect(stage).to_contain_text("kini versi 1 · 1 draf terbuka")
    stage.get_by_label(f"Alihkan {STAGE}").check()
    hr.press("Terbitkan", FORM)
    hr.says(f"{FORM} versi 2 telah diterbitkan.")
    hr.says("1 tahap yang sedang berjalan kini memakai versi ini.")


def the_draft_goes_on(staff: Visitor) -> None:
    """What is new and what is lost is read first; the rest is still there, and so is the rule."""
    staff.follow(STAGE, STAGE)
    main = staff.page.get_by_role("main")
    expect(main).to_contain_text("Formulir ini telah diperbarui")
    expect(main).to_contain_text("Isian “Sasaran kegiatan” ditambahkan pada “Kegiatan” dan wajib diisi.")
    expect(main.get_by_role("definition")).to_contain_text("Surau Gadang")
    staff.press("Lihat dan cetak isian lama", STAGE)
    expect(main).to_contain_text("Yayasan Sehat Nusantara")
    staff.page.go_back()
    staff.see(STAGE)
    staff.press("Lanjutkan dengan versi baru", STAGE)
    expect(staff.page.get_by_label("Hibah atau sumbangan")).to_be_checked()
    expect(staff.page.get_by_label("Pemberi hibah")).to_have_value("Yayasan Sehat Nusantara")
    expect(staff.page.get_by_label("Lokasi")).to_have_count(0)
    staff.page.get_by_label("Sasaran kegiatan").fill("Lansia di tiga RW")
    staff.press("Lanjutkan", STAGE)
    staff.press("Periksa jawaban", STAGE)
    expect(staff.page.locator(".govuk-error-summary")).to_contain_text(f"Indikator: {RULE}")
    rows(staff).nth(1).get_by_label("Bobot").fill("40")
    expect(staff.page.locator("output").first).to_have_text("100 %")
    it_is_handed_in(staff)


def both_are_read(boss: Visitor) -> None:
    """Each in the words in which it was asked."""
    boss.follow("Tim saya", "Tim saya")
    answers = boss.page.get_by_role("main")
    for name, there, not_there in [("Dedi Kurnia", "Lokasi", "Sasaran"), ("Citra Lestari", "sumbangan", "Lokasi")]:
        boss.follow(f"{STAGE} – {name}", STAGE)
        expect(answers).to_contain_text(there)
        expect(answers).not_to_contain_text(not_there)
        boss.press("Tanda tangani", "Tim saya")


def both_are_taken_along(hr: Visitor, folder: Path) -> None:
    """The answers as a workbook: a sheet for each version, in its own words."""
    hr.open("/cycles/2026", PERIOD)
    with hr.page.expect_download() as taken:
        hr.page.get_by_role("link", name=re.compile("Unduh jawaban")).click()
    file = folder / "answers.xlsx"
    taken.value.save_as(file)
    book = load_workbook(file)
    for sheet, name, location, funds in [
        ("v1 Jawaban", "Dedi Kurnia", "Surau Gadang", "APBD"),
        ("v2 Jawaban", "Citra Lestari", None, "Hibah atau sumbangan"),
    ]:
        heads, line = book[sheet].iter_rows(values_only=True)
        answer = dict(zip(heads, line, strict=True))
        assert (answer["Nama"], answer.get("Lokasi"), answer["Sumber dana"]) == (name, location, funds)
        assert answer["Jumlah bobot"] == 100


def the_form_leaves_and_comes_back(hr: Visitor, folder: Path) -> None:
    """As XLSForm: what is brought in again is what is published."""
    hr.open("/designs/form/rencana-kegiatan/2", FORM)
    with hr.page.expect_download() as taken:
        hr.page.get_by_role("link", name="XLSForm (.xlsx)").click()
    file = folder / "rencana.xlsx"
    taken.value.save_as(file)
    hr.open("/designs/import", "Impor rancangan")
    hr.page.get_by_label("Berkas").set_input_files(file)
    hr.press("Impor", FORM)
    hr.says("Isinya sama dengan versi 2 yang diterbitkan. Tidak ada yang diubah.")
