"""One row of the survey sheet as one field of a form."""

import re
from decimal import Decimal
from typing import Any

from forms.exchange.xlsform.choices import Choice, ChoiceList
from forms.exchange.xlsform.elements import Element
from forms.exchange.xlsform.keys import unused
from forms.exchange.xlsform.said import MISSING, Said, Untranslatable, number_source, quoted_text
from forms.exchange.xlsform.survey import Definition, Survey
from forms.exchange.xlsform.texts import joined, named
from forms.exchange.xlsform.to_expression import Translator
from forms.exchange.xlsform.tree import NO, YES, Node
from forms.exchange.xlsform.xpath import NotXPath, parse
from forms.expressions import BOOLEAN, CHOICE, CHOICES, DATE, LIST, NUMBER, TEXT, TIME, Kind, Type
from forms.fields.choice import MOST_OPTIONS
from forms.text import msg

LIMIT_MESSAGE = {
    "id": "Jawaban ini di luar batas yang ditetapkan.",
    "en": "This answer is outside the limits that were set.",
}
OTHER = {"id": "Lainnya", "en": "Other"}
LONGEST_LINE = 1000
MOST_PLACES = 6
_SHOWN_AS_LIST = frozenset({"minimal", "autocomplete", "search", "quick", "quickcompact"})
_HARMLESS = frozenset(
    {"field-list", "label", "list-nolabel", "list", "multiline", "numbers", "table-list", "horizontal"}
)
_FILE_TYPES = ["pdf", "jpeg", "png", "webp", "docx", "xlsx", "pptx"]
_COMPUTED = frozenset({"calculate", "hidden", "today"})
_NOT_ASKED = _COMPUTED | {"note"}


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
        element.settle = lambda: _settle_formula(survey, node, element)
    else:
        element.type = _TYPES.get(kind, TEXT)
        if kind == "note":
            element.missing = msg("catatan tidak memiliki jawaban")


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


def is_computed(node: Node) -> bool:
    """Whether nobody types the answer."""
    return node.type.name in _COMPUTED or (
        bool(node.row.logic("calculation")) and node.type.name not in ("note", "acknowledge")
    )


def choice_list(survey: Survey, node: Node) -> ChoiceList | None:
    """The choices of a select; a name with blanks is looked for as it is, then by its first word."""
    lists = survey.external if node.type.name == "select_one_external" else survey.lists
    name = node.type.list_name
    return lists.get(name) or lists.get(name.split(" ")[0]) if name else None


def as_before(survey: Survey, node: Node, this: ChoiceList | None) -> str | None:
    """Which kind a select was in the form that the sheet was written from, as long as its list still fits it."""
    kind = survey.kinds.get(node.name) if node.type.name == "select_one" and not node.type.other else None
    if this is None or (kind == "yes_no" and set(this.values) != {"yes", "no"}):
        return None
    return kind


def typed_instead(node: Node, this: ChoiceList | None) -> bool:
    """Whether the choices cannot be offered, so that the answer has to be typed: too many, or answers themselves."""
    return node.type.list_name.startswith("${") or (this is not None and len(this.choices) > MOST_OPTIONS)


def _settle_formula(survey: Survey, node: Node, element: Element) -> None:
    """The type of a calculated value is that of its formula, which is translated when somebody first asks."""
    element.settle = None
    element.missing = msg("rumusnya merujuk dirinya sendiri")  # unless the formula ends well
    said = formula(survey, node, element)
    if isinstance(said, Said):
        element.missing, element.type, element.values = None, said.type, said.values


def formula(survey: Survey, node: Node, element: Element) -> Said | None:
    """The formula of a calculated value. None, with the reason in `element.missing`, when it cannot be said."""
    if node.type.name == "today":
        return Said("today()", DATE)
    written = node.row.logic("calculation")
    try:
        if not written:
            default = node.row.logic("default")
            if not default:
                raise Untranslatable(msg("Nilai ini tidak dihitung dari apa pun."))
            if not _dynamic(default):
                number = number_source(default)
                return Said(number, NUMBER) if number is not None else Said(quoted_text(default), TEXT)
            written = default
        translator = Translator(survey.names, element.chain, element)
        said = translator.value(parse(written))
    except (NotXPath, Untranslatable) as wrong:
        element.missing = wrong.message
        return None
    if said.type.kind not in (Kind.TEXT, Kind.CHOICE, Kind.NUMBER, Kind.BOOLEAN, Kind.DATE, Kind.TIME, Kind.ANY):
        element.missing = msg("Hasil rumus ini bukan satu nilai.")
        return None
    for note in translator.notes:
        survey.report.warn("survey", node.row.number, node.row.title("calculation"), note)
    if said.type.kind == Kind.CHOICE:
        return Said(said.source, TEXT, said.level)
    return said


