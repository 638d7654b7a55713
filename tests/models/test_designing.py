"""Designing a form on both databases: steps forward and back, two people at one draft, answers that hold a question."""

import pytest
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session, sessionmaker

from forms import editing
from forms.catalogue import shipped
from forms.editing import Edit, Place
from forms.schema import FormSchema
from models.designs import DesignEdit, DesignVersion
from models.errors import Conflict, Forbidden, Invalid, Stale
from models.operations import assignments, cycles, designing, designs
from models.permissions import CLOCK, OPERATOR, ORGANISATION, Actor
from models.queries import designing as questions
from models.queries.answer_context import context_for
from models.queries.designs import form_schema
from models.session import session_factory, writing
from tests.cast import as_actor, cast, on_day, plan_cycle, stage
from tests.webapp.office import example, own_form

WORK = Place.read("bagian_1")


def add(version: DesignVersion, kind: str = "number", label: str | None = None) -> Edit:
    return editing.add_field(version.definition, kind, WORK, label=label)


def do(session: Session, actor: Actor, version: DesignVersion, edit: Edit) -> bool:
    return designing.apply(session, actor, version, edit=edit, lock=version.lock)


def keys(version: DesignVersion) -> list[str]:
    return [field.key for field in form_schema(version).fields()]


@pytest.fixture
def draft(session: Session) -> DesignVersion:
    return designing.start_blank(session, OPERATOR, ORGANISATION, title="Kunjungan lapangan")


def test_a_new_form_has_a_key_of_its_own(session: Session, draft: DesignVersion) -> None:
    assert (draft.design.key, draft.number, draft.state) == ("kunjungan-lapangan", 1, "draft")
    again = designing.start_blank(session, OPERATOR, ORGANISATION, title="Kunjungan lapangan!")
    assert again.design.key == "kunjungan-lapangan-2"
    with pytest.raises(Invalid):
        designing.start_blank(session, OPERATOR, ORGANISATION, title=" ")


def test_a_form_of_the_catalogue_becomes_ones_own(session: Session) -> None:
    source = shipped()["peer-feedback"]
    version = designing.start_from(session, OPERATOR, ORGANISATION, schema=source, title="Umpan balik kami")
    schema = form_schema(version)
    assert schema.title.id == "Umpan balik kami"
    assert schema.key == "umpan-balik-kami"
    assert schema.sections == source.sections


def test_steps_are_taken_back_and_taken_again(session: Session, draft: DesignVersion) -> None:
    empty = draft.definition
    for label in ("Satu", "Dua", "Tiga"):
        assert do(session, OPERATOR, draft, add(draft, label=label))
    assert keys(draft) == ["satu", "dua", "tiga"]
    designing.undo(session, OPERATOR, draft, lock=draft.lock)
    designing.undo(session, OPERATOR, draft, lock=draft.lock)
    assert keys(draft) == ["satu"]
    designing.redo(session, OPERATOR, draft, lock=draft.lock)
    assert keys(draft) == ["satu", "dua"]
    designing.undo(session, OPERATOR, draft, lock=draft.lock)
    designing.undo(session, OPERATOR, draft, lock=draft.lock)
    assert draft.definition == empty
    assert draft.digest == FormSchema.model_validate(empty).digest()
    with pytest.raises(Conflict):
        designing.undo(session, OPERATOR, draft, lock=draft.lock)


def test_a_new_step_replaces_those_taken_back(session: Session, draft: DesignVersion) -> None:
    for label in ("Satu", "Dua"):
        do(session, OPERATOR, draft, add(draft, label=label))
    designing.undo(session, OPERATOR, draft, lock=draft.lock)
    do(session, OPERATOR, draft, add(draft, label="Lain"))
    assert keys(draft) == ["satu", "lain"]
    assert questions.steps(session, draft).redo is None
    with pytest.raises(Conflict):
        designing.redo(session, OPERATOR, draft, lock=draft.lock)


def test_what_changes_nothing_is_no_step(session: Session, draft: DesignVersion) -> None:
    lock = draft.lock
    assert not do(session, OPERATOR, draft, editing.set_form(draft.definition, {"title": "Kunjungan lapangan"}))
    assert draft.lock == lock
    assert questions.steps(session, draft).undo is None


