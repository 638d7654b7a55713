"""Invented contents for the style guide page: a form with every field kind, empty, filled and wrong."""

from datetime import date
from typing import Any

from werkzeug.datastructures import MultiDict
from wtforms import BooleanField, FileField, Form, PasswordField, SelectField, StringField

from forms import answers
from forms.builder import bind
from forms.context import AnswerContext
from forms.fields.rows import Rows
from forms.schema import FormSchema

TODAY = date(2026, 3, 9)

VILLAGES = [
    "Surau Gadang",
    "Kurao Pagang",
    "Gurun Laweh",
    "Tabing Banda Gadang",
    "Kampung Olo",
    "Kampung Lapai",
    "Kantor Camat",
    "Lainnya",
]

PLAN = Rows.model_validate(
    {
        "kind": "rows",
        "key": "results",
        "label": "Rencana hasil kerja",
        "help": "Satu sampai sepuluh hasil yang benar-benar ingin Anda capai tahun ini.",
        "item": "hasil kerja",
        "min": 1,
        "columns": [
            {"kind": "long_text", "key": "result", "label": "Hasil kerja", "max": 500},
            {"kind": "short_text", "key": "indicator", "label": "Indikator"},
            {"kind": "number", "key": "target", "label": "Target", "unit": "berkas", "places": 2},
            {"kind": "date", "key": "due", "label": "Selesai pada", "required": False},
        ],
    }
)

FURTHER = {
    "key": "further",
    "title": "Isian dengan bentuk khusus",
    "fields": [
        {
            "kind": "note",
            "key": "before",
            "label": "Sebelum mulai",
            "help": "Siapkan register pelayanan dan laporan bulan lalu.\nPengisian memerlukan sekitar 10 menit.",
        },
        {"kind": "short_text", "key": "phone", "label": "Nomor telepon", "format": "phone"},
        {"kind": "long_text", "key": "story", "label": "Uraian", "min": 20, "max": 500},
        {"kind": "money", "key": "budget", "label": "Anggaran kegiatan", "help": "Sesuai DPA."},
        {"kind": "time", "key": "opens", "label": "Loket dibuka"},
        {"kind": "month", "key": "since", "label": "Bertugas sejak", "latest": "today"},
        {"kind": "link", "key": "proof", "label": "Tautan bukti dukung", "required": False},
        {"kind": "evidence", "key": "photos", "label": "Foto kegiatan", "required": False},
        {"kind": "unit", "key": "office", "label": "Unit kerja tujuan"},
        {
            "kind": "row",
            "key": "supports",
            "label": "Hasil kerja atasan yang didukung",
            "source": "planning.results",
            "of": "supervisor",
            "show": "result",
        },
        {
            "kind": "choice_or_other",
            "key": "reason_of",
            "label": "Penyebab utama keterlambatan",
            "options": [{"value": "people", "label": "Kurang petugas"}, {"value": "network", "label": "Jaringan"}],
        },
        {
            "kind": "matrix",
            "key": "values",
            "label": "Perilaku kerja selama triwulan ini",
            "help": "Pilih satu jawaban pada setiap baris.",
            "statements": [
                {"key": "service", "label": "Memahami dan memenuhi kebutuhan masyarakat"},
                {"key": "accountable", "label": "Melaksanakan tugas dengan jujur, bertanggung jawab, dan cermat"},
                {"key": "harmony", "label": "Menghargai setiap orang apa pun latar belakangnya"},
            ],
            "points": [
                {"key": "1", "value": 1, "label": "Belum tampak"},
                {"key": "2", "value": 2, "label": "Kadang tampak"},
                {"key": "3", "value": 3, "label": "Sering tampak"},
                {"key": "4", "value": 4, "label": "Selalu tampak"},
            ],
        },
        {
            "kind": "ranking",
            "key": "priorities",
            "label": "Prioritas perbaikan layanan",
            "options": [
                {"value": "queue", "label": "Antrean di loket"},
                {"value": "parking", "label": "Tempat parkir"},
                {"value": "form", "label": "Formulir permohonan yang panjang dan harus diisi dua kali"},
            ],
        },
        {
            "kind": "rows",
            "key": "trips",
            "label": "Perjalanan dinas",
            "item": "perjalanan",
            "required": False,
            "columns": [
                {"kind": "money", "key": "cost", "label": "Biaya"},
                {"kind": "time", "key": "left", "label": "Berangkat"},
                {
                    "kind": "choice_or_other",
                    "key": "by",
                    "label": "Kendaraan",
                    "options": [{"value": "car", "label": "Mobil dinas"}, {"value": "bus", "label": "Bus"}],
                },
                {"kind": "calculated", "key": "half", "label": "Separuh biaya", "formula": "cost / 2"},
            ],
        },
        {
            "kind": "calculated",
            "key": "total",
            "label": "Jumlah biaya perjalanan",
            "formula": "sum(trips.cost)",
            "unit": "rupiah",
        },
        {"kind": "hidden", "key": "late", "label": "Terlambat", "formula": "letters < 50"},
        {
            "kind": "short_text",
            "key": "year",
            "label": "Tahun penilaian",
            "read_only": True,
            "default": '"2026"',
        },
        {
            "kind": "declaration",
            "key": "truth",
            "label": "Saya menyatakan bahwa isian di atas benar dan dapat dipertanggungjawabkan.",
        },
    ],
}

