"""How changes are told: the names of parts and settings, and the sentences around them."""

from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any

from forms.text import Message, Text, msg

if TYPE_CHECKING:
    from forms.changes.change import Change

PARTS = {
    "form": msg("Formulir"),
    "section": msg("Bagian"),
    "field": msg("Isian"),
    "column": msg("Kolom"),
    "option": msg("Pilihan"),
    "point": msg("Titik skala"),
    "statement": msg("Pernyataan"),
    "row": msg("Baris"),
    "rule": msg("Aturan"),
    "check": msg("Batas"),
    "item": msg("Butir"),
}
SETTINGS = {
    "after": msg("keterangan setelah dikirim"),
    "at": msg("tempat pesan"),
    "currency": msg("mata uang"),
    "default": msg("nilai awal"),
    "disabled": msg("tidak ditanyakan lagi"),
    "each": msg("jawaban yang diikuti"),
    "earliest": msg("waktu paling awal"),
    "format": msg("format"),
    "formula": msg("rumus"),
    "help": msg("petunjuk"),
    "intro": msg("pengantar"),
    "item": msg("sebutan satu baris"),
    "joined": msg("satu halaman dengan bagian sebelumnya"),
    "kind": msg("jenis isian"),
    "label": msg("tulisan"),
    "latest": msg("waktu paling akhir"),
    "layout": msg("susunan halaman"),
    "look": msg("tampilan"),
    "max": msg("batas terbesar"),
    "max_mb": msg("ukuran berkas terbesar (MB)"),
    "measure": msg("ukuran kinerja"),
    "message": msg("pesan"),
    "min": msg("batas terkecil"),
    "most": msg("jumlah terbanyak"),
    "of": msg("pemilik jawaban yang diacu"),
    "other": msg("tulisan pilihan lain"),
    "pattern": msg("pola"),
    "pattern_message": msg("pesan pola"),
    "places": msg("angka di belakang koma"),
    "read_only": msg("hanya dapat dibaca"),
    "required": msg("wajib diisi"),
    "required_when": msg("syarat wajib diisi"),
    "rule": msg("isi aturan"),
    "show": msg("kolom yang ditampilkan"),
    "show_when": msg("syarat tampil"),
    "source": msg("jawaban yang diacu"),
    "title": msg("judul"),
    "types": msg("jenis berkas"),
    "unit": msg("satuan"),
    "value": msg("nilai"),
}
KINDS = {
    "calculated": msg("nilai hitungan"),
    "choice": msg("pilihan tunggal"),
    "choice_or_other": msg("pilihan tunggal dengan jawaban lain"),
    "choices": msg("pilihan ganda"),
    "colleague": msg("rekan kerja"),
    "date": msg("tanggal"),
    "declaration": msg("pernyataan persetujuan"),
    "evidence": msg("berkas bukti"),
    "hidden": msg("nilai tersembunyi"),
    "link": msg("tautan"),
    "long_text": msg("teks panjang"),
    "matrix": msg("matriks penilaian"),
    "money": msg("uang"),
    "month": msg("bulan"),
    "note": msg("keterangan"),
    "number": msg("angka"),
    "percentage": msg("persentase"),
    "ranking": msg("urutan"),
    "rating": msg("skala"),
    "row": msg("acuan baris"),
    "rows": msg("daftar berbaris"),
    "short_text": msg("teks pendek"),
    "time": msg("jam"),
    "unit": msg("unit kerja"),
    "yes_no": msg("ya atau tidak"),
}
YES, NO = msg("ya"), msg("tidak")


def sentence(change: "Change") -> Message:
    """The change as a sentence."""
    part = PARTS[change.part]
    if change.verb == "changed":
        return _changed(change, part)
    said = {"part": part, "name": change.name, "within": change.within}
    if change.verb == "moved":
        if change.before != change.after:
            places = {"before": value_in_words("title", change.before), "after": value_in_words("title", change.after)}
            return msg("%(part)s “%(name)s” dipindahkan dari %(before)s ke %(after)s.", **said, **places)
        if change.within is None:
            return msg("%(part)s “%(name)s” berpindah urutan.", **said)
        return msg("%(part)s “%(name)s” berpindah urutan pada “%(within)s”.", **said)
    if change.verb == "removed":
        if change.within is None:
            return msg("%(part)s “%(name)s” dihapus.", **said)
        return msg("%(part)s “%(name)s” dihapus dari “%(within)s”.", **said)
    if change.within is None:
        return msg("%(part)s “%(name)s” ditambahkan.", **said)
    if change.required:
        return msg("%(part)s “%(name)s” ditambahkan pada “%(within)s” dan wajib diisi.", **said)
    return msg("%(part)s “%(name)s” ditambahkan pada “%(within)s”.", **said)


def _changed(change: "Change", part: Message) -> Message:
    setting, before, after = change.setting, change.before, change.after
    words = SETTINGS.get(setting) or msg("pengaturan %(name)s", name=setting)
    if _is_text(before) and _is_text(after):
        words, before, after = _language_that_differs(words, before, after)
    said = {"part": part, "name": change.name, "setting": words}
    if before is True or after is True:
        if after is True:
            return msg("%(part)s “%(name)s” kini: %(setting)s.", **said)
        return msg("%(part)s “%(name)s” tidak lagi: %(setting)s.", **said)
    if before in (None, [], ""):
        return msg(
            "%(part)s “%(name)s”: %(setting)s ditetapkan menjadi %(after)s.",
            **said,
            after=value_in_words(setting, after),
        )
    if after in (None, [], ""):
        return msg(
            "%(part)s “%(name)s”: %(setting)s (%(before)s) dihapus.", **said, before=value_in_words(setting, before)
        )
    return msg(
        "%(part)s “%(name)s”: %(setting)s berubah dari %(before)s menjadi %(after)s.",
        **said,
        before=value_in_words(setting, before),
        after=value_in_words(setting, after),
    )


def value_in_words(setting: str, value: Any) -> Message | str | Decimal:
    """A value of a setting for a reader: texts and expressions in quotes, yes and no, numbers, lists."""
    if isinstance(value, bool):
        return YES if value else NO
    if isinstance(value, Text):
        return f"“{value.id}”"
    if _is_text(value):
        return f"“{value['id']}”"
    if setting == "kind":
        return KINDS.get(value, str(value))
    if isinstance(value, int):
        return Decimal(value)
    if isinstance(value, list):
        return ", ".join(str(one) for one in value)
    try:
        return Decimal(value) if isinstance(value, str) and value.strip("-.0123456789") == "" else f"“{value}”"
    except InvalidOperation:
        return f"“{value}”"


def _is_text(value: Any) -> bool:
    return isinstance(value, dict) and isinstance(value.get("id"), str)


def _language_that_differs(words: Message, before: Any, after: Any) -> tuple[Message, Any, Any]:
    """The words in the first language that changed; when only marks changed, the languages that are marked."""
    for language in sorted((before.keys() | after.keys()) - {"stale"}, key=lambda code: (code != "id", code)):
        was, now = before.get(language), after.get(language)
        if was != now:
            if language != "id":
                words = msg("%(setting)s dalam bahasa %(language)s", setting=words, language=language)
            return words, was, now
    marked = msg("tanda terjemahan lama dari %(setting)s", setting=words)
    return marked, before.get("stale", []), after.get("stale", [])
