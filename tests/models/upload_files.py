"""Files as people send them, sound and hostile, made when they are needed."""

import io
import struct
import zipfile
import zlib
from collections.abc import Callable

import pikepdf
from PIL import Image

CONTENT_TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/></Types>'
)
PARTS = {"docx": "word/document.xml", "xlsx": "xl/workbook.xml", "pptx": "ppt/presentation.xml"}


def picture(form: str = "JPEG", size: tuple[int, int] = (80, 40), *, exif: Image.Exif | None = None) -> bytes:
    """A picture whose left half is red and whose right half is blue."""
    image = Image.new("RGB", size, "blue")
    image.paste("red", (0, 0, size[0] // 2, size[1]))
    output = io.BytesIO()
    image.save(output, form, **({"exif": exif} if exif else {}))
    return output.getvalue()


def photo_with_place() -> bytes:
    """A photo of a phone that lay on its side: where it was taken, by which camera, and that it must be turned."""
    exif = Image.Exif()
    exif[0x0110] = "Telepon Rahasia"
    exif[0x0112] = 6
    exif.get_ifd(0x8825).update({1: "S", 2: (0.0, 55.0, 30.0), 3: "E", 4: (100.0, 21.0, 0.0)})
    return picture(exif=exif)


def huge_png(side: int = 20_000) -> bytes:
    """A PNG of 400 million pixels in a few hundred kilobytes."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    rows = zlib.compressobj(9)
    row = bytes(1 + (side + 7) // 8)
    data = b"".join(rows.compress(row) for _ in range(side)) + rows.flush()
    head = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", data) + chunk(b"IEND", b"")


def paper(change: Callable[[pikepdf.Pdf], None] | None = None, **saving: object) -> bytes:
    """A PDF of one page, after a change."""
    with pikepdf.new() as pdf:
        pdf.add_blank_page(page_size=(200, 200))
        if change:
            change(pdf)
        output = io.BytesIO()
        pdf.save(output, **saving)  # type: ignore[arg-type]
        return output.getvalue()


def locked_paper(user: str = "rahasia") -> bytes:
    return paper(encryption=pikepdf.Encryption(owner="pemilik", user=user))


def scripted_paper() -> bytes:
    def change(pdf: pikepdf.Pdf) -> None:
        pdf.Root.OpenAction = pdf.make_indirect(
            pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=pikepdf.String("app.alert('x')"))
        )

    return paper(change)


def launching_paper() -> bytes:
    def change(pdf: pikepdf.Pdf) -> None:
        action = pikepdf.Dictionary(S=pikepdf.Name.Launch, F=pikepdf.String("cmd.exe"))
        link = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Link, Rect=[0, 0, 9, 9], A=action)
        pdf.pages[0].obj.Annots = pikepdf.Array([pdf.make_indirect(link)])

    return paper(change, object_stream_mode=pikepdf.ObjectStreamMode.generate)


def calling_paper(where: str = "open") -> bytes:
    """A PDF that opens a web address by itself: when it is opened, or when its page is."""

    def change(pdf: pikepdf.Pdf) -> None:
        uri = pdf.make_indirect(pikepdf.Dictionary(S=pikepdf.Name.URI, URI=pikepdf.String("http://evil.example/")))
        if where == "open":
            pdf.Root.OpenAction = uri
        else:
            pdf.pages[0].obj.AA = pikepdf.Dictionary(O=pikepdf.Dictionary(S=pikepdf.Name.GoTo, Next=uri))

    return paper(change)


def paper_with_link() -> bytes:
    """A PDF with a link that leads somewhere when it is clicked, and that opens on its page: both are ordinary."""

    def change(pdf: pikepdf.Pdf) -> None:
        action = pikepdf.Dictionary(S=pikepdf.Name.URI, URI=pikepdf.String("https://nanggalo.example/"))
        link = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Link, Rect=[0, 0, 9, 9], A=action)
        pdf.pages[0].obj.Annots = pikepdf.Array([link])
        pdf.Root.OpenAction = pikepdf.Array([pdf.pages[0].obj, pikepdf.Name.Fit])

    return paper(change)


def paper_with_file() -> bytes:
    def change(pdf: pikepdf.Pdf) -> None:
        pdf.attachments["isi.exe"] = b"MZ"

    return paper(change)


def office(kind: str = "docx", more: dict[str, str | bytes] | None = None, types: str = CONTENT_TYPES) -> bytes:
    """An office file with its main part, and more parts."""
    output = io.BytesIO()
    with zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", types)
        archive.writestr(PARTS[kind], "<document/>")
        for name, content in (more or {}).items():
            archive.writestr(name, content)
    return output.getvalue()


def relations(kind: str, target: str) -> dict[str, str | bytes]:
    """A part of relations that names something outside the file."""
    family = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    text = f'<Relationships><Relationship Id="r1" Type="{family}/{kind}" Target="{target}" TargetMode="External"/>'
    return {"word/_rels/settings.xml.rels": f"{text}</Relationships>"}


def zip_bomb(megabytes: int = 120) -> bytes:
    """An office file that holds far more than it weighs."""
    return office("xlsx", {"xl/worksheets/sheet1.xml": b" " * (megabytes * 1_000_000)})


def lying_zip_bomb() -> bytes:
    """The same, with a directory that declares a few bytes."""
    data = bytearray(zip_bomb())
    size = struct.pack("<I", 120_000_000)
    while (place := data.find(size)) >= 0:
        data[place : place + 4] = struct.pack("<I", 100)
    return bytes(data)
