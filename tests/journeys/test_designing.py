"""HR designs a form in Chromium: at a desk, on a phone, and without script."""

import pytest

from tests.journeys.conftest import Meet
from tests.journeys.designing import a_form_is_designed, the_essentials_by_phone
from tests.journeys.site import Site

pytestmark = pytest.mark.browser


@pytest.mark.parametrize(("width", "script"), [(1280, True), (360, False)])
def test_a_form_is_designed_from_nothing(site: Site, meet: Meet, width: int, script: bool):
    ani = meet(width=width, script=script)
    ani.sign_in(site.people.ani)
    a_form_is_designed(ani, script=script)
    ani.sign_out()


def test_the_essentials_work_on_a_phone(site: Site, meet: Meet):
    ani = meet(width=360)
    ani.sign_in(site.people.ani)
    the_essentials_by_phone(ani)
    ani.sign_out()
