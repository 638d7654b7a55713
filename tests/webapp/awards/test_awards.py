"""The award: HR and the committee see who stands where and why; the committee decides, HR has the certificates made."""

import io
import zipfile

import pytest
from sqlalchemy import select

from models.awards import Candidate, Certificate
from models.cycles import Run
from models.session import writing
from models.storage import Storage
from tests.winners import PDF, award_proposed, candidate_of, issued


@pytest.fixture(autouse=True)
def engine_is_away(monkeypatch) -> list[int]:
    """No flow engine in these tests: what would have been launched."""
    launched: list[int] = []
    monkeypatch.setattr("flows.launch.launch", lambda run_id: launched.append(run_id) or False)
    return launched


@pytest.fixture
def ranks(sessions, people) -> dict[int, int]:
    """The cycle is closed; gives the id of each candidate for Pelaksana by rank."""
    cycle_id = award_proposed(sessions, people)
    with sessions() as database:
        rows = database.scalars(
            select(Candidate).where(Candidate.cycle_id == cycle_id, Candidate.category == "general", Candidate.eligible)
        )
        return {one.rank: one.id for one in rows}


@pytest.fixture
def certificates(sessions, people, settings, ranks) -> list[Certificate]:
    with writing(sessions) as database:
        cycle = candidate_of(database, _cycle(database), "general").cycle
        return issued(database, people, cycle, Storage(settings.subfolder("documents")))


def _cycle(database):
    return database.scalars(select(Candidate)).first().cycle


def states(sessions) -> dict[int, str]:
    with sessions() as database:
        return {
            one.rank: one.state for one in database.scalars(select(Candidate).where(Candidate.category == "general"))
        }


def test_candidates_stand_in_order_with_reasons(client_for, people, ranks) -> None:
    text = client_for(people.indra).get("/cycles/2026/awards").text
    general = text[text.index('id="general"') : text.index('id="contract"')]
    assert general.index("Dedi Kurnia") < general.index("Citra Lestari")
    assert "Predikat kinerja: Sangat Baik." in general
    assert "Capaian terhadap target (persen): 93,5 %." in general
    assert "4 memenuhi syarat" in general


def test_whoever_is_not_eligible_is_told_why(client_for, people, ranks) -> None:
    answer = client_for(people.ani).get("/cycles/2026/awards/functional?others=1")
    assert "Gita Maharani" in answer.text
    assert "Predikat Kurang tidak memenuhi syarat kategori." in answer.text


@pytest.mark.parametrize(
    ("who", "status"), [("ani", 200), ("indra", 200), ("hadi", 200), ("citra", 404), ("budi", 404), ("gita", 404)]
)
def test_the_award_is_open_to_hr_committee_and_auditors_alone(
    client_for, people, certificates, ranks, who, status
) -> None:
    client = client_for(getattr(people, who))
    paths = ("/awards", "/cycles/2026/awards", "/cycles/2026/awards/general", "/cycles/2026/certificates")
    for path in (*paths, f"/awards/candidates/{ranks[1]}"):
        assert client.get(path).status_code == status, path


def test_the_committee_confirms_the_first(client_for, people, ranks, sessions) -> None:
    client = client_for(people.indra)
    answer = client.send(f"/awards/candidates/{ranks[1]}", {"decision": "confirm"})
    assert answer.status_code == 303
    text = client.get("/cycles/2026/awards").text
    assert "Dedi Kurnia ditetapkan sebagai penerima." in text
    assert "oleh Indra Saputra" in text
    assert states(sessions)[1] == "confirmed"


def test_a_choice_against_the_order_must_say_why(client_for, people, ranks, sessions) -> None:
    client = client_for(people.indra)
    refused = client.send(f"/awards/candidates/{ranks[3]}", {"decision": "confirm"})
    assert refused.status_code == 422
    assert "Tuliskan alasan memilih di luar urutan peringkat." in refused.text
    assert states(sessions)[3] == "proposed"
    chosen = client.send(f"/awards/candidates/{ranks[3]}", {"decision": "confirm", "note": "Inovasi layanan keliling."})
    assert chosen.status_code == 303
    assert states(sessions)[3] == "confirmed"


def test_passing_somebody_over_needs_a_reason(client_for, people, ranks, sessions) -> None:
    client = client_for(people.indra)
    refused = client.send(f"/awards/candidates/{ranks[1]}", {"decision": "decline", "note": "  "})
    assert refused.status_code == 422
    assert "Tuliskan alasannya." in refused.text
    assert (
        client.send(
            f"/awards/candidates/{ranks[1]}", {"decision": "decline", "note": "Sedang menjalani pemeriksaan."}
        ).status_code
        == 303
    )
    assert states(sessions)[1] == "declined"
    assert "Sedang menjalani pemeriksaan." in client.get(f"/awards/candidates/{ranks[1]}").text


def test_nobody_decides_about_himself(client_for, people, ranks, sessions) -> None:
    with sessions() as database:
        own = database.scalars(select(Candidate.id).where(Candidate.subject_id == people.indra.id)).one()
    client = client_for(people.indra)
    assert "Anda tidak dapat memutuskan tentang diri sendiri." in client.get(f"/awards/candidates/{own}").text
    assert client.send(f"/awards/candidates/{own}", {"decision": "confirm"}).status_code == 409


