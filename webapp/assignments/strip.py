"""Where a form is and who is next: the strip above it, and its history."""

from typing import Any

from flask_babel import gettext
from flask_login import current_user

from models import clock
from models.assignments import Assignment, SignOff, Submission
from models.people import Person
from models.queries.designs import stage_design
from models.states import OPEN_ASSIGNMENT
from models.states import Assignment as State
from webapp.i18n import show_date, show_datetime


def role_title(role: str) -> str:
    """Who signs at a step of the chain."""
    titles = {
        "supervisor": gettext("Tanda tangan atasan"),
        "second-level": gettext("Tanda tangan atasan pejabat penilai"),
    }
    return titles.get(role, role)


def called(person: Person | None) -> str:
    """A person's name, or *Anda*."""
    if person is None:
        return ""
    return gettext("Anda") if person.id == current_user.person_id else person.name


def strip(assignment: Assignment, submission: Submission | None, signatures: list[SignOff]) -> list[dict[str, Any]]:
    """The steps of a form for `ui.steps`: filling in, each signature of the chain, done."""
    state = assignment.state
    signed = {one.step: one for one in signatures if submission and one.submission_id == submission.id}
    steps = [_filling(assignment, submission)]
    for number, role in enumerate(stage_design(assignment.stage).sign_offs):
        steps.append({"name": role_title(role)} | _signing(assignment, number, signed.get(number)))
    done = state == State.COMPLETED
    note = show_date(assignment.state_since) if done else ""
    steps.append({"name": gettext("Selesai"), "state": "done" if done else "waiting", "note": note})
    return steps


def _filling(assignment: Assignment, submission: Submission | None) -> dict[str, Any]:
    who = called(assignment.respondent)
    if assignment.state == State.RETURNED:
        return {"name": gettext("Perbaikan"), "state": "returned", "note": who}
    if assignment.state in OPEN_ASSIGNMENT:
        return {"name": gettext("Pengisian"), "state": "now", "note": who}
    if assignment.state == State.LAPSED or submission is None:
        return {"name": gettext("Pengisian"), "state": "waiting", "note": gettext("tidak diajukan")}
    return {"name": gettext("Diajukan"), "state": "done", "note": f"{who} · {show_date(submission.submitted_at)}"}


def _signing(assignment: Assignment, number: int, signature: SignOff | None) -> dict[str, Any]:
    if signature is not None and signature.decision == "signed":
        return {"state": "done", "note": f"{called(signature.signer)} · {show_date(signature.decided_at)}"}
    if assignment.state == State.SUBMITTED and assignment.sign_off_step == number:
        if assignment.signer is None:
            return {"state": "now", "note": gettext("Menunggu pengelola kinerja menetapkan atasan")}
        return {"state": "now", "note": gettext("Menunggu %(name)s", name=called(assignment.signer))}
    if assignment.state == State.COMPLETED:
        return {"state": "done", "note": gettext("dilewati: tidak ada pejabatnya")}
    return {"state": "waiting", "note": ""}


def shown_state(assignment: Assignment) -> str:
    """The state as `ui.tag` shows it: late when the deadline has passed, done where nobody has to approve."""
    if assignment.state in OPEN_ASSIGNMENT and clock.now() >= assignment.due_at:
        return "overdue"
    if assignment.stage.mode == "log" and assignment.state in OPEN_ASSIGNMENT:
        return "open"
    if assignment.state == State.COMPLETED and not stage_design(assignment.stage).sign_offs:
        return "done"
    return assignment.state


def next_words(assignment: Assignment) -> str:
    """What happens next, in one sentence."""
    chain = stage_design(assignment.stage).sign_offs
    match assignment.state:
        case State.SUBMITTED if assignment.signer is None:
            return gettext("Selanjutnya: pengelola kinerja menetapkan siapa yang menandatangani.")
        case State.SUBMITTED:
            return gettext(
                "Selanjutnya: %(name)s menandatangani atau mengembalikannya.", name=called(assignment.signer)
            )
        case State.COMPLETED:
            return gettext("Tidak ada yang perlu Anda lakukan lagi.")
        case State.LAPSED:
            return gettext("Hubungi pengelola kinerja unit Anda bila memerlukan perpanjangan.")
    if "supervisor" in chain:
        return gettext("Setelah diajukan: ditandatangani oleh atasan.")
    if "second-level" in chain:
        return gettext("Setelah diajukan: ditandatangani oleh atasan pejabat penilai.")
    return gettext("Setelah diajukan: langsung berlaku, tanpa tanda tangan.")


def history(submissions: list[Submission], signatures: list[SignOff]) -> list[dict[str, Any]]:
    """What happened to a form for `ui.history`, the latest first."""
    moments: list[tuple[Any, dict[str, Any]]] = [
        (
            one.submitted_at,
            {
                "what": gettext("Diajukan") if one.round == 1 else gettext("Diajukan, putaran %(n)s", n=one.round),
                "who": called(one.submitted_by),
                "when": show_datetime(one.submitted_at),
            },
        )
        for one in submissions
    ]
    moments += [
        (
            one.decided_at,
            {
                "what": gettext("Ditandatangani")
                if one.decision == "signed"
                else gettext("Dikembalikan untuk perbaikan"),
                "who": called(one.signer),
                "when": show_datetime(one.decided_at),
                "comment": one.comment,
            },
        )
        for one in signatures
    ]
    return [entry for _moment, entry in sorted(moments, key=lambda pair: pair[0], reverse=True)]