SCHEMA = FormSchema.model_validate(
    {
        "key": "contoh",
        "title": "Formulir contoh",
        "sections": [
            {
                "key": "plan",
                "title": "Rencana",
                "help": "Bagian ini dibaca atasan Anda sebelum ditandatangani.",
                "fields": [
                    PLAN.model_dump(exclude_none=True),
                    {
                        "kind": "rows",
                        "key": "outcomes",
                        "label": "Realisasi tiap hasil kerja",
                        "item": "realisasi",
                        "each": "planning.results",
                        "show": ["result", "target"],
                        "columns": [
                            {"kind": "percentage", "key": "reached", "label": "Capaian"},
                            {"kind": "long_text", "key": "evidence", "label": "Bukti dukung", "required": False},
                        ],
                    },
                ],
            },
            {
                "key": "more",
                "title": "Setiap jenis isian",
                "fields": [
                    {"kind": "short_text", "key": "place", "label": "Tempat bertugas", "help": "Contoh: Loket 2"},
                    {"kind": "long_text", "key": "reason", "label": "Alasan", "required": False, "max": 60},
                    {"kind": "number", "key": "letters", "label": "Surat yang selesai", "unit": "surat"},
                    {"kind": "percentage", "key": "share", "label": "Selesai tepat waktu"},
                    {"kind": "date", "key": "day", "label": "Tanggal dialog kinerja"},
                    {
                        "kind": "choice",
                        "key": "behaviour",
                        "label": "Perilaku kerja",
                        "options": [
                            {"value": "below", "label": "Di bawah ekspektasi"},
                            {"value": "meets", "label": "Sesuai ekspektasi"},
                            {"value": "above", "label": "Di atas ekspektasi"},
                        ],
                    },
                    {
                        "kind": "choice",
                        "key": "village",
                        "label": "Kelurahan",
                        "options": [{"value": str(number), "label": name} for number, name in enumerate(VILLAGES)],
                    },
                    {
                        "kind": "choices",
                        "key": "services",
                        "label": "Layanan yang ditangani",
                        "required": False,
                        "options": [
                            {"value": "ktp", "label": "KTP elektronik"},
                            {"value": "kk", "label": "Kartu keluarga"},
                            {"value": "domicile", "label": "Surat keterangan domisili"},
                        ],
                    },
                    {
                        "kind": "rating",
                        "key": "helpful",
                        "label": "Seberapa mudah bekerja sama dengan rekan ini?",
                        "points": [
                            {"key": str(number), "value": number, "label": label}
                            if label
                            else {"key": str(number), "value": number}
                            for number, label in enumerate(["Sangat sulit", None, None, None, "Sangat mudah"], start=1)
                        ],
                    },
                    {
                        "kind": "rating",
                        "key": "named",
                        "label": "Berorientasi pelayanan",
                        "points": [
                            {"key": "1", "value": 1, "label": "Belum tampak"},
                            {"key": "2", "value": 2, "label": "Kadang tampak"},
                            {"key": "3", "value": 3, "label": "Sering tampak"},
                            {"key": "4", "value": 4, "label": "Selalu tampak"},
                            {"key": "none", "label": "Tidak dapat menilai"},
                        ],
                    },
                    {"kind": "yes_no", "key": "agrees", "label": "Apakah Anda setuju dengan rencana ini?"},
                    {"kind": "colleague", "key": "peer", "label": "Rekan kerja yang Anda pilih"},
                ],
            },
            FURTHER,
        ],
    }
)

CONTEXT = AnswerContext(
    today=TODAY,
    units={"3": "Kelurahan Surau Gadang", "4": "Seksi Pelayanan Umum"},
    colleagues={"12": "Yusnidar, A.Md.", "13": "Zulkifli", "14": "Afrizal, S.E."},
    sources={
        "planning.results": [
            {"_id": "a1", "result": "Terlayaninya pemohon surat keterangan domisili", "target": "120"},
            {"_id": "b2", "result": "Tersusunnya laporan pelayanan bulanan", "target": "12"},
        ],
        "supervisor:planning.results": [
            {"_id": "s1", "result": "Meningkatnya kepuasan masyarakat atas pelayanan kecamatan"},
            {"_id": "s2", "result": "Tertibnya administrasi kependudukan di seluruh kelurahan"},
        ],
    },
    source_fields={"planning.results": PLAN},
)

