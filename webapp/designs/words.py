"""What a cycle design asks of whom, in words of HR."""

from dataclasses import dataclass

from flask_babel import gettext, ngettext

from models.cycle_design import CycleDesign, StageDesign
from webapp.i18n import say


@dataclass(frozen=True)
class StageWords:
    """One stage in words."""

    title: str
    mode: str
    form: str
    who: str
    signers: str
    window: str
    reminders: str


def stages_in_words(design: CycleDesign) -> list[StageWords]:
    """Each stage of a design: who does what, when, and who signs."""
    return [
        StageWords(
            say(stage.title),
            _mode(stage.mode),
            stage.form or "",
            _who(stage),
            "; ".join(_signer(role) for role in stage.sign_offs),
            gettext("%(opens)s sampai %(closes)s", opens=_day(stage.window.opens), closes=_day(stage.window.closes)),
            ", ".join(_reminder(days) for days in stage.reminders),
        )
        for stage in design.stages
    ]


def _mode(mode: str) -> str:
    return {
        "once": gettext("diisi sekali"),
        "log": gettext("dicatat berkali-kali"),
        "ballot": gettext("umpan balik rahasia"),
        "survey": gettext("survei masyarakat"),
        "score": gettext("penutupan dan penilaian"),
        "award": gettext("penghargaan"),
        "certificates": gettext("piagam"),
    }[mode]


def _who(stage: StageDesign) -> str:
    if stage.respondents == "peers":
        count = stage.peers.count if stage.peers else 3
        return ngettext("%(num)s rekan kerja", "%(num)s rekan kerja", count)
    return {
        "self": gettext("pegawai sendiri"),
        "supervisor": gettext("atasan langsung"),
        "second-level": gettext("atasan pejabat penilai"),
        "public": gettext("masyarakat"),
        "none": "–",
    }[stage.respondents]


def _signer(role: str) -> str:
    return {"supervisor": gettext("atasan langsung"), "second-level": gettext("atasan pejabat penilai")}[role]


def _day(offset: str) -> str:
    """`end-15` as people say it."""
    anchor, days = (offset[:5], int(offset[5:])) if offset.startswith("start") else (offset[:3], int(offset[3:]))
    if anchor == "start":
        if days == 0:
            return gettext("hari pertama periode")
        if days > 0:
            return gettext("hari ke-%(n)s periode", n=days + 1)
        return ngettext("%(num)s hari sebelum periode", "%(num)s hari sebelum periode", -days)
    if days == 0:
        return gettext("hari terakhir periode")
    if days > 0:
        return ngettext("%(num)s hari setelah periode", "%(num)s hari setelah periode", days)
    return ngettext("%(num)s hari sebelum hari terakhir", "%(num)s hari sebelum hari terakhir", -days)


def _reminder(days: int) -> str:
    if days == 0:
        return gettext("hari terakhir")
    if days < 0:
        return ngettext("%(num)s hari sebelumnya", "%(num)s hari sebelumnya", -days)
    return ngettext("%(num)s hari sesudahnya", "%(num)s hari sesudahnya", days)
