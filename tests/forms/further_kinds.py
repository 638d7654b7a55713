"""The cases of further kinds: formats, money, times, several inputs, references, computed values."""

from datetime import date, time
from decimal import Decimal

from tests.forms.case import NOT_A_NUMBER, NOT_OFFERED, NOT_READABLE, OPTIONS, POINTS, REQUIRED, Cases

EMAIL = "Tuliskan alamat surel yang lengkap, contoh nama@instansi.go.id."
PHONE = "Tuliskan nomor telepon Indonesia, contoh 0812-3456-7890 atau +62 812 3456 7890."
URL = "Tuliskan alamat web yang lengkap, contoh https://contoh.go.id/dokumen."
TIME = "Tuliskan waktu dengan format jj.mm, contoh 14.05."
MONTH = "Tuliskan bulan dan tahun, contoh 01/2026 atau Januari 2026."
TICK = "Centang pernyataan ini untuk melanjutkan."
RANK_ALL = "Beri setiap pilihan nomor urut yang berbeda, dari 1 sampai 3."
RANK_TWO = "Beri nomor urut 1 sampai 2 kepada 2 pilihan yang paling utama, tiap nomor satu kali."
OWN_WORDS = "Tuliskan jawaban Anda sendiri, atau pilih salah satu dari pilihan yang tersedia."
JUDGE = "Pilih jawaban dari pilihan yang tersedia."
STATEMENTS = [{"key": "polite", "label": "Petugas ramah"}, {"key": "quick", "label": "Layanan cepat"}]

SHORT_TEXTS = [
    Cases(
        {"format": "email"},
        [
            (" Ani.R+skp@Padang.GO.ID ", "Ani.R+skp@padang.go.id", "Ani.R+skp@padang.go.id"),
            ("o'hara@a-b.id", "o'hara@a-b.id", "o'hara@a-b.id"),
        ],
        [
            ("", REQUIRED),
            ("ani", EMAIL),
            ("ani@padang", EMAIL),
            ("ani@@padang.id", EMAIL),
            (".ani@padang.id", EMAIL),
            ("a..b@padang.id", EMAIL),
            ("a b@padang.id", EMAIL),
            ("ani@-padang.id", EMAIL),
            ("ani@padang.id, budi@padang.id", EMAIL),
            ("a" * 65 + "@padang.id", EMAIL),
            (7, NOT_READABLE),
        ],
        [({"format": "email", "max": 39}, "max"), ({"format": "email", "pattern": "a"}, "pattern")],
    ),
    Cases(
        {"format": "phone"},
        [
            ("081234567890", "+6281234567890", "0812-3456-7890"),
            ("+62 812-3456-789", "+628123456789", "0812-3456-789"),
            ("62 812345678901", "+62812345678901", "0812-3456-78901"),
            ("(0812) 345.678.90", "+6281234567890", "0812-3456-7890"),
            ("81234567890", "+6281234567890", "0812-3456-7890"),
            ("+62 (0)812 3456 7890", "+6281234567890", "0812-3456-7890"),
            ("0751 705555", "+62751705555", "0751-705555"),
            ("021-5551234", "+62215551234", "021-5551234"),
        ],
        [
            ("0812345", PHONE),
            ("+6581234567", PHONE),
            ("08123456789012345", PHONE),
            ("0812-abcd-7890", PHONE),
            ("٠٨١٢٣٤٥٦٧٨٩٠", PHONE),
        ],
    ),
    Cases(
        {"format": "url"},
        [
            ("https://padang.go.id/a?b=c#d", "https://padang.go.id/a?b=c#d", "https://padang.go.id/a?b=c#d"),
            ("padang.go.id/berkas", "https://padang.go.id/berkas", "https://padang.go.id/berkas"),
        ],
        [("javascript:alert(1)", URL), ("ftp://padang.go.id", URL), ("padang", URL)],
    ),
    Cases(
        {"format": "nip"},
        [("198609262015051001", "198609262015051001", "19860926 201505 1 001")],
        [("19860926", "NIP harus terdiri atas 18 angka; yang tertulis 8 angka.")],
    ),
    Cases(
        {"pattern": "[A-Z]{2}-[0-9]{3}", "pattern_message": "Tuliskan kode seperti AB-123."},
        [("AB-123", "AB-123", "AB-123")],
        [("ab-123", "Tuliskan kode seperti AB-123."), ("AB-1234", "Tuliskan kode seperti AB-123.")],
        [
            ({"pattern": "(a"}, "pattern"),
            ({"pattern": "(?=a)b"}, "pattern"),
            ({"pattern": r"(a)\1"}, "pattern"),
            ({"pattern_message": "Tuliskan kode."}, "pattern_message"),
        ],
    ),
    Cases(
        {"pattern": r"(\w+\s?)*!", "max": 1000},
        [("a b!", "a b!", "a b!")],
        [("a" * 900, "Tulisan belum sesuai dengan format yang diminta. Periksa kembali lalu perbaiki.")],
    ),
]

