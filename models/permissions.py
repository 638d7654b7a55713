"""Who may do what: one list of actions, one table of rules, one place that enforces them.

A supervisor is not a role but a relation with dates; an assignment carries who must act on it (`signer_id`), so a
rule can be read without a database. What may be *seen* is decided in `models.queries.access`, by the same relations.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar, cast

from sqlalchemy.orm import Session

from models.assignments import Assignment, LogEntry
from models.errors import Forbidden
from models.evidence import EvidenceFile
from models.people import Person

S = TypeVar("S")
P = ParamSpec("P")
R = TypeVar("R")


class Role(StrEnum):
    """Roles that are granted; staff is what everybody is."""

    HR_ADMINISTRATOR = "hr-administrator"
    HR_UNIT = "hr-unit"
    AWARD_COMMITTEE = "award-committee"
    AUDITOR = "auditor"


class Action(StrEnum):
    """Every verb of the business that somebody may or may not do."""

    PEOPLE_IMPORT = "people:import"
    PEOPLE_GRANT_ROLE = "people:grant-role"
    PEOPLE_ACTIVATE = "people:activate"
    PEOPLE_CHANGE_SUPERVISOR = "people:change-supervisor"
    ACCOUNT_CHANGE_PASSWORD = "account:change-password"  # noqa: S105 (the name of an action)
    DESIGN_EDIT = "design:edit"
    DESIGN_PUBLISH = "design:publish"
    CYCLE_MANAGE = "cycle:manage"
    CYCLE_ADVANCE = "cycle:advance"
    CYCLE_RATE_UNIT = "cycle:rate-unit"
    ASSIGNMENT_ANSWER = "assignment:answer"
    ASSIGNMENT_WITHDRAW = "assignment:withdraw"
    ASSIGNMENT_SIGN_OFF = "assignment:sign-off"
    ASSIGNMENT_REOPEN = "assignment:reopen"
    LOG_STRIKE = "log:strike"
    EVIDENCE_UPLOAD = "evidence:upload"
    EVIDENCE_REMOVE = "evidence:remove"
    EVIDENCE_SEARCH = "evidence:search"
    EVIDENCE_DISCARD = "evidence:discard"
    SURVEY_ANSWER = "survey:answer"
    SCORE_COMPUTE = "score:compute"
    AWARD_PROPOSE = "award:propose"
    AWARD_CONFIRM = "award:confirm"
    CERTIFICATE_ISSUE = "certificate:issue"
    CERTIFICATE_REVOKE = "certificate:revoke"
    DOCUMENT_ATTACH = "document:attach"
    RUN_REQUEST = "run:request"
    RUN_WORK = "run:work"
    MESSAGE_DELIVER = "message:deliver"


@dataclass(frozen=True)
class Grant:
    """A role, for everything (`unit_path` empty) or for one unit and what is below it."""

    role: Role
    unit_path: str = ""


@dataclass(frozen=True)
class Actor:
    """Who acts: a person with the roles of this moment, a named system actor, or the anonymous public."""

    person_id: int | None = None
    system: str = ""
    grants: frozenset[Grant] = frozenset()
    on_behalf_of_id: int | None = None

    @property
    def person(self) -> int:
        """The person who acts; raises `Forbidden` for the public and for system actors."""
        if self.person_id is None:
            raise Forbidden
        return self.person_id

    def has(self, *roles: Role) -> bool:
        """Whether one of the roles is held for the whole organisation."""
        return any(grant.role in roles and not grant.unit_path for grant in self.grants)

    def has_anywhere(self, *roles: Role) -> bool:
        """Whether one of the roles is held, be it for one unit only."""
        return any(grant.role in roles for grant in self.grants)

    def unit_paths(self, *roles: Role) -> list[str]:
        """The subtrees for which one of the roles is held; a root prefix `/` means all."""
        return sorted({grant.unit_path or "/" for grant in self.grants if grant.role in roles})


CLOCK = Actor(system="clock")
"""Opens and closes what is due."""
CLOSER = Actor(system="closer")
"""Closes cycles and computes scores."""
PRINTER = Actor(system="printer")
"""Renders papers and attaches them."""
POSTMAN = Actor(system="postman")
"""Delivers messages."""
OPERATOR = Actor(system="operator")
"""Whoever may run the command line on the server."""
PUBLIC = Actor()

Rule = Callable[[Actor, Any], bool]


class Organisation:
    """The subject of actions that concern no single row: the organisation as a whole."""


ORGANISATION = Organisation()


def hr_administrator(actor: Actor, _subject: Any) -> bool:
    return actor.has(Role.HR_ADMINISTRATOR)


def award_committee(actor: Actor, _subject: Any) -> bool:
    return actor.has(Role.AWARD_COMMITTEE)


def system(*names: Actor) -> Rule:
    known = {actor.system for actor in names}
    return lambda actor, _subject: actor.system in known


def oneself(actor: Actor, person: Person) -> bool:
    return actor.person_id is not None and person.id == actor.person_id


def respondent(actor: Actor, assignment: Assignment) -> bool:
    return actor.person_id is not None and assignment.respondent_id == actor.person_id


def signer_not_of_oneself(actor: Actor, assignment: Assignment) -> bool:
    """Nobody signs answers about himself, nor his own answers."""
    return (
        actor.person_id is not None
        and assignment.signer_id == actor.person_id
        and assignment.subject_id != actor.person_id
        and assignment.respondent_id != actor.person_id
    )


def author(actor: Actor, entry: LogEntry) -> bool:
    return actor.person_id is not None and entry.entered_by_id == actor.person_id


def sender(actor: Actor, file: EvidenceFile) -> bool:
    return actor.person_id is not None and file.uploaded_by_id == actor.person_id


def anybody(_actor: Actor, _subject: Any) -> bool:
    return True


RULES: dict[Action, tuple[Rule, ...]] = {
    Action.PEOPLE_IMPORT: (hr_administrator, system(OPERATOR)),
    Action.PEOPLE_GRANT_ROLE: (hr_administrator, system(OPERATOR)),
    Action.PEOPLE_ACTIVATE: (hr_administrator, system(OPERATOR)),
    Action.PEOPLE_CHANGE_SUPERVISOR: (hr_administrator, system(OPERATOR)),
    Action.ACCOUNT_CHANGE_PASSWORD: (oneself,),
    Action.DESIGN_EDIT: (hr_administrator, system(OPERATOR)),
    Action.DESIGN_PUBLISH: (hr_administrator, system(OPERATOR)),
    Action.CYCLE_MANAGE: (hr_administrator, system(OPERATOR)),
    Action.CYCLE_ADVANCE: (hr_administrator, system(CLOCK, CLOSER, OPERATOR)),
    Action.CYCLE_RATE_UNIT: (hr_administrator, system(OPERATOR)),
    Action.ASSIGNMENT_ANSWER: (respondent,),
    Action.ASSIGNMENT_WITHDRAW: (respondent,),
    Action.ASSIGNMENT_SIGN_OFF: (signer_not_of_oneself,),
    Action.ASSIGNMENT_REOPEN: (hr_administrator,),
    Action.LOG_STRIKE: (author,),
    Action.EVIDENCE_UPLOAD: (respondent,),
    Action.EVIDENCE_REMOVE: (sender,),
    Action.EVIDENCE_SEARCH: (system(CLOCK, OPERATOR),),
    Action.EVIDENCE_DISCARD: (system(CLOCK, OPERATOR),),
    Action.SURVEY_ANSWER: (anybody,),
    Action.SCORE_COMPUTE: (system(CLOSER),),
    Action.AWARD_PROPOSE: (system(CLOSER), hr_administrator),
    Action.AWARD_CONFIRM: (award_committee,),
    Action.CERTIFICATE_ISSUE: (system(PRINTER), hr_administrator),
    Action.CERTIFICATE_REVOKE: (hr_administrator,),
    Action.DOCUMENT_ATTACH: (system(PRINTER),),
    Action.RUN_REQUEST: (hr_administrator, system(CLOCK, CLOSER, OPERATOR)),
    Action.RUN_WORK: (system(CLOCK, CLOSER, PRINTER, POSTMAN),),
    Action.MESSAGE_DELIVER: (system(POSTMAN),),
}
"""An action is allowed when one of its rules holds; whatever is not here is nobody's."""

OPERATIONS: dict[str, Action] = {}
"""Every operation and the action it needs, filled by `needs`."""


def can(actor: Actor, action: Action, subject: Any) -> bool:
    """Whether the actor may do this to the subject at this moment."""
    return any(rule(actor, subject) for rule in RULES.get(action, ()))


def needs(
    action: Action,
) -> Callable[[Callable[Concatenate[Session, Actor, S, P], R]], Callable[Concatenate[Session, Actor, S, P], R]]:
    """Guard an operation: it runs only for an actor who may do `action` to its subject, else `Forbidden`."""

    def guard(
        operation: Callable[Concatenate[Session, Actor, S, P], R],
    ) -> Callable[Concatenate[Session, Actor, S, P], R]:
        OPERATIONS[f"{operation.__module__}.{operation.__qualname__}"] = action

        @wraps(operation)
        def guarded(session: Session, actor: Actor, subject: S, *args: P.args, **kwargs: P.kwargs) -> R:
            if not can(actor, action, subject):
                raise Forbidden
            return operation(session, actor, subject, *args, **kwargs)

        return cast(Callable[Concatenate[Session, Actor, S, P], R], guarded)

    return guard
