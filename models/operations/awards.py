"""The yearly award: candidates with their reasons, the committee's word, and certificates with numbers without gaps."""

from datetime import date
from typing import Any

from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import Session

from forms.identifiers import read_employee_number
from forms.text import msg
from forms.wording import roman
from models import clock
from models.awards import Candidate, Certificate, Register
from models.cycle_design import AwardCategory, Awards
from models.cycles import Cycle
from models.documents import Document
from models.errors import Conflict, Invalid
from models.operations.messages import notify
from models.operations.moves import move, record
from models.permissions import Action, Actor, needs
from models.queries.candidates import consider
from models.queries.designs import cycle_design
from models.queries.people import posts
from models.states import Candidate as CandidateState
from models.states import Certificate as CertificateState
from models.states import Cycle as CycleState
from models.tokens import grouped, new_token


def awards_of(cycle: Cycle) -> Awards:
    """What the cycle's design says of awards; raises `Conflict` when it has none."""
    awards = cycle_design(cycle.design_version).awards
    if awards is None:
        raise Conflict(msg("Rancangan siklus ini tidak memiliki penghargaan."))
    return awards


def category_of(cycle: Cycle, key: str) -> AwardCategory:
    """One category of the award."""
    found = next((category for category in awards_of(cycle).categories if category.key == key), None)
    if found is None:
        raise LookupError(f"cycle {cycle.key} has no award category {key}")
    return found


@needs(Action.AWARD_PROPOSE)
def propose_candidates(session: Session, actor: Actor, cycle: Cycle) -> int:
    """Rank everybody in every category from the results; gives how many are eligible.

    Candidates the committee has decided on stay as they are; the others are computed anew.
    """
    if cycle.state != CycleState.CLOSED:
        raise Conflict(msg("Calon penerima ditetapkan dari hasil siklus yang sudah ditutup."))
    eligible = 0
    for category in awards_of(cycle).categories:
        decided = set(
            session.scalars(
                select(Candidate.subject_id).where(
                    Candidate.cycle_id == cycle.id,
                    Candidate.category == category.key,
                    Candidate.state != CandidateState.PROPOSED,
                )
            )
        )
        session.execute(
            delete(Candidate).where(
                Candidate.cycle_id == cycle.id,
                Candidate.category == category.key,
                Candidate.state == CandidateState.PROPOSED,
            )
        )
        considered = consider(session, cycle, category)
        rows = [
            {
                "cycle_id": cycle.id,
                "category": category.key,
                "subject_id": one.subject_id,
                "eligible": one.eligible,
                "rank": one.rank,
                "reasons": one.reasons,
            }
            for one in considered
            if one.subject_id not in decided
        ]
        if rows:
            session.execute(insert(Candidate), rows)
        eligible += sum(one.eligible for one in considered)
    record(session, actor, "propose", "cycle", cycle.id, after="candidates", details={"eligible": eligible})
    return eligible


@needs(Action.AWARD_CONFIRM)
def confirm(session: Session, actor: Actor, candidate: Candidate, *, note: str = "") -> None:
    """The committee makes a candidate a winner; a choice against the ranking must say why."""
    category = category_of(candidate.cycle, candidate.category)
    if not candidate.eligible:
        raise Conflict(msg("Calon ini tidak memenuhi syarat kategori."))
    _not_oneself(actor, candidate)
    winners = session.scalars(
        select(Candidate.id).where(
            Candidate.cycle_id == candidate.cycle_id,
            Candidate.category == candidate.category,
            Candidate.state == CandidateState.CONFIRMED,
        )
    ).all()
    if len(winners) >= category.winners:
        raise Conflict(msg("Jumlah penerima kategori ini sudah terpenuhi (%(n)s).", n=category.winners))
    if candidate.rank is not None and candidate.rank > category.winners and not note.strip():
        raise Invalid(
            msg("Periksa kembali isian Anda."), {"note": msg("Tuliskan alasan memilih di luar urutan peringkat.")}
        )
    move(session, actor, candidate, "confirm", decided_by_id=actor.person_id, decided_at=clock.now(), note=note.strip())


@needs(Action.AWARD_CONFIRM)
def decline(session: Session, actor: Actor, candidate: Candidate, *, note: str) -> None:
    """The committee passes a candidate over, with the reason."""
    if not note.strip():
        raise Invalid(msg("Periksa kembali isian Anda."), {"note": msg("Tuliskan alasannya.")})
    _not_oneself(actor, candidate)
    move(session, actor, candidate, "decline", decided_by_id=actor.person_id, decided_at=clock.now(), note=note.strip())