def test_hr_sees_candidates_and_does_not_decide(client_for, people, ranks, sessions) -> None:
    client = client_for(people.ani)
    assert 'name="decision"' not in client.get(f"/awards/candidates/{ranks[1]}").text
    assert client.send(f"/awards/candidates/{ranks[1]}", {"decision": "confirm"}).status_code == 404
    assert states(sessions)[1] == "proposed"


def test_hr_has_the_certificates_made_once(client_for, people, ranks, sessions, engine_is_away) -> None:
    client_for(people.indra).send(f"/awards/candidates/{ranks[1]}", {"decision": "confirm"})
    hr = client_for(people.ani)
    assert "1 penerima belum memiliki piagam" in hr.get("/cycles/2026/awards").text
    for _ in range(2):
        assert hr.send("/cycles/2026/certificates/issue").status_code == 303
    with sessions() as database:
        runs = database.scalars(select(Run).where(Run.flow == "issue_certificates")).all()
    assert len(runs) <= 2
    assert set(engine_is_away) == {run.id for run in runs}


def test_without_winners_nothing_is_asked_for(client_for, people, ranks, sessions) -> None:
    assert client_for(people.ani).send("/cycles/2026/certificates/issue").status_code == 303
    with sessions() as database:
        assert database.scalars(select(Run)).all() == []


def test_the_committee_cannot_have_certificates_made(client_for, people, certificates) -> None:
    client = client_for(people.indra)
    assert client.send("/cycles/2026/certificates/issue").status_code == 404
    assert client.get("/cycles/2026/certificates.zip").status_code == 404
    assert client.get(f"/certificates/{certificates[0].id}/revocation").status_code == 404
    assert client.send(f"/certificates/{certificates[0].id}/revoke", {"reason": "x"}).status_code == 404


def test_certificates_are_listed_with_their_numbers(client_for, people, certificates) -> None:
    text = client_for(people.ani).get("/cycles/2026/certificates").text
    assert text.index("800.1.11.1/001/PEM-NGL/II/2027") < text.index("800.1.11.1/002/PEM-NGL/II/2027")
    assert "Diterbitkan" in text


def test_a_certificate_is_given_to_the_byte_to_its_holder_and_to_hr(client_for, people, certificates) -> None:
    path = f"/certificates/{certificates[0].id}/file"
    for who in (people.ani, people.indra, people.dedi):
        answer = client_for(who).get(path)
        assert answer.status_code == 200
        assert answer.data == PDF + certificates[0].number.encode()
        assert answer.headers["Content-Disposition"] == 'attachment; filename="piagam-2027-001.pdf"'
        assert answer.headers["Cache-Control"] == "no-store"
    for who in (people.citra, people.budi):
        assert client_for(who).get(path).status_code == 404


def test_a_guest_is_led_to_sign_in_for_a_certificate(client, certificates) -> None:
    assert client.get(f"/certificates/{certificates[0].id}/file").status_code == 303


def test_all_certificates_come_in_one_file(client_for, people, certificates) -> None:
    answer = client_for(people.ani).get("/cycles/2026/certificates.zip")
    assert answer.status_code == 200
    with zipfile.ZipFile(io.BytesIO(answer.data)) as archive:
        assert archive.testzip() is None
        assert archive.namelist() == ["piagam-2027-001.pdf", "piagam-2027-002.pdf"]
        assert archive.read("piagam-2027-001.pdf") == PDF + certificates[0].number.encode()


def test_revoking_asks_for_the_reason_and_tells_the_public(client_for, people, certificates, client) -> None:
    hr = client_for(people.ani)
    page = hr.get(f"/certificates/{certificates[0].id}/revocation")
    assert "Cabut piagam ini?" in page.text
    refused = hr.send(f"/certificates/{certificates[0].id}/revoke", {"reason": " "})
    assert refused.status_code == 422
    assert "Tuliskan alasannya." in refused.text
    done = hr.send(f"/certificates/{certificates[0].id}/revoke", {"reason": "Nama keliru pada piagam."})
    assert done.status_code == 303
    assert "Dokumen ini telah dicabut." in client.get(f"/verify/{certificates[0].code}").text
    again = hr.send(f"/certificates/{certificates[0].id}/revoke", {"reason": "Sekali lagi."})
    assert again.status_code == 409
    with zipfile.ZipFile(io.BytesIO(hr.get("/cycles/2026/certificates.zip").data)) as archive:
        assert archive.namelist() == ["piagam-2027-002.pdf"], "a revoked certificate is not handed out"


def test_a_revoked_certificate_is_still_read_by_its_holder(client_for, people, certificates) -> None:
    client_for(people.ani).send(f"/certificates/{certificates[0].id}/revoke", {"reason": "Nama keliru."})
    assert client_for(people.dedi).get(f"/certificates/{certificates[0].id}/file").status_code == 200


def test_an_unknown_category_is_not_found(client_for, people, ranks) -> None:
    assert client_for(people.ani).get("/cycles/2026/awards/nothing").status_code == 404
    assert client_for(people.ani).get("/cycles/1999/awards").status_code == 404
