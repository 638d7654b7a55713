"""A form that changes while it is being answered: drafts go on, what was handed in stays, nothing is broken."""

from collections.abc import Callable
from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from forms.changes import difference
from models.assignments import Assignment, Draft, Measurement, Submission
from models.errors import Conflict, Invalid, Stale
from models.journal import JournalEntry
from models.operations import assignments, cycles, designs, feedback, logs
from models.operations.adopting import adopt_version, losses, publish_and_adopt, renew_draft
from models.permissions import CLOCK, OPERATOR
from models.queries import access, team
from models.queries import logs as log_queries
from models.queries.answer_context import context_for
from models.queries.beside import beside
from models.queries.design_impact import impact, who_uses
from models.queries.design_references import broken_in, design_references, stages_with
from models.queries.designs import answered_form, form_schema, published_version, stage_form
from models.queries.scoring_inputs import inputs_for
from tests.cast import Cast, as_actor, cast, on_day, plan_cycle, stage
from tests.models.versions.versions_of import draft_version, field, without, without_column
from tests.stories import cast_all, fill, open_forms, sign_all, submit_all, until_planned

LABEL = "Hasil yang dijanjikan"


@pytest.fixture
def planning(session: Session) -> tuple[Cast, Callable[[str], Assignment]]:
    """Planning is open; gives the cast and how to find somebody's plan."""
    people, cycle = cast(session), plan_cycle(session)
    with on_day(2026, 1, 2):
        cycles.open_cycle(session, CLOCK, cycle)
        cycles.open_stage(session, CLOCK, stage(cycle, "planning"))

    def plan(name: str) -> Assignment:
        found = select(Assignment).where(
            Assignment.respondent_id == getattr(people, name).id, Assignment.stage_id == stage(cycle, "planning").id
        )
        return session.scalars(found).one()

    return people, plan


def newer(definition: dict) -> None:
    """Another word for the plan, and no column for the result of the leader any more."""
    without_column("results", "leader_result")(definition)
    field(definition, "results")["label"] = LABEL


def save(session: Session, people: Cast, name: str, form: Assignment) -> Draft:
    raw = fill(session, form, seed=form.id)
    raw["results"][0]["leader_result"] = "Meningkatnya pelayanan"
    return assignments.save_draft(session, as_actor(session, getattr(people, name)), form, raw=raw, lock=0)


def adopted(session: Session, form: Assignment) -> None:
    version = draft_version(session, "skp-quantitative", newer)
    publish_and_adopt(session, OPERATOR, version, [form.stage])


def test_a_stage_keeps_its_version_until_it_adopts_the_newer_one(session: Session, planning) -> None:
    _, plan = planning
    before = plan("citra").stage.form_version_id
    version = draft_version(session, "skp-quantitative", newer)
    designs.publish(session, OPERATOR, version)
    assert plan("citra").stage.form_version_id == before
    adopt_version(session, OPERATOR, plan("citra").stage, version)
    adopt_version(session, OPERATOR, plan("citra").stage, version)
    assert plan("citra").stage.form_version_id == version.id
    told = session.scalars(select(JournalEntry).where(JournalEntry.verb == "adopt")).all()
    assert [entry.details for entry in told] == [{"from": 1, "to": 2, "version": version.id}]


def test_a_stage_goes_forward_to_published_versions_of_its_own_form_only(session: Session, planning) -> None:
    _, plan = planning
    planned = plan("citra").stage
    first = planned.form_version
    draft = draft_version(session, "skp-quantitative", newer)
    with pytest.raises(Conflict, match="sudah diterbitkan"):
        adopt_version(session, OPERATOR, planned, draft)
    other = published_version(session, "form", "evaluation")
    with pytest.raises(Conflict, match="tidak memakai formulir"):
        adopt_version(session, OPERATOR, planned, other)
    publish_and_adopt(session, OPERATOR, draft, [planned])
    with pytest.raises(Conflict, match="lebih baru"):
        adopt_version(session, OPERATOR, planned, first)
    with on_day(2026, 2, 8):
        cycles.close_stage(session, CLOCK, planned, at_once=True)
    another = draft_version(session, "skp-quantitative", lambda one: one.update(title="SKP"))
    designs.publish(session, OPERATOR, another)
    with pytest.raises(Conflict, match="sudah ditutup"):
        adopt_version(session, OPERATOR, planned, another)


