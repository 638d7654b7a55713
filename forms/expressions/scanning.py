"""The characters of an expression: texts set aside, mistakes of writing explained, before Python's parser sees it."""

import keyword
import re
from dataclasses import dataclass

from forms.expressions import limits
from forms.expressions.faults import Mistake, Unreadable
from forms.text import Message, msg

WORDS = frozenset({"and", "or", "not", "in", "if", "else", "for", "is", "None", "True", "False"})
"""Words of the language; no field can be called so."""
_OTHER_KEYWORDS = frozenset(keyword.kwlist) - WORDS
_TOKEN = re.compile(
    r"""(?P<blank>\s+)|(?P<text>["'])|(?P<number>\d[\w.]*|\.\d[\w.]*)|(?P<name>[A-Za-z_]\w*)
    |(?P<sign>==|!=|<=|>=|<>|=<|=>|&&|\|\||\*\*|//|:=|.)""",
    re.VERBOSE | re.ASCII | re.DOTALL,
)
_NUMBER = re.compile(r"(?P<whole>\d+)(\.(?P<fraction>\d+))?", re.ASCII)
_ESCAPED = {"\\": "\\", '"': '"', "'": "'", "n": "\n", "t": "\t"}
_ALLOWED = frozenset(["==", "!=", "<=", ">=", *"<>+-*/(),."])
_DECIMALS = msg("Tulis angka seperti 12 atau 0.5.")
_NOT_HERE = msg("Tanda “%(sign)s” tidak dapat dipakai dalam ungkapan.")
_INSTEAD: dict[str, tuple[Message, str | None]] = {
    "=": (msg("Untuk membandingkan, tulis dua tanda sama dengan (==)."), "=="),
    "<>": (msg("“Tidak sama dengan” ditulis !=."), "!="),
    "≠": (msg("“Tidak sama dengan” ditulis !=."), "!="),
    "=<": (msg("“Paling banyak” ditulis <=."), "<="),
    "≤": (msg("“Paling banyak” ditulis <=."), "<="),
    "=>": (msg("“Paling sedikit” ditulis >=."), ">="),
    "≥": (msg("“Paling sedikit” ditulis >=."), ">="),
    "&&": (msg("“Dan” ditulis and."), " and "),
    "&": (msg("“Dan” ditulis and."), " and "),
    "||": (msg("“Atau” ditulis or."), " or "),
    "|": (msg("“Atau” ditulis or."), " or "),
    "!": (msg("“Tidak” ditulis not."), "not "),
    "×": (msg("Perkalian ditulis *."), "*"),
    "÷": (msg("Pembagian ditulis /."), "/"),
    ":": (msg("Pembagian ditulis /."), "/"),
    "–": (msg("Tanda kurang ditulis dengan tanda hubung biasa (-)."), "-"),
    "−": (msg("Tanda kurang ditulis dengan tanda hubung biasa (-)."), "-"),
    "“": (msg('Gunakan tanda kutip lurus (").'), '"'),
    "”": (msg('Gunakan tanda kutip lurus (").'), '"'),
    "‘": (msg('Gunakan tanda kutip lurus (").'), '"'),
    "’": (msg('Gunakan tanda kutip lurus (").'), '"'),
    "%": (msg("Persen ditulis sebagai pembagian dengan seratus, misalnya 5 / 100."), None),
    "$": (msg("Nama isian ditulis begitu saja, tanpa ${ }."), None),
    "{": (msg("Nama isian ditulis begitu saja, tanpa ${ }."), None),
    "}": (msg("Nama isian ditulis begitu saja, tanpa ${ }."), None),
    "[": (msg('Kurung siku tidak dipakai. Pilihan ditulis dalam kurung biasa, misalnya ("a", "b").'), None),
    "]": (msg('Kurung siku tidak dipakai. Pilihan ditulis dalam kurung biasa, misalnya ("a", "b").'), None),
    "#": (msg("Ungkapan tidak dapat memuat catatan."), None),
}


@dataclass(frozen=True, slots=True)
class Text:
    """A text in quotation marks: where it stands and what it says."""

    end: int
    value: str


@dataclass(frozen=True, slots=True)
class Scanned:
    """`plain` has the same length as the source, on one line, in ASCII, its texts emptied; `texts` by their start."""

    plain: str
    texts: dict[int, Text]


