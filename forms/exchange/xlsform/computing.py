"""Rows of the survey sheet that nobody answers: calculations, hidden values, the day of today."""

import re
from collections.abc import Sequence

from forms.exchange.xlsform.answering import MOST_PLACES
from forms.exchange.xlsform.elements import Element
from forms.exchange.xlsform.said import Said, Untranslatable, number_source, quoted_text
from forms.exchange.xlsform.survey import Definition, Survey
from forms.exchange.xlsform.texts import named
from forms.exchange.xlsform.to_expression import Translator
from forms.exchange.xlsform.tree import NO, YES, Node
from forms.exchange.xlsform.xpath import parse
from forms.exchange.xlsform.xpath_tokens import NotXPath
from forms.expressions import DATE, NUMBER, TEXT, Kind
from forms.text import msg

COMPUTED = frozenset({"calculate", "hidden", "today"})


def is_computed(node: Node) -> bool:
    """Whether nobody types the answer."""
    return node.type.name in COMPUTED or (
        bool(node.row.logic("calculation")) and node.type.name not in ("note", "acknowledge")
    )


def settle_formula(survey: Survey, node: Node, element: Element) -> None:
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
            if not is_dynamic(default):
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


def is_dynamic(default: str) -> bool:
    return "${" in default or bool(re.search(r"[A-Za-z-]\(", default))


def computed(survey: Survey, node: Node, element: Element, conditions: list[str]) -> list[Definition]:
    row = node.row
    if element.settle is not None:
        element.settle()
    said = formula(survey, node, element) if element.missing is None else None
    column = "calculation" if row.logic("calculation") or node.type.name == "calculate" else "default"
    if said is None:
        reason = element.missing or msg("Rumus ini tidak dapat dialihkan.")
        place = row.title(column)
        if node.name in survey.spoken_of or node.type.name not in COMPUTED:
            survey.report.error("survey", row.number, place, reason)
        else:
            message = msg("Nilai ini tidak ikut dihitung. %(reason)s", reason=reason)
            survey.report.warn("survey", row.number, place, message)
        return []
    survey.place(".".join((*element.chain, element.key)), row)
    drawn = node.type.name not in COMPUTED
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
    unused_cells(survey, node, ("constraint", "required", "choice_filter", "parameters", "repeat_count"))
    return [found]


def unused_cells(survey: Survey, node: Node, columns: Sequence[str]) -> None:
    """Report cells that mean nothing for the type of their row."""
    for column in columns:
        written = node.row.logic(column).lower() or " ".join(node.row.translations(column).values())
        if written and written not in NO and not (column == "required" and node.type.name == "note"):
            message = msg("Bagian ini tidak berlaku untuk jenis “%(type)s”, jadi dilewati.", type=node.type.name)
            survey.report.warn_once("survey", node.row.number, node.row.title(column), message)
