"""What the `type` cell of a survey row says, in all the ways it has been written over the years."""

import re
from dataclasses import dataclass
from typing import Literal

Role = Literal["question", "begin", "end", "unknown"]

_SELECTS = {
    "select_one": "select_one",
    "select one": "select_one",
    "select1": "select_one",
    "select_1": "select_one",
    "select_one_from": "select_one",
    "select one from": "select_one",
    "add select one prompt using": "select_one",
    "select_multiple": "select_multiple",
    "select multiple": "select_multiple",
    "select_multiple_from": "select_multiple",
    "select multiple from": "select_multiple",
    "select all that apply from": "select_multiple",
    "select all that apply": "select_multiple",
    "select_all_that_apply": "select_multiple",
    "add select multiple prompt using": "select_multiple",
    "select_one_external": "select_one_external",
    "select one external": "select_one_external",
    "select_one_from_file": "select_one_from_file",
    "select one from file": "select_one_from_file",
    "select_multiple_from_file": "select_multiple_from_file",
    "select multiple from file": "select_multiple_from_file",
    "rank": "rank",
}
_SELECT = re.compile(
    r"(?P<command>" + "|".join(sorted(map(re.escape, _SELECTS), key=len, reverse=True)) + r")"
    r"(?:\s+(?P<list>.*?))?(?P<other>\s+(?:or specify other|or_other|or other))?",
    re.IGNORECASE,
)
_CONTROL = re.compile(
    r"(?P<word>begin|end)[\s_]*(?P<what>group|repeat|lgroup|looped group|loop|kobomatrix|score|rank)\b"
    r"\s*(?:over\s+)?(?P<list>\S.*)?",
    re.IGNORECASE,
)
_CONTROLS = {"lgroup": "repeat", "looped group": "repeat"}

SIMPLE = {
    "text": "text",
    "string": "text",
    "q string": "text",
    "add text prompt": "text",
    "integer": "integer",
    "int": "integer",
    "q int": "integer",
    "add integer prompt": "integer",
    "decimal": "decimal",
    "q decimal": "decimal",
    "add decimal prompt": "decimal",
    "percentage": "percentage",
    "range": "range",
    "date": "date",
    "q date": "date",
    "add date prompt": "date",
    "time": "time",
    "datetime": "datetime",
    "date time": "datetime",
    "q datetime": "datetime",
    "q date time": "datetime",
    "add date time prompt": "datetime",
    "add datetime prompt": "datetime",
    "note": "note",
    "q note": "note",
    "add note prompt": "note",
    "acknowledge": "acknowledge",
    "trigger": "acknowledge",
    "q acknowledge": "acknowledge",
    "add acknowledge prompt": "acknowledge",
    "calculate": "calculate",
    "calculation": "calculate",
    "q calculate": "calculate",
    "add calculate prompt": "calculate",
    "hidden": "hidden",
    "image": "image",
    "photo": "image",
    "q image": "image",
    "q picture": "image",
    "add image prompt": "image",
    "add photo prompt": "image",
    "file": "file",
    "add file prompt": "file",
    "barcode": "barcode",
    "q barcode": "barcode",
    "add barcode prompt": "barcode",
    "today": "today",
    "get today": "today",
}
LEFT_OUT = {
    **dict.fromkeys(
        (
            "geopoint",
            "gps",
            "location",
            "q geopoint",
            "q location",
            "add location prompt",
            "geotrace",
            "q geotrace",
            "geoshape",
            "q geoshape",
            "osm",
        ),
        "place",
    ),
    **dict.fromkeys(("start-geopoint", "background-geopoint"), "place"),
    **dict.fromkeys(("audio", "q audio", "add audio prompt", "background-audio"), "sound"),
    **dict.fromkeys(("video", "q video", "add video prompt"), "film"),
    **dict.fromkeys(
        (
            "start",
            "get start time",
            "start time",
            "end",
            "get end time",
            "end time",
            "deviceid",
            "device id",
            "get device id",
            "imei",
            "subscriberid",
            "subscriber id",
            "get subscriber id",
            "simserial",
            "sim id",
            "get sim id",
            "phonenumber",
            "phone number",
            "get phone number",
            "username",
            "email",
            "audit",
            "uri:subscriberid",
            "uri:phonenumber",
            "uri:simserial",
            "uri:deviceid",
            "uri:username",
            "uri:email",
        ),
        "meta",
    ),
    **dict.fromkeys(("xml-external", "csv-external"), "file"),
}
"""Types that ask or record what forms of ours do not, and why."""
SETTINGS = frozenset({"form_title", "set form title", "form_id", "set form id"})


@dataclass(frozen=True, slots=True)
class TypeCell:
    """A type: its role, its name of today, the list of choices it names, and whether "other" may be typed."""

    role: Role
    name: str
    list_name: str = ""
    other: bool = False


def read_type(text: str) -> TypeCell:
    """What a type cell means; an unknown one keeps its text as its name."""
    text = " ".join(text.split())
    if control := _CONTROL.fullmatch(text):
        what = control["what"].lower()
        role: Role = "begin" if control["word"].lower() == "begin" else "end"
        return TypeCell(role, _CONTROLS.get(what, what), control["list"] or "")
    lower = text.lower()
    plain = lower if lower in SIMPLE or lower in LEFT_OUT else lower.replace("_", " ")
    if plain in SIMPLE:
        return TypeCell("question", SIMPLE[plain])
    if plain in LEFT_OUT:
        return TypeCell("question", plain)
    if lower.split(" ")[0] == "osm":
        return TypeCell("question", "osm")
    if select := _SELECT.fullmatch(text):
        command = _SELECTS[select["command"].lower()]
        return TypeCell("question", command, (select["list"] or "").strip(), bool(select["other"]))
    if lower in ("score__row", "rank__level"):
        return TypeCell("question", lower)
    return TypeCell("unknown", text)