FURTHER: dict[str, list[Cases]] = {
    "money": [
        Cases(
            {"min": 0, "max": 2_000_000},
            [
                ("1.250.000", "1250000", "Rp 1.250.000"),
                ("Rp1.250.000,-", "1250000", "Rp 1.250.000"),
                ("rp. 1250000", "1250000", "Rp 1.250.000"),
                ("IDR 500", "500", "Rp 500"),
                (750, "750", "Rp 750"),
            ],
            [
                ("", REQUIRED),
                ("Rp", NOT_A_NUMBER),
                ("1,5", "Tuliskan bilangan bulat, tanpa angka di belakang koma."),
                ("2.000.001", "Tuliskan angka paling besar 2.000.000."),
                ("-1", "Tuliskan angka paling kecil 0."),
                ("$5", NOT_A_NUMBER),
                (["1"], NOT_A_NUMBER),
                (True, NOT_A_NUMBER),
            ],
            [({"min": 2, "max": 1}, "max"), ({"places": 1}, "places")],
        ),
        Cases(
            {"places": 2},
            [
                ("Rp 1.250,5", "1250.5", "Rp 1.250,50"),
                ("-Rp 7", "-7", "-Rp 7"),
                ("\u22127,25", "-7.25", "-Rp 7,25"),
            ],
            [("1,255", "Tuliskan paling banyak 2 angka di belakang koma.")],
        ),
        Cases({"currency": "USD"}, [("us$ 1.250", "1250", "US$ 1.250")], []),
    ],
    "choice_or_other": [
        Cases(
            {"options": OPTIONS, "other": "Lainnya", "max": 10},
            [
                ({"choice": "a", "other": "terlupa"}, "a", "Satu"),
                ({"choice": "other", "other": "  Empat "}, {"other": "Empat"}, "Lainnya: Empat"),
                ({"choice": "", "other": "Empat"}, {"other": "Empat"}, "Lainnya: Empat"),
                ("b", "b", "Dua"),
            ],
            [
                ("", REQUIRED),
                ({}, REQUIRED),
                ({"choice": " ", "other": ""}, REQUIRED),
                ({"choice": "other"}, OWN_WORDS),
                ("other", OWN_WORDS),
                ({"choice": "other", "other": "\x00"}, OWN_WORDS),
                ({"choice": "z"}, NOT_OFFERED),
                ({"choice": "other", "other": "x" * 11}, "Tulis paling banyak 10 karakter."),
                ({"choice": 1}, NOT_READABLE),
                (["a"], NOT_READABLE),
                (5, NOT_READABLE),
            ],
            [({"options": []}, "options"), ({"options": [*OPTIONS, {"value": "other", "label": "X"}]}, "options")],
        )
    ],
    "matrix": [
        Cases(
            {"statements": STATEMENTS, "points": POINTS},
            [
                (
                    {"quick": "cannot_judge", "polite": "above", "forged": "above"},
                    {"polite": "above", "quick": "cannot_judge"},
                    "Petugas ramah: Lebih\nLayanan cepat: Tidak dapat menilai",
                )
            ],
            [
                ("", REQUIRED),
                ({"polite": "", "quick": ""}, REQUIRED),
                (
                    {"polite": "above"},
                    "Pilih satu jawaban untuk setiap pernyataan. Yang belum dijawab: 1.",
                ),
                ({"polite": "above", "quick": "best"}, JUDGE),
                ({"forged": "above"}, JUDGE),
                ({"polite": 2}, NOT_READABLE),
                (["above"], NOT_READABLE),
                ("above", NOT_READABLE),
            ],
            [
                ({"statements": [], "points": POINTS}, "statements"),
                ({"statements": [STATEMENTS[0]] * 2, "points": POINTS}, "statements"),
                (
                    {"statements": [STATEMENTS[0], {"key": "x", "label": "Petugas ramah"}], "points": POINTS},
                    "statements",
                ),
                (
                    {"statements": [{"key": f"s{n}", "label": f"S{n}"} for n in range(101)], "points": POINTS},
                    "statements",
                ),
                ({"statements": STATEMENTS, "points": POINTS[:1]}, "points"),
                ({"statements": STATEMENTS, "points": POINTS, "measure": "m"}, "measure"),
            ],
        ),
        Cases(
            {"statements": STATEMENTS, "points": POINTS, "required": False},
            [({"quick": "2"}, {"quick": "2"}, "Layanan cepat: 2")],
            [],
        ),
    ],
    "ranking": [
        Cases(
            {"options": OPTIONS},
            [
                ({"a": "2", "b": "3", "no": " 1"}, ["no", "a", "b"], "1. Tiga\n2. Satu\n3. Dua"),
                (["b", "a", "no"], ["b", "a", "no"], "1. Dua\n2. Satu\n3. Tiga"),
            ],
            [
                ("", RANK_ALL),
                ({}, RANK_ALL),
                ({"a": "1", "b": "2"}, RANK_ALL),
                ({"a": "1", "b": "1", "no": "2"}, RANK_ALL),
                ({"a": "1", "b": "2", "no": "4"}, RANK_ALL),
                ({"a": "1", "b": "2", "no": "0x3"}, RANK_ALL),
                (["a", "a", "b"], RANK_ALL),
                (["a", "z"], "Urutkan hanya pilihan yang tersedia."),
                ([1], NOT_READABLE),
                ({"a": 1}, NOT_READABLE),
                ("a", NOT_READABLE),
            ],
            [
                ({"options": OPTIONS[:1]}, "options"),
                ({"options": OPTIONS, "most": 4}, "most"),
                ({"options": [{"value": f"v{n}", "label": f"l{n}"} for n in range(51)]}, "options"),
                ({"options": [OPTIONS[0], {**OPTIONS[1], "show_when": "True"}]}, "options"),
            ],
        ),
        Cases(
            {"options": OPTIONS, "most": 2},
            [({"b": "1", "no": "2"}, ["b", "no"], "1. Dua\n2. Tiga")],
            [({"b": "1"}, RANK_TWO), ({"a": "1", "b": "2", "no": "3"}, RANK_TWO), (["b"], RANK_TWO)],
        ),
    ],
    "time": [
        Cases(
            {"earliest": "07:30", "latest": "16:00"},
            [("14:05", "14:05", "14.05"), (" 9.05", "09:05", "09.05"), ("07:30:00", "07:30", "07.30")],
            [
                ("", REQUIRED),
                ("07.29", "Tuliskan waktu paling awal pukul 07.30."),
                ("16:01", "Tuliskan waktu paling akhir pukul 16.00."),
                ("24.00", "Tuliskan waktu di antara 00.00 dan 23.59."),
                ("14:05:30", TIME),
                ("14", TIME),
                ("siang", TIME),
                (14.05, TIME),
                (["14:05"], TIME),
            ],
            [({"earliest": "10:00", "latest": "09:00"}, "latest"), ({"measure": "m"}, "measure")],
        ),
        Cases({"earliest": "20:00"}, [("20.00", "20:00", "20.00")], []),
        Cases({"latest": "05:00"}, [("05.00", "05:00", "05.00")], []),
    ],
    "month": [
        Cases(
            {"earliest": "2025-06", "latest": "today"},
            [
                ("2026-01", "2026-01", "Januari 2026"),
                ("12/2025", "2025-12", "Desember 2025"),
                ("7-2025", "2025-07", "Juli 2025"),
                ("januari 2026", "2026-01", "Januari 2026"),
                ("Agt 2025", "2025-08", "Agustus 2025"),
                ("December 2025", "2025-12", "Desember 2025"),
            ],
            [
                ("", REQUIRED),
                ("2025-05", "Pilih bulan paling awal Juni 2025."),
                ("02/2026", "Pilih bulan paling akhir Januari 2026."),
                ("13/2025", MONTH),
                ("00/2025", MONTH),
                ("Januarius 2026", MONTH),
                ("01/1026", MONTH),
                ("2026", MONTH),
                (202601, MONTH),
                (["2026-01"], MONTH),
            ],
            [({"earliest": "2026-02", "latest": "2026-01"}, "latest"), ({"measure": "m"}, "measure")],
        ),
    ],
    "link": [
        Cases(
            {"max": 100},
            [
                ("https://drive.example.com/x", "https://drive.example.com/x", "https://drive.example.com/x"),
                ("HTTP://Padang.go.id:8080/é", "HTTP://Padang.go.id:8080/é", "HTTP://Padang.go.id:8080/é"),
                ("www.padang.go.id", "https://www.padang.go.id", "https://www.padang.go.id"),
            ],
            [
                ("", REQUIRED),
                ("javascript:alert(1)", URL),
                ("data:text/html,x", URL),
                ("https://", URL),
                ("https://padang", URL),
                ("https://admin@padang.go.id", URL),
                ("https://padang.go.id/a b", URL),
                ("https://padang.go.id:99999", URL),
                ("https://[::1]/", URL),
                ("https://[x", URL),
                ('https://padang.go.id/"onclick', URL),
                ("https://padang.go.id/" + "x" * 100, "Tulis paling banyak 100 karakter."),
                ("padang.go.id/" + "x" * 86, "Tulis paling banyak 100 karakter."),
                (1, NOT_READABLE),
            ],
            [({"measure": "m"}, "measure")],
        )
    ],
    "unit": [
        Cases(
            {},
            [("4", "4", "Kelurahan Surau Gadang")],
            [
                ("", REQUIRED),
                ("7", "Pilih salah satu unit kerja dari daftar."),
                (4, "Pilih salah satu unit kerja dari daftar."),
                (["4"], "Pilih salah satu unit kerja dari daftar."),
            ],
            [({"measure": "m"}, "measure")],
        )
    ],
    "row": [
        Cases(
            {"source": "planning.results", "show": "result"},
            [("b2", {"id": "b2", "text": "Arsip"}, "Arsip")],
            [
                ("", REQUIRED),
                ("s1", "Pilih salah satu dari daftar."),
                ("Arsip", "Pilih salah satu dari daftar."),
                (2, "Pilih salah satu dari daftar."),
                ({"id": "b2"}, "Pilih salah satu dari daftar."),
            ],
            [({"source": "planning.results", "show": "result", "measure": "m"}, "measure")],
        ),
        Cases(
            {"source": "planning.results", "show": "result", "of": "supervisor"},
            [
                ("s1", {"id": "s1", "text": "Layanan prima"}, "Layanan prima"),
                ("s2", {"id": "s2", "text": "2. –"}, "2. –"),
            ],
            [("a1", "Pilih salah satu dari daftar.")],
        ),
    ],
    "note": [Cases({"help": "Bacalah pedoman terlebih dahulu."}, [], [], [({"key": "csrf_token"}, "key")])],
    "declaration": [
        Cases(
            {},
            [("yes", True, "Disetujui"), (True, True, "Disetujui"), (" YA ", True, "Disetujui")],
            [("", TICK), (None, TICK), (False, TICK), ("no", TICK), (1, TICK), (["yes"], TICK)],
            [({"measure": "m"}, "measure")],
        )
    ],
    "calculated": [
        Cases(
            {"formula": "1 / 3", "places": 2, "unit": "poin"},
            [
                (Decimal("2.005"), {"number": "2.01"}, "2,01 poin"),
                (Decimal("-2.005"), {"number": "-2.01"}, "-2,01 poin"),
                (Decimal("1250.00"), {"number": "1250"}, "1.250 poin"),
                ("Baik ", "Baik", "Baik"),
                (False, False, "Tidak"),
                (date(2026, 1, 30), {"date": "2026-01-30"}, "30 Januari 2026"),
                (time(14, 5), {"time": "14:05"}, "14.05"),
            ],
            [],
            [({"formula": "1", "key": "csrf_token"}, "key")],
        )
    ],
    "hidden": [
        Cases(
            {"formula": "1", "places": 0, "measure": "m"},
            [(Decimal("0.5"), {"number": "1"}, "1"), ("a", "a", "a")],
            [],
            [({"formula": "1", "key": "csrf_token"}, "key")],
        )
    ],
}
