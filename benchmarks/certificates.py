"""Figure 2: certificates by the flow, from the number to the attached paper, against a plain loop of write_pdf."""

import resource
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from benchmarks.databases import Place
from benchmarks.measuring import ChildrenWatched, Stopwatch, apart, environment, middle, peak_mb
from benchmarks.years import FRESH, on, prepare
from models import clock
from models.awards import Candidate, Certificate
from models.cycles import Cycle
from models.operations import runs
from models.people import Person
from models.permissions import OPERATOR, ORGANISATION
from models.session import make_engine, session_factory, writing

CERTIFICATES = 60
PLAIN_CERTIFICATES = 12
"""The plain loop takes more than a second for each; a rate needs no more of them."""
RENDERING_PROCESSES = 2
ROUNDS = 3


def figure(place: Place, folder: Path, *, quick: bool) -> list[dict[str, Any]]:
    """One row: as many certificates as told in each of several rounds, each way in a process of its own."""
    number, fewer, rounds = (4, 2, 1) if quick else (CERTIFICATES, PLAIN_CERTIFICATES, ROUNDS)
    filled = place.make()
    apart(environment(filled, folder), prepare_winners, filled, number)
    ours, plain, kept = [], [], []
    for turn in range(rounds):
        copy = place.copy(filled)
        config = environment(copy, folder / f"certificates-{place.name}-{turn}")
        config["KINERJA_RENDER_PROCESSES"] = str(RENDERING_PROCESSES)
        ways = [
            (ours, by_flow, (copy,)),
            (plain, by_plain_loop, (fewer, False)),
            (kept, by_plain_loop, (number, True)),
        ]
        for results, way, arguments in ways[turn % 3 :] + ways[: turn % 3]:
            results.append(apart(config, way, *arguments))
        place.drop(copy)
    place.drop(filled)
    ours_rate, plain_rate, kept_rate = (
        count / middle([one["seconds"] for one in way])
        for way, count in ((ours, number), (plain, fewer), (kept, number))
    )
    return [
        {
            "figure": "certificates",
            "database": place.name,
            "certificates": number,
            "rounds": rounds,
            "per_second": round(ours_rate, 2),
            "plain_per_second": round(plain_rate, 2),
            "times_plain": round(ours_rate / plain_rate, 2),
            "kept_per_second": round(kept_rate, 2),
            "times_kept": round(ours_rate / kept_rate, 2),
            "rendering_processes": RENDERING_PROCESSES,
            "cpu_ms": round(middle([one["cpu"] for one in ours]) / number * 1e3, 1),
            "plain_cpu_ms": round(middle([one["cpu"] for one in plain]) / fewer * 1e3, 1),
            "kept_cpu_ms": round(middle([one["cpu"] for one in kept]) / number * 1e3, 1),
            "flow_peak_mb": max(one["peak_mb"] for one in ours),
            "worker_peak_mb": max(one["worker_peak_mb"] for one in ours),
            "plain_peak_mb": max(one["peak_mb"] for one in plain),
            "bytes": ours[0]["bytes"],
        }
    ]


def prepare_winners(url: str, number: int) -> None:
    """An organisation in which so many people have been confirmed as winners, and the work has been asked for."""
    prepare(url, max(12, number))
    factory = session_factory(make_engine(url))
    with on(2027, 3, 1), writing(factory) as session:
        cycle = session.scalars(select(Cycle).where(Cycle.key == FRESH)).one()
        people = session.scalars(select(Person.id).order_by(Person.id).limit(number)).all()
        session.execute(
            insert(Candidate),
            [
                {
                    "cycle_id": cycle.id,
                    "category": "general",
                    "subject_id": person,
                    "eligible": True,
                    "rank": place,
                    "reasons": [],
                    "state": "confirmed",
                    "decided_at": clock.now(),
                }
                for place, person in enumerate(people, start=1)
            ],
        )
        runs.request(session, OPERATOR, ORGANISATION, key="benchmark", flow="issue_certificates", cycle=cycle)


