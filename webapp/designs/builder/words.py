"""What the kinds of fields and their settings are called, with a sentence each: the one place for these words."""

from dataclasses import dataclass
from typing import Any

from flask_babel import lazy_gettext as _


@dataclass(frozen=True)
class KindWords:
    """A kind in the toolbox."""

    name: Any
    sentence: Any
    icon: str


@dataclass(frozen=True)
class SettingWords:
    """A setting beside the preview. `more`: it stands folded away, since it is seldom needed."""

    label: Any
    help: Any = ""
    more: bool = False


GROUPS: dict[str, tuple[Any, tuple[str, ...]]] = {
    "text": (_("Teks"), ("short_text", "long_text", "link")),
    "number": (_("Angka"), ("number", "percentage", "money")),
    "choice": (_("Pilihan"), ("choice", "choices", "choice_or_other", "yes_no", "ranking")),
    "scale": (_("Skala"), ("rating", "matrix")),
    "time": (_("Tanggal dan waktu"), ("date", "month", "time")),
    "people": (_("Pegawai dan bukti"), ("colleague", "unit", "evidence")),
    "rows": (_("Tabel"), ("rows", "row")),
    "special": (_("Hitungan dan keterangan"), ("calculated", "hidden", "note", "declaration")),
}
"""The toolbox: group → its title and kinds. A kind that is in no group stands in a last one."""

KIND_WORDS: dict[str, KindWords] = {
    "short_text": KindWords(_("Teks singkat"), _("Satu baris: nama, judul, tempat."), "cursor-text"),
    "long_text": KindWords(_("Teks panjang"), _("Beberapa kalimat atau paragraf."), "align-left"),
    "link": KindWords(_("Tautan"), _("Alamat halaman web."), "link"),
    "number": KindWords(_("Angka"), _("Bilangan dengan batas dan satuan."), "number-123"),
    "percentage": KindWords(_("Persentase"), _("Angka dari 0 sampai 100 persen."), "percentage"),
    "money": KindWords(_("Uang"), _("Jumlah dalam rupiah."), "coin"),
    "choice": KindWords(_("Pilihan tunggal"), _("Memilih tepat satu dari daftar."), "circle-dot"),
    "choices": KindWords(_("Pilihan ganda"), _("Memilih beberapa dari daftar."), "checkbox"),
    "choice_or_other": KindWords(_("Pilihan atau lainnya"), _("Memilih satu, atau menulis sendiri."), "list-details"),
    "yes_no": KindWords(_("Ya atau tidak"), _("Pertanyaan dengan dua jawaban."), "toggle-left"),
    "ranking": KindWords(_("Peringkat"), _("Mengurutkan dari yang terbaik."), "list-numbers"),
    "rating": KindWords(_("Skala penilaian"), _("Menilai satu hal, misalnya 1 sampai 5."), "star"),
    "matrix": KindWords(_("Skala beberapa pernyataan"), _("Beberapa pernyataan, satu skala."), "table"),
    "date": KindWords(_("Tanggal"), _("Hari pada kalender."), "calendar"),
    "month": KindWords(_("Bulan"), _("Bulan dan tahun."), "calendar-month"),
    "time": KindWords(_("Jam"), _("Jam dan menit."), "clock"),
    "colleague": KindWords(_("Pegawai"), _("Memilih seorang rekan kerja."), "user"),
    "unit": KindWords(_("Unit kerja"), _("Memilih sebuah unit kerja."), "building"),
    "evidence": KindWords(_("Bukti dukung"), _("Mengunggah berkas atau foto."), "paperclip"),
    "rows": KindWords(_("Tabel berbaris"), _("Beberapa baris dengan kolom yang sama."), "table-plus"),
    "row": KindWords(_("Baris dari jawaban lain"), _("Memilih satu baris jawaban sebelumnya."), "table-shortcut"),
    "calculated": KindWords(_("Nilai terhitung"), _("Dihitung otomatis dari jawaban lain."), "calculator"),
    "hidden": KindWords(_("Nilai tersembunyi"), _("Dihitung dan disimpan tanpa ditampilkan."), "eye-off"),
    "note": KindWords(_("Keterangan"), _("Teks di antara pertanyaan, tanpa jawaban."), "info-circle"),
    "declaration": KindWords(_("Pernyataan"), _("Harus disetujui sebelum mengajukan."), "writing-sign"),
}

_CONDITION_HELP = _("Kosong berarti selalu.")

