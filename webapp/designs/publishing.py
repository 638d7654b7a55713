"""Before a version is published: what differs, whom it meets, what refers to it, which stages go on with it."""

import difflib
from collections.abc import Sequence
from dataclasses import dataclass

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext, ngettext
from werkzeug.wrappers import Response

from forms.changes import EFFECTS, Change, Effect, difference
from forms.errors import Problem
from forms.text import Message, Text
from models.cycles import Stage
from models.designs import DesignVersion
from models.errors import Conflict, Invalid, NotFound
from models.exchange.designs import dump_cycle
from models.form_uses import find, paths
from models.operations import adopting, designs
from models.queries import access as queries
from models.queries.design_impact import ChangeImpact, Counts, impact, who_uses
from models.queries.design_references import DesignReference, design_references, latest_published, stages_with
from models.queries.designs import cycle_design, form_schema, stage_design
from models.states import Design as DesignState
from webapp.db import abandon, db
from webapp.designs.blueprint import blueprint, managers, readers
from webapp.designs.builder.places import Located, locate
from webapp.designs.finding import version_at
from webapp.visitor import current_actor


@dataclass(frozen=True)
class Group:
    """The changes of one class, the worst class first."""

    effect: Effect
    changes: Sequence[ChangeImpact]


@dataclass(frozen=True)
class RunningStage:
    """A stage of a running cycle in which the form is answered, and why it cannot go on with the new version, if so."""

    stage: Stage
    title: Text
    number: int
    drafts: int
    obstacles: list[Message]


@dataclass(frozen=True)
class UsedBy:
    """A design of a cycle that uses the form: in which stages, and who in it reads which questions."""

    version: DesignVersion
    stages: list[Text]
    reads: list[tuple[Text, list[Text]]]
    broken: list[Message]


@blueprint.get("/designs/<kind>/<key>/<int:number>/publish")
@managers
def before_publishing(kind: str, key: str, number: int) -> str | Response:
    """What publishing this draft means; a version that is no draft is shown as it is."""
    version = version_at(kind, key, number)
    if version.state != DesignState.DRAFT:
        return redirect(address(version))
    return _page(version)


@blueprint.post("/designs/<kind>/<key>/<int:number>/publish")
@managers
def publish(kind: str, key: str, number: int) -> Response | tuple[str, int]:
    """Freeze a draft for use and let the chosen stages go on with it; a second click finds it published."""
    version = version_at(kind, key, number)
    if version.state == DesignState.PUBLISHED:
        flash(gettext("Versi ini sudah diterbitkan."), "info")
        return redirect(address(version), 303)
    shown = request.form.get("_lock", type=int)
    if shown is not None and shown != version.lock:
        flash(gettext("Rancangan ini berubah sejak halaman ini dibuka. Periksa kembali perubahannya."), "warn")
        return redirect(url_for("designs.before_publishing", kind=kind, key=key, number=number), 303)
    chosen = set(request.form.getlist("adopt", type=int))
    stages = [stage for stage in stages_with(db(), version.design) if stage.id in chosen] if chosen else []
    try:
        adopting.publish_and_adopt(db(), current_actor(), version, stages)
    except (Invalid, Conflict) as refusal:
        abandon()
        return _page(version_at(kind, key, number), refusal.message), 422
    flash(gettext("%(title)s versi %(n)s telah diterbitkan.", title=version.title, n=version.number), "good")
    if stages:
        flash(
            ngettext(
                "%(num)s tahap yang sedang berjalan kini memakai versi ini.",
                "%(num)s tahap yang sedang berjalan kini memakai versi ini.",
                len(stages),
            ),
            "good",
        )
    return redirect(address(version), 303)


@blueprint.get("/designs/<kind>/<key>/<int:number>/adopt")
@managers
def before_adopting(kind: str, key: str, number: int) -> str | Response:
    """Which running stages still have an older version than this published one."""
    version = version_at(kind, key, number)
    if version.state != DesignState.PUBLISHED or kind != "form":
        return redirect(address(version))
    return render_template("designs/adopt.html", version=version, stages=_running(version))


@blueprint.post("/designs/<kind>/<key>/<int:number>/adopt")
@managers
def adopt(kind: str, key: str, number: int) -> Response | tuple[str, int]:
    """Let the chosen stages go on with a version that is published already."""
    version = version_at(kind, key, number)
    chosen = set(request.form.getlist("adopt", type=int))
    stages = [stage for stage in stages_with(db(), version.design) if stage.id in chosen]
    try:
        for stage in stages:
            adopting.adopt_version(db(), current_actor(), stage, version)
    except (Invalid, Conflict) as refusal:
        abandon()
        version = version_at(kind, key, number)
        page = render_template("designs/adopt.html", version=version, stages=_running(version), refusal=refusal.message)
        return page, 422
    words = ngettext(
        "%(num)s tahap yang sedang berjalan kini memakai versi ini.",
        "%(num)s tahap yang sedang berjalan kini memakai versi ini.",
        len(stages),
    )
    flash(words if stages else gettext("Tidak ada tahap yang dipilih."), "good" if stages else "info")
    return redirect(address(version), 303)


