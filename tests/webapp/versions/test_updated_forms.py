"""A form that HR changes while it is being filled in: seen before it is published, told to whoever has a draft."""

import re
from html import unescape

import pytest
from sqlalchemy import select

from models.assignments import Draft, LogEntry, Submission
from models.designs import DesignVersion
from models.feedback import Ballot
from models.operations import adopting, assignments, cycles
from models.permissions import CLOCK, OPERATOR
from models.queries.designs import published_version
from models.session import writing
from tests.cast import as_actor, on_day, stage
from tests.models.versions.versions_of import draft_version, field, without_column
from tests.webapp.office import cycle_of, example, hand_in, journal, own_form, planning_open

ADDRESS = "/designs/form/skp-quantitative/2"
LABEL = "Hasil yang dijanjikan"


@pytest.fixture(autouse=True)
def _planning(sessions, people):
    planning_open(sessions)
    with on_day(2026, 1, 12):
        yield


def changed(definition) -> None:
    without_column("results", "leader_result")(definition)
    field(definition, "results")["label"] = LABEL


def new_version(sessions, key="skp-quantitative", change=changed) -> int:
    with writing(sessions) as database:
        return draft_version(database, key, change).id


def plan_of(sessions, person) -> int:
    with sessions() as database:
        return own_form(database, person).id


def put_draft(sessions, person, **more) -> int:
    with writing(sessions) as database:
        form = own_form(database, person)
        raw = example(database, form) | more
        raw["results"][0]["leader_result"] = "Meningkatnya pelayanan"
        assignments.save_draft(database, as_actor(database, person), form, raw=raw, lock=0)
        return form.id


def planning_id(sessions) -> int:
    with sessions() as database:
        return stage(cycle_of(database), "planning").id


def adopt(sessions, *keys) -> None:
    with writing(sessions) as database:
        version = database.scalars(select(DesignVersion).order_by(DesignVersion.id.desc())).first()
        stages = [stage(cycle_of(database), key) for key in keys]
        adopting.publish_and_adopt(database, OPERATOR, version, stages)


def hidden(page: str) -> dict[str, str]:
    """The hidden fields of a page, as a browser sends them."""
    found = dict(re.findall(r'<input type="hidden" name="(_[a-z_]+)" value="([^"]*)"', page))
    return {name: unescape(value) for name, value in found.items()}


def test_a_form_changes_while_drafts_are_open_and_both_generations_stay_readable(client_for, sessions, people):
    handed_in = hand_in(sessions, people.dedi)
    form_id = put_draft(sessions, people.citra)
    new_version(sessions)
    ani, citra = client_for(people.ani), client_for(people.citra)

    page = ani.get(f"{ADDRESS}/publish")
    assert page.status_code == 200
    assert "Kolom “RHK pimpinan yang diintervensi” dihapus dari “Hasil yang dijanjikan”." in page.text
    assert "1 draf, 1 jawaban terkirim" in page.text
    assert "Menghilangkan isian" in page.text
    assert "Siklus kinerja tahunan ASN" in page.text
    sent = hidden(page.text) | {"adopt": str(planning_id(sessions))}
    assert ani.send(f"{ADDRESS}/publish", sent).location == ADDRESS
    assert [entry.details["to"] for entry in journal(sessions, "stage", "adopt")] == [2]

    page = citra.get(f"/assignments/{form_id}")
    assert "Formulir ini telah diperbarui" in page.text
    assert "Meningkatnya pelayanan" in page.text
    assert "isian ini tidak lagi ditanyakan" in page.text
    assert "Meningkatnya pelayanan" in citra.get(f"/assignments/{form_id}/earlier-answers").text
    assert citra.get(f"/assignments/{form_id}/check").location == f"/assignments/{form_id}"
    answer = citra.send(f"/assignments/{form_id}/renew", hidden(page.text))
    assert answer.location == f"/assignments/{form_id}"
    page = citra.get(f"/assignments/{form_id}").text
    assert LABEL in page
    assert "leader_result" not in page
    assert citra.get(f"/assignments/{form_id}/earlier-answers").status_code == 404

    check = citra.get(f"/assignments/{form_id}/check")
    assert LABEL in check.text
    citra.send(f"/assignments/{form_id}/submit", hidden(check.text))
    with sessions() as database:
        found = dict(database.execute(select(Submission.assignment_id, Submission.form_version_id)).all())
        assert found[form_id] != found[handed_in]
    assert LABEL in citra.get(f"/assignments/{form_id}").text
    old = client_for(people.dedi).get(f"/assignments/{handed_in}").text
    assert "Rencana hasil kerja dan indikator" in old
    assert LABEL not in old
    budi = client_for(people.budi)
    assert "Rencana hasil kerja dan indikator" in budi.get(f"/assignments/{handed_in}/review").text
    assert LABEL in budi.get(f"/assignments/{form_id}/review").text


