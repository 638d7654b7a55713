"""The certificate: one page whatever the names, everything embedded, checkable, the same bytes each time."""

import json
import os
import subprocess
import sys
from dataclasses import fields, replace
from io import BytesIO

import pypdfium2
import pytest
from PIL import Image
from pydantic import ValidationError

from reports.certificate import LONGEST, CertificateFacts
from reports.errors import RenderFailed
from reports.fetcher import qr_png
from reports.render import to_pdf
from tests.reports.conftest import fonts_of, open_pdf, pages_of


def render(facts: CertificateFacts) -> bytes:
    return to_pdf("certificate", facts, identifier=facts.number, dated=facts.date)


def test_a_certificate_says_who_what_and_where_to_check_it(certificate):
    [text] = pages_of(render(certificate))
    for words in (
        "PIAGAM PENGHARGAAN",
        "Nomor: 800.1.11.1/012/KEC-NGL/I/2026",
        "Rahmi Yuliandari, S.Sos., M.Si.",
        "NIP. 19860926 201505 2 001",
        "Aparatur Pelayanan Publik Terbaik",
        "Peringkat I · Penilaian Kinerja Tahun 2025",
        "Nanggalo, 30 Januari 2026",
        "Drs. H. Amrizal Chaniago, M.M.",
        "7KQ2-M4XT-9HBD-V3NR-0CFW-8ZJA-PE",
        "Keaslian dokumen dapat diperiksa dengan memindai kode QR",
        "Sertifikat demo: tidak memiliki kekuatan hukum.",
    ):
        assert words in text


def test_only_a_demo_certificate_calls_itself_a_demo(certificate):
    real = CertificateFacts.from_snapshot(certificate.to_snapshot() | {"demo": False})
    [text] = pages_of(render(real))
    assert "demo" not in text.lower()
    assert "BSrE" not in text  # no certified signature is claimed


def test_a_mayor_signs_without_an_employee_number(certificate):
    mayor = CertificateFacts.from_snapshot(certificate.to_snapshot() | {"signer_employee_number": None})
    [text] = pages_of(render(mayor))
    assert "19700412" not in text
    assert "None" not in text


def _boxes(page: pypdfium2.PdfPage, words: str) -> tuple[float, float]:
    """Top and bottom of words on the page, in points from below."""
    text = page.get_textpage()
    start, count = text.search(words).get_next()
    boxes = [text.get_charbox(i) for i in range(start, start + count)]
    return max(box[3] for box in boxes), min(box[1] for box in boxes)


def test_the_longest_names_keep_to_one_page_and_do_not_run_into_each_other(longest_certificate):
    pdf = render(longest_certificate)
    [text] = pages_of(pdf)
    assert "Rajo Nan Sati, S.Kom., M.Kom., Ph.D." in text
    page = pypdfium2.PdfDocument(pdf)[0]
    citation_bottom = _boxes(page, "kepada masyarakat")[1]
    assert citation_bottom > _boxes(page, "Nanggalo, 30 Januari 2026")[0]
    assert citation_bottom > _boxes(page, "Keaslian dokumen")[0]
    assert _boxes(page, "NIP. 19700412")[1] > 23 / 25.4 * 72  # above the border


@pytest.mark.parametrize("name", LONGEST)
def test_a_fact_that_would_be_cut_off_is_refused_by_its_name(certificate, name):
    too_long = replace(certificate, **{name: "x" * (LONGEST[name] + 1)})
    with pytest.raises(RenderFailed, match=f"{name} is longer than the {LONGEST[name]} characters"):
        render(too_long)
    assert CertificateFacts.from_snapshot(too_long.to_snapshot()) == too_long  # what was issued stays readable


