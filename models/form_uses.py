"""What a cycle reads of its forms: scoring steps, papers, and forms that go on from earlier answers."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

from forms.errors import Problem
from forms.fields import RowReference, Rows
from forms.fields.base import FieldBase
from forms.proofs import asked_for_files
from forms.schema import FormSchema
from forms.text import Message, Text, msg
from models.cycle_design import CycleDesign, StageDesign
from models.scoring.achievement import AchievementStep
from models.scoring.answer import AnswerStep
from models.scoring.matrix import MatrixStep
from models.scoring.measure_total import MeasureTotalStep

Forms: TypeAlias = Mapping[str, FormSchema]
"""Stage → the form that is answered in it."""
Place = Literal["step", "document", "form"]

PAPER_READS: Mapping[str, tuple[str, ...]] = {
    "evaluation": (
        "planning.results.indicator",
        "planning.results.result",
        "planning.results.target",
        "self-assessment.results.realisation",
        "evaluation.results.feedback",
        "evaluation.results_rating",
        "evaluation.behaviour_rating",
        "evaluation.recommendation",
    ),
    "plan": ("planning.results.indicator", "planning.results.result", "planning.results.target"),
}
"""Template of a paper → the answers it prints, where they are there; without them its places stay empty."""


@dataclass(frozen=True, slots=True)
class Use:
    """One part of a cycle that reads an answer of one of its stages."""

    by: Place
    place: str
    """Where it stands in the design of the cycle: `scoring.steps.2`, `documents.0`, `stages.evaluation`."""
    title: Text
    stage: str
    path: str
    """`results` or `results.target`; for a figure its measure."""
    measure: bool = False
    needed: bool = True
    """Whether the cycle cannot do without it; a paper can, as long as it was never there."""
    values: frozenset[str] | None = None
    """The answers it knows what to do with, if it does not take any."""


@dataclass(frozen=True, slots=True)
class Broken:
    """A use that a form does not serve (any more), and which of its answers are missing."""

    use: Use
    message: Message


def uses(design: CycleDesign, forms: Forms) -> list[Use]:
    """Everything in a cycle that reads answers, in the order of the design."""
    found = list(_of_forms(design, forms))
    if design.scoring:
        for number, step in enumerate(design.scoring.steps):
            found += _of_step(design, step, f"scoring.steps.{number}")
    for number, document in enumerate(design.documents):
        for path in PAPER_READS.get(document.template, ()):
            stage, _, rest = path.partition(".")
            found.append(Use("document", f"documents.{number}", document.title, stage, rest, needed=False))
    return found


def _of_forms(design: CycleDesign, forms: Forms) -> Iterator[Use]:
    for stage in design.stages:
        if stage.key not in forms:
            continue
        for field in _all(forms[stage.key]):
            source = field.source if isinstance(field, RowReference) else getattr(field, "each", None)
            if source is None:
                continue
            earlier, _, key = source.partition(".")
            shown = (field.show,) if isinstance(field, RowReference) else field.show
            for path in (key, *(f"{key}.{column}" for column in shown)):
                yield Use("form", f"stages.{stage.key}", stage.title, earlier, path)


def _all(schema: FormSchema) -> Iterator[Any]:
    for field in schema.fields():
        yield from _within(field)


def _within(field: FieldBase[Any]) -> Iterator[FieldBase[Any]]:
    yield field
    if isinstance(field, Rows):
        for column in field.columns:
            yield from _within(column)


def _of_step(design: CycleDesign, step: Any, place: str) -> Iterator[Use]:
    def use(stage: str, path: str, **more: Any) -> Use:
        return Use("step", place, step.title, stage, path, **more)

    if isinstance(step, MeasureTotalStep):
        yield use(step.stage, step.measure, measure=True)
    elif isinstance(step, AchievementStep):
        (plan, rows), (real, done) = (path.partition(".")[::2] for path in (step.plan, step.realised))
        yield from (use(plan, rows), use(plan, f"{rows}.{step.target}"), use(real, done))
        yield use(real, f"{done}.{step.value}")
        # Forms without a direction count every target as "more is better"; one that had it must keep it.
        yield use(plan, f"{rows}.{step.direction}", needed=False)
    else:
        for stage, field in step.reads():
            if field is not None:
                values = _known_values(design, step.key) if isinstance(step, AnswerStep) else None
                yield use(stage, field, values=values)


def _known_values(design: CycleDesign, key: str) -> frozenset[str] | None:
    """The values of a step that the tables looking it up know; None when no table does."""
    assert design.scoring is not None
    known: frozenset[str] | None = None
    for step in design.scoring.steps:
        if isinstance(step, MatrixStep) and key in (step.rows, step.columns):
            inside = {column for row in step.table.values() for column in row}
            values = frozenset(step.table if key == step.rows else inside)
            known = values if known is None else known & values
    return known


def paths(use: Use, schema: FormSchema) -> set[str]:
    """Where the answers stand in a form that the use reads."""
    return {use.path} if not use.measure else {path for path, field in _places(schema) if field.measure == use.path}


def _places(schema: FormSchema) -> Iterator[tuple[str, FieldBase[Any]]]:
    for field in schema.fields():
        yield field.key, field
        if isinstance(field, Rows):
            yield from ((f"{field.key}.{column.key}", column) for column in field.columns)


def find(schema: FormSchema, path: str) -> FieldBase[Any] | None:
    """The question or column at a path."""
    first, *rest = path.split(".")
    found: FieldBase[Any] | None = schema.field(first)
    for key in rest:
        found = found.column(key) if isinstance(found, Rows) else None
    return found


def fault(use: Use, forms: Forms) -> Message | None:
    """What the form does not give that the use reads; None when all is there."""
    schema = forms.get(use.stage)
    if schema is None:
        return msg("%(what)s membaca tahap %(stage)s, yang tidak memiliki formulir.", what=use.title, stage=use.stage)
    if use.measure:
        if any(field.measure == use.path for field in _all(schema)):
            return None
        return msg(
            "%(what)s menjumlahkan ukuran “%(key)s”, yang tidak ada pada %(form)s.",
            what=use.title,
            key=use.path,
            form=schema.title,
        )
    field = find(schema, use.path)
    if field is None or field.disabled:
        return msg(
            "%(what)s membaca “%(key)s”, yang tidak ada pada %(form)s.",
            what=use.title,
            key=use.path,
            form=schema.title,
        )
    unknown = sorted(_offered(field) - use.values) if use.values is not None else []
    if unknown:
        return msg(
            "%(what)s tidak mengenal jawaban %(values)s dari “%(key)s”.",
            what=use.title,
            values=", ".join(unknown),
            key=use.path,
        )
    return None


def _offered(field: FieldBase[Any]) -> frozenset[str]:
    options, points = getattr(field, "options", ()), getattr(field, "points", ())
    return frozenset(option.value for option in options) | frozenset(point.key for point in points)


def problems(design: CycleDesign, forms: Forms) -> list[Problem]:
    """Why the forms do not serve this cycle; paths are those of the design."""
    found = [
        Problem(use.place, message)
        for use in uses(design, forms)
        if use.needed and use.stage in forms and (message := fault(use, forms)) is not None
    ]
    return found + [
        Problem(f"stages.{number}.form", problem.message)
        for number, stage in enumerate(design.stages)
        for problem in _form_problems(stage, forms)
    ]


def broken(design: CycleDesign, before: Forms, after: Forms) -> list[Broken]:
    """What worked with the forms `before` and does not with those `after`; old faults are nobody's fault now."""
    found = [
        Broken(use, message)
        for use in uses(design, after)
        if (message := fault(use, after)) is not None and (use.stage not in before or fault(use, before) is None)
    ]
    told = {(one.use.place, one.use.path) for one in found}
    for stage in design.stages:
        known = {problem.path for problem in _form_problems(stage, before)}
        for problem in _form_problems(stage, after):
            use = Use("form", f"stages.{stage.key}", stage.title, stage.key, problem.path.partition(".")[0])
            if problem.path not in known and not any(place == use.place for place, _ in told):
                found.append(Broken(use, problem.message))
    return found


def _form_problems(stage: StageDesign, forms: Forms) -> list[Problem]:
    """Why the form of a stage cannot be answered there."""
    return _source_problems(stage.key, forms) + _file_problems(stage, forms)


def _file_problems(stage: StageDesign, forms: Forms) -> list[Problem]:
    """Files would tell who gave a secret answer, and the public sends none."""
    if stage.mode not in ("ballot", "survey") or stage.key not in forms:
        return []
    message = msg("Berkas tidak dapat diminta pada umpan balik rahasia dan survei. Hapus isian ini.")
    return [Problem(f"{key}.kind", message) for key in asked_for_files(forms[stage.key])]


def _source_problems(stage: str, forms: Forms) -> list[Problem]:
    """Why the form of a stage does not fit the earlier answers it goes on from."""
    if stage not in forms:
        return []
    sources = {f"{key}.{field.key}": field for key, schema in forms.items() for field in schema.fields()}
    return forms[stage].source_problems(sources)
