"""The builder without a script, page by page: what HR does to a draft, and what nobody else can."""

import io
import re
from collections.abc import Callable

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker
from werkzeug.test import TestResponse

from forms.fields import KINDS
from forms.schema import FormSchema, Section
from forms.text import msg
from models.designs import Design, DesignVersion
from models.operations import designing, designs
from models.permissions import OPERATOR
from models.queries.designs import form_schema
from models.session import writing
from tests.cast import Cast, install_designs
from tests.webapp.conftest import Client
from webapp.designs.builder import words
from webapp.designs.builder.controls import NOT_HERE, control_of

ClientFor = Callable[..., Client]
EDIT = "/designs/form/kunjungan/1/edit"
VIEWS = ("", "/logic", "/translations", "/translations.csv", "/source", "/try")


@pytest.fixture
def backend() -> str:
    """Both databases are tried where drafts are edited; the pages are the same."""
    return "sqlite"


@pytest.fixture
def ani(client_for: ClientFor, people: Cast, sessions: sessionmaker[Session]) -> Client:
    """Ani, who begins a form."""
    browser = client_for(people.ani)
    assert browser.send("/designs/form/new", {"title": "Kunjungan"}).location == EDIT
    return browser


def draft(sessions: sessionmaker[Session], key: str = "kunjungan", number: int = 1) -> DesignVersion:
    with sessions() as database:
        return database.scalars(
            select(DesignVersion).join(Design).where(Design.key == key, DesignVersion.number == number)
        ).one()


def lock_of(page: str) -> str:
    found = re.search(r'name="_lock" value="(\d+)"', page)
    assert found
    return found[1]


def do(browser: Client, verb: str, address: str = EDIT, **fields: object) -> TestResponse:
    """Press a button of the canvas as it stands there now."""
    sent = {name.replace("__", "."): value for name, value in fields.items()}
    return browser.send(address, {"do": verb, "_lock": lock_of(browser.get(EDIT).text), **sent})


def keys(sessions: sessionmaker[Session]) -> list[str]:
    return [field.key for field in form_schema(draft(sessions)).fields()]


def test_a_form_is_built_from_nothing(ani: Client, sessions: sessionmaker[Session]) -> None:
    added = do(ani, "add choice", _target="bagian_1")
    assert added.location == f"{EDIT}?open=bagian_1.choice#card-bagian_1.choice"
    options = {"s.options": "Selesai\nlanjut = Perlu tindak lanjut", "s.required": "", "s.label": "Hasil"}
    saved = do(ani, "save bagian_1.choice", **options)
    assert saved.location == f"{EDIT}?open=bagian_1.hasil#card-bagian_1.hasil"
    do(ani, "add long_text", _target="bagian_1.hasil")
    when = {"s.label": "Tindak lanjut", "s.show_when.mode": "menus", "s.show_when.0.name": "hasil"}
    when |= {"s.show_when.0.operator": "is", "s.show_when.0.value": "perlu tindak lanjut"}
    do(ani, "save bagian_1.long_text", **when)
    field = form_schema(draft(sessions)).field("tindak_lanjut")
    assert field is not None
    assert field.show_when == 'hasil == "lanjut"'
    page = ani.get(EDIT).text
    assert "Ditanyakan bila: “Hasil” adalah “Perlu tindak lanjut”" in page
    assert 'name="hasil" type="radio" value="lanjut"' in page
    assert "Siap diterbitkan" in page


