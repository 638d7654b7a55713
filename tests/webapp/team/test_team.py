"""Pages of a supervisor: the team, its log as it is written, and the queue of signatures."""

import re
from collections.abc import Callable

import pytest
from sqlalchemy.orm import Session, sessionmaker

from models.assignments import SignOff
from models.journal import JournalEntry
from models.operations import assignments, cycles, logs, sign_offs
from models.permissions import CLOCK
from models.queries import access
from models.session import writing
from tests.cast import Cast, as_actor, on_day, stage
from tests.webapp.conftest import Client
from tests.webapp.office import cycle_of, digest_of, example, hand_in, own_form, planning_open, state_of

ClientFor = Callable[..., Client]


@pytest.fixture
def plan(sessions: sessionmaker[Session], people: Cast) -> int:
    """Citra's plan, handed in on 10 January."""
    planning_open(sessions)
    return hand_in(sessions, people.citra)


def test_the_team_shows_todays_staff_and_where_their_forms_are(client_for: ClientFor, people: Cast, plan: int) -> None:
    with on_day(2026, 1, 11):
        page = client_for(people.budi).get("/team").text
    for name in ("Citra Lestari", "Dedi Kurnia", "Eka Putri"):
        assert name in page
    assert "Gita Maharani" not in page
    assert f'href="/assignments/{plan}/review"' in page
    assert "Tanda tangani beberapa sekaligus" not in page


def test_the_second_level_sees_the_staff_of_the_staff_but_nothing_to_sign(
    client_for: ClientFor, people: Cast, plan: int
) -> None:
    with on_day(2026, 1, 11):
        page = client_for(people.fitri).get("/team").text
    assert "Bawahan Budi Santoso" in page
    assert "Citra Lestari" in page
    assert "Tidak ada yang menunggu" in page


def test_somebody_without_staff_sees_an_empty_team(client_for: ClientFor, people: Cast, plan: int) -> None:
    with on_day(2026, 1, 11):
        page = client_for(people.dedi).get("/team").text
    assert "Citra" not in page
    assert "Anda tidak memiliki bawahan langsung hari ini." in page


def test_who_need_not_sign_is_led_to_the_form_and_strangers_find_nothing(
    client_for: ClientFor, people: Cast, plan: int
) -> None:
    with on_day(2026, 1, 11):
        assert client_for(people.fitri).get(f"/assignments/{plan}/review").location == f"/assignments/{plan}"
        for stranger in (people.gita, people.dedi, people.indra):
            browser = client_for(stranger)
            assert browser.get(f"/assignments/{plan}/review").status_code == 404
            assert browser.send(f"/assignments/{plan}/sign", {"digest": "x"}).status_code == 404
            assert browser.send(f"/assignments/{plan}/return", {"digest": "x", "reason": "y"}).status_code == 404


def test_a_signature_is_kept_and_journalled_and_a_second_click_is_the_same_click(
    client_for: ClientFor, sessions: sessionmaker[Session], people: Cast, plan: int
) -> None:
    with on_day(2026, 1, 11):
        budi = client_for(people.budi)
        page = budi.get(f"/assignments/{plan}/review").text
        digest = re.search(r'name="digest" value="([0-9a-f]{64})"', page)[1]
        fields = {"digest": digest, "comment": "Sudah baik."}
        assert budi.send(f"/assignments/{plan}/sign", fields).status_code == 303
        assert budi.send(f"/assignments/{plan}/sign", fields).status_code == 303
    assert state_of(sessions, plan) == "completed"
    with sessions() as database:
        signature = database.query(SignOff).one()
        assert (signature.digest, signature.comment) == (digest, "Sudah baik.")
        moves = database.query(JournalEntry).filter_by(subject_kind="assignment", subject_id=plan, verb="complete")
        assert [entry.actor_id for entry in moves] == [people.budi.id]


def test_the_respondent_cannot_sign_his_own_plan(
    client_for: ClientFor, sessions: sessionmaker[Session], people: Cast, plan: int
) -> None:
    with on_day(2026, 1, 11):
        answer = client_for(people.citra).send(f"/assignments/{plan}/sign", {"digest": digest_of(sessions, plan)})
    assert answer.status_code == 403
    assert state_of(sessions, plan) == "submitted"


def test_returning_needs_a_comment_and_keeps_the_place(
    client_for: ClientFor, sessions: sessionmaker[Session], people: Cast, plan: int
) -> None:
    with on_day(2026, 1, 11):
        budi = client_for(people.budi)
        digest = digest_of(sessions, plan)
        refused = budi.send(f"/assignments/{plan}/return", {"digest": digest, "reason": "  "})
        assert refused.status_code == 422
        assert 'href="#reason"' in refused.text
        assert "Tuliskan apa yang perlu diperbaiki." in refused.text
        assert state_of(sessions, plan) == "submitted"
        assert budi.send(f"/assignments/{plan}/return", {"digest": digest, "reason": "Perjelas."}).status_code == 303
    assert state_of(sessions, plan) == "returned"


def test_answers_that_changed_meanwhile_are_not_signed_and_the_comment_is_not_lost(
    client_for: ClientFor, sessions: sessionmaker[Session], people: Cast, plan: int
) -> None:
    with on_day(2026, 1, 11):
        budi = client_for(people.budi)
        old = digest_of(sessions, plan)
        with writing(sessions) as database:
            form = access.assignment(database, as_actor(database, people.citra), plan)
            assignments.withdraw(database, as_actor(database, people.citra), form)
        hand_in(sessions, people.citra, day=11, seed=5)
        answer = budi.send(f"/assignments/{plan}/sign", {"digest": old, "comment": "Bagus sekali"})
    assert answer.status_code == 409
    assert "Jawaban berubah sejak Anda membukanya" in answer.text
    assert "Bagus sekali" in answer.text
    assert state_of(sessions, plan) == "submitted"


