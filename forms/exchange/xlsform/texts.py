"""Labels and other words of a sheet as texts of ours: by language, and plain."""

import html
import re
from collections.abc import Callable, Mapping

from forms.exchange.xlsform.cells import TRANSLATED, Row, Table
from forms.exchange.xlsform.findings import Report
from forms.exchange.xlsform.languages import SOURCE, language_code
from forms.text import MOST_CHARACTERS, msg

Words = dict[str, str]
"""A text of a design as plain JSON: code of the language → words."""
_TAG = re.compile(r"</?[A-Za-z][^<>]*>")
_BREAK = re.compile(r"<(?:br|/p|/div|/li|/h[1-6]|/tr)\b[^<>]*>", re.IGNORECASE)
_MARKS = (
    ("*", re.compile(r"(?<![\w*])\*\*(?=\S)(.{1,2000}?)(?<=\S)\*\*(?![\w*])"), r"\1"),
    ("_", re.compile(r"(?<![\w_])__(?=\S)(.{1,2000}?)(?<=\S)__(?![\w_])"), r"\1"),
    ("*", re.compile(r"(?<![\w*])\*(?=[^\s*])([^*\n]+?)(?<=[^\s*])\*(?![\w*])"), r"\1"),
    ("_", re.compile(r"(?<![\w_])_(?=[^\s_])([^_\n]+?)(?<=[^\s_])_(?![\w_])"), r"\1"),
    ("#", re.compile(r"(?m)^ {0,3}#{1,6} +"), ""),
    ("[", re.compile(r"\[([^\[\]\n]+)\]\((https?://[^()\s]+)\)"), r"\1 (\2)"),
)
_FILLED_IN = re.compile(r"\$\{([^{}]{1,200})\}")
_MOST_SIGNS = 40
"""Asterisks or the like in one text; a text with more of them is left as it is."""


class Texts:
    """Decides once which column of a sheet is the source text, then turns rows into texts."""

    def __init__(self, tables: list[Table], default_language: str, report: Report) -> None:
        self.report = report
        self.label_of: Callable[[str, str], str] = lambda name, code: name
        """What a question is called in a language, for labels that quote its answer."""
        titles: dict[str, tuple[str, str]] = {}
        for table in tables:
            for column in table.languages(TRANSLATED):
                titles.setdefault(column.language, (table.name, column.title))
        self.codes: dict[str, str | None] = {title: language_code(title) for title in titles if title}
        if "" in titles:
            self.codes[""] = language_code(default_language) if default_language not in self.codes else None
        self.source = self._source(default_language)
        for title, code in self.codes.items():
            if title and code is None and title != self.source:
                sheet, written = titles[title]
                message = msg("Bahasa “%(language)s” tidak dikenal, jadi terjemahannya tidak ikut.", language=title)
                report.warn(sheet, 1, written, message)
        code = self.codes.get(self.source)
        if code not in (None, SOURCE):
            sheet, written = titles[self.source]
            report.warn(
                sheet,
                1,
                written,
                msg("Tidak ada teks berbahasa Indonesia; teks kolom ini menjadi teks asal. Terjemahkan."),
            )

    def _source(self, default_language: str) -> str:
        for title, code in self.codes.items():
            if code == SOURCE and title:
                return title
        if "" in self.codes:
            return ""
        if default_language in self.codes:
            return default_language
        wanted = language_code(default_language) if default_language else None
        same = [title for title, code in self.codes.items() if code is not None and code == wanted]
        return (same or list(self.codes) or [""])[0]

    def words(self, row: Row, column: str) -> Words | None:
        """The text of a column in all languages; None when nothing is written in any."""
        return self.of(row.translations(column), row, column)

    def of(self, written: Mapping[str, str], row: Row, column: str) -> Words | None:
        """The same from texts by the title of their language."""
        source = written.get(self.source) or written.get("") or next((text for text in written.values() if text), "")
        found: Words = {}
        if text := self.plain(source, row, column, SOURCE):
            found[SOURCE] = text
        else:
            return None
        for title, words in written.items():
            code = self.codes.get(title)
            if (
                code not in (None, SOURCE)
                and code not in found
                and (text := self.plain(words, row, column, code or ""))
            ):
                found[code or ""] = text
        return found

    def plain(self, text: str, row: Row, column: str, code: str) -> str:
        """A text without tags and marks of emphasis; answers that would be filled in become the question's name."""
        title = row.title(column)
        stripped = strip_marks(text)
        if stripped != text:
            message = msg("Tulisan tebal, miring, berwarna, dan tautan pada teks menjadi teks biasa.")
            self.report.warn_once(row.sheet, row.number, title, message)
        if _FILLED_IN.search(stripped):
            stripped = _FILLED_IN.sub(lambda match: f"[{self.label_of(match[1].strip(), code)}]", stripped)
            message = msg(
                "Jawaban lain tidak dapat disisipkan dalam teks; nama pertanyaannya ditulis sebagai gantinya."
            )
            self.report.warn(row.sheet, row.number, title, message)
        stripped = stripped.strip()
        if len(stripped) > MOST_CHARACTERS:
            message = msg("Teks ini terlalu panjang: paling banyak %(limit)s karakter.", limit=MOST_CHARACTERS)
            self.report.error(row.sheet, row.number, title, message)
            stripped = stripped[:MOST_CHARACTERS].rstrip()
        return stripped


def strip_marks(text: str) -> str:
    """A text without tags of HTML and marks of Markdown; line breaks stay."""
    if "<" in text:
        text = _TAG.sub("", _BREAK.sub("\n", text))
    if "&" in text:
        text = html.unescape(text)
    for sign, pattern, instead in _MARKS:
        if 0 < text.count(sign) <= _MOST_SIGNS:
            text = pattern.sub(instead, text)
    return text


def named(name: str) -> Words:
    """A name in place of a label that is missing: `nama_lengkap` becomes `Nama lengkap`."""
    words = re.sub(r"[_\-.]+", " ", name).strip() or name
    return {SOURCE: (words[:1].upper() + words[1:])[:200] or "–"}


def joined(first: Words | None, second: Words | None) -> Words | None:
    """Two texts below each other, language by language."""
    if first is None or second is None:
        return first or second
    codes = [*first, *(code for code in second if code not in first)]
    return {
        code: "\n".join(part for part in (first.get(code), second.get(code)) if part)
        for code in codes
        if code == SOURCE or (code in first and code in second)
    }