def test_questions_are_moved_copied_disabled_and_removed(ani: Client, sessions: sessionmaker[Session]) -> None:
    for kind in ("number", "yes_no", "date"):
        do(ani, f"add {kind}", _target="bagian_1")
    do(ani, "up bagian_1.date")
    do(ani, "duplicate bagian_1.number")
    assert keys(sessions) == ["number", "number_2", "date", "yes_no"]
    do(ani, "remove bagian_1.number_2")
    do(ani, "disable bagian_1.yes_no")
    do(ani, "add-section ")
    do(ani, "move bagian_1.date", _to="bagian_2")
    schema = form_schema(draft(sessions))
    assert [[field.key for field in section.fields] for section in schema.sections] == [["number", "yes_no"], ["date"]]
    assert schema.field("yes_no").disabled  # type: ignore[union-attr]
    do(ani, "enable bagian_1.yes_no")
    do(ani, "kind bagian_2.date", _kind="month")
    do(ani, "rename bagian_2.date", _key="bulan")
    assert keys(sessions) == ["number", "yes_no", "bulan"]
    refused = do(ani, "rename bagian_2.bulan", _key="number")
    assert refused.status_code == 422
    assert "dipakai lebih dari sekali" in refused.text


def test_rows_get_their_columns(ani: Client, sessions: sessionmaker[Session]) -> None:
    do(ani, "add rows", _target="bagian_1")
    do(ani, "add number", _target="bagian_1.rows", _inside="1")
    do(ani, "save bagian_1.rows.number", **{"s.label": "Bobot", "s.max": "100", "s.places": "1"})
    do(ani, "add calculated", _target="bagian_1")
    do(ani, "save bagian_1.calculated", **{"s.label": "Jumlah", "s.formula": "sum(rows.bobt)"})
    wrong = ani.get(f"{EDIT}?open=bagian_1.jumlah").text
    assert "<mark>" in wrong
    assert "bobot" in wrong[wrong.index("<mark>") - 400 :]
    do(ani, "save bagian_1.jumlah", **{"s.formula": "sum(rows.bobot)"})
    assert draft(sessions).definition["sections"][0]["fields"][1]["formula"] == "sum(rows.bobot)"
    assert "Siap diterbitkan" in ani.get(EDIT).text
    assert "Dihitung sebagai" in ani.get(f"{EDIT}/logic").text


def test_what_does_not_fit_is_shown_at_its_setting_as_it_was_typed(
    ani: Client, sessions: sessionmaker[Session]
) -> None:
    do(ani, "add number", _target="bagian_1")
    do(ani, "add choice", _target="bagian_1")
    for fields, words_ in (
        ({"s.min": "banyak"}, "Tuliskan angka, contoh 1.250 atau 18,75."),
        ({"s.label": " "}, "Isian ini wajib diisi."),
        ({"s.places": "9"}, "Tuliskan angka paling besar 6."),
        (
            {
                "s.show_when.mode": "menus",
                "s.show_when.0.name": "choice",
                "s.show_when.0.operator": "is",
                "s.show_when.0.value": "entah",
            },
            "Syarat 1: pilih dari Pilihan 1; Pilihan 2.",
        ),
    ):
        refused = do(ani, "save bagian_1.number", **fields)
        assert refused.status_code == 422
        assert words_ in refused.text
        assert f'value="{list(fields.values())[-1].strip()}"' in refused.text
    assert draft(sessions).lock == 3


def test_steps_are_taken_back_and_again_from_every_view(ani: Client, sessions: sessionmaker[Session]) -> None:
    do(ani, "add number", _target="bagian_1")
    back = do(ani, "undo", _back=f"{EDIT}/source")
    assert back.location == f"{EDIT}/source"
    assert keys(sessions) == []
    assert "Diurungkan: Pertanyaan baru ditambahkan." in ani.get(back.location).text
    do(ani, "redo")
    assert keys(sessions) == ["number"]
    assert do(ani, "redo").status_code == 422


