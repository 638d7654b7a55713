"""HR designs a form: with questions, choices, a condition, rows and a total; then tries it and publishes it."""

import re

from playwright.sync_api import Locator, expect

from tests.journeys.visitor import Visitor

TITLE = "Kunjungan lapangan"
EDIT = "/designs/form/kunjungan-lapangan/1/edit"


def a_form_is_begun(ani: Visitor) -> None:
    """Ani begins with an empty form."""
    ani.open("/designs", "Rancangan")
    ani.press("Formulir baru", "Formulir baru")
    ani.page.get_by_label("Judul formulir").fill(TITLE)
    ani.press("Buat formulir", TITLE)
    ani.says("dibuat")


def card(ani: Visitor, place: str) -> Locator:
    """The card of a part."""
    return ani.page.locator(f'[id="card-{place}"]')


def tool(ani: Visitor, name: str) -> Locator:
    """A kind in the toolbox."""
    box = ani.page.get_by_role("complementary", name="Jenis pertanyaan")
    return box.get_by_role("button").filter(has=ani.page.get_by_text(name, exact=True))


class WithScript:
    """Settings are taken over as they are left; pieces of the page change."""

    def __init__(self, ani: Visitor) -> None:
        self.ani = ani

    def add(self, kind: str, label: str) -> None:
        """A new question, named at once: its first field has the focus."""
        tool(self.ani, kind).click()
        field = self.ani.page.get_by_label("Pertanyaan", exact=True)
        expect(field).to_be_focused()
        expect(field).to_have_value("Pertanyaan tanpa judul")
        field.fill(label)
        field.press("Tab")
        expect(self.ani.page.locator("#b-said")).to_have_text(re.compile("diubah"))

    def set(self, label: str, value: str) -> None:
        """One setting."""
        field = self.ani.page.locator("#settings").get_by_label(label, exact=True)
        field.fill(value)
        with self.ani.page.expect_response(re.compile(r"/edit$")):
            field.press("Tab")

    def add_column(self, kind: str, label: str) -> None:
        """Another column of the rows that are open."""
        self.ani.page.get_by_label("Kolom baru").select_option(label=kind)
        self.ani.page.get_by_role("button", name="Tambah kolom").click()
        expect(self.ani.page.get_by_label("Pertanyaan", exact=True)).to_have_value("Pertanyaan tanpa judul")
        self.set("Pertanyaan", label)

    def ask_when(self, field: str, value: str) -> None:
        """Ask only when another question has this answer."""
        self.ani.page.get_by_text("Dengan syarat").first.click()
        self.ani.page.get_by_label("Syarat 1: isian").first.select_option(label=field)
        self.ani.page.get_by_label("Syarat 1: nilai").first.fill(value)
        with self.ani.page.expect_response(re.compile(r"/edit$")):
            self.ani.page.get_by_label("Syarat 1: nilai").first.press("Tab")

    def press(self, name: str, place: str) -> None:
        """A button of a card."""
        with self.ani.page.expect_response(re.compile(r"/edit$")):
            card(self.ani, place).get_by_role("button", name=re.compile(name)).first.click()

    def step(self, name: str, said: str) -> None:
        """Back or forth by one step."""
        self.ani.page.locator("#b-head").get_by_role("button", name=name).click()
        expect(self.ani.page.locator("#b-said")).to_contain_text(said)


