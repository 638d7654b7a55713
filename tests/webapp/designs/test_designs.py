"""Designs in the browser: previews with invented answers, YAML in and out, publishing with every problem named."""

import io
from collections.abc import Callable

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session, sessionmaker

from forms.catalogue import shipped
from models.designs import DesignVersion
from tests.cast import Cast
from tests.webapp.conftest import Client
from tests.webapp.office import designs_installed, journal

ClientFor = Callable[..., Client]
SMALL = """
key: kunjungan
title: Catatan kunjungan
sections:
  - key: isi
    title: Isi
    fields:
      - {kind: short_text, key: tujuan, label: Tujuan}
"""


@pytest.fixture
def installed(sessions: sessionmaker[Session], people: Cast) -> None:
    designs_installed(sessions)


def versions(sessions: sessionmaker[Session]) -> int:
    with sessions() as database:
        return database.scalar(select(func.count()).select_from(DesignVersion)) or 0


@pytest.mark.parametrize("key", sorted(shipped()))
def test_every_shipped_form_is_shown_as_a_respondent_sees_it(
    client_for: ClientFor, people: Cast, installed: None, key: str
) -> None:
    page = client_for(people.ani).get(f"/designs/form/{key}/1/preview")
    assert page.status_code == 200
    assert 'value="' in page.text
    assert "Belum ada yang perlu diisi di sini." not in page.text
    assert 'method="post"' not in page.text.split("<main")[1]


def test_the_preview_shows_the_rows_of_an_earlier_answer_in_words(
    client_for: ClientFor, people: Cast, installed: None
) -> None:
    page = client_for(people.ani).get("/designs/form/self-assessment/1/preview").text
    assert "<dt>result</dt>" not in page
    assert "Rencana hasil kerja (RHK)</dt>" in page


def test_a_cycle_says_who_does_what_and_when(client_for: ClientFor, people: Cast, installed: None) -> None:
    page = client_for(people.ani).get("/designs/cycle/asn-annual/1").text
    for words in ("3 rekan kerja", "atasan pejabat penilai", "hari ke-31 periode", "PermenPANRB 6/2022", "Hasil akhir"):
        assert words in page


@pytest.mark.parametrize(("kind", "key"), [("form", "skp-quantitative"), ("cycle", "asn-annual")])
def test_what_is_exported_and_brought_in_again_is_the_same_version(
    client_for: ClientFor, sessions: sessionmaker[Session], people: Cast, installed: None, kind: str, key: str
) -> None:
    before = versions(sessions)
    ani = client_for(people.ani)
    file = ani.get(f"/designs/{kind}/{key}/1.yaml")
    assert "attachment" in file.headers["Content-Disposition"]
    fields = {"file": (io.BytesIO(file.data), "x.yaml")}
    answer = ani.send("/designs/import", fields, content_type="multipart/form-data")
    assert answer.location == f"/designs/{kind}/{key}/1"
    assert versions(sessions) == before


def test_a_new_form_is_brought_in_published_and_retired(
    client_for: ClientFor, sessions: sessionmaker[Session], people: Cast
) -> None:
    ani = client_for(people.ani)
    assert ani.send("/designs/import", {"text": SMALL}).location == "/designs/form/kunjungan/1/edit"
    assert "Terbitkan" in ani.get("/designs/form/kunjungan/1").text
    for _click in range(2):
        assert ani.send("/designs/form/kunjungan/1/publish").status_code == 303
    assert "Terbitkan" not in ani.get("/designs/form/kunjungan/1").text
    for _click in range(2):
        assert ani.send("/designs/form/kunjungan/1/retire").status_code == 303
    for verb in ("import", "publish", "retire"):
        assert [entry.actor_id for entry in journal(sessions, "design_version", verb)] == [people.ani.id]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "Pilih berkas YAML atau XLSX, atau tempelkan isinya."),
        ("a: [", "YAML"),
        (SMALL.replace("short_text", "telepathy"), "Jenis (kind) ini tidak dikenal."),
        (SMALL.replace("key: tujuan, ", ""), "sections.isi.fields.0.key"),
        ("stages:\n  - {key: x}\nkey: y\ntitle: z\n", "stages.0.title"),
        ("stages: &a\n  - *a\nkey: y\ntitle: z\n", "terlalu besar"),
        ("stages: " + "[" * 3000, "terlalu dalam"),
    ],
)
def test_what_cannot_be_read_is_said_with_its_place_and_nothing_is_kept(
    client_for: ClientFor, sessions: sessionmaker[Session], people: Cast, text: str, words: str
) -> None:
    answer = client_for(people.ani).send("/designs/import", {"text": text})
    assert answer.status_code == 422
    assert words in answer.text
    assert versions(sessions) == 0


def test_references_that_swell_without_bound_are_refused(
    client_for: ClientFor, sessions: sessionmaker[Session], people: Cast
) -> None:
    lines = ["stages: []", "key: y", "title: z", "a0: &a0 [x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 12)]
    answer = client_for(people.ani).send("/designs/import", {"text": "\n".join(lines)})
    assert answer.status_code == 422
    assert "terlalu besar" in answer.text


def test_a_draft_with_problems_lists_them_and_is_not_published(
    client_for: ClientFor, sessions: sessionmaker[Session], people: Cast
) -> None:
    ani = client_for(people.ani)
    empty = SMALL[: SMALL.index("fields:")] + "fields: []\n"
    assert ani.send("/designs/import", {"text": empty}).status_code == 303
    refused = ani.send("/designs/form/kunjungan/1/publish")
    assert refused.status_code == 422
    assert "sections.isi" in refused.text
    assert "Tambahkan sedikitnya satu isian pada bagian ini." in refused.text
    assert journal(sessions, "design_version", "publish") == []


def test_who_may_not_changes_nothing_and_who_is_a_stranger_finds_nothing(
    client_for: ClientFor, people: Cast, installed: None
) -> None:
    address = "/designs/form/skp-quantitative/1"
    hadi = client_for(people.hadi)
    assert hadi.get(address).status_code == 200
    assert "Arsipkan" not in hadi.get(address).text
    for verb in ("publish", "retire"):
        assert hadi.send(f"{address}/{verb}").status_code == 404
    assert hadi.get("/designs/import").status_code == 404
    for person in (people.citra, people.budi, people.indra):
        browser = client_for(person)
        for path in ("/designs", address, f"{address}/preview", f"{address}.yaml"):
            assert browser.get(path).status_code == 404
    ani = client_for(people.ani)
    for path in ("/designs/form/no/1", "/designs/poem/skp-quantitative/1", f"{address}9", f"/designs/form/x/{10**30}"):
        assert ani.get(path).status_code == 404