COMMON: dict[str, SettingWords] = {
    "label": SettingWords(_("Pertanyaan"), _("Kalimat yang dibaca pengisi.")),
    "help": SettingWords(_("Bantuan"), _("Penjelasan atau contoh di bawah pertanyaan.")),
    "required": SettingWords(_("Wajib diisi")),
    "show_when": SettingWords(_("Kapan ditanyakan"), _("Jawaban yang tidak ditanyakan tidak disimpan.")),
    "required_when": SettingWords(
        _("Wajib bila"), _("Menggantikan “wajib diisi” ketika syarat ini terpenuhi."), more=True
    ),
    "checks": SettingWords(_("Pemeriksaan"), _("Syarat jawaban ini, dengan pesan bila tidak terpenuhi."), more=True),
    "default": SettingWords(_("Nilai awal"), _("Rumus yang mengisi jawaban saat pertama dibuka."), more=True),
    "read_only": SettingWords(_("Hanya dibaca"), _("Nilai awal tampil dan tidak dapat diubah."), more=True),
    "disabled": SettingWords(_("Nonaktif"), _("Tidak ditanyakan lagi; jawaban lama tetap dapat dibaca."), more=True),
    "measure": SettingWords(
        _("Dicatat sebagai ukuran"), _("Nama ukuran untuk grafik dan penilaian, misalnya realisasi."), more=True
    ),
    "options": SettingWords(_("Pilihan"), _("Satu pilihan per baris. Boleh juga: nilai = label.")),
    "points": SettingWords(
        _("Titik skala"),
        _("Satu titik per baris: nilai = label. Tanpa nilai tidak dihitung, misalnya tt: = Tidak tahu."),
    ),
    "statements": SettingWords(_("Pernyataan"), _("Satu pernyataan per baris.")),
    "unit": SettingWords(_("Satuan"), _("Ditampilkan di samping angka.")),
    "places": SettingWords(_("Angka di belakang koma")),
    "each": SettingWords(
        _("Satu untuk setiap baris jawaban"), _("Tahap dan isian, misalnya planning.results."), more=True
    ),
    "show": SettingWords(_("Kolom yang ditampilkan"), _("Kunci kolom jawaban tersebut, dipisahkan koma."), more=True),
}
"""Settings that mean the same in every kind."""

SETTINGS: dict[str, dict[str, SettingWords]] = {
    "short_text": {
        "max": SettingWords(_("Paling banyak karakter"), more=True),
        "format": SettingWords(_("Bentuk isian"), _("Isian diperiksa dan papan ketik ponsel menyesuaikan.")),
        "pattern": SettingWords(_("Pola"), _("Ekspresi reguler (RE2) yang harus diikuti seluruh isian."), more=True),
        "pattern_message": SettingWords(_("Pesan bila pola tidak diikuti"), more=True),
    },
    "long_text": {
        "min": SettingWords(_("Paling sedikit karakter"), more=True),
        "max": SettingWords(_("Paling banyak karakter"), more=True),
    },
    "link": {"max": SettingWords(_("Paling banyak karakter"), more=True)},
    "number": {"min": SettingWords(_("Paling kecil")), "max": SettingWords(_("Paling besar"))},
    "percentage": {"min": SettingWords(_("Paling kecil")), "max": SettingWords(_("Paling besar"))},
    "money": {
        "min": SettingWords(_("Paling kecil")),
        "max": SettingWords(_("Paling besar")),
        "currency": SettingWords(_("Mata uang"), _("Tiga huruf, misalnya IDR."), more=True),
    },
    "choice": {"look": SettingWords(_("Tampilan"), _("Tanpa pilihan, tampilan mengikuti jumlah pilihan."), more=True)},
    "choices": {
        "min": SettingWords(_("Paling sedikit dipilih")),
        "max": SettingWords(_("Paling banyak dipilih")),
    },
    "choice_or_other": {
        "other": SettingWords(_("Label untuk jawaban lain")),
        "max": SettingWords(_("Paling banyak karakter jawaban lain"), more=True),
    },
    "ranking": {"most": SettingWords(_("Berapa yang diurutkan"), _("Kosong berarti semua."))},
    "date": {
        "earliest": SettingWords(_("Paling awal"), _("Contoh 30/01/2026, atau hari ini.")),
        "latest": SettingWords(_("Paling akhir"), _("Contoh 30/01/2026, atau hari ini.")),
    },
    "month": {
        "earliest": SettingWords(_("Paling awal"), _("Contoh 2026-01.")),
        "latest": SettingWords(_("Paling akhir"), _("Contoh 2026-12.")),
    },
    "time": {
        "earliest": SettingWords(_("Paling awal"), _("Contoh 07.30.")),
        "latest": SettingWords(_("Paling akhir"), _("Contoh 16.00.")),
    },
    "evidence": {
        "most": SettingWords(_("Paling banyak berkas")),
        "types": SettingWords(_("Jenis berkas")),
        "max_mb": SettingWords(_("Ukuran terbesar per berkas (MB)")),
    },
    "rows": {
        "columns": SettingWords(_("Kolom")),
        "item": SettingWords(_("Sebutan satu baris"), _("Misalnya hasil kerja; dipakai pada tombol tambah.")),
        "min": SettingWords(_("Paling sedikit baris")),
        "max": SettingWords(_("Paling banyak baris")),
        "fixed": SettingWords(
            _("Baris tetap"), _("Satu baris per baris teks; pengisi tidak menambah baris."), more=True
        ),
    },
    "row": {
        "source": SettingWords(_("Jawaban asal"), _("Tahap dan isian, misalnya planning.results.")),
        "of": SettingWords(_("Jawaban siapa")),
        "show": SettingWords(_("Kolom yang ditampilkan"), _("Kunci kolom, misalnya result.")),
    },
    "calculated": {"formula": SettingWords(_("Rumus"), _("Contoh: sum(results.weight)"))},
    "hidden": {"formula": SettingWords(_("Rumus"), _("Contoh: sum(results.weight)"))},
}
"""Kind → words of the settings that are its own."""