def test_two_who_edit_at_once_see_what_the_other_did_and_can_do_theirs_again(
    ani: Client, client_for: ClientFor, people: Cast, sessions: sessionmaker[Session]
) -> None:
    with writing(sessions) as database:
        version = database.merge(draft(sessions))
        designing.apply(
            database,
            OPERATOR,
            version,
            edit=designing.Edit({**version.definition, "title": {"id": "Kunjungan kerja"}}, msg("Judul diubah.")),
            lock=version.lock,
        )
    met = ani.send(EDIT, {"do": "add number", "_target": "bagian_1", "_lock": "1"})
    assert met.status_code == 409
    assert "Tidak ada yang ditimpa." in met.text
    assert "Judul diubah." in met.text
    assert keys(sessions) == []
    again = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', met.text.split("Terapkan")[0]))
    assert ani.send(EDIT, {name: again[name] for name in ("do", "_target", "_lock")}).status_code == 303
    assert keys(sessions) == ["number"]
    assert draft(sessions).title == "Kunjungan kerja"


def test_the_form_itself_has_settings_and_rules(ani: Client, sessions: sessionmaker[Session]) -> None:
    do(ani, "add number", _target="bagian_1")
    fields = {"s.title": "Kunjungan kerja", "s.layout": "pages", "s.rules.0.rule": "number > 1"}
    fields |= {"s.rules.0.message": "Terlalu sedikit.", "s.rules.0.at": "number"}
    assert do(ani, "save ", **fields).status_code == 303
    schema = form_schema(draft(sessions))
    assert (schema.title.id, schema.layout, schema.rules[0].at) == ("Kunjungan kerja", "pages", "number")
    assert "Halaman" in ani.get(EDIT).text
    assert "Bila tidak: “Terlalu sedikit.”" in ani.get(f"{EDIT}/logic").text


def test_translations_are_typed_confirmed_and_brought_as_a_table(ani: Client, sessions: sessionmaker[Session]) -> None:
    page = ani.get(f"{EDIT}/translations").text
    assert 'name="t.title.en"' in page
    sent = {"_lock": lock_of(page), "languages": "en", "t.title.en": "Visit"}
    assert ani.send(f"{EDIT}/translations", sent).status_code == 303
    do(ani, "save ", **{"s.title": "Kunjungan kerja"})
    stale = ani.get(f"{EDIT}/translations").text
    assert "Sumber berubah, periksa" in stale
    sent |= {"_lock": lock_of(stale), "t.title.en.ok": "1"}
    ani.send(f"{EDIT}/translations", sent)
    assert draft(sessions).definition["title"] == {"id": "Kunjungan kerja", "en": "Visit"}
    table = ani.get(f"{EDIT}/translations.csv?also=jv").data
    assert b"Kunjungan kerja" in table
    filled = table.replace(b"Visit", b"Field visit")
    file = {"file": (io.BytesIO(filled), "x.csv"), "_lock": lock_of(ani.get(EDIT).text)}
    taken = ani.send(f"{EDIT}/translations/import", file, content_type="multipart/form-data")
    assert taken.status_code == 303
    assert draft(sessions).definition["title"]["en"] == "Field visit"
    wrong = {"file": (io.BytesIO(b"a;b\n1;2\n"), "x.csv"), "_lock": lock_of(ani.get(EDIT).text)}
    assert ani.send(f"{EDIT}/translations/import", wrong, content_type="multipart/form-data").status_code == 422


def test_the_source_is_checked_and_taken_over(ani: Client, sessions: sessionmaker[Session]) -> None:
    page = ani.get(f"{EDIT}/source").text
    assert "key: kunjungan" in page
    text = "key: lain\ntitle: Kunjungan kerja\nsections:\n- key: a\n  title: A\n  fields:\n  - kind: number\n"
    checked = ani.send(f"{EDIT}/source/check", {"text": text}).json["problems"]
    assert [(one["line"], one["blocks"]) for one in checked] == [(7, True), (7, True)]
    refused = ani.send(f"{EDIT}/source", {"text": text, "_lock": lock_of(page)})
    assert refused.status_code == 422
    assert "Baris 7" in refused.text
    whole = text + "    key: n\n    label: N\n    show_when: m\n"
    assert ani.send(f"{EDIT}/source", {"text": whole, "_lock": lock_of(page)}).status_code == 303
    assert draft(sessions).definition["key"] == "kunjungan"
    assert keys(sessions) == ["n"]
    warned = ani.send(f"{EDIT}/source/check", {"text": whole}).json["problems"]
    assert [(one["line"], one["blocks"]) for one in warned] == [(10, False)]
    assert ani.send(f"{EDIT}/source", {"text": text, "_lock": "1"}).status_code == 422


