"""The main job in browsers: a year from the making of a cycle to a certificate that anybody verifies, until revoked."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from models.awards import Certificate
from models.session import reading
from tests.cast import on_day
from tests.journeys import award
from tests.journeys.conftest import Meet
from tests.journeys.planning import the_first_half
from tests.journeys.site import Site

pytestmark = pytest.mark.browser


@pytest.mark.parametrize(
    ("backend", "width"),
    [
        pytest.param("sqlite", 360, id="sqlite on phones"),
        pytest.param("postgresql", 1280, id="postgresql on desks", marks=pytest.mark.postgres),
    ],
)
def test_a_year_from_a_new_cycle_to_a_verified_certificate(site: Site, meet: Meet, width: int, tmp_path: Path):
    people = site.people
    ani, citra, budi = (meet(width=width) for _ in range(3))
    the_first_half(site, ani, citra, budi, script=True)
    award.the_year_goes_by(site)
    with on_day(2027, 1, 28):
        ani.sign_in(people.ani)
        award.the_cycle_is_closed(ani, site)
        ani.sign_out()
    winner = award.best_but_indra(site)
    indra, visitor, guest = (meet(width=width) for _ in range(3))
    with on_day(2027, 2, 20):
        indra.sign_in(people.indra)
        award.a_winner_is_confirmed(indra, winner)
        indra.sign_out()
        ani.sign_in(people.ani)
        award.certificates_are_issued(ani, site, winner)
        ani.sign_out()
    with on_day(2027, 2, 21):
        visitor.sign_in(winner)
        file = award.the_winner_takes_it_home(visitor, tmp_path)
        visitor.sign_out()
    with reading(site.sessions) as database:
        code = database.query(Certificate.code).scalar()
    with on_day(2027, 2, 22):
        award.anybody_verifies(guest, code, file, award.VALID)
    with on_day(2027, 2, 23):
        ani.sign_in(people.ani)
        award.the_certificate_is_revoked(ani)
        ani.sign_out()
        award.anybody_verifies(guest, code, file, award.REVOKED)
        expect(guest.page.get_by_role("main")).to_contain_text(award.REASON)
