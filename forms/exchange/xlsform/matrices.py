"""Tables of selects on one scale (`table-list`, `label` with `list-nolabel`, scores of KoboToolbox) as matrices."""

from collections.abc import Sequence
from dataclasses import dataclass

from forms.exchange.xlsform.choices import ChoiceList
from forms.exchange.xlsform.elements import Element
from forms.exchange.xlsform.keys import unused
from forms.exchange.xlsform.survey import Definition, Survey
from forms.exchange.xlsform.texts import named
from forms.exchange.xlsform.tree import NO, YES, Node
from forms.expressions import NUMBER

MOST_POINTS = 20
_ALONE = (
    "relevant",
    "constraint",
    "constraint_message",
    "required_message",
    "choice_filter",
    "calculation",
    "default",
    "hint",
    "guidance_hint",
    "read_only",
    "trigger",
)
"""What a line of a matrix cannot have for itself."""


@dataclass
class Block:
    """Statements that are judged on one scale; `header` is the row that only shows the scale, if there is one."""

    lines: list[Node]
    choices: ChoiceList
    header: Node | None = None
    key: str = ""


def blocks(survey: Survey, group: Node) -> list[Block]:
    """The matrices among the rows of a group."""
    table = "table-list" in group.row.logic("appearance").lower().split()
    found: list[Block] = []
    header: Node | None = None
    run: list[Node] = []

    def close() -> None:
        nonlocal header, run
        block = _block(survey, header, run)
        if block is not None and (table or header is not None):
            found.append(block)
        header, run = None, []

    for child in group.children:
        looks = child.row.logic("appearance").lower().split()
        select = child.type.name == "select_one" and not child.type.other and child.type.list_name
        if select and "label" in looks:
            close()
            header = child
        elif select and (table or "list-nolabel" in looks) and _same_list(header, run, child):
            run.append(child)
        else:
            close()
    close()
    return found


def _same_list(header: Node | None, run: Sequence[Node], child: Node) -> bool:
    before = run[-1] if run else header
    return before is None or before.type.list_name == child.type.list_name


def _block(survey: Survey, header: Node | None, lines: list[Node]) -> Block | None:
    if not lines:
        return None
    this = survey.lists.get(lines[0].type.list_name)
    if this is None or not 2 <= len(this.choices) <= MOST_POINTS:
        return None
    if not this.numeric and any(line.name in survey.spoken_of for line in lines):
        return None  # its answers are compared with names, which points of a scale do not have
    if any(line.row.translations(column) for line in lines for column in _ALONE):
        return None
    wanted = {line.row.logic("required").lower() for line in lines}
    if len(wanted) > 1 or not wanted <= (YES | NO | {""}):
        return None
    return Block(lines, this, header)


def enter(survey: Survey, group: Node, block: Block, chain: tuple[str, ...]) -> None:
    """Give a matrix its key and make its lines known by their names."""
    wanted = survey.key_of(block.header.name if block.header else group.name)
    taken = survey.names.taken(chain)
    block.key = unused(wanted, taken)
    parts: set[str] = set()
    for line in block.lines:
        part = unused(survey.key_of(line.name), parts)
        element = Element(line, chain, block.key, part, NUMBER)
        survey.elements[line.row.number] = element
        survey.names.add(element)


def matrix(survey: Survey, group: Node, block: Block, chain: tuple[str, ...], condition: str | None) -> Definition:
    """The field of a matrix."""
    first = block.lines[0]
    label = survey.texts.words(block.header.row, "label") if block.header else None
    label = label or survey.texts.words(group.row, "label") or named(group.name or first.name)
    statements = [
        {"key": survey.element(line).part, "label": survey.texts.words(line.row, "label") or named(line.name)}
        for line in block.lines
    ]
    found: Definition = {
        "kind": "matrix",
        "key": block.key,
        "label": label,
        "required": first.row.logic("required").lower() in YES,
        "statements": statements,
        "points": block.choices.points(),
    }
    if block.header and (text := survey.texts.words(block.header.row, "hint")):
        found["help"] = text
    if condition:
        found["show_when"] = condition
    survey.place(".".join((*chain, block.key)), first.row)
    return found
