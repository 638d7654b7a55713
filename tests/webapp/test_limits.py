"""Limits: they hold across processes and threads, and lock nobody out for good."""

import multiprocessing
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from flask import Flask
from limits import parse
from sqlalchemy import select

from models import clock
from models.people import RateCounter
from models.session import make_engine, session_factory
from tests.webapp.conftest import PASSWORD
from webapp import access, limits
from webapp.app import create_app
from webapp.counters import DatabaseCounters


def wrong(client, number: str, address: str = "10.1.2.3"):
    return client.send(
        "/sign-in", {"employee_number": number, "password": "salah"}, environ_base={"REMOTE_ADDR": address}
    )


def right(client, number: str, address: str = "10.1.2.3"):
    return client.send(
        "/sign-in", {"employee_number": number, "password": PASSWORD}, environ_base={"REMOTE_ADDR": address}
    )


@pytest.fixture
def few(monkeypatch) -> None:
    """Three wrong passwords an account and network, six an address."""
    monkeypatch.setattr(limits, "SIGN_IN_ACCOUNT", parse("3 per 15 minutes"))
    monkeypatch.setattr(limits, "SIGN_IN_ADDRESS", parse("6 per 15 minutes"))


def test_guessing_one_account_is_stopped_and_may_go_on_later(few, client, people) -> None:
    number = people.citra.employee_number
    start = clock.now()
    with clock.travel(start):
        assert [wrong(client, number).status_code for _ in range(3)] == [422, 422, 422]
        stopped = wrong(client, number)
        assert stopped.status_code == 429
        assert "Terlalu banyak percobaan. Silakan coba lagi dalam 15 menit." in stopped.text
        assert stopped.headers["Retry-After"] == "900"
        assert right(client, number).status_code == 429, "also with the right password: nothing is learnt"
    with clock.travel(start + timedelta(minutes=15, seconds=1)):
        assert right(client, number).status_code == 303


def test_the_owner_is_not_locked_out_by_somebody_elsewhere(few, client, people) -> None:
    number = people.citra.employee_number
    for _ in range(5):
        wrong(client, number, "203.0.113.9")
    assert right(client, number, "10.1.2.3").status_code == 303


def test_neighbours_in_a_network_share_the_limit_of_an_account(few, client, people) -> None:
    number = people.citra.employee_number
    for last in (1, 2, 3):
        wrong(client, number, f"203.0.113.{last}")
    assert wrong(client, number, "203.0.113.4").status_code == 429


def test_an_account_that_does_not_exist_is_limited_alike(few, client) -> None:
    assert [wrong(client, "198001012005011001").status_code for _ in range(4)] == [422, 422, 422, 429]


def test_trying_one_password_on_many_accounts_is_stopped(few, client, people) -> None:
    numbers = [person.employee_number for person in people.everybody]
    assert [wrong(client, number).status_code for number in numbers[:7]] == [422] * 6 + [429]


def test_signing_in_rightly_uses_nothing_up(few, client, people) -> None:
    number = people.citra.employee_number
    for _ in range(8):
        assert right(client, number).status_code == 303
    assert [wrong(client, number).status_code for _ in range(2)] == [422, 422]
    assert right(client, number).status_code == 303
    assert [wrong(client, number).status_code for _ in range(3)] == [422, 422, 422], "the account's count began anew"
    assert wrong(client, number).status_code == 429


def test_limits_hold_across_instances_of_the_web(few, client, people, engine, settings) -> None:
    other_engine = make_engine(engine.url.render_as_string(hide_password=False))
    from tests.webapp.conftest import Client

    other_app = create_app(settings, other_engine)
    other_app.test_client_class = Client
    other = other_app.test_client()
    number = people.citra.employee_number
    statuses = [wrong(one, number).status_code for one in (client, other, client, other)]
    assert statuses == [422, 422, 422, 429]
    other_engine.dispose()


def test_the_counters_say_nothing_about_who_or_where(client, people, sessions) -> None:
    wrong(client, people.citra.employee_number, "203.0.113.77")
    with sessions() as database:
        keys = list(database.scalars(select(RateCounter.key)))
    assert len(keys) == 2
    assert not any(people.citra.employee_number in key or "203.0.113" in key for key in keys)


def count_in_process(url: str, times: int, results) -> None:
    engine = make_engine(url)
    factory = session_factory(engine)
    counters = DatabaseCounters(sessions=lambda: factory)
    results.put([counters.incr("the same", 60) for _ in range(times)])
    engine.dispose()


def test_no_count_is_lost_between_processes(database_url) -> None:
    context = multiprocessing.get_context("spawn")
    results = context.Queue()
    processes = [context.Process(target=count_in_process, args=(database_url, 25, results)) for _ in range(2)]
    for process in processes:
        process.start()
    counts = sorted(count for _ in processes for count in results.get(timeout=60))
    for process in processes:
        process.join(timeout=60)
    assert counts == list(range(1, 51))


def test_no_count_is_lost_between_threads(engine) -> None:
    factory = session_factory(engine)
    counters = DatabaseCounters(sessions=lambda: factory)
    with ThreadPoolExecutor(8) as pool:
        counts = sorted(pool.map(lambda _: counters.incr("the same", 60), range(80)))
    assert counts == list(range(1, 81))


def test_a_window_starts_afresh_when_it_is_over_and_old_ones_are_forgotten(engine) -> None:
    factory = session_factory(engine)
    counters = DatabaseCounters(sessions=lambda: factory)
    start = clock.now()
    with clock.travel(start):
        assert [counters.incr("a", 60), counters.incr("a", 60), counters.incr("b", 60)] == [1, 2, 1]
        assert counters.get_expiry("a") == (start + timedelta(seconds=60)).timestamp()
    with clock.travel(start + timedelta(seconds=60)):
        assert counters.get("a") == 0
        assert counters.incr("a", 60) == 1
        with factory() as database:
            assert len(list(database.scalars(select(RateCounter)))) == 1
    counters.clear("a")
    assert counters.get("a") == 0
    counters.incr("c", 60)
    assert counters.reset() == 1
    assert counters.check() is True


def test_a_public_page_is_limited_per_address(client) -> None:
    with clock.travel(clock.now()):
        statuses = [client.get("/activate/wrong").status_code for _ in range(61)]
        assert statuses == [404] * 60 + [429]
        other = client.get("/activate/wrong", environ_base={"REMOTE_ADDR": "203.0.113.9"})
        assert other.status_code == 404


def test_a_forwarded_address_counts_only_behind_a_proxy_we_know(app: Flask, engine, settings) -> None:
    def seen_by(app: Flask) -> str:
        app.add_url_rule("/whence", "health.whence", access.public("A test asks.")(limits.address))
        access_list = access.PUBLIC | {"health.whence"}
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(access, "PUBLIC", access_list)
            return app.test_client().get("/whence", headers={"X-Forwarded-For": "203.0.113.5"}).text

    assert seen_by(app) == "127.0.0.1"
    behind = create_app(settings.model_copy(update={"trusted_proxies": 1}), engine)
    assert seen_by(behind) == "203.0.113.5"


@pytest.mark.parametrize(
    ("address", "network"),
    [("203.0.113.77", "203.0.113.0/24"), ("2001:db8:1:2ff:5::1", "2001:db8:1:200::/56"), ("unix", "unix")],
)
def test_the_neighbourhood_of_an_address(app: Flask, address, network) -> None:
    with app.test_request_context("/", environ_base={"REMOTE_ADDR": address}):
        assert limits.network() == network
