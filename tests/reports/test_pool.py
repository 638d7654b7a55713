"""Many papers at once: a document that hangs, bursts or kills its process costs itself only."""

import threading
from dataclasses import replace
from datetime import date
from pathlib import Path

import psutil
import pytest

from reports.errors import RenderFailed
from reports.pool import Limits, Pool, render_many

DOCUMENTS = Path(__file__).parent / "documents"
DAY = date(2026, 1, 1)


def test_every_job_is_answered_once_with_its_own_paper(certificate):
    jobs = [(key, "certificate", certificate, f"c-{key}", DAY) for key in range(5)]
    answers = dict(render_many(jobs))
    assert sorted(answers) == [0, 1, 2, 3, 4]
    assert all(isinstance(pdf, bytes) and pdf.startswith(b"%PDF") for pdf in answers.values())
    assert len({bytes(pdf) for pdf in answers.values()}) == 5


def test_a_pool_gives_the_bytes_that_a_single_rendering_gives(certificate):
    from reports.render import to_pdf

    [(_, pdf)] = render_many([(1, "certificate", certificate, "c-1", DAY)], processes=1)
    assert pdf == to_pdf("certificate", certificate, identifier="c-1", dated=DAY)


def test_a_document_that_hangs_is_stopped_and_the_others_finish():
    jobs = [("hang", "hang", {"rows": ["x"] * 400}, "h", DAY)]
    jobs += [(key, "fine", {"name": str(key)}, f"f-{key}", DAY) for key in range(4)]
    answers = dict(render_many(jobs, limits=Limits(wall_seconds=6, cpu_seconds=60), documents=DOCUMENTS))
    assert isinstance(answers["hang"], RenderFailed)
    assert answers["hang"].reason == "stopped after 6 seconds"
    assert all(isinstance(answers[key], bytes) for key in range(4))


def test_processor_time_is_limited_for_each_document():
    jobs = [("hang", "hang", {"rows": ["x"] * 400}, "h", DAY), ("fine", "fine", {"name": "x"}, "f", DAY)]
    answers = dict(render_many(jobs, processes=1, limits=Limits(cpu_seconds=2), documents=DOCUMENTS))
    assert answers["hang"].reason == "stopped after 2 seconds of processor time"
    assert isinstance(answers["fine"], bytes)


def test_memory_is_limited():
    jobs = [("big", "fine", {"name": "x" * 30_000_000}, "b", DAY), ("fine", "fine", {"name": "x"}, "f", DAY)]
    answers = dict(render_many(jobs, processes=1, limits=Limits(memory_bytes=700_000_000), documents=DOCUMENTS))
    assert isinstance(answers["big"], RenderFailed)
    assert isinstance(answers["fine"], bytes)


def test_a_killed_process_fails_its_own_job_only():
    def kill_the_busy_one() -> None:
        for child in psutil.Process().children():
            if "reports.worker" in child.cmdline():
                child.kill()

    jobs = [("first", "hang", {"rows": ["x"] * 400}, "h", DAY), ("second", "fine", {"name": "x"}, "f", DAY)]
    threading.Timer(4, kill_the_busy_one).start()
    answers = dict(render_many(jobs, processes=1, documents=DOCUMENTS))
    assert "SIGKILL" in answers["first"].reason
    assert isinstance(answers["second"], bytes)


def test_a_wrong_job_is_a_failure_with_its_reason():
    jobs = [("a", "fine", {}, "x", DAY), ("b", "none", {}, "x", DAY), ("c", "fine", {"name": object()}, "x", DAY)]
    answers = dict(render_many(jobs, processes=1, documents=DOCUMENTS))
    assert "a fact is missing: 'name'" in answers["a"].reason
    assert "no template" in answers["b"].reason
    assert "facts.name is a object" in answers["c"].reason


def test_leaving_early_ends_the_processes():
    endless = ((key, "fine", {"name": "x"}, "x", DAY) for key in range(10**9))
    answers = render_many(endless, documents=DOCUMENTS)
    next(answers)
    answers.close()
    assert [c for c in psutil.Process().children() if c.is_running() and "reports.worker" in c.cmdline()] == []


def test_a_rendering_process_gets_no_secret_and_no_network(monkeypatch, tmp_path):
    monkeypatch.setenv("KINERJA_SECRET_KEY", "x" * 40)
    seen: list[str] = []
    jobs = iter([("a", "fine", {"name": "x"}, "x", DAY), ("b", "fine", {"name": "x"}, "x", DAY)])
    for _ in render_many(jobs, processes=1, documents=DOCUMENTS):
        for child in psutil.Process().children():
            if "reports.worker" in child.cmdline():
                seen += child.environ()
    assert "PATH" in seen
    assert not [name for name in seen if "SECRET" in name]


def test_the_guard_of_a_rendering_process_refuses_network_and_programs():
    from reports.worker import _refuse

    for event in ("socket.connect", "socket.getaddrinfo", "subprocess.Popen", "os.system", "os.exec"):
        with pytest.raises(PermissionError):
            _refuse(event, ())
    _refuse("open", ())


def test_a_certificate_with_a_fact_too_long_does_not_hold_up_the_others(certificate):
    too_long = replace(certificate, position="x" * 200)
    jobs = [("a", "certificate", too_long, "a", DAY), ("b", "certificate", certificate, "b", DAY)]
    answers = dict(render_many(jobs, processes=1))
    assert "position is longer" in answers["a"].reason
    assert isinstance(answers["b"], bytes)


def renderers() -> set[int]:
    """The rendering processes of this one; other tests leave helpers of Python's own behind."""
    children = psutil.Process().children()
    return {child.pid for child in children if "reports.worker" in child.cmdline()}


def test_a_pool_keeps_its_processes_from_one_part_to_the_next(certificate):
    with Pool(1) as pool:
        [first] = list(pool.render([("a", "certificate", certificate, "c-1", DAY)]))
        started = renderers()
        [second] = list(pool.render([("b", "certificate", certificate, "c-1", DAY)]))
        assert renderers() == started
    assert first[1] == second[1]
    assert started
    assert not started & renderers()
