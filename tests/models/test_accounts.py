"""Accounts: opened with a one-time token by the person alone, passwords nobody guesses, the same time for everybody."""

from datetime import UTC, datetime, timedelta

import pytest
from argon2 import PasswordHasher
from sqlalchemy import select
from sqlalchemy.orm import Session

from models import clock
from models.errors import Conflict, Forbidden, Invalid
from models.journal import JournalEntry
from models.operations import passwords
from models.operations.accounts import activate, change_password, check_password, person_of_token, start_activation
from models.people import Account, Person, WebSession
from tests.cast import Cast, as_actor, cast

GOOD = "jalan panjang ke pantai"
NOW = datetime(2026, 3, 2, 3, tzinfo=UTC)


@pytest.fixture
def people(session: Session) -> Cast:
    return cast(session)


def opened(session: Session, people: Cast, person: Person, password: str = GOOD) -> None:
    activate(session, start_activation(session, as_actor(session, people.ani), person), password)


def signed_in(session: Session, person: Person) -> None:
    session.add(WebSession(digest=f"d{person.id}", person_id=person.id, created_at=NOW, seen_at=NOW))
    session.flush()


def sessions_of(session: Session, person: Person) -> int:
    return len(session.scalars(select(WebSession.digest).where(WebSession.person_id == person.id)).all())


def test_a_token_opens_the_account_with_a_password_of_ones_own(session: Session, people: Cast) -> None:
    token = start_activation(session, as_actor(session, people.ani), people.citra)
    assert person_of_token(session, token) == people.citra
    assert activate(session, token, GOOD) == people.citra
    assert check_password(session, people.citra.employee_number, GOOD) == people.citra


def test_the_database_keeps_neither_token_nor_password(session: Session, people: Cast) -> None:
    token = start_activation(session, as_actor(session, people.ani), people.citra)
    account = session.get_one(Account, people.citra.id)
    assert account.activation_digest is not None
    assert token not in account.activation_digest
    assert len(token) >= 43
    activate(session, token, GOOD)
    session.refresh(account)
    assert account.password_hash is not None
    assert account.password_hash.startswith("$argon2id$v=19$m=19456,t=2,p=1$")


def test_a_token_works_once(session: Session, people: Cast) -> None:
    token = start_activation(session, as_actor(session, people.ani), people.citra)
    activate(session, token, GOOD)
    with pytest.raises(Conflict, match="sudah digunakan"):
        activate(session, token, "kata lain yang panjang")
    assert check_password(session, people.citra.employee_number, GOOD) == people.citra


def test_a_token_ends_after_72_hours(session: Session, people: Cast) -> None:
    with clock.travel(NOW):
        token = start_activation(session, as_actor(session, people.ani), people.citra)
    with clock.travel(NOW + timedelta(hours=72)):
        assert person_of_token(session, token) is None
        with pytest.raises(Conflict):
            activate(session, token, GOOD)
    with clock.travel(NOW + timedelta(hours=71, minutes=59)):
        assert activate(session, token, GOOD) == people.citra


def test_a_new_token_makes_the_one_before_useless(session: Session, people: Cast) -> None:
    before, after = (start_activation(session, as_actor(session, people.ani), people.citra) for _ in range(2))
    assert person_of_token(session, before) is None
    assert person_of_token(session, after) == people.citra


def test_a_refused_password_leaves_the_token_in_force(session: Session, people: Cast) -> None:
    token = start_activation(session, as_actor(session, people.ani), people.citra)
    with pytest.raises(Invalid) as refused:
        activate(session, token, "pendek")
    assert set(refused.value.errors) == {"password"}
    assert activate(session, token, GOOD) == people.citra


def test_only_hr_starts_an_activation_and_only_for_who_is_active(session: Session, people: Cast) -> None:
    with pytest.raises(Forbidden):
        start_activation(session, as_actor(session, people.budi), people.citra)
    people.citra.active = False
    with pytest.raises(Conflict):
        start_activation(session, as_actor(session, people.ani), people.citra)


def test_a_new_password_ends_the_sessions_of_that_person_only(session: Session, people: Cast) -> None:
    signed_in(session, people.citra)
    signed_in(session, people.budi)
    opened(session, people, people.citra)
    assert (sessions_of(session, people.citra), sessions_of(session, people.budi)) == (0, 1)


def test_a_wrong_password_an_unknown_number_and_an_unopened_account_all_give_nobody(
    session: Session, people: Cast
) -> None:
    opened(session, people, people.citra)
    start_activation(session, as_actor(session, people.ani), people.dedi)
    assert check_password(session, people.citra.employee_number, GOOD + " ") is None
    assert check_password(session, "198609262015051001", GOOD) is None
    assert check_password(session, people.dedi.employee_number, GOOD) is None
    assert check_password(session, people.eka.employee_number, "") is None
    assert check_password(session, people.citra.employee_number, "x" * 5000) is None
    people.citra.active = False
    assert check_password(session, people.citra.employee_number, GOOD) is None