class WithoutScript:
    """Every step loads the page anew."""

    def __init__(self, ani: Visitor) -> None:
        self.ani = ani

    def _save(self) -> None:
        self.ani.press("Simpan", TITLE)

    def add(self, kind: str, label: str) -> None:
        with self.ani.page.expect_navigation():
            tool(self.ani, kind).click()
        self.ani.see(TITLE)
        self.ani.page.get_by_label("Pertanyaan", exact=True).fill(label)
        self._save()

    def set(self, label: str, value: str) -> None:
        self.ani.page.locator("#settings").get_by_label(label, exact=True).fill(value)
        self._save()

    def ask_when(self, field: str, value: str) -> None:
        self.ani.page.get_by_text("Dengan syarat").first.click()
        self.ani.page.get_by_label("Syarat 1: isian").first.select_option(label=field)
        self.ani.page.get_by_label("Syarat 1: nilai").first.fill(value)
        self._save()

    def press(self, name: str, place: str) -> None:
        self.ani.press(re.compile(name), TITLE, within=card(self.ani, place))

    def step(self, name: str, said: str) -> None:
        self.ani.press(name, TITLE)
        self.ani.says(re.compile(said))


Hands = WithScript | WithoutScript


def questions_are_added(hands: Hands) -> None:
    """A text, a choice, and a question that is only asked after one of its answers; they change places."""
    ani = hands.ani
    hands.add("Teks singkat", "Tujuan")
    hands.add("Pilihan tunggal", "Hasil kunjungan")
    hands.set("Pilihan", "Selesai\nPerlu tindak lanjut\nBatal")
    expect(card(ani, "bagian_1.hasil_kunjungan").get_by_label("Perlu tindak lanjut")).to_be_visible()
    hands.add("Teks panjang", "Tindak lanjut")
    hands.ask_when("Hasil kunjungan", "Perlu tindak lanjut")
    expect(card(ani, "bagian_1.tindak_lanjut")).to_contain_text(
        "Ditanyakan bila: “Hasil kunjungan” adalah “Perlu tindak lanjut”"
    )
    hands.press("^Naikkan", "bagian_1.hasil_kunjungan")
    expect(ani.page.locator(".b-list > .b-card").first).to_contain_text("Hasil kunjungan")


def rows_and_a_total_are_added(hands: WithScript) -> None:
    """A table with a number, and its total; a slip in the formula is pointed out where it stands."""
    ani = hands.ani
    hands.add("Tabel berbaris", "Temuan")
    hands.add_column("Angka", "Bobot")
    hands.add("Nilai terhitung", "Jumlah bobot")
    hands.set("Rumus", "sum(temuan.bobt)")
    expect(ani.page.locator("#settings mark")).to_have_text("bobt")
    ani.examine()
    hands.set("Rumus", "sum(temuan.bobot)")
    expect(ani.page.locator("#settings mark")).to_have_count(0)
    expect(ani.page.locator("#b-head")).to_contain_text("Siap diterbitkan")
    ani.examine()


def steps_are_taken_back(hands: Hands) -> None:
    """A step back, the page anew, and the step again."""
    ani = hands.ani
    first = ani.page.locator(".b-list > .b-card").first
    hands.step("Urungkan", "Diurungkan")
    expect(first).to_contain_text("Tujuan")
    ani.open(EDIT, TITLE)
    hands.step("Ulangi", "Diulangi")
    expect(first).to_contain_text("Hasil kunjungan")


def a_card_is_dragged(ani: Visitor) -> None:
    """The second question is drawn above the first, and stays there."""
    cards = ani.page.locator(".b-list > .b-card")
    second = cards.nth(1)
    place = second.get_attribute("data-place")
    assert place is not None
    second.scroll_into_view_if_needed()
    grip, first = second.locator("[data-grip]").bounding_box(), cards.first.bounding_box()
    assert grip is not None
    assert first is not None
    ani.page.mouse.move(grip["x"] + 5, grip["y"] + 10)
    ani.page.mouse.down()
    ani.page.mouse.move(first["x"] + 40, first["y"] + 40, steps=10)
    ani.page.mouse.move(first["x"] + 40, first["y"] + 5, steps=5)
    with ani.page.expect_response(re.compile(r"/edit$")):
        ani.page.mouse.up()
    expect(ani.page.locator("#b-said")).to_contain_text("dipindahkan")
    ani.again(TITLE)
    expect(cards.first).to_have_attribute("data-place", place)


