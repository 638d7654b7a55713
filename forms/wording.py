"""How numbers, dates and times are written in Indonesian (`id`) and English (`en`)."""

from collections.abc import Callable
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from zoneinfo import ZoneInfo

MONTHS = {
    "id": [
        "Januari",
        "Februari",
        "Maret",
        "April",
        "Mei",
        "Juni",
        "Juli",
        "Agustus",
        "September",
        "Oktober",
        "November",
        "Desember",
    ],
    "en": [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ],
}
WEEKDAYS = {
    "id": ["Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu"],
    "en": ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"],
}
ZONES = {"Asia/Jakarta": "WIB", "Asia/Pontianak": "WIB", "Asia/Makassar": "WITA", "Asia/Jayapura": "WIT"}


def language_of(code: str) -> str:
    """`en` for any English locale code, else `id`: the languages there are words for."""
    return "en" if code[:2].lower() == "en" else "id"


def plain(value: Decimal) -> str:
    """The shortest exact digits, without exponent or needless zeros: the form in which numbers are stored."""
    text = format(value, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


def format_number(value: Decimal | int, places: int | None = None, language: str = "id") -> str:
    """`18,75` and `1.250.000` (English `18.75`, `1,250,000`); with `places` rounded half-up to exactly that many."""
    number = Decimal(value)
    if places is not None:
        number = number.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    text = format(number, ",f") if places is not None else _grouped(plain(number))
    if text.startswith("-") and not text.strip("-0.,"):
        text = text[1:]
    return text if language_of(language) == "en" else text.translate(str.maketrans(",.", ".,"))


def _grouped(digits: str) -> str:
    whole, dot, rest = digits.partition(".")
    return f"{int(whole):,}{dot}{rest}" if whole != "-0" else f"-0{dot}{rest}"


def format_date(day: date, language: str = "id", *, weekday: bool = False) -> str:
    """`30 Januari 2026`, or with the weekday `Jumat, 30 Januari 2026`."""
    language = language_of(language)
    text = f"{day.day} {MONTHS[language][day.month - 1]} {day.year}"
    return f"{WEEKDAYS[language][day.weekday()]}, {text}" if weekday else text


def format_time(moment: datetime, zone: str, language: str = "id") -> str:
    """`14.05 WIB`: the clock of an IANA zone, always with the zone's name. Raises ValueError for a naive moment."""
    local = _local(moment, zone)
    return f"{local:%H.%M} {ZONES.get(zone) or local.tzname()}"


def format_datetime(moment: datetime, zone: str, language: str = "id", *, weekday: bool = False) -> str:
    """`30 Januari 2026 pukul 14.05 WIB`. Raises ValueError for a naive moment."""
    day = format_date(_local(moment, zone).date(), language, weekday=weekday)
    joint = "at" if language_of(language) == "en" else "pukul"
    return f"{day} {joint} {format_time(moment, zone, language)}"


def _local(moment: datetime, zone: str) -> datetime:
    if moment.tzinfo is None:
        raise ValueError("a moment without a zone cannot be shown in another")
    return moment.astimezone(ZoneInfo(zone))


def format_date_in_words(day: date) -> str:
    """The date of a Berita Acara: `Jumat tanggal dua bulan Januari tahun dua ribu dua puluh enam (02-01-2026)`."""
    return (
        f"{WEEKDAYS['id'][day.weekday()]} tanggal {terbilang(day.day)} bulan {MONTHS['id'][day.month - 1]} "
        f"tahun {terbilang(day.year)} ({day:%d-%m-%Y})"
    )


def roman(number: int) -> str:
    """Roman numerals, as in `800.1.11.1/007/KEC-NGL/II/2026`. Raises ValueError outside 1 to 3999."""
    if not 1 <= number <= 3999:
        raise ValueError("roman numerals run from 1 to 3999")
    steps = zip(
        (1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1),
        ["M", "CM", "D", "CD", "C", "XC", "L", "XL", "X", "IX", "V", "IV", "I"],
        strict=True,
    )
    text = ""
    for size, letters in steps:
        count, number = divmod(number, size)
        text += letters * count
    return text


_ID = ["nol", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan", "sepuluh", "sebelas"]
_EN = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
_EN_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_SCALES = (
    (10**12, "triliun", "trillion"),
    (10**9, "miliar", "billion"),
    (10**6, "juta", "million"),
    (10**3, "ribu", "thousand"),
)


def terbilang(number: int | Decimal, language: str = "id") -> str:
    """A number in words (`dua ribu dua puluh enam`); decimals digit by digit (`delapan belas koma tujuh lima`).

    Raises ValueError from a quadrillion on.
    """
    english = language_of(language) == "en"
    if number < 0:
        return f"minus {terbilang(-number, language)}"
    whole, _, decimals = plain(Decimal(number)).partition(".")
    if int(whole) >= 10**15:
        raise ValueError("numbers from a quadrillion on are not spelled")
    words = _english(int(whole)) if english else _indonesian(int(whole))
    if decimals:
        names = _EN if english else _ID
        words += (" point " if english else " koma ") + " ".join(names[int(digit)] for digit in decimals)
    return words


def _indonesian(number: int) -> str:
    if number < 12:
        return _ID[number]
    if number < 20:
        return f"{_ID[number - 10]} belas"
    if number < 100:
        return _joined(f"{_ID[number // 10]} puluh", number % 10, _indonesian)
    if number < 1000:
        hundreds = "seratus" if number < 200 else f"{_ID[number // 100]} ratus"
        return _joined(hundreds, number % 100, _indonesian)
    size, name, _ = next(scale for scale in _SCALES if number >= scale[0])
    head = "seribu" if 1000 <= number < 2000 else f"{_indonesian(number // size)} {name}"
    return _joined(head, number % size, _indonesian)


def _english(number: int) -> str:
    if number < 20:
        return _EN[number]
    if number < 100:
        tens, units = divmod(number, 10)
        return _EN_TENS[tens - 2] + (f"-{_EN[units]}" if units else "")
    if number < 1000:
        return _joined(f"{_EN[number // 100]} hundred", number % 100, _english)
    size, _, name = next(scale for scale in _SCALES if number >= scale[0])
    return _joined(f"{_english(number // size)} {name}", number % size, _english)


def _joined(head: str, rest: int, words: Callable[[int], str]) -> str:
    return f"{head} {words(rest)}" if rest else head
