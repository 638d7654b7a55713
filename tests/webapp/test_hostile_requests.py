"""Whatever is sent to the pages of the form platform, by whomever: a page answers, and no text of a form is markup."""

import random
import re
from typing import Any
from urllib.parse import quote, urlencode

import pytest
from sqlalchemy import select

from forms.fields import KINDS
from models.designs import Design, DesignVersion
from models.operations import designing, designs
from models.permissions import ORGANISATION
from models.session import writing
from tests.cast import as_actor, on_day
from tests.forms.kinds import CASES
from tests.proofs import form_of, open_proofs
from webapp.designs.builder.pages import VERBS

BIG = str(10**30)
VALUES = [
    "",
    "1",
    "-1",
    BIG,
    str(2**31),
    str(2**63),
    "a\x00b",
    "²",
    "١",
    "[]",
    "a: [",
    "&a [*a]",
    "NaN",
    "1e999999",
    "=1+1",
    "%s %(x)s",
    "{0}",
    "\u202e",
    '"',
    "\\",
    "..",
    "( " * 500,
    "x" * 70000,
    "2026-13-45",
    "25.99",
    "a and b",
    "a=",
    "form",
    "work",
    "work.summary",
    "work.results.what",
    "short_text",
    "rows",
    "results-0",
    "results-²-what",
    "en",
    "matches(a, '(')",
    "sum(r.what for r in results)",
    "work = Kerja\nwork = Lagi",
    "key: report\nsections: []\n",
]
NAMES = [
    "do",
    "_open",
    "_target",
    "_index",
    "_to",
    "_back",
    "_form",
    "_page",
    "_version",
    "_hidden",
    "_add",
    "_remove",
    "_remove_file",
    "_check",
    "_next",
    "_request_key",
    "adopt",
    "text",
    "title",
    "label",
    "label.en",
    "key",
    "kind",
    "options",
    "points",
    "min",
    "max",
    "show_when",
    "show_when.mode",
    "show_when.0.name",
    "show_when.0.operator",
    "checks.0.rule",
    "default",
    "formula",
    "each",
    "show",
    "fixed",
    "types",
    "pattern",
    "t.title.en",
    "languages",
    "summary",
    "letter",
    "results-0-what",
    "results-0-_id",
    "results-0-proof",
    "_example",
    "again",
    "month",
    "page",
]
AREAS = ("designs.", "assignments.", "survey.", "feedback.", "schemas.", "team.", "cycles.")
REQUESTS = 300


@pytest.fixture
def form_id(sessions, people):
    """Citra's report, a next version of it as a draft, and a draft with a question of every kind."""
    fields = [
        {"kind": kind, "key": f"{kind}_0", "label": kind, **CASES[kind][0].settings} for kind in KINDS if CASES[kind]
    ]
    everything = {"key": "everything", "title": "Semua", "sections": [{"key": "work", "title": "A", "fields": fields}]}
    with on_day(2026, 1, 12):
        with writing(sessions) as database:
            open_proofs(database)
            actor = as_actor(database, people.ani)
            designing.start_next(database, actor, version(database, "report", 1))
            designs.import_definition(database, actor, ORGANISATION, kind="form", definition=everything)
        with sessions() as database:
            number = form_of(database, people.citra).id
        yield number


def version(database, key: str, number: int) -> DesignVersion | None:
    found = select(DesignVersion).join(Design).where(Design.key == key, DesignVersion.number == number)
    return database.scalars(found).one_or_none()


