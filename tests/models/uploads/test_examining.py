"""What people may send and what they may not: each attack by name, and ordinary files unharmed."""

import io
from pathlib import Path

import pikepdf
import pytest
from PIL import Image

from models.errors import Invalid
from models.uploads import child, examining
from models.uploads.examining import examine
from tests.models import upload_files as files

REAL = examining._asked


@pytest.fixture(autouse=True)
def _here(monkeypatch: pytest.MonkeyPatch) -> None:
    """The rules are tried without a process for each file; `child_process` brings it back."""
    monkeypatch.setattr(examining, "_asked", child.examined)


@pytest.fixture
def child_process(monkeypatch: pytest.MonkeyPatch, _here: None) -> None:
    monkeypatch.setattr(examining, "_asked", REAL)


def refusal(data: bytes, name: str) -> str:
    """Why a file is not taken."""
    with pytest.raises(Invalid) as refused:
        examine(data, name)
    return str(refused.value.message)


@pytest.mark.parametrize(
    ("make", "name", "kind"),
    [
        (files.paper, "laporan.pdf", "pdf"),
        (files.paper_with_link, "Tautan.PDF", "pdf"),
        (files.office, "surat.docx", "docx"),
        (lambda: files.office("xlsx"), "tabel.xlsx", "xlsx"),
        (lambda: files.office("pptx", {"ppt/embeddings/Sheet1.xlsx": b"PK"}), "paparan.pptx", "pptx"),
        (lambda: files.office("docx", files.relations("hyperlink", "https://nanggalo.example")), "t.docx", "docx"),
        (lambda: files.office("docx", files.relations("attachedTemplate", "file:///C:\\T\\a.dotx")), "t.docx", "docx"),
    ],
)
def test_ordinary_papers_are_kept_as_they_are(make, name, kind):
    data = make()
    found = examine(data, name)
    assert (found.type, found.name, found.content) == (kind, name, data)


@pytest.mark.parametrize(("form", "name", "kind"), [("JPEG", "a.jpeg", "jpeg"), ("PNG", "a.png", "png")])
def test_pictures_look_as_they_did(form, name, kind):
    found = examine(files.picture(form), name)
    assert found.type == kind
    with Image.open(io.BytesIO(found.content)) as image:
        assert image.size == (80, 40)
        red, _, blue = image.convert("RGB").getpixel((10, 10))
        assert red > 200 > 50 > blue


def test_a_webp_stays_a_webp():
    found = examine(files.picture("WEBP"), "a.webp")
    assert found.content[8:12] == b"WEBP"


def test_a_photo_loses_place_and_camera_but_stands_upright():
    data = files.photo_with_place()
    assert b"Telepon Rahasia" in data
    found = examine(data, "foto.jpg")
    assert b"Telepon" not in found.content
    assert b"Exif" not in found.content
    with Image.open(io.BytesIO(found.content)) as image:
        assert dict(image.getexif()) == {}
        assert image.size == (40, 80), "the camera was turned, so the picture is"


@pytest.mark.parametrize("tail", [b"<script>alert(1)</script>", b"PK\x05\x06" + bytes(18), files.paper()])
def test_what_hangs_behind_a_picture_is_gone(tail):
    assert tail not in examine(files.picture() + tail, "foto.jpg").content
    assert tail not in examine(files.picture("PNG") + tail, "foto.png").content


def test_a_picture_of_400_million_pixels_is_refused_before_it_is_unfolded():
    data = files.huge_png()
    assert len(data) < 500_000
    assert refusal(data, "peta.png").startswith("Gambar ini terlalu besar: paling banyak 40 juta piksel.")


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (files.paper(), "laporan.png"),
        (files.picture("PNG"), "laporan.pdf"),
        (files.picture("PNG"), "foto.jpg"),
        (files.office("xlsx"), "surat.docx"),
        (files.office("docx"), "surat.pdf"),
        (b"PK\x03\x04" + bytes(40), "surat.docx"),
        (b"MZ" + bytes(200), "foto.jpg"),
    ],
)
def test_a_name_that_does_not_tell_the_truth_is_refused(data, name):
    words = refusal(data, name)
    assert "seperti yang tertulis pada namanya" in words or "rusak" in words


@pytest.mark.parametrize(
    "name",
    ["gambar.svg", "halaman.html", "arsip.zip", "surat.docm", "tabel.xlsm", "laporan.pdf.exe", "laporan", ".pdf.js"],
)
def test_kinds_that_are_not_on_the_list_are_refused(name):
    assert refusal(files.paper(), name) == "Jenis berkas tidak didukung. Gunakan PDF, JPG, PNG, WEBP, DOCX, XLSX, PPTX."