def test_the_last_steps_are_kept(session: Session, draft: DesignVersion, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(designing, "MOST_STEPS", 3)
    for number in range(6):
        do(session, OPERATOR, draft, editing.set_form(draft.definition, {"title": f"Judul {number}"}))
    for _ in range(3):
        designing.undo(session, OPERATOR, draft, lock=draft.lock)
    assert draft.title == "Judul 2"
    with pytest.raises(Conflict):
        designing.undo(session, OPERATOR, draft, lock=draft.lock)


def test_steps_are_told_in_words(session: Session, draft: DesignVersion) -> None:
    do(session, OPERATOR, draft, add(draft, label="Bobot"))
    do(session, OPERATOR, draft, editing.set_part(draft.definition, Place.read("bagian_1.bobot"), {"places": 2}))
    assert str(questions.steps(session, draft).undo) == "“Bobot” diubah."
    long = editing.set_part(draft.definition, Place.read("bagian_1.bobot"), {"label": "Panjang “" * 400})
    do(session, OPERATOR, draft, long)
    longer = session.scalar(select(func.max(func.length(DesignEdit.summary))))
    assert longer is not None
    assert longer <= 400


def test_who_was_slower_overwrites_nothing_and_is_told(session: Session) -> None:
    people = cast(session)
    ani = as_actor(session, people.ani)
    version = designing.start_blank(session, ani, ORGANISATION, title="Bersama")
    seen = version.lock
    designing.apply(session, ani, version, edit=add(version, label="Dari Ani"), lock=seen)
    mine = editing.add_field(version.definition, "number", WORK, label="Dari saya")
    for attempt in (
        lambda: designing.apply(session, OPERATOR, version, edit=mine, lock=seen),
        lambda: designing.undo(session, OPERATOR, version, lock=seen),
        lambda: designing.redo(session, OPERATOR, version, lock=seen),
    ):
        with pytest.raises(Stale):
            attempt()
    assert keys(version) == ["dari_ani"]
    designing.undo(session, ani, version, lock=version.lock)
    told = questions.changes_since(session, version, seen)
    assert [(str(one.what), one.who) for one in told] == [
        ("Satu langkah diurungkan.", "Ani Permata"),
        ("Pertanyaan baru ditambahkan.", "Ani Permata"),
    ]


def test_two_at_the_same_moment_do_not_overwrite_each_other(engine: Engine) -> None:
    factory: sessionmaker[Session] = session_factory(engine)
    with writing(factory) as database:
        version = designing.start_blank(database, OPERATOR, ORGANISATION, title="Bersama")
        number, lock = version.id, version.lock
    with factory() as reader:
        # What this one has read is out of date by the time it writes.
        late = reader.get_one(DesignVersion, number)
        reader.commit()
        with writing(factory) as database:
            first = database.get_one(DesignVersion, number)
            designing.apply(database, OPERATOR, first, edit=add(first, label="Satu"), lock=lock)
        with pytest.raises(Stale):
            designing.apply(reader, OPERATOR, late, edit=add(late, label="Dua"), lock=lock)
        reader.rollback()
    with factory() as database:
        assert keys(database.get_one(DesignVersion, number)) == ["satu"]


def test_only_hr_designs_and_only_drafts(session: Session, draft: DesignVersion) -> None:
    people = cast(session)
    for person in (people.citra, people.hadi):
        actor = as_actor(session, person)
        with pytest.raises(Forbidden):
            do(session, actor, draft, add(draft))
        with pytest.raises(Forbidden):
            designing.start_next(session, actor, draft)
    do(session, OPERATOR, draft, add(draft))
    designs.publish(session, OPERATOR, draft)
    for attempt in (
        lambda: do(session, OPERATOR, draft, add(draft)),
        lambda: designing.undo(session, OPERATOR, draft, lock=draft.lock),
    ):
        with pytest.raises(Conflict):
            attempt()


def test_the_next_version_begins_like_the_last_and_there_is_one_draft(session: Session, draft: DesignVersion) -> None:
    do(session, OPERATOR, draft, add(draft))
    designs.publish(session, OPERATOR, draft)
    following = designing.start_next(session, OPERATOR, draft)
    assert (following.number, following.state, following.definition) == (2, "draft", draft.definition)
    with pytest.raises(Conflict):
        designing.start_next(session, OPERATOR, draft)
    do(session, OPERATOR, following, add(following, label="Baru"))
    assert questions.settled_keys(session, draft.design) == {"number"}
    assert draft.definition != following.definition


def test_an_unfinished_draft_is_kept_and_not_published(session: Session, draft: DesignVersion) -> None:
    do(session, OPERATOR, draft, editing.set_part(draft.definition, WORK, {"show_when": "tidak ada"}))
    with pytest.raises(Invalid):
        designs.publish(session, OPERATOR, draft)
    assert draft.state == "draft"


def test_questions_with_answers_are_known(session: Session) -> None:
    people = cast(session)
    cycle = plan_cycle(session)
    with on_day(2026, 1, 2):
        cycles.open_cycle(session, CLOCK, cycle)
        cycles.open_stage(session, CLOCK, stage(cycle, "planning"))
    form = own_form(session, people.citra)
    version = form.stage.form_version
    assert version is not None
    assert questions.answered_keys(session, version.design) == frozenset()
    with on_day(2026, 1, 5):
        assert context_for(session, form, form_schema(version)).today.year == 2026
        assignments.submit(
            session, as_actor(session, people.citra), form, raw=example(session, form), request_key="one"
        )
    found = questions.answered_keys(session, version.design)
    assert {"results", "results.target"} <= found
    assert found == questions.settled_keys(session, version.design)
