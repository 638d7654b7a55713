"""Which fields an expression reads, and how it follows when one of them gets another name."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from forms.expressions.faults import Unreadable
from forms.expressions.nodes import Loop, Node, Part, Path, children
from forms.expressions.parsing import parse


@dataclass(frozen=True, slots=True)
class Read:
    """A path as written and what it reads: `r.weight` in a loop over `results` reads `results.weight`.

    `of_loop`: it begins with the variable of a loop.
    """

    path: Path
    names: tuple[str, ...]
    of_loop: bool = False


def reads(node: Node, loops: Mapping[str, tuple[str, ...] | None] | None = None) -> Iterator[Read]:
    """Everything that is read, in order; `loops` are the loop variables around with what they run over."""
    loops = loops or {}
    if isinstance(node, Path):
        root, *rest = (part.name for part in node.parts)
        over = loops.get(root, (root,))
        if over is not None:
            yield Read(node, (*over, *rest), root in loops)
    elif isinstance(node, Loop):
        outer = list(reads(node.over, loops))
        over = outer[0].names if isinstance(node.over, Path) and outer else None
        yield from outer
        for part in (*node.conditions, node.body):
            yield from reads(part, {**loops, node.variable.name: over})
    else:
        for child in children(node):
            yield from reads(child, loops)


def read_paths(node: Node) -> frozenset[str]:
    """The dotted names of all that is read; rows that are only run over for a column of theirs are left out."""
    run_over = {id(loop.over) for loop in _loops(node)}
    found = list(reads(node))
    names = {".".join(one.names) for one in found if id(one.path) not in run_over}
    for one in found:
        dotted = ".".join(one.names)
        if id(one.path) in run_over and not any(name.startswith(f"{dotted}.") for name in names):
            names.add(dotted)
    return frozenset(names)


def references(source: str) -> frozenset[str]:
    """The dotted names that a source reads, whether or not they exist; nothing for what cannot be read."""
    try:
        return read_paths(parse(source))
    except Unreadable:
        return frozenset()


def rename(source: str, old: str, new: str) -> str:
    """The source with the field of the dotted name `old`, as it is written there, named `new`; all else is untouched.

    `results.weight` is followed into loops over `results`. What cannot be read stays as it is.
    """
    try:
        node = parse(source)
    except Unreadable:
        return source
    before, after = tuple(old.split(".")), tuple(new.split("."))
    edits = [edit for one in reads(node) if (edit := _edit(one, before, after))]
    if any(text.split(".")[0] == after[0] for _, _, text in edits):
        edits += _freed(node, after[0])
    for start, end, text in sorted(edits, reverse=True):
        source = source[:start] + text + source[end:]
    return source


def _edit(read: Read, before: tuple[str, ...], after: tuple[str, ...]) -> tuple[int, int, str] | None:
    if read.names[: len(before)] != before:
        return None
    parts = read.path.parts
    last = len(before) - 1 - len(read.names) + len(parts)
    if not read.of_loop:
        return parts[0].start, parts[last].end, ".".join(after)
    if last < 1 or before[:-1] != after[:-1]:  # the name stands where the loop says what it runs over
        return None
    return parts[last].start, parts[last].end, after[-1]


def _loops(node: Node) -> Iterator[Loop]:
    if isinstance(node, Loop):
        yield node
    for child in children(node):
        yield from _loops(child)


def _freed(node: Node, name: str) -> list[tuple[int, int, str]]:
    """Loops whose variable would hide the new name call it otherwise."""
    taken = {one.variable.name for one in _loops(node)} | {one.path.parts[0].name for one in reads(node)}
    other = next(f"{name}_{count}" for count in range(2, len(taken) + 3) if f"{name}_{count}" not in taken)
    places: set[Part] = set()
    for loop in _loops(node):
        if loop.variable.name == name:
            places.add(loop.variable)
            for part in (*loop.conditions, loop.body):
                places |= set(_roots(part, name))
    return [(part.start, part.end, other) for part in places]


def _roots(node: Node, name: str) -> Iterator[Part]:
    if isinstance(node, Path) and node.parts[0].name == name:
        yield node.parts[0]
    elif isinstance(node, Loop):
        yield from _roots(node.over, name)
        if node.variable.name != name:
            for part in (*node.conditions, node.body):
                yield from _roots(part, name)
    else:
        for child in children(node):
            yield from _roots(child, name)
