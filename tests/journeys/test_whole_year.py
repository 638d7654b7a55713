"""The product's main job in a browser: a year from the making of the cycle to a certificate that is verified, and revoked."""

import pytest

from tests.journeys.conftest import Meet
from tests.journeys.planning import the_first_half
from tests.journeys.site import Site

pytestmark = pytest.mark.browser


def test_a_year_on_a_phone(site: Site, meet: Meet):
    ani, citra, budi = (meet(width=360) for _ in range(3))
    the_first_half(site, ani, citra, budi, script=True)
