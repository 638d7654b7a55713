"""From our expressions to XPath of XLSForm: same meaning or a refusal in words."""

from collections.abc import Sequence
from decimal import Decimal

from forms.exchange.xlsform.naming import Naming, Path
from forms.exchange.xlsform.said import Untranslatable
from forms.expressions import Kind, Type
from forms.expressions import nodes as ours
from forms.expressions.faults import Unreadable
from forms.expressions.parsing import parse
from forms.fields import Declaration, Matrix, Rows, YesNo
from forms.text import msg
from forms.wording import plain

_TEXTUAL = (Kind.TEXT, Kind.CHOICE)
_OPERATORS = {"==": "=", "!=": "!=", "<": "<", "<=": "<=", ">": ">", ">=": ">="}
_SAME = {"contains": "contains", "starts_with": "starts-with", "ends_with": "ends-with", "abs": "abs", "floor": "floor",
         "ceil": "ceiling", "number": "number", "text": "string", "length": "string-length", "round": "round",
         "min": "min", "max": "max", "sum": "sum", "date": "date"}  # fmt: skip
_PARTS_OF_DAYS = {"year": "%Y", "month": "%n", "day": "%e"}


class XPathWriter:
    """Writes expressions that stand in the rows `chain`; `own` is the key of the question they belong to."""

    def __init__(self, naming: Naming, types: dict[Path, Type], chain: Path = (), own: str | None = None) -> None:
        self.naming = naming
        self.types = types
        self.chain = chain
        self.own = own

    def write(self, source: str) -> str:
        """The expression as XPath. Raises Untranslatable."""
        return self._whole(source, truth=False)

    def condition(self, source: str) -> str:
        """The expression as a condition in XPath. Raises Untranslatable."""
        return self._whole(source, truth=True)

    def _whole(self, source: str, truth: bool) -> str:
        try:
            tree = parse(source)
        except Unreadable as wrong:
            raise Untranslatable(wrong.mistakes[0].message) from wrong
        said = self._truth(tree) if truth else self._said(tree)
        return said[1:-1] if said.startswith("(") and _closes_at(said) == len(said) - 1 else said

    def _said(self, node: ours.Node) -> str:
        match node:
            case ours.Literal(value=value):
                return _literal(value)
            case ours.Path():
                return self._path(node)
            case ours.Not(operand=operand):
                return f"not({_bare(self._truth(operand))})"
            case ours.Minus(operand=operand):
                return f"-{self._said(operand)}"
            case ours.Arithmetic():
                return self._arithmetic(node)
            case ours.Logic(word=word, operands=operands):
                return "(" + f" {word} ".join(self._truth(operand) for operand in operands) + ")"
            case ours.Comparison():
                return self._comparison(node)
            case ours.Conditional(branches=branches, otherwise=otherwise):
                said = self._said(otherwise)
                for asked, taken in reversed(branches):
                    said = f"if({_bare(self._truth(asked))}, {_bare(self._said(taken))}, {_bare(said)})"
                return said
            case ours.Call(name=name, arguments=arguments):
                return self._call(name.name, arguments)
        raise Untranslatable(msg("Rumus yang berjalan pada setiap baris tabel tidak ada dalam XLSForm."))

    def _truth(self, node: ours.Node) -> str:
        """A part as yes or no: answers that are yes or no are chosen values in XLSForm."""
        if isinstance(node, ours.Path):
            path = self._find(node)
            field = self.naming.fields.get(path)
            wanted = "yes" if isinstance(field, YesNo) else "OK" if isinstance(field, Declaration) else "true"
            return f"{self._path(node)} = '{wanted}'"
        return self._said(node)

    def _find(self, node: ours.Path) -> Path:
        names = tuple(part.name for part in node.parts)
        if names[0] == "form":
            candidates = [names[1:]]
        else:
            candidates = [(*self.chain[:depth], *names) for depth in range(len(self.chain), -1, -1)]
        for path in candidates:
            if path in self.naming.names:
                return path
        raise Untranslatable(msg("“%(name)s” tidak ada dalam XLSForm.", name=node.dotted))

    def _path(self, node: ours.Path) -> str:
        path = self._find(node)
        if path == (*self.chain, self.own):
            return "."
        if isinstance(self.naming.fields.get(path), Matrix):
            raise Untranslatable(msg("Semua jawaban sebuah matriks sekaligus tidak ada dalam XLSForm."))
        return f"${{{self.naming.names[path]}}}"

    def _type(self, node: ours.Node) -> Type | None:
        if isinstance(node, ours.Path):
            try:
                return self.types.get(self._find(node))
            except Untranslatable:
                return None
        return None

    def _textual(self, node: ours.Node) -> bool:
        match node:
            case ours.Literal(value=value):
                return isinstance(value, str)
            case ours.Call(name=name, arguments=arguments):
                textual = name.name in ("text", "join", "lower", "upper")
                return textual or (name.name == "coalesce" and any(map(self._textual, arguments)))
            case ours.Arithmetic(first=first, rest=rest):
                return any(self._textual(operand) for operand in (first, *(one for _, one in rest)))
            case ours.Conditional(otherwise=otherwise):
                return self._textual(otherwise)
        found = self._type(node)
        return found is not None and found.kind in _TEXTUAL

    def _arithmetic(self, node: ours.Arithmetic) -> str:
        operands = [node.first, *(operand for _, operand in node.rest)]
        if all(sign == "+" for sign, _ in node.rest) and any(map(self._textual, operands)):
            return f"concat({', '.join(_bare(self._said(operand)) for operand in operands)})"
        said = self._said(node.first)
        for sign, operand in node.rest:
            said += f" {'div' if sign == '/' else sign} {self._said(operand)}"
        return f"({said})"

    def _comparison(self, node: ours.Comparison) -> str:
        parts, before = [], node.first
        for operator, after in node.rest:
            parts.append(self._pair(before, operator, after))
            before = after
        return parts[0] if len(parts) == 1 else f"({' and '.join(parts)})"

    def _pair(self, left: ours.Node, operator: str, right: ours.Node) -> str:
        if operator in ("in", "not in"):
            said = self._membership(left, right)
            return said if operator == "in" else f"not({_bare(said)})"
        for one, other in ((left, right), (right, left)):
            if isinstance(one, ours.Literal) and isinstance(one.value, bool):
                said = self._truth(other)
                return said if one.value == (operator == "==") else f"not({_bare(said)})"
        return f"({self._said(left)} {_OPERATORS[operator]} {self._said(right)})"

    def _membership(self, one: ours.Node, many: ours.Node) -> str:
        if isinstance(many, ours.Listing):
            said = self._said(one)
            return (
                "(" + " or ".join(f"{said} = {self._said(item)}" for item in many.items) + ")"
                if many.items
                else "false()"
            )
        found = self._type(many)
        if found is not None and found.kind == Kind.CHOICES:
            return f"selected({self._said(many)}, {_bare(self._said(one))})"
        raise Untranslatable(msg("“in” pada kolom tabel tidak ada dalam XLSForm."))

    def _call(self, name: str, arguments: Sequence[ours.Node]) -> str:
        if any(isinstance(argument, ours.Loop) for argument in arguments):
            raise Untranslatable(msg("Rumus yang berjalan pada setiap baris tabel tidak ada dalam XLSForm."))
        found = self._type(arguments[0]) if arguments else None
        said = (
            [] if name in ("given", "sum", "count", "mean") else [_bare(self._said(argument)) for argument in arguments]
        )
        match name:
            case "today":
                return "today()"
            case "given":
                return self._given(arguments[0])
            case "count" if found is not None and len(arguments) == 1:
                return self._count(arguments[0], found)
            case "sum" | "mean" if len(arguments) == 1 and isinstance(arguments[0], ours.Path):
                return self._total(name, arguments[0])
            case "join" if len(said) == 2:
                return f"join({said[1]}, {said[0]})"
            case "matches":
                return f"regex({said[0]}, {said[1]})"
            case "coalesce":
                whole = said[-1]
                for one in reversed(said[:-1]):
                    whole = f"coalesce({one}, {whole})"
                return whole
            case "days":
                return f"({self._said(arguments[1])} - {self._said(arguments[0])})"
            case "year" | "month" | "day":
                return f"number(format-date({said[0]}, '{_PARTS_OF_DAYS[name]}'))"
        if name in _SAME and name != "sum":
            return f"{_SAME[name]}({', '.join(said)})"
        raise Untranslatable(msg("Fungsi %(name)s() tidak ada dalam XLSForm.", name=name))

    def _given(self, node: ours.Node) -> str:
        found = self._type(node)
        if found is not None and found.kind == Kind.ROWS:
            return f"(count({self._said(node)}) > 0)"
        return f"({self._said(node)} != '')"

    def _count(self, node: ours.Node, found: Type) -> str:
        if found.kind == Kind.CHOICES:
            return f"count-selected({self._said(node)})"
        path = self._find(node) if isinstance(node, ours.Path) else ()
        below = path and not isinstance(self.naming.fields.get(path), Rows)
        return f"{'count-non-empty' if below else 'count'}({self._said(node)})"

    def _total(self, name: str, node: ours.Path) -> str:
        path = self._find(node)
        field = self.naming.fields.get(path)
        if isinstance(field, Matrix) and name == "sum":
            lines = [self.naming.names[(*path, statement.key)] for statement in field.statements]
            return "(" + " + ".join(f"coalesce(${{{line}}}, 0)" for line in lines) + ")"
        said = self._path(node)
        return f"sum({said})" if name == "sum" else f"(sum({said}) div count-non-empty({said}))"


def _literal(value: str | Decimal | bool) -> str:
    if isinstance(value, bool):
        return "true()" if value else "false()"
    if isinstance(value, Decimal):
        return plain(value)
    if "'" not in value:
        return f"'{value}'"
    if '"' not in value:
        return f'"{value}"'
    raise Untranslatable(msg("Teks dengan kedua macam tanda kutip tidak dapat ditulis dalam XLSForm."))


def _bare(said: str) -> str:
    """Without brackets around the whole."""
    return said[1:-1] if said.startswith("(") and _closes_at(said) == len(said) - 1 else said


def _closes_at(said: str) -> int:
    """Where the bracket that opens at the beginning is closed."""
    depth, quote = 0, ""
    for index, sign in enumerate(said):
        if quote:
            quote = "" if sign == quote else quote
        elif sign in "\"'":
            quote = sign
        else:
            depth += (sign == "(") - (sign == ")")
            if depth == 0:
                return index
    return -1
