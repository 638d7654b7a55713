"""For every kind of field: what is typed and what becomes of it, what is refused, what may not be published."""

from tests.forms.case import (
    CONTEXT,
    DAMAGED,
    NOT_A_DATE,
    NOT_A_NUMBER,
    NOT_OFFERED,
    NOT_READABLE,
    OPTIONS,
    POINTS,
    REQUIRED,
    TOO_LARGE,
    Cases,
    stored_file,
)
from tests.forms.further_kinds import FURTHER, SHORT_TEXTS

__all__ = ["CASES", "CONTEXT", "Cases"]

COLUMNS = [
    {"kind": "short_text", "key": "what", "label": "Hasil"},
    {"kind": "number", "key": "target", "label": "Target", "required": False, "measure": "target"},
]

CASES: dict[str, list[Cases]] = {
    "short_text": [
        Cases(
            {"max": 10},
            [
                ("  Ani ", "Ani", "Ani"),
                ("a\r\nb\tc", "a b c", "a b c"),
                ("e\u0301", "é", "é"),
                ("a\x00b\u202ec\ufeff", "abc", "abc"),
                ("x" * 10 + "\x00" * 40, "x" * 10, "x" * 10),
            ],
            [
                ("", REQUIRED),
                ("   \n", REQUIRED),
                ("\x00\x01", REQUIRED),
                (None, REQUIRED),
                ("x" * 11, "Tulis paling banyak 10 karakter."),
                ("x" * 200_000, "Tulis paling banyak 10 karakter."),
                ("\ud800", DAMAGED),
                (5, NOT_READABLE),
                (["a"], NOT_READABLE),
                ({"a": 1}, NOT_READABLE),
            ],
            [({"measure": "m"}, "measure"), ({"key": "csrf_token"}, "key")],
        ),
        *SHORT_TEXTS,
    ],
    "long_text": [
        Cases(
            {"max": 20},
            [("a\r\n\r\nb  \r", "a\n\nb", "a\n\nb"), ("a\u2028b", "a\nb", "a\nb"), ("  x\x0b", "x", "x")],
            [
                (" \n ", REQUIRED),
                ("x\n" * 11, "Tulis paling banyak 20 karakter."),
                ("a\udfffb", DAMAGED),
                (False, NOT_READABLE),
            ],
            [({"measure": "m"}, "measure")],
        ),
        Cases(
            {"min": 5, "max": 20},
            [("a b c", "a b c", "a b c")],
            [("a b", "Tulis sedikitnya 5 karakter; baru tertulis 3.")],
            [({"min": 30, "max": 20}, "max")],
        ),
    ],
    "number": [
        Cases(
            {"places": 2, "min": "-5", "max": 2000000, "unit": "layanan"},
            [
                ("1.250,5", "1250.5", "1.250,5 layanan"),
                ("1250.5", "1250.5", "1.250,5 layanan"),
                ("1,250.5", "1250.5", "1.250,5 layanan"),
                ("1.250", "1250", "1.250 layanan"),
                ("1,25", "1.25", "1,25 layanan"),
                ("0.25", "0.25", "0,25 layanan"),
                ("1,250,000", "1250000", "1.250.000 layanan"),
                ("1 250,50", "1250.5", "1.250,5 layanan"),
                ("007", "7", "7 layanan"),
                ("\u22125", "-5", "-5 layanan"),
                ("-0,00", "0", "0 layanan"),
                (18.75, "18.75", "18,75 layanan"),
                (1250, "1250", "1.250 layanan"),
            ],
            [
                ("", REQUIRED),
                ("-5,01", "Tuliskan angka paling kecil -5."),
                ("2000000,01", "Tuliskan angka paling besar 2.000.000."),
                ("1,255", "Tuliskan paling banyak 2 angka di belakang koma."),
                (0.125, "Tuliskan paling banyak 2 angka di belakang koma."),
                ("1.2.3", NOT_A_NUMBER),
                ("1.25.000", NOT_A_NUMBER),
                ("1e3", NOT_A_NUMBER),
                ("1e999999999", NOT_A_NUMBER),
                ("NaN", NOT_A_NUMBER),
                ("Infinity", NOT_A_NUMBER),
                ("-", NOT_A_NUMBER),
                (",5", NOT_A_NUMBER),
                ("٣", NOT_A_NUMBER),
                ("9" * 15, TOO_LARGE),
                ("9" * 5000, NOT_A_NUMBER),
                (float("nan"), NOT_A_NUMBER),
                (float("inf"), NOT_A_NUMBER),
                (10**400, NOT_A_NUMBER),
                (True, NOT_A_NUMBER),
                (["1"], NOT_A_NUMBER),
                ("\ud800", NOT_A_NUMBER),
            ],
            [
                ({"min": 2, "max": 1}, "max"),
                ({"min": "0.4", "max": "0.6"}, "places"),
                ({"places": 5, "measure": "m"}, "places"),
            ],
        ),
        Cases(
            {},
            [("1.250", "1250", "1.250")],
            [("1,000", "Tuliskan bilangan bulat, tanpa angka di belakang koma.")],
        ),
    ],
    "percentage": [
        Cases(
            {},
            [("87,5", "87.5", "87,5 %"), ("100 %", "100", "100 %"), ("0%", "0", "0 %"), (50, "50", "50 %")],
            [
                ("100,01", "Tuliskan angka paling besar 100."),
                ("-1", "Tuliskan angka paling kecil 0."),
                ("%", NOT_A_NUMBER),
                ("", REQUIRED),
                ({}, NOT_A_NUMBER),
            ],
            [({"min": 101}, "max")],
        )
    ],
    "choice": [
        Cases(
            {"options": OPTIONS},
            [("a", "a", "Satu"), ("no", "no", "Tiga")],
            [
                ("", REQUIRED),
                ("c", NOT_OFFERED),
                ("A", NOT_OFFERED),
                (["a"], NOT_OFFERED),
                (1, NOT_OFFERED),
                (False, NOT_OFFERED),
            ],
            [
                ({"options": []}, "options"),
                ({"options": [OPTIONS[0], {"value": "a", "label": "Lain"}]}, "options"),
                ({"options": [OPTIONS[0], {"value": "z", "label": "Satu"}]}, "options"),
                ({"options": [{"value": f"v{n}", "label": f"l{n}"} for n in range(1001)]}, "options"),
                ({"options": OPTIONS, "measure": "m"}, "measure"),
            ],
        )
    ],
    "choices": [
        Cases(
            {"options": OPTIONS, "min": 1, "max": 2},
            [(["b", "a"], ["a", "b"], "Satu; Dua"), ("b", ["b"], "Dua"), (["a", "a"], ["a"], "Satu")],
            [
                ([], REQUIRED),
                ("", REQUIRED),
                (["a", "b", "no"], "Pilih paling banyak 2 pilihan."),
                (["a", "z"], "Pilih dari pilihan yang tersedia."),
                ([1], NOT_READABLE),
                ([["a"]], NOT_READABLE),
                ({"a": "b"}, NOT_READABLE),
            ],
            [
                ({"options": []}, "options"),
                ({"options": OPTIONS, "min": 2, "max": 1}, "max"),
                ({"options": OPTIONS, "min": 4}, "min"),
            ],
        ),
        Cases({"options": OPTIONS, "min": 2}, [], [(["a"], "Pilih sedikitnya 2 pilihan.")]),
    ],
    "rating": [
        Cases(
            {"points": POINTS},
            [("above", "above", "Lebih"), ("2", "2", "2"), ("cannot_judge", "cannot_judge", "Tidak dapat menilai")],
            [("", REQUIRED), ("3", NOT_OFFERED), (2, NOT_OFFERED), (["2"], NOT_OFFERED)],
            [
                ({"points": []}, "points"),
                ({"points": POINTS[:1]}, "points"),
                ({"points": POINTS[:2]}, "points"),
                ({"points": [POINTS[0], POINTS[0]]}, "points"),
                ({"points": [POINTS[0], {"key": "x", "value": "1.0", "label": "X"}]}, "points"),
                ({"points": [{"key": str(n), "value": n, "label": "x"} for n in range(21)]}, "points"),
                ({"points": [{"key": k, "label": k} for k in "ab"], "measure": "m"}, "measure"),
            ],
        )
    ],
    "yes_no": [
        Cases(
            {},
            [("yes", True, "Ya"), ("no", False, "Tidak"), (" Tidak", False, "Tidak"), (True, True, "Ya")],
            [
                ("", REQUIRED),
                ("maybe", "Pilih Ya atau Tidak."),
                (1, "Pilih Ya atau Tidak."),
                (["yes"], "Pilih Ya atau Tidak."),
            ],
            [({"measure": "m"}, "measure")],
        )
    ],
    "date": [
        Cases(
            {"earliest": "2026-01-01", "latest": "today"},
            [
                ("2026-01-30", "2026-01-30", "30 Januari 2026"),
                ("1/1/2026", "2026-01-01", "1 Januari 2026"),
                ("30-01-2026", "2026-01-30", "30 Januari 2026"),
                (" 02.01.2026 ", "2026-01-02", "2 Januari 2026"),
            ],
            [
                ("", REQUIRED),
                ("31/12/2025", "Tanggal paling awal adalah 1 Januari 2026."),
                ("2026-01-31", "Tanggal paling akhir adalah 30 Januari 2026."),
                ("30/02/2026", "Tanggal 30/02/2026 tidak ada dalam kalender."),
                ("2026-1-3", NOT_A_DATE),
                ("30/01-2026", NOT_A_DATE),
                ("1/1/0026", NOT_A_DATE),
                ("kemarin", NOT_A_DATE),
                (20260130, NOT_A_DATE),
                (["2026-01-30"], NOT_A_DATE),
            ],
            [
                ({"earliest": "2026-02-01", "latest": "2026-01-01"}, "latest"),
                ({"earliest": "1800-02-01"}, "earliest"),
            ],
        )
    ],
    "colleague": [
        Cases(
            {},
            [("7", "7", "Ani Rahmawati")],
            [
                ("", REQUIRED),
                ("8", "Pilih salah satu pegawai dari daftar."),
                (7, "Pilih salah satu pegawai dari daftar."),
                (["7"], "Pilih salah satu pegawai dari daftar."),
            ],
            [({"measure": "m"}, "measure")],
        )
    ],
    "evidence": [
        Cases(
            {"most": 2, "types": ["pdf", "jpeg"], "max_mb": 2},
            [
                (["PDF1"], [stored_file("PDF1")], "laporan.pdf"),
                ("PDF1", [stored_file("PDF1")], "laporan.pdf"),
                (
                    ["JPG2", "", "PDF1", "JPG2"],
                    [stored_file("JPG2"), stored_file("PDF1")],
                    "foto kegiatan.jpg; laporan.pdf",
                ),
                ([{"id": "PDF1", "sha256": "forged", "name": "lain.exe"}], [stored_file("PDF1")], "laporan.pdf"),
            ],
            [
                ("", REQUIRED),
                ([""], REQUIRED),
                ([], REQUIRED),
                (["NO99"], "Berkas ini tidak ada lagi. Silakan unggah kembali."),
                (["PDF1", "NO99"], "Berkas ini tidak ada lagi. Silakan unggah kembali."),
                (["PDF1", "JPG2", "BIG3"], "Lampirkan paling banyak 2 berkas."),
                (["BIG3"], "Ukuran berkas melebihi 2 MB. Silakan perkecil atau pilih berkas lain."),
                (["DOC4"], "Jenis berkas tidak didukung. Gunakan PDF, JPG."),
                ([7], NOT_READABLE),
                ({"name": "laporan.pdf"}, NOT_READABLE),
                (5, NOT_READABLE),
            ],
            [
                ({"types": []}, "types"),
                ({"types": ["pdf", "pdf"]}, "types"),
                ({"default": "'PDF1'"}, "default"),
                ({"measure": "m"}, "measure"),
            ],
        )
    ],
    "rows": [
        Cases(
            {"columns": COLUMNS, "min": 1, "max": 2},
            [
                (
                    [{"_id": "x1", "what": "A", "target": "1.200"}, {"_id": "x2", "what": "", "target": " "}],
                    [{"_id": "x1", "what": "A", "target": "1200"}],
                    "A; 1.200",
                ),
                (
                    [{"_id": "x1", "what": "A", "status": "signed", "score": 9}],
                    [{"_id": "x1", "what": "A"}],
                    "A",
                ),
            ],
            [
                ([], REQUIRED),
                ("", REQUIRED),
                ([{"_id": "x1"}], REQUIRED),
                ([{"what": w} for w in "abc"], "Tuliskan paling banyak 2 baris."),
                ([{"what": "x"}] * 201, "Tuliskan paling banyak 2 baris."),
                ([{"what": ""}, {"target": "x"}], "Ada baris yang perlu diperbaiki."),
                ("text", NOT_READABLE),
                (["text"], NOT_READABLE),
                ({"what": "A"}, NOT_READABLE),
                (3, NOT_READABLE),
            ],
            [
                ({"columns": []}, "columns"),
                ({"columns": [COLUMNS[0], COLUMNS[0]]}, "what"),
                ({"columns": [{"kind": "choice", "key": "c", "label": "C"}]}, "c.options"),
                ({"columns": [{"kind": "note", "key": "n", "label": "N"}]}, "columns"),
                ({"columns": COLUMNS, "min": 3, "max": 2}, "max"),
                ({"columns": COLUMNS, "show": ["result"]}, "show"),
                ({"columns": COLUMNS, "measure": "m"}, "measure"),
                ({"columns": COLUMNS, "each": "planning.results", "min": 1}, "each"),
                ({"columns": COLUMNS, "each": "planning.results", "show": ["what"]}, "show"),
                ({"columns": COLUMNS, "each": "planning.results", "show": ["result", "result"]}, "show"),
            ],
        ),
        Cases({"columns": COLUMNS, "min": 2}, [], [([{"what": "a"}], "Tuliskan sedikitnya 2 baris.")]),
        Cases(
            {"columns": COLUMNS, "each": "planning.results", "show": ["result"]},
            [
                (
                    [{"_id": "b2", "what": "B"}, {"_id": "zz", "what": "forged"}, {"_id": "a1", "what": "A"}],
                    [{"_id": "a1", "what": "A"}, {"_id": "b2", "what": "B"}],
                    "Terlayaninya pemohon; A\nArsip; B",
                )
            ],
            [
                ([], "Ada baris yang perlu diperbaiki."),
                ([{"_id": "a1", "what": "A"}], "Ada baris yang perlu diperbaiki."),
            ],
        ),
    ],
}
CASES |= FURTHER