def scan(source: str) -> Scanned:
    """The source made ready for parsing. Raises Unreadable for what can be no part of an expression."""
    if len(source) > limits.CHARACTERS:
        raise Unreadable(
            Mistake(
                limits.CHARACTERS,
                len(source),
                msg("Ungkapan terlalu panjang: paling banyak %(limit)s karakter.", limit=limits.CHARACTERS),
            )
        )
    plain: list[str] = []
    texts: dict[int, Text] = {}
    mistakes: list[Mistake] = []
    open_at: list[int] = []
    position = signs = 0
    while position < len(source):
        token = _TOKEN.match(source, position)
        assert token is not None, "the last alternative takes any character"
        start, position = token.span()
        word = token.group()
        kind = token.lastgroup
        signs = signs + 1 if word in ("-", "+", "not") else signs if kind == "blank" else 0
        if signs > limits.DEPTH:
            raise Unreadable(Mistake(start, position, msg("Terlalu banyak tanda berturut-turut.")))
        if kind == "text":
            text = _text(source, start)
            if isinstance(text, Mistake):
                raise Unreadable(*mistakes, text)
            texts[start] = text
            position = text.end
            word = f'"{"x" * (text.end - start - 2)}"'
        elif kind == "blank":
            word = " " * len(word)
        elif kind == "number":
            mistakes += _number_mistakes(word, start)
        elif kind == "name":
            if position < len(source) and source[position] in "\"'":
                mistakes.append(Mistake(start, position, msg("Di depan tanda kutip tidak boleh ada huruf.")))
            if word in _OTHER_KEYWORDS:  # a field may be called `class`; capitals tell it apart from Python's word
                word = word.upper()
        elif word not in _ALLOWED:
            message, suggestion = _INSTEAD.get(word, (None, None))
            shown = word if word.isprintable() else f"U+{ord(word):04X}"
            mistakes.append(Mistake(start, position, message or msg(_NOT_HERE.msgid, sign=shown), suggestion))
        elif word == "(":
            open_at.append(start)
            if len(open_at) > limits.DEPTH:
                raise Unreadable(*mistakes, Mistake(start, position, too_deep()))
        elif word == ")":
            if not open_at:
                raise Unreadable(*mistakes, Mistake(start, position, msg("Kurung tutup ini tidak ada kurung bukanya.")))
            open_at.pop()
        plain.append(word)
    if open_at:
        mistakes.append(Mistake(open_at[-1], open_at[-1] + 1, msg("Kurung buka ini belum ditutup.")))
    if mistakes:
        raise Unreadable(*mistakes)
    return Scanned("".join(plain), texts)


def too_deep() -> Message:
    """That the expression is nested too deeply."""
    return msg("Ungkapan bersarang terlalu dalam: paling banyak %(limit)s tingkat. Bagilah.", limit=limits.DEPTH)


def quoted(text: str) -> str:
    """A text as it is written in an expression. Raises ValueError for control characters, which cannot be written."""
    written = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t")
    if any(_unwritable(character) for character in written):
        raise ValueError("a text in an expression cannot hold control characters")
    return f'"{written}"'


def _unwritable(character: str) -> bool:
    return character < " " or character == "\x7f" or "\ud800" <= character <= "\udfff"


def _text(source: str, start: int) -> Text | Mistake:
    quote = source[start]
    said: list[str] = []
    position = start + 1
    while position < len(source):
        character = source[position]
        if character == quote:
            return Text(position + 1, "".join(said))
        if character in "\r\n":
            break
        if _unwritable(character) and character != "\t":
            return Mistake(position, position + 1, msg("Teks memuat karakter yang tidak terlihat. Ketik ulang."))
        following = source[position + 1 : position + 2]
        if character == "\\" and following in _ESCAPED and following:
            said.append(_ESCAPED[following])
            position += 2
        else:  # a backslash before any other character stays: patterns are full of them
            said.append(character)
            position += 1
    return Mistake(start, position, msg("Teks ini belum ditutup dengan tanda kutip pada baris yang sama."))


def _number_mistakes(word: str, start: int) -> list[Mistake]:
    number = _NUMBER.fullmatch(word)
    if number is None or (number["whole"].startswith("0") and len(number["whole"]) > 1):
        return [Mistake(start, start + len(word), _DECIMALS)]
    if max(len(number["whole"]), len(number["fraction"] or "")) > limits.DIGITS:
        message = msg("Angka ini terlalu panjang: paling banyak %(limit)s angka.", limit=limits.DIGITS)
        return [Mistake(start, start + len(word), message)]
    return []
