"""Groups and repeats of the survey sheet as sections and rows of a form."""

from collections.abc import Sequence

from forms.exchange.xlsform.computing import unused_cells
from forms.exchange.xlsform.elements import Element
from forms.exchange.xlsform.keys import unused
from forms.exchange.xlsform.matrices import Block, blocks, enter, matrix
from forms.exchange.xlsform.questions import question, settle
from forms.exchange.xlsform.said import Said, number_source
from forms.exchange.xlsform.survey import Definition, Survey
from forms.exchange.xlsform.texts import Words, joined, named
from forms.exchange.xlsform.to_expression import Translator
from forms.exchange.xlsform.tree import Node
from forms.exchange.xlsform.types import LEFT_OUT
from forms.exchange.xlsform.xpath import XPath
from forms.expressions import ROWS
from forms.text import Message, msg

DEEPEST_ROWS = 2
"""Rows within rows; nothing deeper."""
MOST_ROWS = 200
_OUT = {
    "place": msg("Kinerja tidak mencatat lokasi, jadi pertanyaan ini tidak ikut."),
    "sound": msg("Kinerja tidak merekam suara, jadi pertanyaan ini tidak ikut."),
    "film": msg("Kinerja tidak menerima video, jadi pertanyaan ini tidak ikut."),
    "meta": msg("Siapa dan kapan mengisi dicatat Kinerja sendiri, jadi baris ini tidak ikut."),
    "file": msg("Berkas data luar tidak dapat dibaca, jadi baris ini tidak ikut."),
}
_COUNT = {
    "id": "Banyaknya baris harus sama dengan jumlah yang telah diisikan.",
    "en": "The number of rows must be the number that was given.",
}
_INVISIBLE = frozenset({"calculate", "hidden", "today", *LEFT_OUT})


