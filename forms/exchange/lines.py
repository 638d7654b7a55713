"""Where the parts of a definition stand in its YAML text, so that a problem can be shown at its line."""

from collections.abc import Iterator

import yaml

from forms.exchange.yaml import MOST_CHARACTERS, compose


class Lines:
    """The lines of one text. Only for texts that `load_value` has read: others have no places."""

    def __init__(self, text: str) -> None:
        self._root = compose(text) if len(text) <= MOST_CHARACTERS else None

    def of(self, path: str) -> int | None:
        """The line (from 1) of the nearest part that a path leads to.

        Paths are those of problems: `sections.work.fields.target.max` as in the file, or from a field on
        (`results.target.max`), with the keys of sections, fields, options and points instead of their numbers.
        """
        if self._root is None:
            return None
        steps = [step for step in path.split(".") if step]
        node, line = self._root, _line(self._root)
        if steps and _entry(node, steps[0]) is None:
            found = next((one for one in _fields(node) if _name(one) == steps[0]), None)
            if found is None:
                return line
            node, line, steps = found, _line(found), steps[1:]
        for step in steps:
            entry = _entry(node, step)
            if entry is None:
                break
            line, node = entry
        return line


def _line(node: yaml.Node) -> int:
    return node.start_mark.line + 1 if node.start_mark else 1


def _entry(node: yaml.Node, step: str) -> tuple[int, yaml.Node] | None:
    """Line and value of the part of a node that a step leads to."""
    if isinstance(node, yaml.SequenceNode):
        for index, part in enumerate(node.value):
            if step in (str(index), f"#{index}") or _name(part) == step:
                return _line(part), part
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if key.value == step:
                return _line(key), value
        for key, value in node.value:
            if key.value in ("columns", "fields"):
                return _entry(value, step)
    return None


def _name(node: yaml.Node) -> str | None:
    """The name a section, field, option or point has for itself."""
    if isinstance(node, yaml.MappingNode):
        named = {key.value: value.value for key, value in node.value if isinstance(value, yaml.ScalarNode)}
        return named.get("key", named.get("value"))
    return None


def _fields(root: yaml.Node) -> Iterator[yaml.Node]:
    sections = _entry(root, "sections")
    for section in sections[1].value if sections and isinstance(sections[1], yaml.SequenceNode) else []:
        fields = _entry(section, "fields")
        if fields and isinstance(fields[1], yaml.SequenceNode):
            yield from fields[1].value
