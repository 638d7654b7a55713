"""From the cells of an XLSForm to a form of ours, with everything said that cannot be carried over."""

from collections.abc import Callable, Mapping
from typing import Any

from pydantic import ValidationError

from forms.exchange.definition_errors import sentence
from forms.exchange.xlsform.cells import MEDIA, TRANSLATED, Row, Table
from forms.exchange.xlsform.choices import OWN_COLUMNS, read_lists
from forms.exchange.xlsform.findings import Imported, Report
from forms.exchange.xlsform.keys import form_key
from forms.exchange.xlsform.naming import Naming
from forms.exchange.xlsform.sections import Sections
from forms.exchange.xlsform.survey import Definition, Place, Survey
from forms.exchange.xlsform.texts import Texts, Words, strip_marks
from forms.exchange.xlsform.tree import YES, Node, read_tree
from forms.exchange.xlsform.xpath import Bare, Reference, XPath, children, parse, references
from forms.exchange.xlsform.xpath_tokens import NotXPath
from forms.schema import FormSchema
from forms.text import msg

LOGIC = ("relevant", "constraint", "required", "calculation", "choice_filter", "repeat_count", "default", "read_only")
"""Columns that hold expressions."""
MOST_ROWS = 5_000
MOST_LOGIC_CHARACTERS = 1_000_000
_READ = frozenset({"type", "name", "parameters", "appearance", "disabled", *LOGIC, *TRANSLATED})
_READ_SETTINGS = frozenset({"form_title", "form_id", "default_language", "style", "allow_choice_duplicates"})
_COLUMN_OF = {
    "show_when": "relevant",
    "checks": "constraint",
    "required_when": "required",
    "default": "default",
    "formula": "calculation",
    "options": "choice_filter",
}


def interpret(
    tables: Mapping[str, Table],
    names: tuple[str, ...],
    report: Report,
    key: str | None = None,
    origin: Naming | None = None,
    judge: Callable[[Report], None] | None = None,
) -> Imported:
    """The form of these sheets; `names` are those of all sheets of the workbook.

    `origin` tells the names of the form that the sheets were once written from; `judge` adds what somebody else says
    of the workbook.
    """
    settings = tables["settings"].rows[0] if "settings" in tables and tables["settings"].rows else None
    default_language = settings.get("default_language") if settings else ""
    survey_table = tables.get("survey")
    if survey_table is None:
        report.error(
            "survey", 0, "", msg("Lembar “survey” tidak ada. Beri nama “survey” pada lembar berisi pertanyaan.")
        )
        return _outcome(None, report, key, judge=judge)
    if ("type", "") not in survey_table.columns:
        report.error("survey", 1, "type", msg("Kolom “type” tidak ada pada lembar survey."))
        return _outcome(None, report, key, judge=judge)
    if len(survey_table.rows) > MOST_ROWS or _logic_characters(survey_table) > MOST_LOGIC_CHARACTERS:
        report.error("survey", 0, "", msg("Formulir ini terlalu panjang. Bagi menjadi beberapa formulir."))
        return _outcome(None, report, key, judge=judge)
    texts = Texts(
        [tables[name] for name in ("survey", "choices", "external_choices") if name in tables], default_language, report
    )
    duplicates = bool(settings and settings.logic("allow_choice_duplicates").lower() in YES)
    lists = read_lists(tables.get("choices"), texts, duplicates, report)
    external = read_lists(tables.get("external_choices"), texts, True, report)
    tree = read_tree(survey_table, report)
    survey = Survey(report, texts, lists, external)
    if origin is not None:
        survey.keys, survey.kinds = origin.keys(), origin.kinds()
    survey.spoken_of = _spoken_of(tree)
    texts.label_of = lambda name, code: strip_marks(_label(survey, name, code))
    title = _title(settings, key)
    sections = Sections(survey, title)
    sections.enter(tree)
    for element in survey.elements.values():  # in the order of the sheet, in which most formulas build on earlier ones
        if element.settle is not None:
            element.settle()
    definition: Definition = {
        "key": key or form_key(_identity(settings, title)),
        "title": title,
        "sections": sections.build(tree),
    }
    if sections.pages or (settings and "pages" in settings.logic("style").lower().split()):
        definition["layout"] = "pages"
    _look_at_columns(tables, survey, tree)
    _look_at_settings(settings, report)
    _look_at_sheets(tables, names, report)
    return _outcome(definition, report, key, survey, judge)


