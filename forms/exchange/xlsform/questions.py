"""One row of the survey sheet as one field of a form."""

from forms.exchange.xlsform.answering import (
    SHOWN_AS_LIST,
    as_before,
    choice_list,
    looks_of,
    other_words,
    settings_of,
    typed_instead,
)
from forms.exchange.xlsform.computing import computed, is_computed, is_dynamic, settle_formula, unused_cells
from forms.exchange.xlsform.days import day_of, hour_of
from forms.exchange.xlsform.elements import Element
from forms.exchange.xlsform.said import MISSING, Said, Untranslatable, quoted_text
from forms.exchange.xlsform.survey import Definition, Survey
from forms.exchange.xlsform.texts import joined, named
from forms.exchange.xlsform.to_expression import Translator
from forms.exchange.xlsform.tree import NO, YES, Node
from forms.exchange.xlsform.xpath import XPath
from forms.expressions import BOOLEAN, CHOICE, CHOICES, DATE, LIST, NUMBER, TEXT, TIME, Kind, Type
from forms.text import msg

LIMIT_MESSAGE = {
    "id": "Jawaban ini di luar batas yang ditetapkan.",
    "en": "This answer is outside the limits that were set.",
}
_SELECTS = frozenset({"select_one", "select_multiple", "select_one_external", "rank"})
_FROM_FILE = frozenset({"select_one_from_file", "select_multiple_from_file"})
_ONLY_FOR = (("choice_filter", _SELECTS), ("parameters", _SELECTS | _FROM_FILE | {"range", "text"}))
"""Columns that mean something for some types only."""
_HARMLESS = frozenset(
    {"field-list", "label", "list-nolabel", "list", "multiline", "numbers", "table-list", "horizontal"}
)
_TYPES: dict[str, Type] = {
    "text": TEXT,
    "integer": NUMBER,
    "decimal": NUMBER,
    "percentage": NUMBER,
    "range": NUMBER,
    "date": DATE,
    "datetime": DATE,
    "time": TIME,
    "acknowledge": BOOLEAN,
    "image": LIST(),
    "file": LIST(),
}


def settle(survey: Survey, node: Node, element: Element) -> None:
    """Find out type and values of what a question answers, before anything refers to it."""
    kind = node.type.name
    if kind in ("select_one", "select_multiple", "select_one_external", "rank"):
        this = choice_list(survey, node)
        if typed_instead(node, this):
            element.type = TEXT
            return
        if this is None:
            element.missing = msg("daftar pilihannya tidak ada")
            return
        element.values = this.values
        before = as_before(survey, node, this)
        if before is not None:
            element.type = BOOLEAN if before == "yes_no" else NUMBER
            return
        if node.type.other:
            element.values = {**this.values, "other": ("other",)}
        values = tuple(dict.fromkeys(value for found in element.values.values() for value in found))
        element.type = CHOICES(values) if kind in ("select_multiple", "rank") else CHOICE(values)
    elif is_computed(node):
        element.settle = lambda: settle_formula(survey, node, element)
    else:
        element.type = _TYPES.get(kind, TEXT)
        if kind == "note":
            element.missing = msg("catatan tidak memiliki jawaban")


def question(survey: Survey, node: Node, conditions: list[str]) -> list[Definition]:
    """The fields of a question (two for several choices with "other"); none when it cannot be asked."""
    element, row = survey.element(node), node.row
    if is_computed(node):
        return computed(survey, node, element, conditions)
    if node.type.name == "note" or only_read(node):
        return _note(survey, node, element, conditions)
    base = _base(survey, node, element, conditions)
    own = settings_of(survey, node, element, base)
    if own is None:
        return []
    _add_limits(survey, node, element, base)
    _add_default(survey, node, element, base)
    _appearance(survey, node)
    unused_cells(
        survey, node, ["repeat_count", *(column for column, kinds in _ONLY_FOR if node.type.name not in kinds)]
    )
    survey.place(".".join((*element.chain, element.key)), row)
    fields = [{**base, **own}]
    if node.type.name == "select_multiple" and node.type.other:
        fields.append(other_words(survey, element))
    return fields


def only_read(node: Node) -> bool:
    """A text that cannot be typed and has no value is how notes were once written."""
    return (
        node.row.logic("read_only").lower() in YES
        and not node.row.logic("default")
        and node.type.name in ("text", "string")
    )


def _base(survey: Survey, node: Node, element: Element, conditions: list[str]) -> Definition:
    row = node.row
    label = survey.texts.words(row, "label")
    if label is None:
        label = named(node.name)
        if not any(row.translations(column) for column in ("image", "audio", "video")):
            survey.report.warn("survey", row.number, row.title("label"), msg("Tanpa label; namanya menjadi labelnya."))
    found: Definition = {"key": element.key, "label": label, "required": False}
    if text := joined(survey.texts.words(row, "hint"), survey.texts.words(row, "guidance_hint")):
        found["help"] = text
    if condition := survey.relevant(node, element.chain, conditions):
        found["show_when"] = condition
    _add_required(survey, node, element, found)
    return found


def _add_required(survey: Survey, node: Node, element: Element, found: Definition) -> None:
    row = node.row
    written = row.logic("required").lower()
    if written in YES:
        found["required"] = True
    elif written and written not in NO:
        said = survey.translate(row, "required", element.chain, element)
        if said is not None and said.source == "True":
            found["required"] = True
        elif said is not None and said.source != "False":
            found["required_when"] = said.source
    if row.translations("required_message"):
        message = msg("Pesan wajib isi tidak ikut; Kinerja memakai pesannya sendiri.")
        survey.report.warn_once("survey", row.number, row.title("required_message"), message)