@needs(Action.CERTIFICATE_ISSUE)
def issue_certificate(
    session: Session, actor: Actor, candidate: Candidate, *, agency: str, place: str, verify_url: str, demo: bool
) -> Certificate:
    """Give a winner a certificate: the facts are frozen and the number is taken in the same transaction.

    Issuing it again gives the certificate there is. `verify_url` is the address of the verification page without code.
    """
    known = session.scalar(
        select(Certificate).where(
            Certificate.cycle_id == candidate.cycle_id,
            Certificate.category == candidate.category,
            Certificate.holder_id == candidate.subject_id,
        )
    )
    if known is not None:
        return known
    if candidate.state != CandidateState.CONFIRMED:
        raise Conflict(msg("Piagam hanya dibuat untuk penerima yang sudah ditetapkan panitia."))
    cycle = candidate.cycle
    awards, category = awards_of(cycle), category_of(cycle, candidate.category)
    dated = clock.today(cycle.zone)
    sequence = _next_number(session, awards.register_.key, dated.year)
    number, code = number_text(awards, sequence, dated), new_token()
    facts = _facts(session, candidate, awards, category, dated)
    facts |= {"agency": agency, "place": place, "demo": demo, "number": number}
    facts |= {"verify_code": grouped(code), "verify_url": f"{verify_url}/{code}"}
    certificate = Certificate(
        cycle_id=cycle.id,
        category=category.key,
        holder_id=candidate.subject_id,
        register=awards.register_.key,
        year=dated.year,
        sequence=sequence,
        number=number,
        code=code,
        dated=dated,
        facts=facts,
        state=CertificateState.NUMBERED,
    )
    session.add(certificate)
    session.flush()
    record(
        session,
        actor,
        "number",
        "certificate",
        certificate.id,
        after=CertificateState.NUMBERED,
        details={"number": certificate.number},
    )
    return certificate


@needs(Action.DOCUMENT_ATTACH)
def attach_certificate(session: Session, actor: Actor, certificate: Certificate, *, document: Document) -> None:
    """The rendered paper is there: the certificate is issued and its holder told."""
    if certificate.state != CertificateState.NUMBERED:
        return
    move(session, actor, certificate, "issue", document_id=document.id)
    path = f"/results/{certificate.cycle.key}"
    notify(
        session,
        certificate.holder_id,
        "certificate_ready",
        f"certificate:{certificate.id}",
        {"cycle": certificate.cycle.title},
        path,
    )


@needs(Action.CERTIFICATE_REVOKE)
def revoke(session: Session, actor: Actor, certificate: Certificate, *, reason: str) -> None:
    """Declare a certificate void, with the reason; the number stays used and the verification page says so."""
    if not reason.strip():
        raise Invalid(msg("Periksa kembali isian Anda."), {"reason": msg("Tuliskan alasannya.")})
    move(session, actor, certificate, "revoke", revoked_at=clock.now(), revoked_reason=reason.strip())


def number_text(awards: Awards, sequence: int, dated: date) -> str:
    """The number as it is printed, from the pattern of the register."""
    return awards.register_.pattern.format(
        klasifikasi=awards.register_.classification,
        urut=sequence,
        unit=awards.register_.unit,
        bulan_romawi=roman(dated.month),
        tahun=dated.year,
    )


def _next_number(session: Session, key: str, year: int) -> int:
    """Take the next number; the row stays locked until the transaction ends, so an unused number is given again."""
    taken = session.scalar(
        update(Register)
        .where(Register.key == key, Register.year == year)
        .values(last=Register.last + 1)
        .returning(Register.last)
    )
    if taken is None:
        with session.begin_nested():
            session.add(Register(key=key, year=year, last=1))
        return 1
    return int(taken)


def _facts(
    session: Session, candidate: Candidate, awards: Awards, category: AwardCategory, dated: date
) -> dict[str, Any]:
    """The certificate's words as they are on this day; later changes of master data do not reach it."""
    holder = candidate.subject
    post = posts(session, [holder.id], dated).get(holder.id)
    return {
        "date": dated.isoformat(),
        "holder_name": holder.name,
        "employee_number_label": "NIP." if holder.status == "pns" else "NI PPPK.",
        "employee_number": read_employee_number(holder.employee_number, dated).grouped,
        "position": post.title if post else "",
        "unit": post.unit.name if post else "",
        "category": category.title.say("id"),
        "rank": f"Peringkat {roman(candidate.rank)}" if category.winners > 1 and candidate.rank else "",
        "citation": awards.citation.say("id"),
        "cycle_title": candidate.cycle.title,
        "signer_title": awards.signer.title,
        "signer_name": awards.signer.name,
        "signer_employee_number": awards.signer.employee_number or None,
    }


def _not_oneself(actor: Actor, candidate: Candidate) -> None:
    if candidate.subject_id == actor.person_id:
        raise Conflict(msg("Anda tidak dapat memutuskan tentang diri sendiri."))
