"""The pages where forms are built, brought in, published and renewed: each in one language."""

import io
import re

import pytest
import yaml
from flask import Flask
from sqlalchemy import select

from forms import editing
from forms.editing import Place
from forms.fields import KINDS
from models.cycles import Stage
from models.designs import DesignVersion
from models.operations import adopting
from models.permissions import OPERATOR
from models.session import writing
from tests.cast import on_day, stage
from tests.forms.test_incoming import workbook
from tests.webapp.office import cycle_of, planning_open
from tests.webapp.versions.test_updated_forms import LABEL, new_version, put_draft
from tests.webapp.words import ENGLISH, INDONESIAN, Words, compile_english, indonesian_only, outside_data

EDIT = "/designs/form/kunjungan/1/edit"
PLAN = "/designs/form/skp-quantitative"
BOTH = pytest.mark.parametrize(("language", "telltale"), [("id", ENGLISH), ("en", INDONESIAN)], ids=["id", "en"])
TYPED = re.compile(r"<(textarea|pre|code)\b.*?</\1>", re.DOTALL)
"""What somebody wrote, and how it is written for a program: no words of ours."""
WRITTEN = re.compile(rf"“[^”]*”|{LABEL}|Saya menyatakan bahwa isian ini benar\.")
"""Words of the form itself: those a sentence quotes, and labels that stand alone."""


@pytest.fixture
def backend() -> str:
    """Words do not depend on the database."""
    return "sqlite"


@pytest.fixture(scope="module")
def compiled(tmp_path_factory: pytest.TempPathFactory) -> str:
    return compile_english(tmp_path_factory.mktemp("translations"))


@pytest.fixture
def app(app: Flask, compiled: str) -> Flask:
    app.extensions["babel"].translation_directories = [compiled]
    return app


def left_over(answers, telltale: re.Pattern[str]) -> dict[str, str]:
    """Texts of the other language on pages, with the page."""
    said: dict[str, str] = {}
    for answer in answers:
        assert answer.status_code in (200, 422), (
            answer.request.path,
            answer.status_code,
            answer.headers.get("Location"),
        )
        said |= dict.fromkeys(Words(TYPED.sub("", answer.text)).texts, answer.request.full_path)
    assert len(said) > 50
    words = {WRITTEN.sub("", text): page for text, page in said.items() if not text.startswith("/")}
    left = outside_data(words, telltale)
    if telltale is INDONESIAN:  # labels of two words may be those of the form
        left |= {text: page for text, page in words.items() if text.count(" ") > 1 and text in indonesian_only()}
    return left


@BOTH
def test_a_form_with_every_kind_of_question_is_built(language, telltale, client_for, people, sessions) -> None:
    ani = client_for(people.ani)
    ani.send("/language", {"language": language})
    assert ani.send("/designs/form/new", {"title": "Kunjungan"}).location == EDIT
    said = [ani.get("/designs/form/new")]

    def press(verb: str, **fields: str):
        lock = re.search(r'name="_lock" value="(\d+)"', ani.get(EDIT).text)
        assert lock
        return ani.send(EDIT, {"do": verb, "_lock": lock[1], **fields})

    definition = yaml.safe_load(ani.get("/designs/form/kunjungan/1.yaml").text)
    for kind in KINDS:
        definition = editing.add_field(definition, kind, Place(("bagian_1",))).definition
    lock = re.search(r'name="_lock" value="(\d+)"', ani.get(EDIT).text)
    assert ani.send(f"{EDIT}/source", {"_lock": lock[1], "text": yaml.safe_dump(definition)}).status_code == 303
    places = [f"bagian_1.{field['key']}" for field in definition["sections"][0]["fields"]]
    said += [ani.get(f"{EDIT}?open={place}") for place in ("form", "bagian_1", *places)]
    press("save bagian_1.number", **{"s.show_when.mode": "written", "s.show_when": "1 +"})
    said.append(ani.get(f"{EDIT}?open=bagian_1.number"))
    said.append(press(f"remove {places[0]}x"))
    said += [ani.get(EDIT + view) for view in ("", "/logic", "/translations", "/source", "/try")]
    said.append(ani.send(f"{EDIT}/source", {"_lock": "0", "text": "a: ["}))
    said += [ani.get(f"/designs/form/kunjungan/1{view}") for view in ("", "/publish")]
    assert left_over(said, telltale) == {}


@BOTH
def test_a_workbook_that_loses_something_is_brought_in(language, telltale, client_for, people, sessions) -> None:
    ani = client_for(people.ani)
    ani.send("/language", {"language": language})
    survey = [
        ["type", "name", "label", "appearance", "constraint", "calculation"],
        ["text", "tujuan", "Kunjungan", "numbers"],
        ["geopoint", "lokasi", "Lokasi"],
        ["audio", "suara", "Suara"],
        ["integer", "jumlah", "Jumlah", "", ". > pulldata('a', 'b', 'c', 'd')"],
        ["calculate", "hitung", "", "", "", "position(..)"],
    ]
    settings = [["form_title", "form_id"], ["Kunjungan", "kunjungan"]]
    broken = [*survey, ["begin group", "x", "X"], ["select_one none", "y", "Y"]]
    books = [workbook(survey=survey, settings=settings), workbook(survey=broken, settings=settings), b"PK\x03\x04"]
    said = [
        ani.send("/designs/import", {"file": (io.BytesIO(book), "kunjungan.xlsx")}, content_type="multipart/form-data")
        for book in books
    ]
    assert left_over([ani.get("/designs/import"), *said], telltale) == {}


@BOTH
def test_a_form_is_renewed_while_it_is_filled_in(language, telltale, client_for, people, sessions) -> None:
    planning_open(sessions)
    with on_day(2026, 1, 12):
        ani, citra = client_for(people.ani), client_for(people.citra)
        for client in (ani, citra):
            client.send("/language", {"language": language})
        form_id = put_draft(sessions, people.citra)
        version_id = new_version(sessions)
        said = [
            ani.get(f"{PLAN}{view}") for view in ("/2/publish", "/2/edit", "/2/edit/try", "/diff?a=1&b=2", "/1/retire")
        ]
        with writing(sessions) as database:
            planning: list[Stage] = [stage(cycle_of(database), "planning")]
            version = database.scalars(select(DesignVersion).where(DesignVersion.id == version_id)).one()
            adopting.publish_and_adopt(database, OPERATOR, version, planning)
        said += [ani.get(f"{PLAN}{view}") for view in ("/2/adopt", "/2")]
        said += [citra.get(f"/assignments/{form_id}{view}") for view in ("", "/earlier-answers")]
    assert left_over(said, telltale) == {}