def test_the_second_round_shows_what_changed_since_the_return(
    client_for: ClientFor, sessions: sessionmaker[Session], people: Cast, plan: int
) -> None:
    with on_day(2026, 1, 11):
        with writing(sessions) as database:
            form = access.assignment(database, as_actor(database, people.budi), plan)
            digest = access.submissions(database, form)[0].digest
            budi = as_actor(database, people.budi)
            sign_offs.return_for_revision(database, budi, form, digest=digest, comment="Target belum terukur.")
        with writing(sessions) as database:
            form = own_form(database, people.citra)
            raw = example(database, form)
            raw["results"][0]["target"] = "987"
            assignments.submit(database, as_actor(database, people.citra), form, raw=raw, request_key="again")
        page = client_for(people.budi).get(f"/assignments/{plan}/review").text
    assert "Perubahan sejak putaran 1" in page
    assert "Target belum terukur." in page
    assert re.search(r"<ins>987", page)


def test_signing_several_says_of_each_what_became_of_it(
    client_for: ClientFor, sessions: sessionmaker[Session], people: Cast, plan: int
) -> None:
    second = hand_in(sessions, people.dedi)
    foreign = hand_in(sessions, people.gita)
    with on_day(2026, 1, 11):
        budi = client_for(people.budi)
        page = budi.get("/team/sign").text
        offered = re.findall(r'name="sign" type="checkbox" value="(\d+):([0-9a-f]{64})"', page)
        assert {int(id_) for id_, _digest in offered} == {plan, second}
        chosen = [f"{plan}:{'0' * 64}", f"{second}:{digest_of(sessions, second)}"]
        chosen += [f"{foreign}:{digest_of(sessions, foreign)}", "spam"]
        answer = budi.send("/team/sign", {"sign": chosen})
    assert answer.status_code == 200
    assert "1 dari 3 formulir telah ditandatangani." in answer.text
    assert "Jawaban berubah sejak Anda membukanya" in answer.text
    assert "Gita" not in answer.text
    assert [state_of(sessions, one) for one in (plan, second, foreign)] == ["submitted", "completed", "submitted"]


def test_choosing_nothing_is_an_error_at_the_first_box(client_for: ClientFor, people: Cast, plan: int) -> None:
    with on_day(2026, 1, 11):
        answer = client_for(people.budi).send("/team/sign", {})
    assert answer.status_code == 422
    assert 'href="#sign-0"' in answer.text


def test_the_feed_shows_a_new_entry_and_slows_down_when_nothing_happens(
    client_for: ClientFor, sessions: sessionmaker[Session], people: Cast, plan: int
) -> None:
    with on_day(2026, 2, 2), writing(sessions) as database:
        cycles.open_stage(database, CLOCK, stage(cycle_of(database), "progress"))
    with on_day(2026, 2, 10):
        budi = client_for(people.budi)
        before = budi.get("/team/feed")
        assert "Citra" not in before.text
        with writing(sessions) as database:
            form = own_form(database, people.citra, "progress")
            raw = example(database, form) | {"date": "2026-02-10", "count": "12"}
            logs.add_entry(database, as_actor(database, people.citra), form, raw=raw, request_key="one")
        fresh = budi.get(re.search(r'hx-get="([^"]+)"', before.text)[1].replace("&amp;", "&"))
        assert "Citra Lestari" in fresh.text
        assert "Baru" in fresh.text
        assert "delay:2s" in fresh.text
        assert "<html" not in fresh.text
        page = fresh
        for seconds in (4, 8, 8):
            page = budi.get(re.search(r'hx-get="([^"]+)"', page.text)[1].replace("&amp;", "&"))
            assert f"delay:{seconds}s" in page.text
        home = budi.get("/team").text
        assert ">1<" in home
        assert "12" in home
        assert "Citra" not in client_for(people.ani).get("/team/feed").text
        assert "hx-get" not in budi.get("/team/feed?seen=1&wait=8&polls=150").text


def test_a_log_in_which_something_stands_is_complete_when_its_stage_ends(
    sessions: sessionmaker[Session], people: Cast, plan: int
) -> None:
    with on_day(2026, 2, 2), writing(sessions) as database:
        cycles.open_stage(database, CLOCK, stage(cycle_of(database), "progress"))
        form = own_form(database, people.citra, "progress")
        raw = example(database, form) | {"date": "2026-02-02", "count": "12"}
        logs.add_entry(database, as_actor(database, people.citra), form, raw=raw, request_key="one")
        logged = form.id
        idle = own_form(database, people.dedi, "progress").id
    with on_day(2027, 1, 1), writing(sessions) as database:
        assert cycles.close_stage(database, CLOCK, stage(cycle_of(database), "progress")) == 8
    assert [state_of(sessions, one) for one in (logged, idle)] == ["completed", "lapsed"]


def test_the_menu_leads_to_the_team_only_for_who_has_one(client_for: ClientFor, people: Cast) -> None:
    assert 'href="/team"' in client_for(people.budi).get("/").text
    assert 'href="/team"' not in client_for(people.citra).get("/").text