@pytest.mark.parametrize(
    "data",
    [
        b"%PDF-1.4\n<html><script>alert(1)</script></html>",
        b"%PDF-1.4\n%<script>x</script>\n" + files.paper()[9:],
        files.paper() + bytes(2000),
        files.paper() + files.office(),
    ],
)
def test_a_paper_for_two_readers_is_refused(data):
    assert "tidak semestinya" in refusal(data, "laporan.pdf")


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (files.locked_paper(), "dikunci dengan kata sandi"),
        (files.locked_paper(user=""), "dikunci dengan kata sandi"),
        (files.scripted_paper(), "berisi skrip"),
        (files.launching_paper(), "menjalankan program"),
        (files.calling_paper(), "membuka alamat lain dengan sendirinya"),
        (files.calling_paper("page"), "membuka alamat lain dengan sendirinya"),
        (files.paper_with_file(), "memuat berkas lain"),
        (files.paper()[:60] + b"\n%%EOF", "rusak"),
        (b"%PDF-1.7\n" + b"\x00" * 500 + b"%%EOF", "rusak"),
    ],
)
def test_a_paper_that_acts_or_cannot_be_read_is_refused(data, words):
    assert words in refusal(data, "laporan.pdf")


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"word/vbaProject.bin": b"\xd0\xcf"}, "berisi makro"),
        ({"word/activeX/activeX1.xml": "<x/>"}, "berisi makro"),
        ({"xl/macrosheets/sheet1.xml": "<x/>"}, "berisi makro"),
        ({"word/embeddings/oleObject1.bin": b"\xd0\xcf"}, "memuat berkas lain"),
        ({"word/virus.exe": b"MZ"}, "tidak semestinya"),
        ({"../../etc/cron.d/x": b"x"}, "tidak semestinya"),
        ({"word/a.xml": '<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'}, "tidak semestinya"),
        ({"word/b.xml": '<!DOCTYPE x [<!ENTITY a "b">]><x/>'.encode("utf-16")}, "tidak semestinya"),
        ({"xl/externalLinks/l.xml": '<ddeLink ddeService="cmd"/>'}, "membuka alamat lain"),
        (files.relations("attachedTemplate", "https://evil.example/t.dotm"), "membuka alamat lain"),
        (files.relations("attachedTemplate", "file://evil.example/t.dotm"), "membuka alamat lain"),
        (files.relations("frame", "\\\\evil.example\\t"), "membuka alamat lain"),
        (files.relations("oleObject", "mhtml:http://evil.example/"), "membuka alamat lain"),
        (files.relations("image", "http&#x3a;//evil.example/p.png"), "membuka alamat lain"),
    ],
)
def test_an_office_file_that_acts_is_refused(more, words):
    assert words in refusal(files.office("docx", more), "surat.docx")


def test_macros_under_an_innocent_name_are_refused():
    types = files.CONTENT_TYPES.replace("application/xml", "application/vnd.ms-word.document.macroEnabled.main+xml")
    assert "berisi makro" in refusal(files.office(types=types), "surat.docx")


@pytest.mark.parametrize("make", [files.zip_bomb, files.lying_zip_bomb])
def test_a_zip_bomb_is_refused(make):
    data = make()
    assert len(data) < 1_000_000
    words = refusal(data, "tabel.xlsx")
    assert "terlalu besar untuk diperiksa" in words or "rusak" in words


def test_an_empty_file_is_refused():
    assert refusal(b"", "laporan.pdf") == "Berkas ini kosong. Pilih berkas lain."


@pytest.mark.usefixtures("child_process")
def test_each_kind_is_examined_in_a_process_of_its_own():
    for data, name in ((files.paper(), "a.pdf"), (files.office(), "a.docx")):
        assert examine(data, name).content == data
    assert examine(files.photo_with_place(), "a.jpg").content.startswith(b"\xff\xd8")
    assert "berisi skrip" in refusal(files.scripted_paper(), "a.pdf")


@pytest.mark.usefixtures("child_process")
@pytest.mark.parametrize(
    ("does", "taken"),
    [
        ("len(data)", True),
        ("bytearray(1 << 31)", False),
        ("__import__('os').abort()", False),
        ("__import__('socket').create_connection(('127.0.0.1', 9))", False),
        ("__import__('subprocess').run(['true'])", False),
    ],
)
def test_a_parser_that_a_file_takes_over_gets_nowhere(does, taken, monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    root = Path(child.__file__).parent.parent.parent
    (tmp_path / "models" / "uploads").mkdir(parents=True)
    for name in ("models/__init__.py", "models/uploads/__init__.py"):
        (tmp_path / name).touch()
    for name in ("child.py", "kinds.py", "refused.py"):
        (tmp_path / "models" / "uploads" / name).write_text((root / "models" / "uploads" / name).read_text())
    (tmp_path / "models" / "uploads" / "papers.py").write_text(f"def check(data):\n    {does}\n")
    (tmp_path / "forms").symlink_to(root / "forms")
    monkeypatch.setattr(examining, "ROOT", tmp_path)
    if taken:
        assert examine(files.paper(), "laporan.pdf").type == "pdf"
    else:
        assert "terlalu besar untuk diperiksa" in refusal(files.paper(), "laporan.pdf")


@pytest.mark.usefixtures("child_process")
def test_a_file_that_takes_too_long_is_given_up(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(examining, "SECONDS", 0.01)
    assert "terlalu besar untuk diperiksa" in refusal(files.paper(), "laporan.pdf")


def test_a_signed_paper_keeps_every_byte():
    data = files.paper()
    assert examine(data, "laporan.pdf").content == data
    with pikepdf.open(io.BytesIO(data)) as pdf:
        assert len(pdf.pages) == 1
