"""Anybody may check a certificate; whoever has none learns nothing."""

import gzip
import io

import pytest
from sqlalchemy import func, select
from werkzeug.datastructures import FileStorage
from werkzeug.test import encode_multipart

from models import clock
from models.awards import Certificate
from models.cycles import Cycle
from models.documents import Document
from models.operations import awards
from models.people import RateCounter, WebSession
from models.session import writing
from models.storage import Storage
from models.tokens import grouped
from tests.cast import as_actor
from tests.winners import PDF, award_proposed, issued


@pytest.fixture
def certificate(sessions, people, tmp_path) -> Certificate:
    cycle_id = award_proposed(sessions, people)
    with writing(sessions) as database:
        cycle = database.get_one(Cycle, cycle_id)
        return issued(database, people, cycle, Storage(tmp_path / "documents"), ("general",))[0]


def send(client, path: str, content: bytes, name: str = "piagam.pdf"):
    # Encoded here: the test client would leave a temporary file open for a large one.
    boundary, body = encode_multipart({"file": FileStorage(io.BytesIO(content), name)})
    return client.post(path, data=body, content_type=f"multipart/form-data; boundary={boundary}")


def the_file(certificate: Certificate) -> bytes:
    return PDF + certificate.number.encode()


def test_a_valid_certificate_is_shown_without_naming_its_holder(client, certificate, people) -> None:
    answer = client.get(f"/verify/{grouped(certificate.code)}")
    assert answer.status_code == 200
    assert "Dokumen ini sah." in answer.text
    assert certificate.number in answer.text
    assert "D*** K*****" in answer.text
    assert "Pelaksana Berprestasi" in answer.text
    assert "20 Februari 2027" in answer.text
    assert "tidak memiliki kekuatan hukum" not in answer.text.split("<main")[1], "the strip says it once"
    for secret in ("Dedi", "Kurnia", people.dedi.employee_number, "Sangat Baik"):
        assert secret not in answer.text


def test_the_code_may_be_typed_in_small_letters_and_groups(client, certificate) -> None:
    typed = grouped(certificate.code).lower().replace("-", " ")
    answer = client.get("/verify", query_string={"code": typed})
    assert answer.status_code == 303
    assert "Dokumen ini sah." in client.get(answer.headers["Location"]).text


def test_a_code_that_is_empty_is_asked_for_again(client) -> None:
    answer = client.get("/verify?code=%20")
    assert answer.status_code == 422
    assert "Tuliskan kode yang tertera pada dokumen." in answer.text


def test_a_revoked_certificate_says_when_and_why(client, certificate, people, sessions) -> None:
    with writing(sessions) as database:
        ours = database.get_one(Certificate, certificate.id)
        with clock.travel(clock.start_of(clock.today("Asia/Jakarta").replace(2027, 3, 4), "Asia/Jakarta")):
            awards.revoke(database, as_actor(database, people.ani), ours, reason="Nama keliru pada piagam.")
    answer = client.get(f"/verify/{certificate.code}")
    assert answer.status_code == 200
    assert "Dokumen ini telah dicabut." in answer.text
    assert "Nama keliru pada piagam." in answer.text
    assert "4 Maret 2027" in answer.text
    assert "Dokumen ini sah" not in answer.text


def test_an_unknown_code_tells_nothing_and_shows_no_facts(client, certificate) -> None:
    answer = client.get("/verify/" + "0" * 26)
    assert answer.status_code == 404
    assert "Dokumen ini tidak ditemukan." in answer.text
    assert "<dt" not in answer.text


@pytest.mark.parametrize("code", ["x" * 500, "%00", "é", "..", "<script>", "1' OR '1'='1"])
def test_any_code_gets_an_answer(client, code) -> None:
    answer = client.get(f"/verify/{code}")
    assert answer.status_code == 404
    assert "<script>" not in answer.text


