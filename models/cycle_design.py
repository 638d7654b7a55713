"""What a cycle design says: stages, who answers what, windows, sign-offs, scoring, papers and awards, as one value."""

from datetime import date, datetime, timedelta
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from forms.errors import Problem
from forms.text import Text, msg
from models import clock
from models.scoring.distribution import DistributionRule
from models.scoring.steps import Step

Key = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_-]{0,62}$")]
Offset = Annotated[str, StringConstraints(pattern=r"^(start|end)[+-]\d{1,4}$")]
Mode = Literal["once", "log", "ballot", "survey", "score", "award", "certificates"]
Respondents = Literal["self", "supervisor", "second-level", "peers", "public", "none"]
SignerRole = Literal["supervisor", "second-level"]
FORM_MODES = ("once", "log", "ballot", "survey")


class Part(BaseModel):
    """A frozen piece of a design; unknown keys are errors, so that a slip of the pen is noticed."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Window(Part):
    """From the first moment of one day to the last of another, counted from the start or the end of the period."""

    opens: Offset
    closes: Offset

    def dates(self, starts_on: date, ends_on: date) -> tuple[date, date]:
        """The first and the last day."""
        return resolve_offset(self.opens, starts_on, ends_on), resolve_offset(self.closes, starts_on, ends_on)

    def moments(self, starts_on: date, ends_on: date, zone: str) -> tuple[datetime, datetime]:
        """The first moment inside and the first moment after, in UTC."""
        first, last = self.dates(starts_on, ends_on)
        return clock.start_of(first, zone), clock.end_of(last, zone)


def resolve_offset(offset: str, starts_on: date, ends_on: date) -> date:
    """The day that an offset such as `end-15` means in a period."""
    from_start = offset.startswith("start")
    days = int(offset.removeprefix("start").removeprefix("end"))
    return (starts_on if from_start else ends_on) + timedelta(days=days)


class SubjectRule(Part):
    """Which people a stage or an award is about; an empty list means no limit."""

    status: list[Literal["pns", "pppk"]] = []
    kinds: list[Literal["leader", "administrator", "supervisor", "functional", "general"]] = []
    units: list[str] = []


class Peers(Part):
    """How many colleagues are asked about each person, and from how many answers on they are shown."""

    count: int = Field(default=3, ge=1, le=20)
    threshold: int = Field(default=3, ge=2, le=20)


class StageDesign(Part):
    key: Key
    title: Text
    help: Text | None = None
    mode: Mode
    form: Key | None = None
    respondents: Respondents = "none"
    subjects: SubjectRule = SubjectRule()
    peers: Peers | None = None
    sign_offs: list[SignerRole] = []
    window: Window
    reminders: list[Annotated[int, Field(ge=-60, le=60)]] = []
    """Days relative to the last day: -7 is a week before, 0 the day itself."""
    at_end: Literal["lapse", "extend"] = "lapse"
    extend_days: int = Field(default=0, ge=0, le=90)
    beside: list[str] = []
    """Stages whose answers stand beside this form while it is filled in or signed."""


class DocumentDesign(Part):
    key: Key
    title: Text
    template: Literal["evaluation", "plan"]
    when: Literal["scored"] = "scored"


class RankBy(Part):
    """One criterion of a ranking: an earlier scoring step, or the length of service."""

    by: Literal["step", "service"]
    step: str | None = None
    part: str | None = None
    order: list[str] = []
    """Values from best to worst, for steps whose outcome is a word; numbers: higher is better."""
    title: Text


class Eligibility(Part):
    outcomes: list[str] = []
    minimum_service_years: int = Field(default=0, ge=0, le=60)
    no_lapse: bool = False
    """Nobody who let a form lapse in this cycle."""


class AwardCategory(Part):
    key: Key
    title: Text
    subjects: SubjectRule = SubjectRule()
    eligible: Eligibility = Eligibility()
    ranking: list[RankBy] = Field(min_length=1)
    winners: int = Field(default=1, ge=1, le=1000)


class NumberRegister(Part):
    """Where certificate numbers come from; the tokens of the pattern are those of Indonesian office numbering."""

    key: Key
    pattern: str = "{klasifikasi}/{urut:03}/{unit}/{bulan_romawi}/{tahun}"
    classification: str = "800"
    unit: str = ""


class Signer(Part):
    title: str
    name: str
    employee_number: str = ""


class Awards(Part):
    register_: NumberRegister = Field(alias="register")
    signer: Signer
    citation: Text
    categories: list[AwardCategory] = Field(min_length=1)

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class Scoring(Part):
    profile: str
    legal_basis: Text | None = None
    steps: list[Step]
    outcome: str
    """Key of the step whose value is the result."""
    distribution: DistributionRule | None = None


class CycleDesign(Part):
    """A whole cycle as HR configures it."""

    key: Key
    title: Text
    description: Text | None = None
    stages: list[StageDesign] = Field(min_length=1)
    scoring: Scoring | None = None
    documents: list[DocumentDesign] = []
    awards: Awards | None = None

    @model_validator(mode="after")
    def _keys_are_single(self) -> "CycleDesign":
        keys = [stage.key for stage in self.stages]
        if len(set(keys)) != len(keys):
            raise PydanticCustomError("stage_double", "two stages have the same key")
        return self

    def stage(self, key: str) -> StageDesign | None:
        return next((stage for stage in self.stages if stage.key == key), None)

    def problems(self, form_keys: dict[str, set[str]]) -> list[Problem]:
        """Why this design may not be published; `form_keys` maps each published form to its field keys."""
        found: list[Problem] = []
        for number, stage in enumerate(self.stages):
            found += self._stage_problems(stage, f"stages.{number}", form_keys)
        if self.scoring:
            found += self._scoring_problems(self.scoring, form_keys)
        if self.awards and not self.scoring:
            found.append(Problem("awards", msg("Penghargaan memerlukan penilaian: tambahkan bagian scoring.")))
        return found

    def _stage_problems(self, stage: StageDesign, path: str, form_keys: dict[str, set[str]]) -> list[Problem]:
        found = []
        year = (date(2026, 1, 1), date(2026, 12, 31))
        first, last = stage.window.dates(*year)
        if last < first:
            found.append(Problem(f"{path}.window", msg("Tahap ditutup sebelum dibuka.")))
        if stage.mode in FORM_MODES:
            if stage.form is None:
                found.append(Problem(f"{path}.form", msg("Tahap ini memerlukan formulir.")))
            elif stage.form not in form_keys:
                message = msg("Formulir %(form)s belum diterbitkan.", form=stage.form)
                found.append(Problem(f"{path}.form", message))
            if stage.respondents == "none":
                found.append(Problem(f"{path}.respondents", msg("Tidak ada yang mengisi formulir tahap ini.")))
        if (stage.mode == "ballot") != (stage.respondents == "peers"):
            found.append(
                Problem(f"{path}.respondents", msg("Umpan balik rahasia diisi oleh rekan kerja, dan hanya itu."))
            )
        if (stage.mode == "survey") != (stage.respondents == "public"):
            found.append(Problem(f"{path}.respondents", msg("Survei diisi oleh masyarakat, dan hanya itu.")))
        if stage.sign_offs and stage.mode != "once":
            found.append(Problem(f"{path}.sign_offs", msg("Hanya formulir sekali isi yang ditandatangani.")))
        known = {other.key for other in self.stages}
        found += [
            Problem(f"{path}.beside", msg("Tahap %(stage)s tidak ada.", stage=key))
            for key in stage.beside
            if key not in known
        ]
        return found

    def _scoring_problems(self, scoring: Scoring, form_keys: dict[str, set[str]]) -> list[Problem]:
        found = []
        seen: set[str] = set()
        for number, step in enumerate(scoring.steps):
            path = f"scoring.steps.{number}"
            if step.key in seen:
                found.append(Problem(path, msg("Langkah %(step)s ada dua kali.", step=step.key)))
            for needed in step.needs():
                if needed not in seen:
                    message = msg(
                        "Langkah %(step)s memakai %(needed)s, yang belum dihitung.", step=step.key, needed=needed
                    )
                    found.append(Problem(path, message))
            for stage_key, field in step.reads():
                stage = self.stage(stage_key)
                fields = form_keys.get(stage.form or "", set()) if stage else set()
                if stage is None or (field is not None and field not in fields):
                    message = msg(
                        "Langkah %(step)s membaca %(what)s, yang tidak ada.",
                        step=step.key,
                        what=f"{stage_key}.{field or ''}",
                    )
                    found.append(Problem(path, message))
            found += [Problem(path, message) for message in step.problems()]
            seen.add(step.key)
        if scoring.outcome not in seen:
            found.append(Problem("scoring.outcome", msg("Langkah %(step)s tidak ada.", step=scoring.outcome)))
        return found