class Sections:
    """Walks the tree twice: first everything gets its key, so that logic can refer forward; then all is built."""

    def __init__(self, survey: Survey, title: Words) -> None:
        self.survey = survey
        self.title = title
        self.blocks: dict[int, list[Block]] = {}
        self.section_keys: set[str] = set()
        self.found: list[Definition] = []
        self.pages = False

    def enter(self, node: Node, chain: tuple[str, ...] = (), reason: Message | None = None) -> None:
        """Give keys to all rows inside a group or repeat. With `reason` nothing inside is carried over."""
        if node.type.name in ("group", "score") and not reason:
            self.blocks[node.row.number] = blocks(self.survey, node) if node.type.name == "group" else []
            for block in self.blocks[node.row.number]:
                enter(self.survey, node, block, chain)
        for child in node.children:
            if child.row.number not in self.survey.elements:
                self._enter_one(child, chain, reason)

    def _enter_one(self, child: Node, chain: tuple[str, ...], reason: Message | None) -> None:
        survey = self.survey
        name = child.name
        if child.type.role == "begin":
            self._enter_inside(child, chain, reason)
            return
        if not name and child.type.name != "note" and child.type.name not in LEFT_OUT:
            message = msg("Isi nama (name) pada baris ini.")
            survey.report.error("survey", child.row.number, child.row.title("name"), message)
            reason = reason or message
        header = "label" in child.row.logic("appearance").lower().split() and self._is_header(child)
        out = (
            reason or _OUT.get(LEFT_OUT.get(child.type.name, "")) or (msg("baris ini hanya judul") if header else None)
        )
        wanted = self.survey.key_of(name or f"note_{child.row.number}")
        element = Element(child, chain, wanted if out else unused(wanted, survey.names.taken(chain)), missing=out)
        survey.elements[child.row.number] = element
        survey.names.add(element)
        if out is None:
            settle(survey, child, element)

    def _is_header(self, node: Node) -> bool:
        return any(block.header is node for found in self.blocks.values() for block in found)

    def _enter_inside(self, child: Node, chain: tuple[str, ...], reason: Message | None) -> None:
        survey, row, kind = self.survey, child.row, child.type.name
        if kind in ("loop", "kobomatrix", "score", "rank") and reason is None:
            reason = msg("Susunan “%(type)s” tidak dapat dialihkan.", type=f"begin {kind}")
            survey.report.error("survey", row.number, row.title("type"), reason)
        if kind == "repeat" and len(chain) >= DEEPEST_ROWS and reason is None:
            reason = msg("Kelompok berulang hanya dapat bersarang satu kali; yang ini terlalu dalam.")
            survey.report.error("survey", row.number, row.title("type"), reason)
        inner = chain
        element = Element(child, chain, self.survey.key_of(child.name or f"rows_{row.number}"), missing=reason)
        if kind == "repeat" and reason is None:
            element.key = unused(element.key, survey.names.taken(chain))
            element.type = ROWS({})
            inner = (*chain, element.key)
        elif reason is None:
            element.missing = msg("kelompok tidak memiliki jawaban sendiri")
        survey.elements[row.number] = element
        if child.name:
            survey.names.add(element)
        self.enter(child, inner, reason)

    def build(self, root: Node) -> list[Definition]:
        """The sections of the form."""
        self._level(root.children, [], None)
        homeless = [section for section in self.found if _hidden_only(section)]
        for section in homeless:
            home = next((one for one in self.found if one not in homeless and "show_when" not in one), None)
            if home is not None and "show_when" not in section:
                home["fields"] += section["fields"]
                self.found.remove(section)
        return self.found

    def _level(self, children: Sequence[Node], conditions: list[str], words: Words | None) -> None:
        loose: list[Definition] = []
        if words:
            loose.append({"kind": "note", "key": unused("note", self.survey.names.taken(())), "label": words})
        for child in children:
            if child.type.role == "begin" and child.type.name == "group":
                self._close(loose, conditions)
                loose = []
                self._group(child, conditions)
            else:
                loose += self._fields([child], (), [])
        self._close(loose, conditions)

    def _close(self, fields: list[Definition], conditions: list[str]) -> None:
        if fields:
            count = sum(section["key"].startswith("part_") for section in self.found) + 1
            title = self.title if count == 1 else {"id": f"Bagian {count}", "en": f"Part {count}"}
            self._section(f"part_{count}", title, fields, conditions)

    def _section(self, key: str, title: Words, fields: list[Definition], conditions: list[str]) -> Definition:
        section: Definition = {"key": unused(key, self.section_keys), "title": title, "fields": fields}
        condition = " and ".join(conditions) if len(conditions) < 2 else " and ".join(f"({one})" for one in conditions)
        if condition:
            section["show_when"] = condition
        self.found.append(section)
        return section

    def _group(self, group: Node, conditions: list[str]) -> None:
        survey = self.survey
        self._pages(group)
        self._unused(group, ("repeat_count",))
        own = survey.relevant(group, ())
        inner = [*conditions, own] if own else conditions
        title = survey.texts.words(group.row, "label")
        if _wrapper(group):
            self._level(group.children, inner, joined(title, survey.texts.words(group.row, "hint")))
            return
        fields = self._fields(group.children, (), [], group)
        if not fields:
            return
        section = self._section(self.survey.key_of(group.name or "part"), title or named(group.name), fields, inner)
        survey.places[f"sections.{section['key']}"] = ("survey", group.row.number, group.row.title("name"))
        if text := survey.texts.words(group.row, "hint"):
            section["help"] = text

    def _pages(self, group: Node) -> None:
        looks = set(group.row.logic("appearance").lower().split())
        self.pages = self.pages or "field-list" in looks
        self._looks(group, {"field-list", "table-list", "label", "list-nolabel"})

    def _unused(self, node: Node, more: tuple[str, ...] = ()) -> None:
        """A group has no answer of its own that could be required, limited or given."""
        columns = (
            "required",
            "constraint",
            "constraint_message",
            "calculation",
            "default",
            "read_only",
            "choice_filter",
        )
        unused_cells(self.survey, node, (*columns, "parameters", "guidance_hint", *more))

    def _looks(self, node: Node, used: set[str]) -> None:
        for look in sorted(set(node.row.logic("appearance").lower().split()) - used):
            message = msg("Tampilan “%(look)s” tidak ikut; bagian ini tampil seperti biasa.", look=look[:60])
            self.survey.report.warn_once("survey", node.row.number, node.row.title("appearance"), message)

    def _fields(
        self, nodes: Sequence[Node], chain: tuple[str, ...], conditions: list[str], group: Node | None = None
    ) -> list[Definition]:
        """The fields of rows that stand together; `conditions` are those of the groups around them."""
        survey, found = self.survey, []
        first = {block.lines[0].row.number: block for block in self.blocks.get(group.row.number, [])} if group else {}
        for node in nodes:
            number = node.row.number
            element = survey.elements[number]
            if number in first and group is not None:
                found.append(matrix(survey, group, first[number], chain, " and ".join(conditions) or None))
            elif element.part or self._is_header(node):
                continue
            elif node.type.role == "begin":
                found += self._inside(node, chain, conditions)
            elif node.type.name in LEFT_OUT:
                survey.report.warn("survey", number, node.row.title("type"), _OUT[LEFT_OUT[node.type.name]])
            elif (
                element.missing is None
                or element.settle
                or node.type.name in ("note", *_INVISIBLE)
                or node.type.list_name
            ) or node.row.logic("calculation"):
                found += question(survey, node, conditions)
        return found

    def _inside(self, node: Node, chain: tuple[str, ...], conditions: list[str]) -> list[Definition]:
        survey = self.survey
        element = survey.elements[node.row.number]
        if node.type.name == "repeat":
            return [] if element.missing else self._rows(node, element, conditions)
        if node.type.name != "group":
            return []
        self._unused(node, ("repeat_count",))
        self._looks(node, {"field-list", "table-list", "label", "list-nolabel"})
        condition = survey.relevant(node, chain, conditions)
        inner = [condition] if condition else []
        fields = self._fields(node.children, chain, inner, node)
        label = survey.texts.words(node.row, "label")
        alone = len(fields) == 1 and fields[0]["kind"] == "matrix"
        if label and fields and not alone:
            key = unused(self.survey.key_of(node.name or "note"), survey.names.taken(chain))
            note: Definition = {"kind": "note", "key": key, "label": label}
            if text := survey.texts.words(node.row, "hint"):
                note["help"] = text
            if condition:
                note["show_when"] = condition
            fields.insert(0, note)
        return fields

    def _rows(self, node: Node, element: Element, conditions: list[str]) -> list[Definition]:
        survey, row = self.survey, node.row
        self._unused(node)
        self._looks(node, {"field-list", "table", "compact"})
        columns = self._fields(node.children, (*element.chain, element.key), [])
        if not columns:
            message = msg("Kelompok berulang ini tidak berisi pertanyaan yang dapat dialihkan.")
            survey.report.warn("survey", row.number, row.title("type"), message)
            element.missing = message
            return []
        found: Definition = {
            "kind": "rows",
            "key": element.key,
            "label": survey.texts.words(row, "label") or named(node.name),
            "required": False,
            "columns": columns,
        }
        if text := survey.texts.words(row, "hint"):
            found["help"] = text
        if condition := survey.relevant(node, element.chain, conditions):
            found["show_when"] = condition
        self._add_count(node, element, found)
        survey.place(".".join((*element.chain, element.key)), row)
        return [found]

    def _add_count(self, node: Node, element: Element, found: Definition) -> None:
        row = node.row
        written = row.logic("repeat_count")
        if not written:
            return
        number = number_source(written)
        if number is not None and number.isdigit() and 1 <= int(number) <= MOST_ROWS:
            found |= {"min": int(number), "max": int(number), "required": True}
            return

        def value(translator: Translator, tree: XPath) -> Said:
            return translator.number(translator.value(tree))

        loses = msg("Banyaknya baris tidak dibatasi.")
        said = self.survey.translate(row, "repeat_count", element.chain, None, value, loses)
        if said is not None:
            source, _ = self.survey.names.source(element, element.chain)
            found["checks"] = [{"rule": f"count({source}) == {said.at(5)}", "message": _COUNT}]


def _hidden_only(section: Definition) -> bool:
    return all(field["kind"] == "hidden" for field in section["fields"])


def _wrapper(group: Node) -> bool:
    """A group that holds only other groups, as around whole forms: its groups become the sections."""
    asked = [child for child in group.children if child.type.name not in _INVISIBLE]
    groups = [child for child in asked if child.type.role == "begin"]
    return bool(groups) and len(groups) == len(asked) and any(child.type.name == "group" for child in groups)
