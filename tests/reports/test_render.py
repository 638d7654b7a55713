"""What a document may reach, and how it fails: no file, no network, no way out of the sandbox, clear reasons."""

import re
import sys
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import product
from pathlib import Path
from string import ascii_lowercase

import pypdfium2
import pytest

from reports import fonts
from reports.errors import RenderFailed
from reports.render import Renderer, to_pdf
from tests.reports.conftest import open_pdf

SECRET = Path(__file__).resolve()
SVG_FILE = f'<svg xmlns="http://www.w3.org/2000/svg"><image href="file://{SECRET}" width="9" height="9"/></svg>'

REACHING = {
    "file image": f'<img src="file://{SECRET}" alt="x">',
    "local server": '<img src="http://127.0.0.1:9/x.png" alt="x">',
    "cloud metadata": '<img src="http://169.254.169.254/latest/meta-data/" alt="x">',
    "ftp": '<img src="ftp://127.0.0.1/x.png" alt="x">',
    "data": '<img src="data:image/png;base64,iVBORw0KGgo=" alt="x">',
    "data page": '<embed src="data:text/html,<b>x</b>" type="image/png">',
    "style sheet": f'<link rel="stylesheet" href="file://{SECRET}">',
    "import": "<style>@import url(http://127.0.0.1:9/x.css);</style>",
    "font": "<style>@font-face{font-family:x;src:url(http://127.0.0.1:9/x.woff2)} p{font-family:x}</style><p>x</p>",
    "background": "<style>p{background:url(http://127.0.0.1:9/x.png)}</style><p>x</p>",
    "image in inline svg": SVG_FILE,
    "object": f'<object data="file://{SECRET}" type="image/png"></object>',
    "embed": f'<embed src="file://{SECRET}" type="image/png">',
    "attached by link": f'<link rel="attachment" href="file://{SECRET}">',
    "attached by anchor": f'<a rel="attachment" href="file://{SECRET}">x</a>',
    "attached relative": '<link rel="attachment" href="pyproject.toml">',
    "relative image": '<img src="pyproject.toml" alt="x">',
    "base": '<base href="file:///etc/"><img src="passwd" alt="x">',
    "postscript": '<img src="file:///tmp/x.eps" alt="x">',
    "asset outside the folder": '<img src="asset:../render.py" alt="x">',
    "asset encoded outside": '<img src="asset:%2e%2e/render.py" alt="x">',
    "asset that is not there": '<img src="asset:none.svg" alt="x">',
}


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> "Shelf":
    return Shelf(tmp_path_factory.mktemp("documents"))


