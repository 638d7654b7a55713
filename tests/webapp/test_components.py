"""The components of pages, as the style guide shows them: complete, safe for the strict policy, within the budget."""

import gzip
import re
from pathlib import Path

import pytest

from forms.fields import KINDS
from scripts.render_styleguide import environment
from tests.styleguide import SCHEMA, styleguide_values
from webapp.statics import BUILT, FOLDER, asset, manifest

TEMPLATES = Path("webapp/templates")


@pytest.fixture(scope="module", params=[False, True], ids=["as it should be", "with mistakes"])
def page(request: pytest.FixtureRequest) -> str:
    template = environment().get_template("styleguide.html")
    return template.render(**styleguide_values(mistakes=request.param), dense=False)


def built(name: str) -> bytes:
    return (FOLDER.parent / asset(name).removeprefix("/")).read_bytes()


def test_every_field_kind_is_shown_in_the_style_guide():
    shown = {field.kind for field in SCHEMA.fields()}
    assert shown == set(KINDS)


def test_no_page_has_inline_script_style_or_handler(page: str):
    assert not re.search(r"\sstyle=|<style|\son[a-z]+=|javascript:", page)
    assert not re.search(r"<script(?![^>]*\ssrc=)", page)


def test_ids_are_unique_and_references_lead_somewhere(page: str):
    ids = re.findall(r'\sid="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    for attribute in ("for", "aria-describedby", "aria-labelledby", "aria-controls"):
        for value in re.findall(rf'\s{attribute}="([^"]+)"', page):
            assert set(value.split()) <= set(ids), f"{attribute}={value}"


def test_the_error_summary_leads_to_the_fields(page: str):
    ids = set(re.findall(r'\sid="([^"]+)"', page))
    summary = page.partition('class="govuk-error-summary"')[2].partition("</ul>")[0]
    for target in re.findall(r'href="#([^"]+)"', summary):
        assert target in ids


def test_every_icon_used_is_in_the_sprite():
    sprite = set(re.findall(r'id="([^"]+)"', built("icons.svg").decode()))
    of_builder = set(re.findall(r'id="([^"]+)"', built("builder.svg").decode()))
    used: set[str] = set()
    for template in TEMPLATES.rglob("*.html"):
        text = template.read_text()
        found = set(re.findall(r'icon_name="([a-z-]+)"', text))
        own = set(re.findall(r'(?<!ui\.)\bicon\("([a-z-]+)"', text))
        if template.parent.name == "builder":  # its pages draw from a sprite of their own
            assert own - of_builder == set(), template.name
            own = set(re.findall(r'\bui\.icon\("([a-z-]+)"', text))
        used |= found | own | set(re.findall(r'\bui\.icon\("([a-z-]+)"', text))
    module = environment().get_template("components/ui.html").module
    used |= {shape for _, shape in module.STATES.values()} | set(module.STEP.values())  # type: ignore[attr-defined]
    assert used - sprite == set()


def test_every_state_has_a_word():
    module = environment().get_template("components/ui.html").module
    for state in module.STATES:  # type: ignore[attr-defined]
        assert str(module.state_word(state)) != state  # type: ignore[attr-defined]


def test_a_typed_value_cannot_break_out_of_its_field():
    from forms.builder import bind
    from tests.styleguide import CONTEXT

    attack = '"><script>alert(1)</script>'
    form = bind(SCHEMA, raw={"place": attack, "reason": attack, "day": attack}, context=CONTEXT)
    fields = environment().get_template("components/fields.html").module
    assert "<script" not in str(fields.form_body(form))  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("name", "budget"), [("app.css", 20_000), ("app.js", 6_000), ("htmx.js", 16_000), ("icons.svg", 6_000)]
)
def test_built_files_keep_to_their_budget(name: str, budget: int):
    assert len(gzip.compress(built(name), 9)) <= budget


def test_built_files_are_named_by_their_content_and_packed():
    for name, hashed in manifest().items():
        assert re.fullmatch(r"[a-z]+-[0-9a-f]{10}\.[a-z]+", hashed)
        assert gzip.decompress((BUILT / f"{hashed}.gz").read_bytes()) == built(name)
