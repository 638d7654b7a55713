"""What a question is answered with: the list a select names, the type of its answer, the settings of its kind."""

import re
from decimal import Decimal

from forms.exchange.xlsform.choices import Choice, ChoiceList
from forms.exchange.xlsform.elements import Element
from forms.exchange.xlsform.keys import unused
from forms.exchange.xlsform.said import Untranslatable, number_source
from forms.exchange.xlsform.survey import Definition, Survey
from forms.exchange.xlsform.to_expression import Translator
from forms.exchange.xlsform.tree import YES, Node
from forms.exchange.xlsform.xpath import parse
from forms.exchange.xlsform.xpath_tokens import NotXPath
from forms.fields.choice import MOST_OPTIONS
from forms.text import Message, msg

OTHER = {"id": "Lainnya", "en": "Other"}
LONGEST_LINE = 1000
MOST_PLACES = 6
SHOWN_AS_LIST = frozenset({"minimal", "autocomplete", "search", "quick", "quickcompact"})
_FILE_TYPES = ["pdf", "jpeg", "png", "webp", "docx", "xlsx", "pptx"]


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


def settings_of(survey: Survey, node: Node, element: Element, base: Definition) -> Definition | None:
    """What the kind adds: its name and settings. None, with a finding, when it cannot be asked."""
    row, name, looks = node.row, node.type.name, looks_of(node)
    match name:
        case "text" | "barcode":
            if name == "barcode":
                says(survey, node, msg("Kode batang tidak dipindai; isinya diketik."))
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
            says(survey, node, msg("Hanya tanggalnya yang diisi; jamnya tidak ikut."))
            return {"kind": "date"}
        case "time":
            return {"kind": "time"}
        case "acknowledge":
            return {"kind": "declaration"}
        case "image":
            if looks & {"signature", "draw", "annotate"}:
                says(survey, node, msg("Tanda tangan dan gambar tangan tidak dibuat di sini; gambarnya diunggah."))
            return {"kind": "evidence", "most": 1, "types": ["jpeg", "png", "webp"]}
        case "file":
            return {"kind": "evidence", "most": 1, "types": _FILE_TYPES}
        case "select_one_from_file" | "select_multiple_from_file":
            file = node.type.list_name.split(" ")[0]
            says(survey, node, msg("Pilihannya ada di berkas “%(file)s”, jadi jawabannya diketik.", file=file))
            return {"kind": "short_text", "max": LONGEST_LINE}
    return _select(survey, node, element)


def says(survey: Survey, node: Node, message: Message) -> None:
    survey.report.warn("survey", node.row.number, node.row.title("type"), message)


def looks_of(node: Node) -> set[str]:
    return set(node.row.logic("appearance").lower().split())


def parameters(written: str) -> dict[str, str]:
    """`start=1 end=5` by name."""
    return {name.lower(): value for name, value in re.findall(r"([\w-]+)\s*=\s*([^\s,;]+)", written[:500])}


def _range(survey: Survey, node: Node, element: Element, base: Definition) -> Definition | None:
    given = parameters(node.row.logic("parameters"))
    for name in sorted(set(given) - {"start", "end", "step"}):
        message = msg("Pengaturan “%(name)s” pada rentang ini tidak ikut.", name=name[:60])
        survey.report.warn_once("survey", node.row.number, node.row.title("parameters"), message)
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
    if "rating" in looks_of(node) and 2 <= count <= 20 and all(figure == int(figure) for figure in figures.values()):
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
        says(survey, node, message)
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
    if looks_of(node) & SHOWN_AS_LIST:
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


def other_words(survey: Survey, element: Element) -> Definition:
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
