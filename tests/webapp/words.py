"""What stands on pages, and by which words the two languages give themselves away."""

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urlsplit

from babel.messages import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from flask import Flask
from werkzeug.exceptions import HTTPException

from forms.catalogue import shipped as shipped_forms
from forms.fields import long_text, short_text
from models.exchange.designs import shipped_cycles

ROOT = Path(__file__).parents[2]
CATALOGUE = ROOT / "webapp" / "translations" / "en" / "LC_MESSAGES" / "messages.po"
PLACE = re.compile(r"%(?:\(\w+\)s|%)|\{\w+\}")

INDONESIAN = re.compile(
    r"\b(ada|agar|anda|atau|belum|berkas|bila|dan|dari|dengan|harus|hubungi|ini|isian|kami|kembali|lalu|oleh|pada|"
    r"pegawai|periksa|pilih|sampai|sebelum|semua|silakan|sudah|tahap|telah|tidak|tuliskan|untuk|yang)\b",
    re.IGNORECASE,
)
ENGLISH = re.compile(
    r"\b(and|are|been|cannot|choose|error|field|file|form|has|is|invalid|must|no|not|of|page|please|required|save|"
    r"saved|sign in|sign out|submit|submitted|the|this|to|valid|was|with|you|your)\b",
    re.IGNORECASE,
)


@cache
def english() -> Catalog:
    with CATALOGUE.open("rb") as file:
        return read_po(file, locale="en", abort_invalid=True)


def compile_english(folder: Path) -> str:
    """The catalogue as it stands now, whatever was compiled before; the folder for the application."""
    (folder / "en" / "LC_MESSAGES").mkdir(parents=True)
    with (folder / "en" / "LC_MESSAGES" / "messages.mo").open("wb") as file:
        write_mo(file, english())
    return str(folder)


def forms_of(words: str | tuple[str, ...] | list[str]) -> list[str]:
    """The singular and the plural, where there is one."""
    return [words] if isinstance(words, str) else list(words)


@cache
def indonesian_only() -> frozenset[str]:
    """The sentences of the sources that say nothing in English."""
    sources = {forms_of(message.id)[0] for message in english() if message.id}
    return frozenset(sources - {text for message in english() if message.id for text in forms_of(message.string)})


class Words(HTMLParser):
    """The texts of a page: what is seen, what a screen reader says, and what scripts say later."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.texts: list[str] = []
        self.links: list[str] = []
        self.left_out = 0
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.left_out += tag in ("script", "style")
        for name, value in attrs:
            if name in ("aria-label", "title", "alt", "placeholder") or name.startswith("data-"):
                self.handle_data(value or "")
            elif name == "href" and value:
                self.links.append(value)

    def handle_endtag(self, tag: str) -> None:
        self.left_out -= tag in ("script", "style")

    def handle_data(self, data: str) -> None:
        if data.strip() and not self.left_out:
            self.texts.append(" ".join(data.split()))


def pages(app: Flask, client, start: str, most: int = 2) -> Iterator[tuple[str, str]]:
    """Address and source of the pages that can be reached by links, at most two of each kind."""
    todo, done, kinds = [start], {start}, Counter[str]()
    routes = app.url_map.bind("localhost")
    while todo:
        path = todo.pop(0)
        try:
            endpoint, _values = routes.match(urlsplit(path).path, method="GET")
        except HTTPException:
            continue
        if endpoint == "static" or kinds[endpoint] >= most:
            continue
        kinds[endpoint] += 1
        with client.get(path, follow_redirects=True) as answer:
            if answer.mimetype != "text/html":
                continue
            page = answer.text
        yield path, page
        new = [link.partition("#")[0] for link in Words(page).links if link.startswith("/")]
        todo += [link for link in dict.fromkeys(new) if link not in done]
        done.update(new)


def data() -> set[str]:
    """What invented answers say and designs are called: data, which no catalogue translates."""
    answers = {" ".join(text.split()) for text in (*short_text.SENTENCES, *long_text.PARAGRAPHS)}
    return answers | {design.title.id for design in (*shipped_forms().values(), *shipped_cycles().values())}


def outside_data(said: dict[str, str], telltale: re.Pattern[str]) -> dict[str, str]:
    """The texts with a telltale word, once the data they name is taken away."""
    known = re.compile("|".join(re.escape(one) for one in sorted(data(), key=len, reverse=True)))
    return {text: path for text, path in said.items() if telltale.search(known.sub("", text))}