def test_a_draft_goes_on_when_its_respondent_says_so_and_names_what_it_loses(session: Session, planning) -> None:
    people, plan = planning
    actor = as_actor(session, people.citra)
    with on_day(2026, 1, 5):
        draft = save(session, people, "citra", plan("citra"))
        adopted(session, plan("citra"))
        form = plan("citra")
        lost = losses(session, form, draft)
        assert [(one.path, one.typed) for one in lost][:1] == [("results.0.leader_result", "Meningkatnya pelayanan")]
        with pytest.raises(Stale):
            renew_draft(session, actor, form, lock=7)
        with pytest.raises(Conflict, match="diperbarui"):
            assignments.submit(session, actor, form, raw=draft.raw, request_key="old")
        kept = draft.raw["results"][0]["result"]
        assert renew_draft(session, actor, form, lock=draft.lock) == lost
        assert (draft.lock, draft.form_version_id) == (2, form.stage.form_version_id)
        assert "leader_result" not in draft.raw["results"][0]
        assert draft.raw["results"][0]["result"] == kept
        assert renew_draft(session, actor, form, lock=2) == ()
        told = session.scalars(select(JournalEntry).where(JournalEntry.verb == "renew")).one()
        assert told.details["lost"] == [one.path for one in lost]
        assert "Meningkatnya" not in str(told.details)
        submission = assignments.submit(session, actor, form, raw=draft.raw, request_key="new")
        assert submission.form_version_id == form.stage.form_version_id


def test_a_page_opened_before_saves_for_its_own_version_and_never_over_the_newer_draft(
    session: Session, planning
) -> None:
    people, plan = planning
    actor, form = as_actor(session, people.citra), plan("citra")
    old = form.stage.form_version_id
    with on_day(2026, 1, 5):
        raw = fill(session, form)
        adopted(session, form)
        draft = assignments.save_draft(session, actor, form, raw=raw, lock=0, typed_for=old)
        assert draft.form_version_id == old
        draft = assignments.save_draft(session, actor, form, raw=raw, lock=1, typed_for=old)
        renew_draft(session, actor, form, lock=2)
        with pytest.raises(Stale):
            assignments.save_draft(session, actor, form, raw=raw, lock=3, typed_for=old)
        other = published_version(session, "form", "evaluation")
        with pytest.raises(Conflict):
            assignments.save_draft(session, actor, form, raw=raw, lock=3, typed_for=other.id)


def test_a_plan_given_back_comes_as_it_was_answered_and_goes_on_from_there(session: Session, planning) -> None:
    people, plan = planning
    actor, form = as_actor(session, people.citra), plan("citra")
    with on_day(2026, 1, 5):
        submission = assignments.submit(session, actor, form, raw=fill(session, form), request_key="k1")
        adopted(session, form)
        draft = assignments.withdraw(session, actor, form)
        assert draft.form_version_id == submission.form_version_id
        renew_draft(session, actor, form, lock=draft.lock)
        again = assignments.submit(session, actor, form, raw=draft.raw, request_key="k2")
    asked = [answered_form(session, one).field("results").label.id for one in (submission, again)]
    assert asked == ["Rencana hasil kerja dan indikator", LABEL]