def _dynamic(default: str) -> bool:
    return "${" in default or bool(re.search(r"[A-Za-z-]\(", default))


def question(survey: Survey, node: Node, conditions: list[str]) -> list[Definition]:
    """The fields of a question (two for several choices with "other"); none when it cannot be asked."""
    element, row = survey.element(node), node.row
    if is_computed(node):
        return _computed(survey, node, element, conditions)
    if node.type.name == "note" or _only_read(node):
        return _note(survey, node, element, conditions)
    base = _base(survey, node, element, conditions)
    own = _kind(survey, node, element, base)
    if own is None:
        return []
    _add_limits(survey, node, element, base)
    _add_default(survey, node, element, base)
    _appearance(survey, node)
    survey.place(".".join((*element.chain, element.key)), row)
    fields = [{**base, **own}]
    if node.type.name == "select_multiple" and node.type.other:
        fields.append(_other_words(survey, element))
    return fields


def _only_read(node: Node) -> bool:
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


def _kind(survey: Survey, node: Node, element: Element, base: Definition) -> Definition | None:
    """What the kind adds: its name and settings. None, with a finding, when it cannot be asked."""
    row, name, looks = node.row, node.type.name, _looks(node)
    match name:
        case "text" | "barcode":
            if name == "barcode":
                _says(survey, node, msg("Kode batang tidak dipindai; isinya diketik."))
            rows = parameters(row.logic("parameters")).get("rows", "")
            if "multiline" in looks or (rows.isdigit() and int(rows) > 1):
                return {"kind": "long_text"}
            return {"kind": "short_text", "max": LONGEST_LINE}
        case "integer":
            return {"kind": "number"}
        case "decimal":
            return {"kind": "number", "places": MOST_PLACES}
        case "percentage":
            return {"kind": "percentage"}
        case "range":
            return _range(survey, node, element, base)
        case "date":
            if "month-year" in looks:
                return {"kind": "month"}
            return {"kind": "date"}
        case "datetime":
            _says(survey, node, msg("Hanya tanggalnya yang diisi; jamnya tidak ikut."))
            return {"kind": "date"}
        case "time":
            return {"kind": "time"}
        case "acknowledge":
            return {"kind": "declaration"}
        case "image":
            if looks & {"signature", "draw", "annotate"}:
                _says(survey, node, msg("Tanda tangan dan gambar tangan tidak dibuat di sini; gambarnya diunggah."))
            return {"kind": "evidence", "most": 1, "types": ["jpeg", "png", "webp"]}
        case "file":
            return {"kind": "evidence", "most": 1, "types": _FILE_TYPES}
        case "select_one_from_file" | "select_multiple_from_file":
            file = node.type.list_name.split(" ")[0]
            _says(survey, node, msg("Pilihannya ada di berkas “%(file)s”, jadi jawabannya diketik.", file=file))
            return {"kind": "short_text", "max": LONGEST_LINE}
    return _select(survey, node, element)


def _says(survey: Survey, node: Node, message: Any) -> None:
    survey.report.warn("survey", node.row.number, node.row.title("type"), message)


def parameters(written: str) -> dict[str, str]:
    """`start=1 end=5` by name."""
    return {name.lower(): value for name, value in re.findall(r"([\w-]+)\s*=\s*([^\s,;]+)", written[:500])}