def _logic_characters(table: Table) -> int:
    return sum(len(row.get(column)) for row in table.rows for column in LOGIC)


def _title(settings: Row | None, key: str | None) -> Words:
    title = settings.get("form_title") if settings else ""
    return {"id": title or (settings.get("form_id") if settings else "") or key or "Formulir"}


def _identity(settings: Row | None, title: Words) -> str:
    return (settings.get("form_id") if settings else "") or title["id"]


def _label(survey: Survey, name: str, code: str) -> str:
    """What a question is called, for labels that would show its answer: without what it would quote itself."""
    element = survey.names.find(name, ())
    if element is None:
        return name
    written = element.node.row.translations("label")
    for language, text in written.items():
        if survey.texts.codes.get(language) == code and "${" not in text:
            return text[:100]
    text = written.get(survey.texts.source) or next(iter(written.values()), "")
    return text[:100] if text and "${" not in text else name


def _spoken_of(tree: Node) -> set[str]:
    """The names that logic refers to; what labels quote does not count, since they cannot quote here anyway."""
    found: set[str] = set()
    for node in tree.walk():
        for column in LOGIC:
            written = node.row.logic(column)
            if written and "calculation" not in column:
                found |= _names(written)
    # What a calculation reads counts when something that counts refers to the calculation.
    reads: dict[str, set[str]] = {}
    for node in tree.walk():
        if node.row.logic("calculation"):
            names = _names(node.row.logic("calculation"))
            if node.type.name in ("calculate", "hidden"):
                reads.setdefault(node.name, set()).update(names)
            else:
                found |= names
    waiting = list(found)
    while waiting:
        more = reads.pop(waiting.pop(), set()) - found
        found |= more
        waiting += more
    return found


def _names(written: str) -> set[str]:
    try:
        return {one.name for one in references(parse(written)) if isinstance(one, Reference)}
    except (NotXPath, RecursionError):
        return set()


def _bare_names(tree: XPath) -> set[str]:
    found = {tree.name} if isinstance(tree, Bare) else set()
    for child in children(tree):
        found |= _bare_names(child)
    return found


def _look_at_columns(tables: Mapping[str, Table], survey: Survey, tree: Node) -> None:
    report = survey.report
    for row in tables["survey"].rows:
        for (name, _), column in row.columns.items():
            if name in _READ or (name, column.language) not in row.cells:
                continue
            if name in MEDIA:
                message = msg("Gambar, suara, dan video pada pertanyaan tidak ikut.")
            elif name == "trigger":
                message = msg("Nilai dihitung setiap kali, tidak hanya bila pertanyaan pemicunya (trigger) berubah.")
            elif name == "save_to":
                message = msg("Jawaban tidak disimpan ke daftar entitas.")
            else:
                message = msg("Kolom ini tidak dikenal, jadi isinya tidak ikut.")
            report.warn_once("survey", row.number, column.title, message)
    filtered: set[str] = set()
    for node in tree.walk():
        if written := node.row.logic("choice_filter"):
            try:
                filtered |= _bare_names(parse(written))
            except (NotXPath, RecursionError):
                continue  # told where the question was read
    for sheet in ("choices", "external_choices"):
        for row in tables[sheet].rows if sheet in tables else ():
            for (name, language), column in row.columns.items():
                if (name, language) in row.cells and name not in OWN_COLUMNS and name not in filtered:
                    media = msg("Gambar dan suara pada pilihan tidak ikut.")
                    other = msg("Kolom ini tidak dipakai oleh penyaring pilihan mana pun, jadi tidak ikut.")
                    report.warn_once(sheet, row.number, column.title, media if name in MEDIA else other)


