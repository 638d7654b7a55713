"""The rows of the survey sheet as a tree: groups and repeats with what stands between their begin and end."""

import difflib
from collections.abc import Iterator
from dataclasses import dataclass, field

from forms.exchange.xlsform.cells import Row, Table
from forms.exchange.xlsform.findings import Report
from forms.exchange.xlsform.types import LEFT_OUT, SETTINGS, SIMPLE, TypeCell, read_type
from forms.text import msg

DEEPEST = 30
YES = frozenset({"yes", "true", "true()", "1", "ya", "y", "x", "oui", "si"})
NO = frozenset({"no", "false", "false()", "0", "tidak", "n", "non"})


@dataclass
class Node:
    """A survey row; a group or repeat has the rows inside it."""

    row: Row
    type: TypeCell
    children: list["Node"] = field(default_factory=list)

    @property
    def name(self) -> str:
        return self.row.logic("name")

    def walk(self) -> Iterator["Node"]:
        """This row and all inside it, in their order."""
        yield self
        for child in self.children:
            yield from child.walk()


def read_tree(survey: Table, report: Report) -> Node:
    """The survey as one nameless group. What cannot be placed is reported and left out."""
    root = Node(Row("survey", 0, {}, survey.columns), TypeCell("begin", "group"))
    open_nodes = [root]
    for row in survey.rows:
        if row.logic("disabled").lower() in YES:
            report.warn("survey", row.number, row.title("disabled"), msg("Baris ini dinonaktifkan, jadi dilewati."))
            continue
        written = row.logic("type")
        if not written:
            _without_type(row, report)
            continue
        if written.lower().replace("_", " ") in {one.replace("_", " ") for one in SETTINGS}:
            report.warn("survey", row.number, row.title("type"), msg("Tuliskan judul dan kunci pada lembar settings."))
            continue
        cell = read_type(written)
        if cell.role == "end":
            _close(open_nodes, cell, row, report)
        elif cell.role == "begin":
            node = Node(row, cell)
            if len(open_nodes) > DEEPEST:
                report.error("survey", row.number, row.title("type"), msg("Kelompok bersarang terlalu dalam."))
                continue
            open_nodes[-1].children.append(node)
            open_nodes.append(node)
        elif cell.role == "unknown":
            _unknown(row, written, report)
        else:
            open_nodes[-1].children.append(Node(row, cell))
    for node in open_nodes[1:]:
        report.error(
            "survey",
            node.row.number,
            node.row.title("type"),
            msg("Kelompok ini tidak ditutup. Tambahkan baris end %(what)s.", what=node.type.name),
        )
    return root


def _without_type(row: Row, report: Report) -> None:
    if row.get("name") or row.translations("label"):
        report.error("survey", row.number, "type", msg("Isi jenis (type) pada baris ini, atau hapus barisnya."))
    else:
        report.warn_once("survey", row.number, "type", msg("Baris tanpa jenis, nama, dan label dianggap catatan."))


def _close(open_nodes: list[Node], cell: TypeCell, row: Row, report: Report) -> None:
    if len(open_nodes) > 1 and open_nodes[-1].type.name == cell.name:
        open_nodes.pop()
        return
    report.error(
        "survey",
        row.number,
        row.title("type"),
        msg("Baris end %(what)s ini tidak memiliki pasangan begin %(what)s yang terbuka.", what=cell.name),
    )


def _unknown(row: Row, written: str, report: Report) -> None:
    known = [*SIMPLE, *LEFT_OUT, "select_one", "select_multiple", "rank", "begin_group", "end_group", "begin_repeat"]
    first = written.lower().split(" ")[0]
    near = difflib.get_close_matches(written.lower()[:60], known, 1) or difflib.get_close_matches(first[:60], known, 1)
    if near:
        message = msg("Jenis “%(type)s” tidak dikenal. Maksud Anda “%(near)s”?", type=written[:60], near=near[0])
    else:
        message = msg("Jenis “%(type)s” tidak dikenal, jadi pertanyaan ini tidak dapat dibuat.", type=written[:60])
    report.error("survey", row.number, row.title("type"), message)