SECTION_SETTINGS: dict[str, SettingWords] = {
    "title": SettingWords(_("Judul bagian")),
    "help": SettingWords(_("Pengantar"), _("Teks di bawah judul bagian.")),
    "show_when": SettingWords(_("Kapan ditanyakan"), _("Seluruh bagian disembunyikan bila syaratnya tidak terpenuhi.")),
    "joined": SettingWords(
        _("Satu halaman dengan bagian sebelumnya"), _("Berlaku bila formulir dibagi per halaman."), more=True
    ),
    "each": COMMON["each"],
    "show": COMMON["show"],
}

FORM_SETTINGS: dict[str, SettingWords] = {
    "title": SettingWords(_("Judul formulir")),
    "intro": SettingWords(_("Pengantar"), _("Ditampilkan di atas pertanyaan pertama.")),
    "layout": SettingWords(_("Pembagian halaman")),
    "after": SettingWords(_("Langkah selanjutnya"), _("Ditampilkan setelah formulir diajukan.")),
    "rules": SettingWords(
        _("Aturan antarisian"),
        _("Harus benar sebelum formulir dapat diajukan. Contoh: sum(results.weight) == 100"),
        more=True,
    ),
}

VALUES: dict[str, dict[str, Any]] = {
    "layout": {"all": _("Semua pada satu halaman"), "pages": _("Satu halaman untuk setiap bagian")},
    "format": {"email": _("Surel"), "phone": _("Nomor telepon"), "url": _("Alamat web"), "nip": "NIP"},
    "look": {"radios": _("Tombol pilihan"), "list": _("Daftar tarik-turun")},
    "of": {"self": _("Pengisi sendiri"), "supervisor": _("Atasan langsung")},
    "types": {
        **{name: name.upper() for name in ("pdf", "docx", "xlsx", "pptx")},
        "jpeg": "JPG",
        "png": "PNG",
        "webp": "WebP",
    },
}
"""What the values of settings with fixed values are called."""


def setting_words(kind: str, name: str) -> SettingWords | None:
    """The words of a setting of a kind; nothing when nobody wrote them yet (a test finds that)."""
    return SETTINGS.get(kind, {}).get(name) or COMMON.get(name)


def kind_words(kind: str) -> KindWords:
    """The words of a kind; its name where nobody wrote them yet (a test finds that)."""
    return KIND_WORDS.get(kind) or KindWords(kind.replace("_", " "), "", "forms")


def toolbox(kinds: Any) -> list[tuple[Any, list[str]]]:
    """The kinds by group, in the order of the toolbox."""
    grouped = {kind for _title, members in GROUPS.values() for kind in members}
    found = [(title, [kind for kind in members if kind in kinds]) for title, members in GROUPS.values()]
    found.append((_("Lain-lain"), [kind for kind in kinds if kind not in grouped]))
    return [(title, members) for title, members in found if members]