def test_stages_that_were_not_chosen_keep_their_version_and_can_be_led_on_later(client_for, sessions, people):
    form_id = put_draft(sessions, people.citra)
    new_version(sessions)
    ani, citra = client_for(people.ani), client_for(people.citra)
    ani.send(f"{ADDRESS}/publish")
    assert "Formulir ini telah diperbarui" not in citra.get(f"/assignments/{form_id}").text
    page = ani.get(f"{ADDRESS}/adopt").text
    assert f'value="{planning_id(sessions)}"' in page
    ani.send(f"{ADDRESS}/adopt", {"adopt": str(planning_id(sessions))})
    assert "Formulir ini telah diperbarui" in citra.get(f"/assignments/{form_id}").text
    assert "Tidak ada tahap yang perlu dialihkan" in ani.get(f"{ADDRESS}/adopt").text


def test_what_breaks_a_cycle_is_named_with_its_place_and_cannot_be_published(client_for, sessions, people):
    new_version(sessions, change=without_column("results", "target"))
    ani = client_for(people.ani)
    page = ani.get(f"{ADDRESS}/publish").text
    assert "Merusak yang merujuk ke formulir ini" in page
    assert "Capaian terhadap target membaca “results.target”" in page
    assert "/designs/form/skp-quantitative/2/edit?open=work.results" in page
    assert 'name="adopt"' not in page
    assert ani.send(f"{ADDRESS}/publish", {"adopt": str(planning_id(sessions))}).status_code == 422
    assert [entry for entry in journal(sessions, "design_version", "publish") if entry.actor_id] == []


def test_a_draft_that_changed_since_the_page_was_opened_is_not_published(client_for, sessions, people):
    version_id = new_version(sessions)
    ani = client_for(people.ani)
    sent = hidden(ani.get(f"{ADDRESS}/publish").text)
    with writing(sessions) as database:
        database.get_one(DesignVersion, version_id).title = "Judul lain"
    assert ani.send(f"{ADDRESS}/publish", sent).location == f"{ADDRESS}/publish"
    with sessions() as database:
        assert database.get_one(DesignVersion, version_id).state == "draft"


def test_a_page_opened_before_the_update_loses_nothing_it_sends(client_for, sessions, people):
    citra = client_for(people.citra)
    form_id = plan_of(sessions, people.citra)
    page = citra.get(f"/assignments/{form_id}").text
    new_version(sessions)
    adopt(sessions, "planning")
    row = {"results-0-_id": "aa11", "results-0-result": "Surat", "results-0-leader_result": "Pelayanan"}
    answer = citra.send(f"/assignments/{form_id}/draft", hidden(page) | row, headers={"X-Requested-With": "fetch"})
    assert "muat ulang halaman" in answer.json["message"]
    sent = hidden(page) | row | {"_version": "1", "_check": "1"}
    assert citra.send(f"/assignments/{form_id}", sent).location == f"/assignments/{form_id}"
    shown = citra.get(f"/assignments/{form_id}").text
    assert "Pelayanan" in shown
    assert "Formulir ini telah diperbarui" in shown
    citra.send(f"/assignments/{form_id}/renew", hidden(shown))

    late = citra.send(f"/assignments/{form_id}", sent | {"results-0-result": "Surat keterangan", "_version": "2"})
    assert late.status_code == 409
    assert "Surat keterangan" in late.text
    assert "tidak dapat dibawa ke versi baru" in late.text
    assert "Pelayanan" in late.text
    with sessions() as database:
        draft = database.get_one(Draft, form_id)
        assert draft.raw["results"][0]["result"] == "Surat"
        assert "leader_result" not in draft.raw["results"][0]
    now = hidden(late.text)
    assert now["_form"] != sent["_form"]
    answer = citra.send(f"/assignments/{form_id}", now | {"results-0-_id": "aa11", "results-0-result": "Surat 2"})
    assert answer.status_code == 303