@blueprint.get("/designs/<kind>/<key>/<int:number>/retire")
@managers
def before_retiring(kind: str, key: str, number: int) -> str | Response:
    """Who still uses a version that is about to be taken out of use."""
    version = version_at(kind, key, number)
    if version.state != DesignState.PUBLISHED:
        return redirect(address(version))
    form = kind == "form"
    return render_template(
        "designs/retire.html",
        version=version,
        references=[_used_by(one, version) for one in design_references(db(), version)] if form else [],
        stages=_running(version) if form else [],
        counts=who_uses(db(), version.design) if form else Counts(),
    )


@blueprint.post("/designs/<kind>/<key>/<int:number>/retire")
@managers
def retire(kind: str, key: str, number: int) -> Response:
    """Take a version out of use for new cycles; running ones keep it."""
    version = version_at(kind, key, number)
    if version.state == DesignState.RETIRED:
        flash(gettext("Versi ini sudah diarsipkan."), "info")
    else:
        designs.retire(db(), current_actor(), version)
        flash(gettext("%(title)s versi %(n)s telah diarsipkan.", title=version.title, n=version.number), "good")
    return redirect(address(version), 303)


@blueprint.get("/designs/<kind>/<key>/diff")
@readers
def diff(kind: str, key: str) -> str:
    """Two versions beside each other: forms in sentences, cycles line by line."""
    every = list(db().scalars(queries.design_versions(current_actor(), kind)).unique())
    versions = [version for version in every if version.design.key == key]
    if not versions:
        raise NotFound
    numbers = {version.number: version for version in versions}
    latest = max(numbers)
    newer = numbers.get(request.args.get("b", type=int) or latest)
    older = numbers.get(request.args.get("a", type=int) or max((n for n in numbers if n < latest), default=latest))
    if newer is None or older is None:
        raise NotFound
    return render_template(
        "designs/diff.html",
        kind=kind,
        versions=versions,
        older=older,
        newer=newer,
        groups=_groups(_plain(difference(form_schema(older), form_schema(newer)))) if kind == "form" else [],
        lines=_lines(older, newer) if kind == "cycle" else [],
    )


def address(version: DesignVersion) -> str:
    """Where a version is shown."""
    return url_for("designs.show", kind=version.design.kind, key=version.design.key, number=version.number)


def _page(version: DesignVersion, refusal: Message | None = None) -> str:
    form = version.design.kind == "form"
    old = latest_published(db(), version.design)
    references = design_references(db(), version) if form else []
    broken = [one for reference in references if _in_use(reference) for one in reference.broken]
    found = impact(db(), old, version, broken) if form and old is not None else ()
    problems = [_located(version, problem) for problem in designs.problems(db(), version)]
    return render_template(
        "designs/publish.html",
        version=version,
        kind=version.design.kind,
        old=old,
        refusal=refusal,
        problems=problems,
        groups=_groups(found),
        references=[_used_by(one, version) for one in references],
        stages=_running(version) if form else [],
    )


def _in_use(reference: DesignReference) -> bool:
    return reference.version.state == DesignState.PUBLISHED


def _used_by(reference: DesignReference, form: DesignVersion) -> UsedBy:
    """In words: titles of stages instead of keys, questions as they are asked."""
    design, schema = cycle_design(reference.version), form_schema(form)
    reads: dict[Text, list[Text]] = {}
    for use in reference.uses:
        for path in sorted(paths(use, schema)):
            field = find(schema, path)
            asked = reads.setdefault(use.title, [])
            if field is not None and field.label not in asked:
                asked.append(field.label)
    stages = [stage.title for stage in design.stages if stage.key in reference.stages]
    told = [(title, asked) for title, asked in reads.items() if asked]
    return UsedBy(reference.version, stages, told, [one.message for one in reference.broken])


def _located(version: DesignVersion, problem: Problem) -> tuple[Problem, Located | None]:
    """A problem with its place in the builder, where there is one."""
    return problem, locate(version.definition, problem) if version.design.kind == "form" else None


def _groups(found: Sequence[ChangeImpact]) -> list[Group]:
    by_effect = [Group(effect, [one for one in found if one.change.effect == effect]) for effect in EFFECTS]
    return [group for group in by_effect if group.changes]


def _plain(changes: Sequence[Change]) -> list[ChangeImpact]:
    return [ChangeImpact(change, Counts()) for change in changes]


def _running(version: DesignVersion) -> list[RunningStage]:
    stages = [stage for stage in stages_with(db(), version.design) if stage.form_version_id != version.id]
    drafts = adopting.drafts_of(db(), stages)
    return [
        RunningStage(
            stage,
            stage_design(stage).title,
            stage.form_version.number if stage.form_version else 0,
            drafts.get(stage.id, 0),
            adopting.obstacles(db(), stage, version),
        )
        for stage in stages
        if stage.form_version is None or stage.form_version.number < version.number
    ]


def _lines(older: DesignVersion, newer: DesignVersion) -> list[tuple[str, str]]:
    """Sign and text of each line that differs, with three lines around it."""
    before, after = (dump_cycle(cycle_design(version)).splitlines() for version in (older, newer))
    found = difflib.unified_diff(before, after, lineterm="", n=3)
    return [(line[:1], line[1:]) for line in found if not line.startswith(("---", "+++"))]
