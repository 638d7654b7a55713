"""The forms that ship with the program; HR starts from them, copies and changes them like any other."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from forms.exchange.yaml import load_form
from forms.schema import FormSchema
from forms.text import Text

PURPOSES: Mapping[str, Text] = MappingProxyType(
    {
        "skp-quantitative": Text(
            id="Menyusun SKP dengan indikator dan target terukur, ekspektasi perilaku, dan lampirannya.",
            en="Draw up a plan with measurable indicators and targets, expected behaviour, and its annex.",
        ),
        "skp-qualitative": Text(
            id="Menyusun SKP dengan ukuran keberhasilan yang diceritakan, beberapa untuk setiap hasil kerja.",
            en="Draw up a plan whose measures of success are told in words, several for each result.",
        ),
        "progress-log": Text(
            id="Mencatat pekerjaan dan jumlah layanan harian dalam kurang dari satu menit.",
            en="Log the day's work and number of services in under a minute.",
        ),
        "coaching-feedback": Text(
            id="Mencatat dialog kinerja berkala: kemajuan setiap hasil kerja, umpan balik bimbingan, dan rencana aksi.",
            en="Record a regular dialogue: progress of each result, feedback on the coaching, and actions.",
        ),
        "self-assessment": Text(
            id="Membandingkan realisasi dengan SKP yang ditandatangani, beserta bukti dukung dan penilaian sendiri.",
            en="Compare achievements with the signed plan, with evidence and one's own judgement.",
        ),
        "peer-feedback": Text(
            id="Mengumpulkan umpan balik rahasia rekan kerja atas tujuh nilai BerAKHLAK.",
            en="Gather confidential feedback of peers on the seven core values.",
        ),
        "subordinate-feedback": Text(
            id="Mengumpulkan umpan balik rahasia bawahan atas arahan, pembinaan, dan keteladanan pimpinan.",
            en="Gather confidential feedback of staff on direction, development and example of their leader.",
        ),
        "public-survey": Text(
            id="Mengukur kepuasan masyarakat dengan sembilan unsur SKM, tanpa masuk ke sistem.",
            en="Measure public satisfaction by the nine elements of the SKM survey, without signing in.",
        ),
        "evaluation": Text(
            id="Menetapkan umpan balik, rating hasil kerja, dan rating perilaku; predikat mengikuti keduanya.",
            en="Give feedback and set the ratings of results and behaviour; the overall rating follows.",
        ),
        "improvement-plan": Text(
            id="Menyusun rencana perbaikan setelah predikat rendah: penyebab, tindakan berbobot, pemantauan bulanan.",
            en="Plan improvement after a low rating: causes, weighted actions, and monthly reviews.",
        ),
        "award-nomination": Text(
            id="Mengusulkan ASN berprestasi dengan persyaratan yang diperiksa langsung dan dokumen pendukung.",
            en="Nominate an employee for the award, with requirements checked at once and supporting documents.",
        ),
        "jury-sheet": Text(
            id="Menilai satu calon penghargaan; nilai akhir dihitung dari bobot, benturan kepentingan dinyatakan.",
            en="Judge one nominee; the total follows from the weights, conflicts of interest are declared.",
        ),
    }
)
"""What each is for, in the order in which a cycle meets them."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A shipped form as a catalogue shows it."""

    form: FormSchema
    purpose: Text

    @property
    def key(self) -> str:
        """The key of the form."""
        return self.form.key

    @property
    def title(self) -> Text:
        """What the form is called."""
        return self.form.title

    @property
    def questions(self) -> int:
        """How many questions it has, each column of rows counted once."""
        return self.form.questions()


@cache
def shipped() -> MappingProxyType[str, FormSchema]:
    """The shipped forms by key, in order of their names."""
    found = sorted(
        (file for file in files(__name__).iterdir() if file.name.endswith(".yaml")), key=lambda file: file.name
    )
    forms = [load_form(file.read_text(encoding="utf-8")) for file in found]
    return MappingProxyType({form.key: form for form in forms})


@cache
def entries() -> tuple[Entry, ...]:
    """The shipped forms with what each is for, in the order in which a cycle meets them."""
    return tuple(Entry(shipped()[key], purpose) for key, purpose in PURPOSES.items())