def test_nothing_that_is_sent_breaks_a_page(app, client, client_for, people, sessions, form_id) -> None:
    rng = random.Random(1)
    browsers = [*(client_for(getattr(people, name)) for name in ("ani", "ani", "citra", "budi", "hadi")), client]
    rules = [rule for rule in app.url_map.iter_rules() if rule.endpoint.startswith(AREAS)]
    rules += [rule for rule in rules if rule.endpoint == "designs.edit_change"] * 10
    parts = {
        "key": ["report", "everything", "a\0"],
        "kind": ["form", "cycle"],
        "number": ["1", "2", BIG],
        "assignment_id": [str(form_id)] * 4 + [BIG],
        "entry_id": ["1", BIG],
        "name": ["letter", "results-0-proof", "results-٣-proof"],
        "token": ["x", "a\0"],
    }
    for _ in range(REQUESTS):
        rule = rng.choice(rules)
        named = {part: rng.choice(parts.get(part, ["1"])) for part in rule.arguments}
        path = re.sub(r"<(?:\w+:)?", "<", rule.rule)
        for part, value in named.items():
            path = path.replace(f"<{part}>", quote(value, safe=""))
        fields = {rng.choice(NAMES): rng.choice(VALUES) for _ in range(rng.randint(0, 5))}
        if rule.endpoint == "designs.edit_change":
            place = rng.choice(["", "form", "work", "work.results", "work.results.what", *KINDS, *VALUES])
            fields["do"] = f"{rng.choice(list(VERBS))} {rng.choice([place, f'work.{rng.choice(list(KINDS))}_0'])}"
            with sessions() as database:
                draft = version(database, named["key"].strip("\0"), int(named["number"][:5]))
                fields["_lock"] = str(draft.lock) if draft else "0"
        browser = rng.choice(browsers)
        headers = rng.choice([{}, {"X-Requested-With": "fetch"}])
        if "POST" in rule.methods:
            token = {"csrf_token": browser.csrf_token()} if browser.csrf_raw else {}
            answer = browser.post(path, data=fields | token, headers=headers)
        else:
            answer = browser.get(f"{path}?{urlencode({k: v[:2000] for k, v in fields.items()})}", headers=headers)
        assert answer.status_code < 500, (path, fields)


MARK = "\"'><img src=x onerror=alert(1)>{{7*7}}</textarea></script>"


def marked(settings: Any) -> Any:
    """Settings of a question with the mark in every text."""
    if isinstance(settings, dict):
        return {
            key: f"{MARK} {value}"
            if key in ("label", "help", "unit", "item", "other", "message", "pattern_message")
            and isinstance(value, str)
            else marked(value)
            for key, value in settings.items()
        }
    if isinstance(settings, list | tuple):
        return [marked(one) for one in settings]
    return settings


def test_no_text_of_a_form_is_taken_for_markup(client_for, people, sessions, form_id) -> None:
    fields: list[dict[str, Any]] = []
    for kind in KINDS:
        for case in CASES[kind][:1]:
            limits = {} if kind in ("note", "hidden", "calculated") else {"show_when": f'missing == "{MARK[2:]}"'}
            text = {"kind": kind, "key": f"{kind}_0", "label": f"{kind}", "help": "bantuan", **case.settings, **limits}
            fields.append(marked(text))
    definition = {
        "key": "marked",
        "title": {"id": MARK, "en": MARK},
        "intro": MARK,
        "after": MARK,
        "sections": [{"key": "work", "title": MARK, "help": MARK, "fields": fields}],
        "rules": [{"rule": f'nobody == "{MARK[2:]}"', "message": MARK}],
    }
    with on_day(2026, 1, 12), writing(sessions) as database:
        actor = as_actor(database, people.ani)
        designs.import_definition(database, actor, ORGANISATION, kind="form", definition=definition)
    browser = client_for(people.ani)
    base = "/designs/form/marked/1"
    places = [f"/edit?open=work.{kind}_0" for kind in KINDS]
    views = ["", "/preview", "/publish", "/edit?open=form", "/edit?open=work", "/edit/logic", "/edit/source"]
    views += ["/edit/translations?show=all", "/edit/try", *places]
    for view in views:
        page = browser.get(base + view)
        assert page.status_code == 200, view
        assert "<img src=x" not in page.text, view
        assert "</textarea></script>" not in page.text, view
        assert "49" not in re.findall(r"onerror=alert\(1\)&gt;(..)", page.text), view
    for sent in (
        {"do": "save work.number_0", "min": MARK},
        {"do": f"kind {MARK}"},
        {"do": "rename work.number_0", "key": MARK},
    ):
        page = browser.send(f"{base}/edit", {"_lock": "1", **sent})
        assert "<img src=x" not in page.text, sent
    for text in (f"key: x\ntitle: {MARK}\n", f"{MARK}: ["):
        for path in (f"{base}/edit/source", "/designs/import"):
            assert "<img src=x" not in browser.send(path, {"_lock": "1", "text": text}).text


@pytest.mark.parametrize("text", ['{"\\ud800x": 1, "key": "f"}', '{"\\ud800": 1, "\\ud800": 2}', '{"key": "\\ud800"}'])
def test_half_characters_in_a_definition_are_refused_as_whole_pages(client_for, people, text) -> None:
    assert client_for(people.ani).send("/designs/import", {"text": text}).status_code == 422