def by_flow(url: str) -> dict[str, Any]:
    """The flow's own work: numbers, rendering in child processes, storing, attaching, telling the winners."""
    from flows.issue_certificates import work
    from models.cycles import Run
    from models.documents import Document

    engine = make_engine(url)
    with Session(engine) as session:
        run = session.scalars(select(Run.id).where(Run.flow == "issue_certificates")).one()
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    with on(2027, 3, 1), ChildrenWatched() as children, Stopwatch() as watch:
        result = work(run)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    with Session(engine) as session:
        issued = session.scalar(select(func.count()).where(Certificate.state == "issued"))
        size = session.scalar(select(func.avg(Document.size)).where(Document.kind.startswith("certificate:")))
    if result.get("papers_failed") or not issued or issued != result["issued"]:
        raise RuntimeError(f"not every certificate was issued: {result}, {issued}")
    rendering = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return {
        "seconds": watch.wall,
        "cpu": watch.cpu + rendering,
        "peak_mb": peak_mb(),
        "worker_peak_mb": children.peak_mb,
        "bytes": int(size or 0),
    }


def by_plain_loop(number: int, keep: bool) -> dict[str, Any]:
    """The same HTML and style sheets, one after the other; fonts, styles and fetcher made anew each time, or kept."""
    from jinja2 import FileSystemLoader
    from weasyprint import CSS, HTML
    from weasyprint.text.fonts import FontConfiguration

    from reports.facts import moment, printable
    from reports.fetcher import AssetFetcher
    from reports.fonts import font_files
    from reports.render import DOCUMENTS
    from reports.templates import environment as sandbox
    from reports.templates import page_of

    loader = FileSystemLoader(DOCUMENTS)
    templates = sandbox(loader)
    pages = []
    for place in range(number):
        paper = {"identifier": f"benchmark-{place}", "dated": moment(date(2027, 3, 1))}
        pages.append(page_of(templates, "certificate", {**printable(_facts(place)), "paper": paper}))
    styles = [file.css for file in font_files()]
    styles += [(DOCUMENTS / sheet).read_text(encoding="utf-8") for sheet in pages[0].styles]

    def tools() -> tuple[FontConfiguration, AssetFetcher, CSS]:
        fonts, fetcher = FontConfiguration(), AssetFetcher()
        return fonts, fetcher, CSS(string="\n".join(styles), font_config=fonts, url_fetcher=fetcher)

    with Stopwatch() as watch:
        same = tools() if keep else None
        for page in pages:
            fonts, fetcher, style = same or tools()
            HTML(string=page.html, url_fetcher=fetcher).write_pdf(
                stylesheets=[style], font_config=fonts, pdf_variant="pdf/ua-1", pdf_tags=True
            )
    return {"seconds": watch.wall, "cpu": watch.cpu, "peak_mb": peak_mb()}


def _facts(place: int) -> dict[str, Any]:
    """The words of an invented certificate."""
    return {
        "agency": "Pemerintah Nanggalo",
        "number": f"800.1.11.1/{place:03}/PEM-NGL/III/2027",
        "holder_name": f"Citra Lestari Nomor {place}, S.A.P.",
        "employee_number_label": "NIP.",
        "employee_number": "19900912 201505 2 901",
        "position": "Penelaah Teknis Kebijakan",
        "unit": "Kecamatan Nanggalo",
        "category": "Pelaksana Berprestasi",
        "rank": f"Peringkat {place}",
        "citation": "atas kinerja dan pengabdian yang patut menjadi teladan",
        "cycle_title": "Penilaian Kinerja 2026",
        "place": "Nanggalo",
        "date": date(2027, 3, 1),
        "signer_title": "Kepala Pemerintah Nanggalo",
        "signer_name": "Dr. Hj. Rahmadani Usman, M.Si.",
        "signer_employee_number": None,
        "verify_code": "ABCD-EFGH-JKMN-PQRS-TVWX-YZ01-23",
        "verify_url": f"http://127.0.0.1:8000/verify/ABCDEFGHJKMNPQRSTVWXYZ{place:04}",
        "demo": False,
    }
