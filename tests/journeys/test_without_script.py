"""The first half of the year in browsers that run no script: everything is there, with a page more here and there."""

import pytest

from tests.journeys.conftest import Meet
from tests.journeys.planning import the_first_half
from tests.journeys.site import Site

pytestmark = pytest.mark.browser


def test_a_plan_is_made_returned_and_signed_without_script(site: Site, meet: Meet):
    ani, citra, budi = (meet(width=360, script=False) for _ in range(3))
    the_first_half(site, ani, citra, budi, script=False)