def test_both_generations_are_read_in_their_own_words_beside_and_in_scores(session: Session, planning) -> None:
    people, plan = planning
    with on_day(2026, 1, 5):
        first = assignments.submit(
            session, as_actor(session, people.citra), plan("citra"), raw=fill(session, plan("citra")), request_key="k1"
        )
        adopted(session, plan("citra"))
        submit_all(session, people)
        sign_all(session, people)
    cycle = plan("citra").stage.cycle
    with on_day(2027, 1, 2):
        cycles.open_stage(session, CLOCK, stage(cycle, "self-assessment"))
        labels = {}
        for name in ("citra", "dedi"):
            person = getattr(people, name)
            form = next(one for one in open_forms(session, person) if one.stage.key == "self-assessment")
            shown = next(one for one in beside(session, as_actor(session, person), form) if one.answers is not None)
            labels[name] = shown.schema.field("results").label.id
            schema = stage_form(form.stage)[1]
            source = context_for(session, form, schema).source_fields["planning.results"]
            assert (source.column("leader_result") is None) == (name == "dedi")
        assert labels == {"citra": "Rencana hasil kerja dan indikator", "dedi": LABEL}
    people_ids = {people.citra.id: people.office.id, people.dedi.id: people.office.id}
    inputs = inputs_for(session, cycle, people_ids)
    asked = {person: inputs[person].forms["planning"].schema.field("results").label.id for person in people_ids}
    assert asked == {people.citra.id: "Rencana hasil kerja dan indikator", people.dedi.id: LABEL}
    assert session.get_one(Submission, first.id).form_version_id != plan("citra").stage.form_version_id


def test_figures_of_a_log_are_told_though_the_form_no_longer_asks_for_some(session: Session) -> None:
    people, cycle = cast(session), plan_cycle(session)
    until_planned(session, people, cycle)
    progress = stage(cycle, "progress")
    with on_day(2026, 2, 10):
        cycles.open_stage(session, CLOCK, progress)
        form = next(one for one in open_forms(session, people.citra) if one.stage.key == "progress")
        actor = as_actor(session, people.citra)
        logs.add_entry(session, actor, form, raw=fill(session, form) | {"date": "2026-02-10"}, request_key="e1")

        def other_measure(definition: dict) -> None:
            field(definition, "count").update(key="amount", label="Banyaknya")

        version = draft_version(session, "progress-log", other_measure)
        publish_and_adopt(session, OPERATOR, version, [progress])
        schema = form_schema(version)
        logs.add_entry(session, actor, form, raw=fill(session, form) | {"date": "2026-02-10"}, request_key="e2")
        total = sum(session.scalars(select(Measurement.value).where(Measurement.key == "services")))
        assert [(str(label), value) for label, value in log_queries.totals(session, form, schema)] == [
            ("Banyaknya", total)
        ]
        entries = session.scalars(log_queries.entries(form)).all()
        assert {answered_form(session, entry).field("count") is None for entry in entries} == {True, False}
        members = team.team_of(session, as_actor(session, people.budi), date(2026, 2, 28))
        assert [str(label) for member in members.direct for label, _ in member.totals] == ["Banyaknya"]


def test_a_ballot_box_with_ballots_keeps_its_form(session: Session) -> None:
    people, cycle = cast(session), plan_cycle(session)
    until_planned(session, people, cycle)
    box = stage(cycle, "peer-feedback")
    with on_day(2026, 11, 17):
        cycles.open_stage(session, CLOCK, box)
        version = draft_version(session, "peer-feedback", lambda one: one.update(title="Umpan balik"))
        designs.publish(session, OPERATOR, version)
        form = next(one for one in open_forms(session, people.citra) if one.stage.mode == "ballot")
        feedback.cast_ballot(session, as_actor(session, people.citra), form, raw=fill(session, form))
        with pytest.raises(Conflict, match="tidak terlacak"):
            adopt_version(session, OPERATOR, box, version)
        cast_all(session, people)