class Shelf:
    """Documents of tests, each under a name of its own, and one renderer for all: fonts are slow to unpack."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.renderer = Renderer(folder)
        self.names = map("".join, product(ascii_lowercase, repeat=3))


@dataclass
class Written:
    """A document on the shelf."""

    renderer: Renderer
    name: str


def written(shelf: Shelf, html: str, style: str = "") -> Written:
    folder = shelf.folder / next(shelf.names)
    folder.mkdir()
    (folder / "template.html").write_text(f'<!doctype html><html lang="id"><title>x</title><body>{html}</body></html>')
    (folder / "style.css").write_text(style)
    return Written(shelf.renderer, folder.name)


def trial(document: Written, **facts: object) -> bytes:
    return document.renderer.to_pdf(document.name, facts, identifier="x", dated=date(2026, 1, 1))


opened: list[str] = []
listening = False


def _watch(event: str, args: tuple[object, ...]) -> None:
    if listening and (
        event.startswith("socket.") or (event == "open" and str(args[0]) in {str(SECRET), "/etc/passwd"})
    ):
        opened.append(f"{event} {args}")


sys.addaudithook(_watch)


@pytest.mark.parametrize("reach", REACHING)
def test_a_document_reaches_nothing_but_our_assets(reach, shelf):
    global listening
    document = written(shelf, REACHING[reach])
    opened.clear()
    listening = True
    try:
        with pytest.raises(RenderFailed) as failure:
            trial(document)
    finally:
        listening = False
    assert re.match("not one of our assets|Relative URI", failure.value.reason)
    assert opened == []


def test_a_drawing_from_elsewhere_is_left_out_without_being_fetched(shelf):
    global listening
    document = written(shelf, f'<svg xmlns="http://www.w3.org/2000/svg"><use href="file://{SECRET}#a"/></svg>')
    opened.clear()
    listening = True
    try:
        trial(document)
    finally:
        listening = False
    assert opened == []


def test_a_style_sheet_of_a_document_reaches_nothing_either(shelf):
    with pytest.raises(RenderFailed, match="not one of our assets"):
        trial(written(shelf, "<p>x</p>", "p { background: url(http://127.0.0.1:9/x.png) }"))


def test_a_refused_document_does_not_spoil_the_next(shelf):
    document = written(shelf, '{% if bad %}<img src="file:///etc/passwd" alt="x">{% endif %}<p>x</p>')
    with pytest.raises(RenderFailed):
        trial(document, bad=True)
    assert trial(document, bad=False).startswith(b"%PDF")


@pytest.mark.parametrize(
    "escape",
    [
        "{{ ''.__class__ }}",
        "{{ name.__class__.__mro__ }}",
        "{{ name.format.__globals__ }}",
        "{{ '{0.__class__}'.format(name) }}",
        "{{ ('{0.__cla' ~ 'ss__}').format_map({'0': name}) }}",
        "{{ self.__init__.__globals__ }}",
        "{{ things.append(1) }}",
        "{{ range(9) }}",
        "{{ lipsum() }}",
        "{{ cycler.__init__ }}",
        "{{ name | attr('__class__') }}",
        "{{ [name] | map('upper') }}",
        "{{ name | safe }}",
        "{% include '../../render.py' %}",
        "{% include '/etc/passwd' %}",
        "{{ missing | default('x') }}",
    ],
)
def test_a_template_does_not_leave_the_sandbox(escape, shelf):
    with pytest.raises(RenderFailed):
        trial(written(shelf, escape), name="Rahmi", things=[1])


def test_a_missing_fact_is_named(shelf):
    with pytest.raises(RenderFailed, match="a fact is missing: 'holder_name' is undefined"):
        trial(written(shelf, "<p>{{ holder_name }}</p>"))


def test_an_empty_fact_is_never_printed_as_none(shelf):
    with pytest.raises(RenderFailed, match="empty"):
        trial(written(shelf, "<p>{{ note }}</p>"), note=None)


@pytest.mark.parametrize("value", [object(), 1.5, {"a": [lambda: 1]}])
def test_facts_that_are_not_plain_are_refused_with_their_path(value, shelf):
    with pytest.raises(RenderFailed, match=r"facts\.thing"):
        trial(written(shelf, "<p>x</p>"), thing=value)


def test_numbers_and_dates_are_written_in_indonesian(shelf):
    pdf = trial(written(shelf, "<p>{{ n | number }} {{ d | date }}</p>"), n=Decimal("1250.75"), d=date(2026, 8, 17))
    assert pypdfium2.PdfDocument(pdf)[0].get_textpage().get_text_range().strip() == "1.250,75 17 Agustus 2026"


def test_an_image_that_cannot_be_drawn_is_a_failure(shelf):
    with pytest.raises(RenderFailed):
        trial(written(shelf, '<img src="asset:fonts/eb-garamond-latin-400-normal.woff2" alt="x">'))


@pytest.mark.parametrize("name", ["../certificate", "none", "", "Certificate", "certificate/template.html"])
def test_an_unknown_document_is_refused(name):
    with pytest.raises(RenderFailed):
        to_pdf(name, {}, identifier="x", dated=date(2026, 1, 1))


def test_too_many_pages_are_refused(shelf):
    with pytest.raises(RenderFailed, match="3 pages, 2 allowed"):
        trial(
            written(shelf, '{% set pages = 2 %}{% for n in [1, 2, 3] %}<p style="break-after:page">x</p>{% endfor %}')
        )


def test_missing_fonts_are_said_clearly_before_anything_is_rendered(monkeypatch, tmp_path):
    monkeypatch.setattr(fonts, "FOLDER", tmp_path)
    with pytest.raises(RenderFailed, match=r"18 font files are missing .* `make setup`"):
        Renderer()


def test_a_pdf_carries_the_identifier_it_was_given(shelf):
    pdf = open_pdf(trial(written(shelf, "<p>x</p>")))
    assert bytes(pdf.trailer.ID[0]) == b"x"
