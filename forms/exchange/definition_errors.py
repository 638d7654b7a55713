"""What is wrong with a definition, in words for the person who wrote it: one sentence for each kind of mistake."""

import re
from collections.abc import Callable, Mapping
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from forms.text import Message, msg

_DATE = msg("Tuliskan tanggal sebagai tahun-bulan-hari, contoh 2026-01-30.")
_LIST = msg("Tuliskan sebuah daftar.")
_NUMBER = msg("Tuliskan angka dengan titik sebelum desimal, contoh 18.75.")
_PARTS = msg("Tuliskan bagian-bagiannya sebagai nama: nilai.")
_SWITCH = msg("Tuliskan true atau false.")
_WHOLE = msg("Tuliskan bilangan bulat.")

_SENTENCES: Mapping[str, Message] = {
    "missing": msg("Bagian ini harus ada."),
    "extra_forbidden": msg("Bagian ini tidak dikenal."),
    "union_tag_not_found": msg("Tuliskan jenisnya (kind)."),
    "string_type": msg("Tuliskan teks; beri tanda kutip bila berupa angka, ya, atau tidak."),
    "text_unreadable": msg("Teks memuat karakter yang rusak. Silakan ketik ulang bagian tersebut."),
    "text_blank": msg("Teks tidak boleh kosong."),
    "text_long": msg("Teks terlalu panjang."),
    "language_unknown": msg("Kode bahasa ini tidak dikenal. Gunakan kode seperti id, en, jv, su, atau ban."),
    "number_range": msg("Angka memiliki terlalu banyak digit."),
    "stage_double": msg("Dua tahap memakai kunci yang sama. Gunakan kunci yang berbeda."),
    "tuple_type": _LIST,
    "list_type": _LIST,
    "set_type": _LIST,
    "dict_type": _PARTS,
    "model_type": _PARTS,
    "model_attributes_type": _PARTS,
    "bool_type": _SWITCH,
    "bool_parsing": _SWITCH,
    "int_type": _WHOLE,
    "int_parsing": _WHOLE,
    "int_parsing_size": _WHOLE,
    "int_from_float": _WHOLE,
    "float_type": _NUMBER,
    "float_parsing": _NUMBER,
    "decimal_type": _NUMBER,
    "decimal_parsing": _NUMBER,
    "finite_number": _NUMBER,
    "date_type": _DATE,
    "date_parsing": _DATE,
    "date_from_datetime_parsing": _DATE,
    "date_from_datetime_inexact": _DATE,
}
"""By pydantic's name of the mistake, or by ours where a validator of ours found it."""

_PATTERNS: Mapping[str, Message] = {
    r"^[a-z][a-z0-9_]*$": msg("Gunakan huruf kecil, angka, dan garis bawah, diawali huruf."),
    r"^[a-z][a-z0-9-]*$": msg("Gunakan huruf kecil, angka, dan tanda hubung, diawali huruf."),
    r"^[a-z0-9][a-z0-9_]*$": msg("Gunakan huruf kecil, angka, dan garis bawah."),
    r"^[A-Za-z0-9][A-Za-z0-9_-]*$": msg("Gunakan huruf, angka, garis bawah, dan tanda hubung, tanpa spasi."),
    r"^[a-z][a-z0-9_-]{0,62}$": msg(
        "Gunakan paling banyak 63 huruf kecil, angka, garis bawah, dan tanda hubung, diawali huruf."
    ),
    r"^[a-z][a-z0-9_-]*\.[a-z][a-z0-9_]*$": msg("Tuliskan tahap dan isiannya dengan titik, contoh planning.results."),
    r"^([01][0-9]|2[0-3]):[0-5][0-9]$": msg("Tuliskan waktu seperti 07:30."),
    r"^(today|(19[0-9]{2}|2[01][0-9]{2})-(0[1-9]|1[0-2]))$": msg("Tuliskan bulan seperti 2026-01, atau today."),
    r"^[A-Z]{3}$": msg("Tuliskan kode mata uang dengan tiga huruf besar, contoh IDR."),
    r"^(start|end)[+-]\d{1,4}$": msg("Tuliskan hari terhadap awal atau akhir periode, contoh start+0 atau end-15."),
}

_WITH_VALUES: Mapping[str, Callable[[Mapping[str, Any]], Message]] = {
    "literal_error": lambda given: msg("Pilih salah satu: %(options)s.", options=_options(given["expected"])),
    "union_tag_invalid": lambda given: msg(
        "Jenis (kind) ini tidak dikenal. Pilihan: %(options)s.", options=_options(given["expected_tags"])
    ),
    "string_pattern_mismatch": lambda given: _PATTERNS.get(
        given["pattern"], msg("Tulisan ini tidak mengikuti pola %(pattern)s.", pattern=given["pattern"])
    ),
    "string_too_long": lambda given: msg("Tulis paling banyak %(limit)s karakter.", limit=given["max_length"]),
    "string_too_short": lambda given: msg("Tulis sedikitnya %(limit)s karakter.", limit=given["min_length"]),
    "too_short": lambda given: msg("Tuliskan sedikitnya %(limit)s.", limit=given["min_length"]),
    "too_long": lambda given: msg("Tuliskan paling banyak %(limit)s.", limit=given["max_length"]),
    "greater_than_equal": lambda given: msg("Tuliskan angka paling kecil %(limit)s.", limit=given["ge"]),
    "less_than_equal": lambda given: msg("Tuliskan angka paling besar %(limit)s.", limit=given["le"]),
    "greater_than": lambda given: msg("Tuliskan angka yang lebih besar daripada %(limit)s.", limit=given["gt"]),
    "less_than": lambda given: msg("Tuliskan angka yang lebih kecil daripada %(limit)s.", limit=given["lt"]),
}


def sentence(detail: ErrorDetails) -> Message:
    """What to do about one mistake. A mistake without a sentence of its own is named by its code, for whoever helps."""
    kind = detail["type"]
    if kind in _WITH_VALUES:
        return _WITH_VALUES[kind](detail["ctx"])
    return _SENTENCES.get(kind) or msg("Nilai ini tidak sesuai (%(reason)s).", reason=kind)


def sentences(wrong: ValidationError) -> dict[str, Message]:
    """What to do about each mistake, by its place as a path such as `stages.0.mode`; "" is the whole."""
    return {".".join(map(str, detail["loc"])): sentence(detail) for detail in wrong.errors()}


def _options(quoted: str) -> str:
    """`'a', 'b' or 'c'` as `a, b, c`."""
    return ", ".join(re.findall(r"'([^']*)'", quoted))