ANSWERS: dict[str, Any] = {
    "results": [
        {"_id": "a1", "result": "Terlayaninya pemohon surat keterangan domisili", "indicator": "Surat selesai ≤ 1 hari",
         "target": "1.250", "due": "2026-12-31"},
        {"_id": "b2", "result": "Tersusunnya laporan pelayanan bulanan", "indicator": "Laporan diterima",
         "target": "12"},
    ],
    "outcomes": [{"_id": "a1", "reached": "87,5", "evidence": "Buku register"}, {"_id": "b2", "reached": "100"}],
    "place": "Loket 2", "letters": "42", "share": "95", "day": "2026-03-02", "behaviour": "meets", "village": "3",
    "services": ["kk", "ktp"], "helpful": "4", "named": "3", "agrees": "yes", "peer": "12",
    "phone": "081234567890", "story": "Antrean terurai sejak loket ketiga dibuka.", "budget": "12500000",
    "opens": "07:30", "since": "2024-03", "proof": "contoh.go.id/laporan", "office": "4", "supports": "s1",
    "reason_of": {"choice": "other", "other": "Listrik padam"},
    "values": {"service": "4", "accountable": "3", "harmony": "3"},
    "priorities": {"queue": "2", "parking": "3", "form": "1"},
    "trips": [{"_id": "t1", "cost": "350.000", "left": "06.45", "by": {"choice": "bus"}}],
    "truth": "yes",
}  # fmt: skip

WRONG = MultiDict(
    [
        ("results-0-_id", "a1"), ("results-0-result", ""), ("results-0-target", "banyak"),
        ("results-0-indicator", "Surat"),
        ("place", ""), ("letters", "dua"), ("share", "140"), ("day", "31/02/2026"), ("reason", "x" * 70),
        ("outcomes-0-_id", "a1"), ("outcomes-0-reached", ""),
        ("phone", "0812"), ("story", "Singkat"), ("budget", "banyak"), ("opens", "25.00"), ("since", "bulan lalu"),
        ("proof", "ftp://contoh.go.id"), ("reason_of-choice", "other"), ("values-service", "4"),
        ("priorities-queue", "1"), ("priorities-form", "1"),
    ]
)  # fmt: skip


class SignIn(Form):
    nip = StringField("NIP")
    password = PasswordField("Kata sandi")
    zone = SelectField("Zona waktu", choices={"wib": "WIB", "wita": "WITA"})
    own_phone = BooleanField("Ini HP pribadi saya")
    file = FileField("Berkas pegawai (CSV atau XLSX)")


def styleguide_values(*, mistakes: bool = False) -> dict[str, Any]:
    """Everything `styleguide.html` shows: either the form as it should be, or the same form with mistakes."""
    stored = answers.check(SCHEMA, ANSWERS, CONTEXT)
    wrong = bind(SCHEMA, formdata=WRONG, context=CONTEXT)
    assert wrong.check() is None
    return {
        "agency": "Pemerintah Kecamatan Nanggalo",
        "demo": True,
        "person": {"name": "Yusnidar", "href": "#"},
        "sign_out_url": "/keluar",
        "language_url": "/bahasa",
        "here": "/",
        "navigation": [
            {"label": "Beranda", "href": "#", "current": True, "count": 3},
            {"label": "Kinerja saya", "href": "#"},
            {"label": "Tim saya", "href": "#", "count": 12},
            {"label": "Umpan balik", "href": "#"},
            {"label": "Dokumen dan sertifikat", "href": "#"},
        ],
        "languages": [
            {"code": "id", "label": "Bahasa Indonesia", "current": True},
            {"code": "en", "label": "English", "current": False},
        ],
        "breadcrumbs": [{"label": "Beranda", "href": "#"}, {"label": "Siklus 2026", "href": "#"}, {"label": "SKP"}],
        "form": bind(SCHEMA, raw=answers.edit(SCHEMA, stored), context=CONTEXT),
        "wrong_form": wrong if mistakes else None,
        "answers": answers.display(SCHEMA, stored, "id", CONTEXT),
        "sign_in": SignIn(),
        "url": lambda name: f"#{name}",
        "today": TODAY,
        "start": date(2026, 1, 1),
        "end": date(2027, 1, 31),
        "stages": [
            {"name": name, "opens": opens, "closes": closes, "when": when, "state": state, "href": "#"}
            for name, opens, closes, when, state in (
                ("Penyusunan SKP", date(2026, 1, 2), date(2026, 1, 31), "2–31 Januari 2026", "closed"),
                ("Pengukuran", date(2026, 2, 1), date(2026, 12, 31), "1 Februari–31 Desember 2026", "open"),
                ("Umpan balik", date(2026, 11, 1), date(2026, 11, 30), "1–30 November 2026", "planned"),
                ("Evaluasi", date(2027, 1, 2), date(2027, 1, 31), "2–31 Januari 2027", "planned"),
            )
        ],
        "people": [
            ("Afrizal, S.E.", "Kepala Seksi Pelayanan Umum", "Kecamatan Nanggalo", "108,25", "completed"),
            ("Yusnidar, A.Md.", "Pranata Pelayanan Publik", "Kelurahan Surau Gadang", "92,5", "submitted"),
            ("Zulkifli", "Pengadministrasi Umum", "Kelurahan Kurao Pagang", "–", "returned"),
        ],
    }