def the_views_are_looked_at(ani: Visitor) -> None:
    """Logic, translations and source of the form."""
    ani.follow("Logika", TITLE)
    expect(ani.page.get_by_role("main")).to_contain_text("Ditanyakan bila: “Hasil kunjungan” adalah")
    ani.follow("Terjemahan", TITLE)
    ani.page.get_by_label(re.compile("^Inggris")).first.fill("Field visit")
    ani.press("Simpan terjemahan", TITLE)
    ani.says("1 teks diperbarui.")
    ani.follow("Sumber", TITLE)
    expect(ani.page.get_by_label("Sumber (YAML)")).to_have_value(re.compile("en: Field visit"))


def the_form_is_tried(ani: Visitor, *, script: bool) -> None:
    """As a respondent: the follow-up is asked when it has to be, and the total counts."""
    ani.follow("Coba", TITLE)
    follow_up = ani.page.get_by_label("Tindak lanjut", exact=True)
    if script:
        expect(follow_up).to_be_hidden()
        ani.page.get_by_label("Perlu tindak lanjut").check()
        expect(follow_up).to_be_visible()
        ani.page.get_by_label("Uraian", exact=True).fill("Berkas tidak lengkap")
        ani.page.get_by_label("Bobot", exact=True).fill("40")
        expect(ani.page.locator("output").first).to_have_text(re.compile("40"))
    ani.press("Isi dengan jawaban rekaan", TITLE)
    ani.press("Periksa jawaban", TITLE)
    expect(ani.page.get_by_role("main")).to_contain_text("Jawaban ini dapat diajukan.")


def the_form_is_published(ani: Visitor) -> None:
    """Ani reads what publishing means, and publishes; the next version begins as a copy."""
    ani.press("Terbitkan", "Sebelum diterbitkan")
    ani.press("Terbitkan", TITLE)
    ani.press("Salin sebagai draf baru", TITLE)
    expect(ani.page.locator("#b-head")).to_contain_text("Versi 2")


def a_form_is_designed(ani: Visitor, *, script: bool) -> None:
    """From nothing to a form that may be published."""
    hands = WithScript(ani) if script else WithoutScript(ani)
    a_form_is_begun(ani)
    questions_are_added(hands)
    steps_are_taken_back(hands)
    if isinstance(hands, WithScript):
        a_card_is_dragged(ani)
        rows_and_a_total_are_added(hands)
        the_views_are_looked_at(ani)
    the_form_is_tried(ani, script=script)
    if script:
        the_form_is_published(ani)


def the_essentials_by_phone(ani: Visitor) -> None:
    """On a phone, with script: a question is added, moved and copied, and its place found again."""
    hands = WithScript(ani)
    a_form_is_begun(ani)
    ani.page.get_by_role("link", name=re.compile("Tambah pertanyaan")).click()
    expect(tool(ani, "Teks singkat")).to_be_focused()
    hands.add("Angka", "Jumlah tamu")
    hands.add("Ya atau tidak", "Perlu kunjungan lagi?")
    hands.press("^Naikkan", "bagian_1.perlu_kunjungan_lagi")
    expect(ani.page.locator(".b-list > .b-card").first).to_contain_text("Perlu kunjungan lagi?")
    ani.page.get_by_role("link", name="Tutup pengaturan").click()
    card(ani, "bagian_1.jumlah_tamu").locator(".b-card__look").click()
    hands.set("Paling besar", "40")
    ani.examine()
    ani.page.get_by_text("Pindahkan, ganti jenis, atau hapus").click()
    hands.press("^Hapus", "bagian_1.jumlah_tamu")
    expect(card(ani, "bagian_1.jumlah_tamu")).to_have_count(0)
    ani.page.get_by_role("button", name="Urungkan").click()
    expect(card(ani, "bagian_1.jumlah_tamu")).to_have_count(1)
    ani.examine()
