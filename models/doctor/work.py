"""Checks of what happens by itself: messages go out once, and no piece of work is left behind."""

from collections.abc import Iterator
from datetime import timedelta

from sqlalchemy import and_, func, or_, select

from forms.text import msg
from models import clock
from models.cycles import Run
from models.doctor.base import Examination, Finding, found_by
from models.messages import OutboxMessage
from models.states import Run as State

PATIENCE = timedelta(minutes=30)


def messages_go_out(examination: Examination) -> Iterator[Finding]:
    """I6: no message twice, none that nobody tries to send any more, none that waits long past its time."""
    doubled = select(func.max(OutboxMessage.id)).group_by(OutboxMessage.key).having(func.count() > 1)
    yield found_by(examination, "I6", msg("Tidak ada pesan yang sama dua kali."), "message", doubled)
    unsent = OutboxMessage.sent_at.is_(None)
    yield found_by(
        examination,
        "I6",
        msg("Tidak ada pesan yang gagal dikirim untuk seterusnya."),
        "message",
        select(OutboxMessage.id).where(unsent, OutboxMessage.next_try_at.is_(None)),
    )
    yield found_by(
        examination,
        "I6",
        msg("Tidak ada pesan yang tertahan lebih dari 30 menit."),
        "message",
        select(OutboxMessage.id).where(unsent, OutboxMessage.next_try_at < clock.now() - PATIENCE),
    )


def no_run_is_left(examination: Examination) -> Iterator[Finding]:
    """I11: the reconciler leaves no work begun and abandoned, or asked for and never begun, for half an hour."""
    since = clock.now() - PATIENCE
    yield found_by(
        examination,
        "I11",
        msg("Tidak ada proses yang ditinggalkan lebih dari 30 menit."),
        "run",
        select(Run.id).where(
            or_(
                and_(Run.state == State.RUNNING, or_(Run.lease_until < since, Run.lease_until.is_(None))),
                and_(
                    Run.state == State.REQUESTED,
                    Run.requested_at < since,
                    func.coalesce(Run.launched_at, Run.requested_at) < since,
                ),
            )
        ),
    )
