"""The only way a document gets at anything outside its own text: our assets by name, nothing by file or network."""

import io
import mimetypes
from pathlib import Path
from urllib.parse import quote, unquote

import segno
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

from reports.curve import distribution_svg
from reports.fonts import ASSETS

SCHEME = "asset:"
LONGEST_QR_TEXT = 300


def qr_url(text: str) -> str:
    """Address under which a document finds the QR code of a text."""
    return f"{SCHEME}qr/{quote(text, safe='')}"


def curve_url(counts: list[int]) -> str:
    """Address under which a document finds the distribution curve of counts."""
    return f"{SCHEME}curve/{','.join(str(int(count)) for count in counts)}"


class AssetFetcher(URLFetcher):  # type: ignore[misc]  # WeasyPrint has no type hints
    """Answers `asset:…` from our own files and drawings; refuses and records everything else.

    The record matters as much as the refusal: inside an inline SVG WeasyPrint swallows the error and draws on, so the
    renderer looks here before it trusts the outcome. One fetcher serves a whole process (building one is slow).
    """

    def __init__(self) -> None:
        super().__init__(allowed_protocols=("asset",), allow_redirects=False)
        self.blocked: list[str] = []
        self._files = {
            path.relative_to(ASSETS).as_posix(): path for path in ASSETS.rglob("*") if path.suffix in {".svg", ".woff2"}
        }

    def fetch(self, url: str, headers: object = None) -> URLFetcherResponse:
        """The asset, or FatalURLFetchingError for whatever is not one."""
        kind, _, rest = url.removeprefix(SCHEME).partition("/")
        if url.startswith(SCHEME):
            if kind == "qr" and rest and len(unquote(rest)) <= LONGEST_QR_TEXT:
                return _answer(url, qr_png(unquote(rest)), "image/png")
            if kind == "curve" and rest.replace(",", "").isdigit():
                counts = [int(count) for count in rest.split(",")]
                return _answer(url, distribution_svg(counts).encode(), "image/svg+xml")
            path: Path | None = self._files.get(url.removeprefix(SCHEME))
            if path:
                return _answer(url, path.read_bytes(), mimetypes.guess_type(path.name)[0] or "font/woff2")
        self.blocked.append(url[:200])
        raise FatalURLFetchingError(f"not one of our assets: {url[:200]}")


def qr_png(text: str) -> bytes:
    """QR code of a text: one pixel a module with its quiet zone; papers draw it `image-rendering: pixelated`."""
    image = io.BytesIO()
    segno.make(text, error="m", micro=False, boost_error=False).save(image, kind="png", scale=1, border=4)
    return image.getvalue()


def _answer(url: str, body: bytes, mime: str) -> URLFetcherResponse:
    return URLFetcherResponse(url, body, {"Content-Type": mime})