def test_a_certificate_with_a_number_but_no_paper_is_not_known_yet(
    client, sessions, people, tmp_path, certificate
) -> None:
    from models.permissions import PRINTER
    from tests.winners import candidate_of

    with writing(sessions) as database:
        ours = database.get_one(Certificate, certificate.id)
        winner = candidate_of(database, ours.cycle, "contract")
        awards.confirm(database, as_actor(database, people.indra), winner)
        early = awards.issue_certificate(
            database, PRINTER, winner, agency="a", place="b", verify_url="http://x/verify", demo=False
        )
    assert client.get(f"/verify/{early.code}").status_code == 404


def test_the_issued_file_is_recognised_to_the_byte(client, certificate) -> None:
    answer = send(client, "/verify", the_file(certificate))
    assert answer.status_code == 200
    assert "Berkas ini sama persis dengan yang diterbitkan" in answer.text
    assert certificate.number in answer.text
    changed = send(client, "/verify", the_file(certificate) + b" ")
    assert changed.status_code == 404
    assert "Isinya mungkin telah diubah." in changed.text


def test_a_file_is_compared_with_the_certificate_of_the_page(client, certificate) -> None:
    same = send(client, f"/verify/{certificate.code}", the_file(certificate))
    assert "Berkas ini sama persis dengan yang diterbitkan" in same.text
    other = send(client, f"/verify/{certificate.code}", b"%PDF-1.7 something else")
    assert "Berkas ini tidak cocok." in other.text
    assert "Dokumen ini sah." not in other.text


@pytest.mark.parametrize(
    ("content", "words"), [(b"", "Pilih berkas PDF"), (b"x" * (5 * 1024 * 1024 + 1), "melebihi 5 MB")]
)
def test_a_file_that_is_missing_or_too_large_is_refused_in_words(client, certificate, content, words) -> None:
    for path in ("/verify", f"/verify/{certificate.code}"):
        answer = send(client, path, content)
        assert answer.status_code == 422
        assert words in answer.text


def test_a_file_is_looked_at_and_not_kept(client, certificate, sessions, settings) -> None:
    before = {path for path in settings.folder.rglob("*") if path.is_file()}
    send(client, "/verify", the_file(certificate))
    assert {path for path in settings.folder.rglob("*") if path.is_file()} == before
    with sessions() as database:
        assert database.scalar(select(func.count()).select_from(Document)) == 1


def test_the_page_sets_no_cookie_and_is_passed_on_to_nobody(client, certificate, sessions) -> None:
    answer = client.get(f"/verify/{certificate.code}")
    assert "Set-Cookie" not in answer.headers
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert "noindex" in answer.headers["X-Robots-Tag"]
    assert answer.headers["Cache-Control"] == "no-store"
    with sessions() as database:
        assert database.scalar(select(func.count()).select_from(WebSession)) == 0


def test_the_page_is_small_and_needs_two_requests(client, certificate) -> None:
    text = client.get(f"/verify/{certificate.code}").text
    assert text.count("<script") == 0
    assert text.count("<img") == 0
    assert text.count("<use") == 0
    links = [part.split('"')[1] for part in text.split("<link")[1:] for part in [part[part.index("href=") :]]]
    style = next(link for link in links if link != "data:,")
    assert links == [style, "data:,"]
    with client.get(style, headers={"Accept-Encoding": "gzip"}) as sheet:
        assert sheet.headers["Content-Encoding"] == "gzip"
        sent = len(sheet.data) + len(gzip.compress(text.encode()))
    assert sent <= 15 * 1024


def test_the_page_is_there_in_english_without_a_cookie(client, certificate) -> None:
    answer = client.get(f"/verify/{certificate.code}?lang=en")
    assert '<html lang="en"' in answer.text
    assert "Set-Cookie" not in answer.headers


def test_looking_up_codes_is_limited(client, sessions) -> None:
    statuses = [client.get(f"/verify/{number:026}").status_code for number in range(61)]
    assert statuses[:60] == [404] * 60
    assert statuses[60] == 429
    with sessions() as database:
        keys = database.scalars(select(RateCounter.key)).all()
    assert keys
    assert not any("127.0.0.1" in key for key in keys)


def test_another_site_cannot_send_files_here(client, certificate) -> None:
    answer = client.post("/verify", data={}, headers={"Sec-Fetch-Site": "cross-site"})
    assert answer.status_code == 403