def _look_at_settings(settings: Row | None, report: Report) -> None:
    if settings is None:
        return
    for (name, language), column in settings.columns.items():
        if (name, language) not in settings.cells or name in _READ_SETTINGS:
            continue
        message = msg("Pengaturan ini tidak berlaku di Kinerja, jadi tidak ikut.")
        if name == "version":
            message = msg("Nomor versi diberikan Kinerja sendiri saat formulir diterbitkan.")
        report.warn("settings", settings.number, column.title, message)


def _look_at_sheets(tables: Mapping[str, Table], names: tuple[str, ...], report: Report) -> None:
    if "entities" in tables and tables["entities"].rows:
        report.warn("entities", 1, "", msg("Entitas tidak didukung, jadi lembar ini tidak ikut."))
    known = {"survey", "choices", "settings", "external_choices", "entities", "kinerja"}
    for name in names if len(names) > 1 else ():
        if name.strip().lower() not in known and not name.startswith("_"):
            report.warn(name, 0, "", msg("Lembar ini bukan bagian dari XLSForm, jadi dilewati."))


def _outcome(
    definition: Definition | None,
    report: Report,
    key: str | None,
    survey: Survey | None = None,
    judge: Callable[[Report], None] | None = None,
) -> Imported:
    schema = None
    if definition is not None and survey is not None:
        if not definition["sections"] and not report.sorted("error"):
            report.error("survey", 0, "", msg("Lembar survey tidak berisi pertanyaan yang dapat dialihkan."))
        try:
            schema = FormSchema.model_validate(definition)
        except ValidationError as wrong:
            for detail in wrong.errors():
                sheet, row, column = _place_of(detail["loc"], definition, survey.places)
                report.error(sheet, row, column, sentence(detail))
        else:
            if definition["sections"]:
                _look_at_problems(schema, survey)
    if judge is not None:
        judge(report)
    errors = report.sorted("error")
    written_key = definition["key"] if definition else key
    return Imported(None if errors else schema, errors, report.sorted("warning"), written_key, schema)


def _place_of(location: tuple[int | str, ...], value: Any, places: dict[str, Place]) -> Place:
    """The place of a mistake in the definition: that of the innermost field around it."""
    path: list[str] = []
    settings: list[str] = []
    for part in location:
        if isinstance(part, int) and isinstance(value, list) and part < len(value):
            value = value[part]
            if isinstance(value, dict) and "key" in value and "kind" in value:
                path, settings = [*path, value["key"]], []
        elif isinstance(value, dict) and part in value:
            value = value[part]
            settings.append(str(part))
    return _innermost(".".join(path), settings, places)


def _innermost(path: str, settings: list[str], places: dict[str, Place]) -> Place:
    while path and path not in places:
        path = path.rpartition(".")[0]
    sheet, row, column = places.get(path, ("survey", 0, ""))
    return sheet, row, next((_COLUMN_OF[one] for one in settings if one in _COLUMN_OF), column)


def _look_at_problems(schema: FormSchema, survey: Survey) -> None:
    """What the form would not be published with. Logic that does not hold together is an error, the rest can wait."""
    broken = {(problem.path, str(problem.message)) for problem in schema.logic.problems}
    for problem in schema.problems():
        parts = problem.path.split(".")
        if parts[0] == "sections":
            sheet, row, column = survey.places.get(".".join(parts[:2]), ("survey", 0, ""))
            column = _COLUMN_OF.get(parts[-1], column)
        else:
            sheet, row, column = _innermost(problem.path, [part for part in parts if part in _COLUMN_OF], survey.places)
        if (problem.path, str(problem.message)) in broken:
            survey.report.error(sheet, row, column, problem.message)
        else:
            column = "type" if column == "choice_filter" else column
            survey.report.warn(sheet, row, column, msg("Sebelum diterbitkan: %(problem)s", problem=problem.message))