def test_a_changed_draft_is_shown_again_before_it_goes_on(client_for, sessions, people):
    form_id = put_draft(sessions, people.citra)
    new_version(sessions)
    adopt(sessions, "planning")
    citra = client_for(people.citra)
    citra.send(f"/assignments/{form_id}/renew", {"_version": "7"})
    assert "Lanjutkan dengan versi baru" in citra.get(f"/assignments/{form_id}").text
    assert client_for(people.dedi).send(f"/assignments/{form_id}/renew", {"_version": "1"}).status_code == 404
    for _click in range(2):
        assert citra.send(f"/assignments/{form_id}/renew", {"_version": "1"}).status_code == 303
    assert len(journal(sessions, "assignment", "renew")) == 1


def test_a_log_and_a_ballot_opened_before_the_update_are_shown_again(client_for, sessions, people):
    with writing(sessions) as database:
        cycle = cycle_of(database)
        cycles.open_stage(database, CLOCK, stage(cycle, "progress"))
        cycles.open_stage(database, CLOCK, stage(cycle, "peer-feedback"))
    with sessions() as database:
        log = own_form(database, people.citra, "progress").id
        ballot = own_form(database, people.citra, "peer-feedback").id
    citra = client_for(people.citra)
    pages = {address: citra.get(address).text for address in (f"/assignments/{log}", f"/feedback/{ballot}")}
    for key, name in (("progress-log", "progress"), ("peer-feedback", "peer-feedback")):
        new_version(sessions, key, lambda one: one.update(title="Judul baru"))
        adopt(sessions, name)
    answer = citra.send(f"/assignments/{log}/entries", hidden(pages[f"/assignments/{log}"]) | {"service": "Legalisasi"})
    assert answer.status_code == 409
    assert "Legalisasi" in answer.text
    answer = citra.send(f"/feedback/{ballot}", hidden(pages[f"/feedback/{ballot}"]))
    assert answer.status_code == 409
    assert "telah diperbarui" in answer.text
    with sessions() as database:
        assert database.scalars(select(LogEntry)).all() == []
        assert database.scalars(select(Ballot)).all() == []


def test_versions_are_compared_in_sentences_and_cycles_line_by_line(client_for, sessions, people):
    new_version(sessions)
    ani = client_for(people.ani)
    page = ani.get("/designs/form/skp-quantitative/diff?a=1&b=2").text
    assert "Kolom “RHK pimpinan yang diintervensi” dihapus" in page
    assert "ditambahkan" in ani.get("/designs/form/skp-quantitative/diff?a=2&b=1").text
    assert "Kedua versi sama." in ani.get("/designs/form/skp-quantitative/diff?a=1&b=1").text
    assert "Kedua versi sama." in ani.get("/designs/cycle/asn-annual/diff").text
    assert ani.get("/designs/form/skp-quantitative/diff?a=9").status_code == 404
    assert ani.get("/designs/form/none/diff").status_code == 404
    assert client_for(people.citra).get("/designs/form/skp-quantitative/diff").status_code == 404


def test_before_a_form_is_retired_it_is_said_who_uses_it(client_for, sessions, people):
    form_id = put_draft(sessions, people.citra)
    hand_in(sessions, people.dedi)
    ani = client_for(people.ani)
    page = ani.get("/designs/form/skp-quantitative/1/retire").text
    assert "Siklus kinerja tahunan ASN" in page
    assert "periode baru tidak dapat dibuat" in page
    assert ani.send("/designs/form/skp-quantitative/1/retire").status_code == 303
    with sessions() as database:
        assert published_version(database, "form", "skp-quantitative") is None
    assert client_for(people.citra).get(f"/assignments/{form_id}").status_code == 200


def test_nobody_but_hr_sees_or_does_any_of_this(client_for, sessions, people):
    new_version(sessions)
    citra, hadi = client_for(people.citra), client_for(people.hadi)
    for address in ("publish", "adopt", "retire"):
        assert citra.get(f"{ADDRESS}/{address}").status_code == 404
        assert hadi.send(f"{ADDRESS}/{address}").status_code == 404