def test_facts_of_the_longest_length_all_at_once_still_fit(certificate):
    words = {name: ("Kepegawaian " * 30)[: most - 1].strip() + "." for name, most in LONGEST.items()}
    words["verify_url"] = certificate.verify_url.ljust(LONGEST["verify_url"], "x")
    words["citation"] = words["citation"][:-5] + "akhir"
    [text] = pages_of(pdf := render(replace(certificate, **words)))
    assert "akhir" in text
    page = pypdfium2.PdfDocument(pdf)[0]
    assert _boxes(page, "akhir")[1] > _boxes(page, "Nanggalo, 30 Januari 2026")[0]
    assert _boxes(page, "akhir")[1] > _boxes(page, "Keaslian dokumen")[0]


def test_all_fonts_are_embedded_and_ours(certificate):
    fonts = fonts_of(render(certificate))
    assert fonts
    assert all(fonts.values())
    assert all(any(ours in name for ours in ("Garamond", "Source-Sans")) for name in fonts), fonts


def test_names_with_letters_beyond_latin_1_use_the_same_font(certificate):
    name = CertificateFacts.from_snapshot(certificate.to_snapshot() | {"holder_name": "Ştefan Łukasz Čapek"})
    pdf = render(name)
    assert "Ştefan Łukasz Čapek" in pages_of(pdf)[0]
    assert all(any(ours in font for ours in ("Garamond", "Source-Sans")) for font in fonts_of(pdf))


def test_nothing_is_attached_and_the_paper_says_its_language_and_title(certificate):
    pdf = open_pdf(render(certificate))
    assert not pdf.attachments
    assert "/EmbeddedFiles" not in pdf.Root.get("/Names", {})
    assert "/JavaScript" not in pdf.Root.get("/Names", {})
    assert str(pdf.Root.Lang) == "id"
    assert str(pdf.docinfo.Title) == f"Piagam penghargaan {certificate.number}"
    assert bool(pdf.Root.MarkInfo.Marked)
    metadata = pdf.Root.Metadata.read_bytes()
    assert b"pdfuaid" in metadata


def test_the_dates_of_the_file_are_those_of_the_facts(certificate):
    pdf = open_pdf(render(certificate))
    assert str(pdf.docinfo.CreationDate).startswith("D:20260130")
    assert str(pdf.docinfo.ModDate).startswith("D:20260130")


def test_the_same_facts_give_the_same_bytes_in_another_process(certificate, tmp_path):
    here = render(certificate)
    assert render(certificate) == here
    script = (
        "import sys, json; from reports.certificate import CertificateFacts as F; from reports.render import to_pdf;"
        "f = F.from_snapshot(json.load(sys.stdin));"
        "sys.stdout.buffer.write(to_pdf('certificate', f, identifier=f.number, dated=f.date))"
    )
    there = subprocess.run(
        [sys.executable, "-c", script],
        input=json.dumps(certificate.to_snapshot()).encode(),
        capture_output=True,
        check=True,
        env={**os.environ, "PYTHONHASHSEED": "7", "TZ": "Asia/Jayapura"},
    )
    assert there.stdout == here


@pytest.mark.parametrize("name", [f.name for f in fields(CertificateFacts) if f.name != "signer_employee_number"])
def test_a_snapshot_without_a_fact_is_refused_by_its_name(certificate, name):
    snapshot = certificate.to_snapshot()
    del snapshot[name]
    with pytest.raises(ValidationError, match=name):
        CertificateFacts.from_snapshot(snapshot)


def test_a_snapshot_comes_back_as_it_went(certificate):
    snapshot = certificate.to_snapshot()
    assert snapshot["date"] == "2026-01-30"
    assert CertificateFacts.from_snapshot(snapshot) == certificate


def test_a_snapshot_with_an_unknown_fact_is_refused(certificate):
    with pytest.raises(ValidationError, match="salary"):
        CertificateFacts.from_snapshot(certificate.to_snapshot() | {"salary": "1"})


def test_the_qr_code_keeps_its_quiet_zone():
    image = Image.open(BytesIO(qr_png("https://kinerja.example/verify/ABC"))).convert("L")
    edge = [image.getpixel((x, y)) for x in range(image.width) for y in range(4)]
    assert set(edge) == {255}
    assert image.getpixel((4, 4)) == 0
