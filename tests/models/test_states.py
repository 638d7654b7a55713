"""The states of an assignment against a model of them: whatever people do, in whatever order."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from models import clock
from models.assignments import Assignment, SignOff, Submission
from models.errors import DomainError
from models.journal import JournalEntry
from models.operations import assigning, assignments, cycles, sign_offs
from models.permissions import CLOCK
from models.queries import access
from models.session import session_factory
from models.states import MOVES, next_state
from tests.cast import as_actor, at, cast, plan_cycle, stage
from tests.stories import fill


def test_every_state_that_is_led_to_is_a_state_of_its_kind() -> None:
    for kind, moves in MOVES.items():
        known = {state for state, _verb in moves} | set(moves.values())
        assert all(state in known for state in moves.values()), kind


def test_a_verb_that_does_not_apply_leads_nowhere() -> None:
    assert next_state("assignment", "completed", "submit") is None
    assert next_state("certificate", "revoked", "issue") is None


class PlanLife(RuleBasedStateMachine):
    """One plan, its author, his supervisor and HR. The model is a state and a round; the database must agree."""

    session: Session

    @initialize()
    def open(self) -> None:
        self.people = cast(self.session)
        cycle = plan_cycle(self.session)
        self.moment = at(2026, 1, 2)
        with clock.travel(self.moment):
            cycles.open_cycle(self.session, CLOCK, cycle)
            cycles.open_stage(self.session, CLOCK, stage(cycle, "planning"))
        self.stage = stage(cycle, "planning")
        self.form = self.session.scalars(
            select(Assignment).where(Assignment.respondent_id == self.people.citra.id)
        ).one()
        self.citra = as_actor(self.session, self.people.citra)
        self.budi = as_actor(self.session, self.people.budi)
        self.ani = as_actor(self.session, self.people.ani)
        self.raw = fill(self.session, self.form)
        self.state, self.round, self.submitted = "waiting", 1, 0

    def attempt(self, allowed: bool, act, state: str, rounds: int = 0) -> None:  # type: ignore[no-untyped-def]
        """Do something; it works exactly when the model says so."""
        with clock.travel(self.moment):
            if not allowed:
                with pytest.raises(DomainError):
                    act()
                self.session.refresh(self.form)
                return
            act()
        self.state, self.round = state, self.round + rounds

    def lock(self) -> int:
        draft = access.draft(self.session, self.citra, self.form)
        return draft.lock if draft else 0

    @rule()
    def save(self) -> None:
        after = "draft" if self.state == "waiting" else self.state
        self.attempt(
            self.state in ("waiting", "draft", "returned"),
            lambda: assignments.save_draft(self.session, self.citra, self.form, raw=self.raw, lock=self.lock()),
            after,
        )

    @rule()
    def submit(self) -> None:
        self.submitted += 1
        key = f"click-{self.submitted}"
        self.attempt(
            self.state in ("waiting", "draft", "returned"),
            lambda: assignments.submit(self.session, self.citra, self.form, raw=self.raw, request_key=key),
            "submitted",
        )

    @rule()
    def withdraw(self) -> None:
        self.attempt(
            self.state == "submitted",
            lambda: assignments.withdraw(self.session, self.citra, self.form),
            "draft",
            1,
        )

    def digest(self) -> str:
        rounds = access.submissions(self.session, self.form)
        return rounds[0].digest if rounds else ""

    @rule()
    def sign(self) -> None:
        self.attempt(
            self.state == "submitted",
            lambda: sign_offs.sign_off(self.session, self.budi, self.form, digest=self.digest()),
            "completed",
        )

    @rule()
    def give_back(self) -> None:
        self.attempt(
            self.state == "submitted",
            lambda: sign_offs.return_for_revision(
                self.session, self.budi, self.form, digest=self.digest(), comment="Perjelas targetnya."
            ),
            "returned",
            1,
        )

    @rule()
    def lapse(self) -> None:
        with clock.travel(self.moment):
            assigning.lapse_overdue(self.session, CLOCK, self.stage, even_if_not_due=True)
        self.session.refresh(self.form)
        if self.state in ("waiting", "draft", "returned"):
            self.state = "lapsed"

    @rule()
    def reopen(self) -> None:
        until = self.moment + timedelta(days=5)
        completed = self.state == "completed"
        self.attempt(
            self.state in ("lapsed", "completed"),
            lambda: assignments.reopen(self.session, self.ani, self.form, reason="Salah ketik", due_at=until),
            "returned" if completed else "draft",
            int(completed),
        )

    @invariant()
    def database_agrees(self) -> None:
        if not hasattr(self, "form"):
            return
        self.session.refresh(self.form)
        assert (self.form.state, self.form.round) == (self.state, self.round)
        assert (self.form.signer_id == self.people.budi.id) == (self.state == "submitted")
        submissions = access.submissions(self.session, self.form)
        assert len({one.round for one in submissions}) == len(submissions)
        assert all(one.round <= self.round for one in submissions)
        path = self.session.execute(
            select(JournalEntry.before, JournalEntry.verb, JournalEntry.after)
            .where(JournalEntry.subject_kind == "assignment", JournalEntry.subject_id == self.form.id)
            .order_by(JournalEntry.id)
        ).all()
        for before, verb, after in path[1:]:
            assert next_state("assignment", before, verb) == after
        assert [line.before for line in path[1:]] == [line.after for line in path[:-1]]
        signed = self.session.scalars(select(SignOff).join(Submission)).all()
        assert all(one.digest == one.submission.digest for one in signed)


def test_whatever_people_do_the_plan_follows_the_table(shared_sqlite_engine: Engine) -> None:
    def life() -> PlanLife:
        connection = shared_sqlite_engine.connect()
        transaction = connection.begin()
        factory = session_factory(shared_sqlite_engine)

        class Life(PlanLife):
            session = factory(bind=connection, join_transaction_mode="create_savepoint")

            def teardown(self) -> None:
                self.session.close()
                transaction.rollback()
                connection.close()

        return Life()

    few = settings(max_examples=25, stateful_step_count=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    run_state_machine_as_test(life, settings=few)