def test_a_draft_is_tried_as_a_respondent_and_nothing_is_kept(ani: Client, sessions: sessionmaker[Session]) -> None:
    do(ani, "add yes_no", _target="bagian_1")
    do(ani, "add number", _target="bagian_1")
    do(ani, "save bagian_1.number", **{"s.show_when.mode": "written", "s.show_when": "yes_no"})
    address = f"{EDIT}/try"
    assert f'data-live="{address}/live"' in ani.get(address).text
    missing = ani.send(address, {"_check": "1"})
    assert missing.status_code == 422
    assert "Isian ini wajib diisi." in missing.text
    assert "Jawaban ini dapat diajukan." in ani.send(address, {"_check": "1", "yes_no": "no"}).text
    assert ani.send(address, {"_example": "1"}).status_code == 200
    live = ani.send(f"{address}/live", {"yes_no": "yes"}).json
    assert live["hidden"] == []
    assert ani.send(f"{address}/live", {"yes_no": "no"}).json["hidden"] == ["number"]
    do(ani, "save bagian_1.number", **{"s.show_when.mode": "written", "s.show_when": "yes_nn"})
    assert "Pertanyaan yang belum lengkap tidak ditampilkan." in ani.get(address).text


def test_a_question_with_answers_is_disabled_rather_than_removed(
    ani: Client, sessions: sessionmaker[Session], monkeypatch: pytest.MonkeyPatch
) -> None:
    do(ani, "add number", _target="bagian_1")
    monkeypatch.setattr("models.queries.designing.answered_keys", lambda _session, _design: frozenset({"number"}))
    page = ani.get(f"{EDIT}?open=bagian_1.number").text
    assert 'value="remove bagian_1.number"' not in page
    assert 'value="disable bagian_1.number"' in page
    assert do(ani, "remove bagian_1.number").status_code == 422
    assert do(ani, "remove bagian_1").status_code == 422
    assert keys(sessions) == ["number"]


def test_a_form_begins_from_the_catalogue_or_from_the_version_in_use(
    client_for: ClientFor, people: Cast, sessions: sessionmaker[Session]
) -> None:
    with writing(sessions) as database:
        install_designs(database)
    ani = client_for(people.ani)
    assert "Umpan balik rekan kerja" in ani.get("/designs/form/new").text
    begun = ani.send("/designs/form/new", {"source": "peer-feedback"})
    assert begun.location == "/designs/form/umpan-balik-rekan-kerja/1/edit"
    assert ani.get(begun.location).status_code == 200
    assert "Salin sebagai draf baru" in ani.get("/designs").text
    for _click in range(2):
        following = ani.send("/designs/form/peer-feedback/1/copy")
        assert following.location == "/designs/form/peer-feedback/2/edit"
    assert ani.get("/designs").text.count("Ubah<span") == 2
    assert ani.send("/designs/form/new", {"title": " "}).status_code == 422


def test_every_shipped_form_opens_in_every_view(
    client_for: ClientFor, people: Cast, sessions: sessionmaker[Session]
) -> None:
    with writing(sessions) as database:
        install_designs(database)
        found = database.scalars(select(DesignVersion).join(Design).where(Design.kind == "form")).all()
        drafts = [designing.start_next(database, OPERATOR, version) for version in found]
        names = [one.design.key for one in drafts]
    ani = client_for(people.ani)
    assert len(names) >= 6
    for name in names:
        for view in VIEWS:
            assert ani.get(f"/designs/form/{name}/2/edit{view}").status_code == 200, (name, view)


NUMBER = {"kind": "number", "key": "n", "label": "N"}