def _add_limits(survey: Survey, node: Node, element: Element, base: Definition) -> None:
    row = node.row
    written = row.logic("constraint")
    message = survey.texts.words(row, "constraint_message")
    if written and written.lower() not in YES:
        said = survey.translate(row, "constraint", element.chain, element)
        if said is not None and said.source != "True":
            base.setdefault("checks", []).append({"rule": said.source, "message": message or LIMIT_MESSAGE})
    elif message:
        words = msg("Pesan ini tidak dipakai karena tidak ada batas (constraint).")
        survey.report.warn_once("survey", row.number, row.title("constraint_message"), words)


def _add_default(survey: Survey, node: Node, element: Element, base: Definition) -> None:
    row = node.row
    written = row.logic("default")
    if written:
        source = _default(survey, node, element, written)
        if source is not None:
            base["default"] = source
    if row.logic("read_only").lower() in YES:
        if "default" in base:
            base["read_only"] = True
        else:
            message = msg("Pertanyaan ini tetap dapat diisi karena tidak memiliki nilai awal.")
            survey.report.warn("survey", row.number, row.title("read_only"), message)
    elif row.logic("read_only") and row.logic("read_only").lower() not in NO:
        message = msg("Hanya yes atau no yang berlaku di sini; pertanyaan ini tetap dapat diisi.")
        survey.report.warn("survey", row.number, row.title("read_only"), message)


def _default(survey: Survey, node: Node, element: Element, written: str) -> str | None:
    loses = msg("Nilai awal tidak ikut.")
    row = node.row

    def value(translator: Translator, tree: XPath) -> Said:
        if is_dynamic(written):
            return _fitting(translator.value(tree), element.type)
        return literal(translator, written, element)

    if not is_dynamic(written):
        try:
            return literal(Translator(survey.names, element.chain, element), written, element).source
        except Untranslatable as wrong:
            both = msg("%(loses)s %(reason)s", loses=loses, reason=wrong.message)
            survey.report.warn("survey", row.number, row.title("default"), both)
            return None
    said = survey.translate(row, "default", element.chain, None, value, loses)
    return said.source if said else None


def _fitting(said: Said, wanted: Type) -> Said:
    textual = (Kind.TEXT, Kind.CHOICE, Kind.ANY)
    if said.type.kind == wanted.kind or said.type == MISSING or (said.type.kind in textual and wanted.kind in textual):
        return said
    if wanted.kind == Kind.TEXT and said.type.kind in (Kind.NUMBER, Kind.DATE, Kind.TIME):
        return Said(f"text({said.source})", TEXT)
    if wanted.kind == Kind.NUMBER and said.type.kind == Kind.TEXT:
        return Said(f"number({said.source})", NUMBER)
    raise Untranslatable(msg("Jenisnya %(kind)s, bukan %(wanted)s.", kind=said.type.label, wanted=wanted.label))


def literal(translator: Translator, written: str, element: Element) -> Said:
    """A default that is written down, as the kind of the question reads it."""
    match element.type.kind:
        case Kind.NUMBER:
            return translator.number(Said(written, TEXT, literal=written))
        case Kind.DATE:
            return day_of(Said(written, TEXT, literal=written))
        case Kind.TIME:
            return hour_of(written)
        case Kind.CHOICE:
            values = (element.values or {}).get(written)
            if values:
                return Said(quoted_text(values[0]), TEXT)
            raise Untranslatable(msg("“%(value)s” bukan salah satu pilihan.", value=written))
        case Kind.TEXT:
            return Said(quoted_text(written), TEXT)
        case Kind.BOOLEAN:
            return Said(str(written.lower() in ("ok", *YES)), BOOLEAN)
    raise Untranslatable(msg("Jenis pertanyaan ini tidak dapat memiliki nilai awal."))


def _note(survey: Survey, node: Node, element: Element, conditions: list[str]) -> list[Definition]:
    row = node.row
    label = survey.texts.words(row, "label")
    text = survey.texts.words(row, "hint")
    if label is None:
        label, text = text, None
    if label is None:
        survey.report.warn("survey", row.number, row.title("label"), msg("Catatan tanpa teks ini dilewati."))
        return []
    found: Definition = {"kind": "note", "key": element.key, "label": label}
    if text is not None:
        found["help"] = text
    if condition := survey.relevant(node, element.chain, conditions):
        found["show_when"] = condition
    survey.place(".".join((*element.chain, element.key)), row)
    unused_cells(survey, node, ("constraint", "required", "default", "calculation"))
    _appearance(survey, node)
    return [found]


def _appearance(survey: Survey, node: Node) -> None:
    if survey.kinds.get(node.name) == "rating":
        return  # `likert` was written by ourselves
    used = _HARMLESS | (SHOWN_AS_LIST if node.type.name == "select_one" else frozenset())
    if node.type.name == "range":
        used |= {"rating"}
    if node.type.name == "date":
        used |= {"month-year", "no-calendar"}
    if node.type.name == "image":
        used |= {"signature", "draw", "annotate"}
    for look in sorted(looks_of(node) - used):
        message = msg("Tampilan “%(look)s” tidak ikut; pertanyaannya tampil seperti biasa.", look=look[:60])
        survey.report.warn_once("survey", node.row.number, node.row.title("appearance"), message)
