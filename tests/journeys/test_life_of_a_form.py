"""A form from nothing to two generations of answers, in Chromium: HR at a desk, staff on phones."""

from pathlib import Path

import pytest

from tests.cast import on_day
from tests.journeys import form_life
from tests.journeys.conftest import Meet
from tests.journeys.site import Site

pytestmark = pytest.mark.browser


def test_a_form_is_built_used_changed_and_read_in_both_generations(site: Site, meet: Meet, tmp_path: Path):
    people = site.people
    hr, early, late = meet(), meet(), meet(width=360)
    with on_day(2025, 12, 29):
        hr.sign_in(people.ani)
        form_life.the_form_is_built(hr)
        form_life.the_form_is_tried(hr)
        form_life.the_form_is_published(hr)
        form_life.a_cycle_uses_it(hr, site)
        hr.sign_out()
    with on_day(2026, 1, 5):
        early.sign_in(people.dedi)
        form_life.the_first_page_is_filled_in(early, grant=False)
        form_life.the_weights_are_filled_in(early, "100", total="100 %")
        form_life.it_is_handed_in(early)
        early.sign_out()
        late.sign_in(people.citra)
        form_life.a_draft_is_left(late)
        late.sign_out()
    with on_day(2026, 1, 6):
        # HR changes the form on a phone this time: the page on what it means is read there too.
        hr.page.set_viewport_size({"width": 360, "height": 800})
        hr.sign_in(people.ani)
        form_life.the_form_is_changed(hr)
        form_life.what_publishing_means_is_read(hr)
        hr.sign_out()
    with on_day(2026, 1, 7):
        late.sign_in(people.citra)
        form_life.the_draft_goes_on(late)
        late.sign_out()
        early.sign_in(people.budi)
        form_life.both_are_read(early)
        early.sign_out()
        hr.page.set_viewport_size({"width": 1280, "height": 800})
        hr.sign_in(people.ani)
        form_life.both_are_taken_along(hr, tmp_path)
        form_life.the_form_leaves_and_comes_back(hr, tmp_path)
        hr.sign_out()