@pytest.mark.parametrize(
    ("form", "change", "sentence"),
    [
        ("evaluation", without("results_rating"), "Rating hasil kerja membaca “results_rating”"),
        ("skp-quantitative", without_column("results", "target"), "membaca “results.target”"),
        ("skp-quantitative", without("results"), "membaca “results”"),
        ("self-assessment", without_column("results", "realisation"), "membaca “results.realisation”"),
        ("progress-log", without("count"), "menjumlahkan ukuran “services”"),
        ("public-survey", without("u4"), "membaca “u4”"),
        ("evaluation", without("recommendation"), "Dokumen evaluasi kinerja pegawai membaca “recommendation”"),
    ],
)
def test_nothing_can_be_published_that_breaks_what_refers_to_it(
    session: Session, form: str, change: Callable, sentence: str
) -> None:
    cycle = plan_cycle(session)
    version = draft_version(session, form, change)
    with pytest.raises(Invalid) as refused:
        designs.publish(session, OPERATOR, version)
    said = " ".join(message.say() for message in refused.value.errors.values())
    assert sentence in said
    old = published_version(session, "form", form)
    broken = [one for reference in design_references(session, version) for one in reference.broken]
    effects = {one.change.effect for one in impact(session, old, version, broken)}
    assert "breaks" in effects
    assert broken_in(next(one for one in cycle.stages if one.form_version_id == old.id), version)


def test_an_answer_the_matrix_does_not_know_cannot_be_offered(session: Session) -> None:
    plan_cycle(session)

    def another_point(definition: dict) -> None:
        rating = field(definition, "results_rating")
        rating["options" if "options" in rating else "points"].append(
            {"value": "9", "label": "Luar biasa"} | ({} if "options" in rating else {"key": "superb"})
        )

    version = draft_version(session, "evaluation", another_point)
    with pytest.raises(Invalid) as refused:
        designs.publish(session, OPERATOR, version)
    assert "tidak mengenal jawaban" in str(next(iter(refused.value.errors.values())))


def test_a_change_of_words_breaks_nothing(session: Session) -> None:
    plan_cycle(session)
    version = draft_version(session, "evaluation", lambda one: one.update(title="Evaluasi"))
    assert designs.problems(session, version) == []


def test_each_change_is_told_with_the_drafts_and_submissions_it_meets(session: Session, planning) -> None:
    people, plan = planning
    with on_day(2026, 1, 5):
        save(session, people, "citra", plan("citra"))
        raw = fill(session, plan("dedi"))
        for row in raw["results"]:
            row.pop("leader_result", None)
        assignments.save_draft(session, as_actor(session, people.dedi), plan("dedi"), raw=raw, lock=0)
        form = plan("eka")
        assignments.submit(session, as_actor(session, people.eka), form, raw=fill(session, form), request_key="k1")
    old = form.stage.form_version
    version = draft_version(session, "skp-quantitative", newer)
    found = {one.change.answers: one.counts for one in impact(session, old, version) if one.change.verb == "removed"}
    counts = found[("results.leader_result",)]
    assert (counts.drafts, counts.submissions, counts.entries) == (1, 1, 0)
    assert {one.design.key for one in [old]} == {"skp-quantitative"}
    assert (who_uses(session, old.design).drafts, who_uses(session, old.design).answers) == (2, 1)
    assert [one.key for one in stages_with(session, old.design)] == ["planning"]
    assert len(difference(form_schema(old), form_schema(version))) == 2


def test_an_option_that_goes_is_counted_where_it_was_chosen(session: Session, planning) -> None:
    people, plan = planning
    with on_day(2026, 1, 5):
        for name, aspects in {"citra": ["kualitas"], "dedi": ["kuantitas"], "eka": ["waktu"]}.items():
            raw = fill(session, plan(name))
            raw["results"] = [raw["results"][0] | {"aspect": aspect} for aspect in aspects]
            actor = as_actor(session, getattr(people, name))
            assignments.save_draft(session, actor, plan(name), raw=raw, lock=0)

    def no_quality(definition: dict) -> None:
        rows = field(definition, "results")
        aspect = next(one for one in rows["columns"] if one["key"] == "aspect")
        aspect["options"] = [one for one in aspect["options"] if one["value"] != "kualitas"]

    version = draft_version(session, "skp-quantitative", no_quality)
    (one,) = impact(session, plan("citra").stage.form_version, version)
    assert (one.change.item, one.change.effect, one.counts.drafts) == ("kualitas", "loses-data", 1)
    assert access.draft(session, as_actor(session, people.citra), plan("citra")) is not None