def test_only_hr_opens_the_builder_and_only_for_drafts(
    ani: Client, client_for: ClientFor, people: Cast, sessions: sessionmaker[Session]
) -> None:
    posts = ("", "/translations", "/translations/import", "/source", "/source/check", "/try", "/try/live")
    for person in (people.hadi, people.citra):
        browser = client_for(person)
        for path in ("/designs/form/new", *(f"{EDIT}{view}" for view in VIEWS)):
            assert browser.get(path).status_code == 404
        for path in ("/designs/form/new", "/designs/form/kunjungan/1/copy", *(f"{EDIT}{view}" for view in posts)):
            assert browser.send(path).status_code == 404
    with writing(sessions) as database:
        version = database.merge(draft(sessions))
        edit = designing.Edit(
            {**version.definition, "sections": [{"key": "a", "title": "A", "fields": [NUMBER]}]}, msg("x")
        )
        designing.apply(database, OPERATOR, version, edit=edit, lock=version.lock)
        designs.publish(database, OPERATOR, version)
    for view in VIEWS:
        assert ani.get(f"{EDIT}{view}").status_code == 404
    assert ani.get("/designs/form/kunjungan/99999999999999999999/edit").status_code == 404


def test_what_is_gone_is_said_and_breaks_nothing(ani: Client) -> None:
    lock = lock_of(ani.get(EDIT).text)
    for place in ("gone", "bagian_1.gone", "", "bagian_1.a.b.c", "form"):
        for verb in ("up", "remove", "duplicate", "save", "rename", "kind", "move", "nonsense"):
            answer = ani.send(EDIT, {"do": f"{verb} {place}", "_lock": lock})
            assert answer.status_code in (303, 422), (verb, place)
        assert ani.get(f"{EDIT}?open={place}&add={place}").status_code == 200


def test_the_script_gets_the_pieces_that_changed(ani: Client) -> None:
    fetch = {"X-Requested-With": "fetch"}
    lock = lock_of(ani.get(EDIT).text)
    token = ani.csrf_token()
    sent = {"do": "add number", "_target": "bagian_1", "_lock": lock, "csrf_token": token}
    pieces = ani.post(EDIT, data=sent, headers=fetch).text
    assert "<html" not in pieces
    assert 'data-open="bagian_1.number"' in pieces
    assert 'data-swap="canvas"' in pieces
    sent |= {"do": "save bagian_1.number", "_lock": lock_of(pieces), "s.label": "Bobot"}
    saved = ani.post(EDIT, data=sent, headers=fetch).text
    assert 'data-swap="card-bagian_1.number"' in saved
    assert 'data-was="bagian_1.number"' in saved
    assert 'data-swap="canvas"' not in saved
    assert ani.post(EDIT, data={**sent, "_lock": lock}, headers=fetch).status_code == 409


def test_every_kind_and_setting_has_words(app: object) -> None:
    wordless = [kind for kind in KINDS if kind not in words.KIND_WORDS]
    grouped = {kind for _title, members in words.GROUPS.values() for kind in members}
    wordless += [f"{kind} in a group" for kind in KINDS if kind not in grouped]
    for kind, model in KINDS.items():
        wordless += [
            f"{kind}.{name}"
            for name in model.model_fields
            if name not in NOT_HERE and words.setting_words(kind, name) is None
        ]
    wordless += [f"section.{name}" for name in Section.model_fields if name not in (*NOT_HERE, *words.SECTION_SETTINGS)]
    wordless += [f"form.{name}" for name in FormSchema.model_fields if name not in (*NOT_HERE, *words.FORM_SETTINGS)]
    for kind, model in KINDS.items():
        for name in model.model_fields.keys() - NOT_HERE:
            control = control_of(model, name)
            known = words.VALUES.get(name, {})
            wordless += [f"{kind}.{name}={value}" for value, _ in control.choices if value not in known]
    assert wordless == []