def test_an_unknown_number_costs_one_verification_like_any_other(
    session: Session, people: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened(session, people, people.citra)
    seen: list[str] = []

    class Watching:
        def verify(self, kept: str, password: str) -> bool:
            seen.append(kept.rsplit("$", 2)[0])
            return real.verify(kept, password)

        def __getattr__(self, name: str) -> object:
            return getattr(real, name)

    real = passwords._hasher
    monkeypatch.setattr(passwords, "_hasher", Watching())
    check_password(session, people.citra.employee_number, "kata sandi yang salah")
    check_password(session, "198609262015051001", "kata sandi yang salah")
    assert len(seen) == 2
    assert seen[0] == seen[1]


def test_a_password_kept_with_old_parameters_is_kept_anew_on_sign_in(session: Session, people: Cast) -> None:
    old = PasswordHasher(time_cost=1, memory_cost=64, parallelism=1).hash(GOOD)
    session.add(Account(person_id=people.citra.id, password_hash=old, language="id"))
    session.flush()
    assert check_password(session, people.citra.employee_number, GOOD) == people.citra
    assert "m=19456" in (session.get_one(Account, people.citra.id).password_hash or "")
    assert check_password(session, people.citra.employee_number, GOOD) == people.citra


def test_a_damaged_hash_lets_nobody_in(session: Session, people: Cast) -> None:
    session.add(Account(person_id=people.citra.id, password_hash="$argon2id$nonsense", language="id"))
    session.flush()
    assert check_password(session, people.citra.employee_number, GOOD) is None


def test_the_password_is_changed_by_oneself_knowing_the_present_one(session: Session, people: Cast) -> None:
    opened(session, people, people.citra)
    citra = as_actor(session, people.citra)
    with pytest.raises(Invalid) as refused:
        change_password(session, citra, people.citra, current="salah", new="rumah di atas bukit")
    assert set(refused.value.errors) == {"current"}
    signed_in(session, people.citra)
    change_password(session, citra, people.citra, current=GOOD, new="rumah di atas bukit")
    assert sessions_of(session, people.citra) == 0
    assert check_password(session, people.citra.employee_number, GOOD) is None
    assert check_password(session, people.citra.employee_number, "rumah di atas bukit") == people.citra
    with pytest.raises(Forbidden):
        change_password(session, as_actor(session, people.ani), people.citra, current=GOOD, new=GOOD)


def test_what_happens_to_accounts_is_in_the_journal_without_secrets(session: Session, people: Cast) -> None:
    opened(session, people, people.citra)
    entries = session.scalars(select(JournalEntry).where(JournalEntry.subject_id == people.citra.id)).all()
    assert [(entry.verb, entry.actor_id) for entry in entries] == [
        ("start-activation", people.ani.id),
        ("activate", people.citra.id),
    ]
    assert all(entry.details == {} for entry in entries)


@pytest.mark.parametrize(
    "password",
    [
        GOOD,
        "ｊａｌａｎ　ｋｅ　ｐａｎｔａｉ",
        "پسورد بسیار طولانی",
        "🦀🐚🌊🦑🐙🦐🐠🐟🐡🦈🐬🐳",
        "kolam;Ikan-di\"halaman'",
        "9" * 3 + "x" * 3 + "kolam ikan",
        "a quick brown fox " * 7,
    ],
)
def test_long_passwords_of_any_characters_are_accepted(session: Session, people: Cast, password: str) -> None:
    assert passwords.password_problems(password, people.citra) == []
    assert passwords.matches(passwords.hash_password(password), password)


@pytest.mark.parametrize(
    ("password", "says"),
    [
        ("sebelas kar", "paling sedikit 12"),
        ("x y" * 43, "paling banyak 128"),
        ("saya 19900912 lahir", "tanggal lahir"),
        ("12-09-1990 di padang", "tanggal lahir"),
        ("201505 2 903 adalah saya", "NIP"),
        ("ini CITRA yang manis", "nama Anda"),
        ("les.tari indah sekali", "nama Anda"),
        ("aplikasi K i n e r j a", "“kinerja”"),
        ("My Password is long", "“password”"),
        ("qwertyuiop123", "mudah ditebak"),
        ("Indonesia2026", "mudah ditebak"),
        ("aaaaaaaaaaaaaaa", "mudah ditebak"),
        ("abcabcabcabc", "mudah ditebak"),
        ("123456789012", "mudah ditebak"),
        ("nopqrstuvwxyz", "mudah ditebak"),
        ("!!!!!!!!!!!!", "mudah ditebak"),
    ],
)
def test_passwords_that_can_be_guessed_are_refused(session: Session, people: Cast, password: str, says: str) -> None:
    people.citra.employee_number = "199009122015052903"
    assert says in " ".join(map(str, passwords.password_problems(password, people.citra)))


def test_every_common_password_shipped_is_long_enough_to_matter_and_refused() -> None:
    known = passwords.common_passwords()
    assert len(known) > 1000
    nobody = Person(employee_number="198609262015051001", name="Zz", status="pns")
    assert all(len(one) >= passwords.SHORTEST for one in known)
    assert all(passwords.password_problems(one.upper(), nobody) for one in known)