def _range(survey: Survey, node: Node, element: Element, base: Definition) -> Definition | None:
    given = parameters(node.row.logic("parameters"))
    figures = {}
    for name, usual in (("start", "1"), ("end", "10"), ("step", "1")):
        number = number_source(given.get(name, usual))
        if number is None or (name == "step" and Decimal(number) == 0):
            message = msg("Batas “%(name)s” pada rentang ini bukan angka yang benar.", name=name)
            survey.report.error("survey", node.row.number, node.row.title("parameters"), message)
            return None
        figures[name] = Decimal(number)
    low, high, step = min(figures["start"], figures["end"]), max(figures["start"], figures["end"]), abs(figures["step"])
    count = int((high - low) / step) + 1
    if "rating" in _looks(node) and 2 <= count <= 20 and all(figure == int(figure) for figure in figures.values()):
        numbers = [low + step * index for index in range(count)]
        points = [{"key": f"{n}".replace("-", "minus_"), "value": f"{n}", "label": {"id": f"{n}"}} for n in numbers]
        return {"kind": "rating", "points": points}
    places = max(max(-int(figure.as_tuple().exponent), 0) for figure in figures.values())
    if step != 1 and step != Decimal(1).scaleb(-places):
        steps = f"({element.key} - {low}) / {step}" if low >= 0 else f"({element.key} + {-low}) / {step}"
        words = {
            "id": f"Angka ini harus bertambah per {step} dari {low}.",
            "en": f"This number must go up by {step} from {low}.",
        }
        base.setdefault("checks", []).append({"rule": f"floor({steps}) == {steps}", "message": words})
    return {"kind": "number", "min": f"{low}", "max": f"{high}", "places": min(places, MOST_PLACES)}


def _select(survey: Survey, node: Node, element: Element) -> Definition | None:
    this = choice_list(survey, node)
    title = node.row.title("type")
    if typed_instead(node, this):
        message = msg("Pilihannya adalah jawaban pertanyaan lain, jadi jawabannya diketik.")
        if this is not None:
            words = "Daftar “%(list)s” berisi lebih dari %(limit)s pilihan, jadi jawabannya diketik."
            message = msg(words, list=this.name, limit=MOST_OPTIONS)
        _says(survey, node, message)
        return {"kind": "short_text", "max": LONGEST_LINE}
    before = as_before(survey, node, this)
    if before is not None and this is not None:
        return {"kind": before} | ({"points": this.points()} if before == "rating" else {})
    if this is None:
        sheet = "external_choices" if node.type.name == "select_one_external" else "choices"
        message = msg(
            "Daftar pilihan “%(list)s” tidak ada pada lembar %(sheet)s.", list=node.type.list_name, sheet=sheet
        )
        survey.report.error("survey", node.row.number, title, message)
        return None
    if not survey.has_room_for(len(this.choices), bool(node.row.logic("choice_filter"))):
        survey.report.error("survey", node.row.number, title, msg("Formulir ini memuat terlalu banyak pilihan."))
        return None
    options = this.options(lambda choice: _offered(survey, node, element, choice))
    if not options:
        message = msg("Tidak satu pun pilihan dari daftar “%(list)s” dapat ditawarkan.", list=this.name)
        survey.report.error("survey", node.row.number, title, message)
        return None
    if "randomize" in parameters(node.row.logic("parameters")):
        message = msg("Urutan pilihan tidak diacak.")
        survey.report.warn_once("survey", node.row.number, node.row.title("parameters"), message)
    if node.type.name == "rank":
        return {"kind": "ranking", "options": options}
    if node.type.name == "select_multiple":
        if node.type.other and not any(option["value"] == "other" for option in options):
            options.append({"value": "other", "label": OTHER})
        return {"kind": "choices", "options": options}
    if node.type.other:
        own = next((option["label"] for option in options if option["value"] == "other"), OTHER)
        options = [option for option in options if option["value"] != "other"]
        return {"kind": "choice_or_other", "options": options, "other": own, "max": LONGEST_LINE}
    found: Definition = {"kind": "choice", "options": options}
    if _looks(node) & _SHOWN_AS_LIST:
        found["look"] = "list"
    return found


def _offered(survey: Survey, node: Node, element: Element, choice: Choice) -> str | None:
    """When a choice is offered: the filter of the question with the columns of the choice put in."""
    written = node.row.logic("choice_filter")
    if not written or written.lower() in YES:
        return None
    try:
        translator = Translator(survey.names, element.chain, element, columns=choice.columns)
        said = translator.condition(parse(written))
    except (NotXPath, Untranslatable) as wrong:
        survey.report.error("survey", node.row.number, node.row.title("choice_filter"), wrong.message)
        return None
    return None if said.source == "True" else said.source


def _other_words(survey: Survey, element: Element) -> Definition:
    key = unused(f"{element.key[:54]}_other", survey.names.taken(element.chain))
    condition = f'"other" in {element.key}'
    label = {"id": "Sebutkan lainnya", "en": "Specify other"}
    return {
        "kind": "short_text",
        "key": key,
        "label": label,
        "required": False,
        "show_when": condition,
        "max": LONGEST_LINE,
    }


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

    def value(translator: Translator, tree: Any) -> Said:
        if _dynamic(written):
            return _fitting(translator.value(tree), element.type)
        return _literal(translator, written, element)

    if not _dynamic(written):
        try:
            return _literal(Translator(survey.names, element.chain, element), written, element).source
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


def _literal(translator: Translator, written: str, element: Element) -> Said:
    """A default that is written down, as the kind of the question reads it."""
    match element.type.kind:
        case Kind.NUMBER:
            return translator.number(Said(written, TEXT, literal=written))
        case Kind.DATE:
            return translator.day(Said(written, TEXT, literal=written))
        case Kind.TIME:
            return translator.hour(written)
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


def _computed(survey: Survey, node: Node, element: Element, conditions: list[str]) -> list[Definition]:
    row = node.row
    if element.settle is not None:
        element.settle()
    said = formula(survey, node, element) if element.missing is None else None
    column = "calculation" if row.logic("calculation") or node.type.name == "calculate" else "default"
    if said is None:
        reason = element.missing or msg("Rumus ini tidak dapat dialihkan.")
        place = row.title(column)
        if node.name in survey.spoken_of or node.type.name not in _COMPUTED:
            survey.report.error("survey", row.number, place, reason)
        else:
            message = msg("Nilai ini tidak ikut dihitung. %(reason)s", reason=reason)
            survey.report.warn("survey", row.number, place, message)
        return []
    survey.place(".".join((*element.chain, element.key)), row)
    drawn = node.type.name not in _COMPUTED
    if drawn and row.logic("read_only").lower() not in YES:
        message = msg("Nilainya selalu dihitung, jadi tidak dapat diketik.")
        survey.report.warn("survey", row.number, row.title("calculation"), message)
    found: Definition = {
        "kind": "calculated" if drawn else "hidden",
        "key": element.key,
        "label": survey.texts.words(row, "label") or named(node.name),
        "formula": said.source,
    }
    if said.type.kind in (Kind.NUMBER, Kind.ANY):
        found["places"] = MOST_PLACES
    if drawn and (text := survey.texts.words(row, "hint")):
        found["help"] = text
    if condition := survey.relevant(node, element.chain, conditions):
        found["show_when"] = condition
    _unused(survey, node, ("constraint", "required"))
    return [found]


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
    _unused(survey, node, ("constraint", "required", "default", "calculation"))
    _appearance(survey, node)
    return [found]


def _unused(survey: Survey, node: Node, columns: tuple[str, ...]) -> None:
    for column in columns:
        written = node.row.logic(column).lower()
        if written and written not in NO and not (column == "required" and node.type.name == "note"):
            message = msg("Bagian ini tidak berlaku untuk jenis “%(type)s”, jadi dilewati.", type=node.type.name)
            survey.report.warn_once("survey", node.row.number, node.row.title(column), message)


def _looks(node: Node) -> set[str]:
    return set(node.row.logic("appearance").lower().split())


def _appearance(survey: Survey, node: Node) -> None:
    if survey.kinds.get(node.name) == "rating":
        return  # `likert` was written by ourselves
    used = _HARMLESS | (_SHOWN_AS_LIST if node.type.name == "select_one" else frozenset())
    if node.type.name == "range":
        used |= {"rating"}
    if node.type.name == "date":
        used |= {"month-year", "no-calendar"}
    if node.type.name == "image":
        used |= {"signature", "draw", "annotate"}
    for look in sorted(_looks(node) - used):
        message = msg("Tampilan “%(look)s” tidak ikut; pertanyaannya tampil seperti biasa.", look=look[:60])
        survey.report.warn_once("survey", node.row.number, node.row.title("appearance"), message)
