"""Whether an expression holds together: names that exist, values that go together; every mistake with its place."""

from collections.abc import Iterator, Sequence
from typing import TypeGuard

from forms.expressions import limits
from forms.expressions.calls import check_call
from forms.expressions.comparing import WORDS_FOR, check_comparison, literal_instead
from forms.expressions.faults import Mistake, Unreadable, closest
from forms.expressions.nodes import (
    Arithmetic,
    Call,
    Comparison,
    Conditional,
    Listing,
    Literal,
    Logic,
    Loop,
    Minus,
    Node,
    Not,
    Path,
)
from forms.expressions.scanning import quoted
from forms.expressions.scope import FORM, Scope
from forms.expressions.types import (
    ANY,
    BOOLEAN,
    LIST,
    NUMBER,
    TEXT,
    TEXTUAL,
    Kind,
    Type,
    united,
)
from forms.text import Message, msg


class Checker:
    """Finds the type of every part; a part with a mistake is of any type, so that one mistake is told once."""

    def __init__(self, source: str, scope: Scope) -> None:
        self.source = source
        self.scope = scope
        self.types: dict[int, Type] = {}
        """Type of each part, by `id` of the part."""
        self.mistakes: list[Mistake] = []
        self.variables: dict[str, Type] = {}
        self.form_names: set[str] = set()
        """Dotted paths that lead to fields of the whole form."""

    def wrong(self, node: Node, message: Message, suggestion: str | None = None) -> Type:
        """Note a mistake at a part. Raises Unreadable when there are as many as are reported at once."""
        self.mistakes.append(Mistake(node.start, node.end, message, suggestion))
        if len(self.mistakes) >= limits.FAULTS:
            raise Unreadable(*self.mistakes)
        return ANY

    def written(self, node: Node) -> str:
        """How a part is written."""
        return self.source[node.start : node.end]

    def type_of(self, node: Node) -> Type:
        """The type of a part, with mistakes noted."""
        found = self._type_of(node)
        self.types[id(node)] = found
        return found

    def _type_of(self, node: Node) -> Type:
        match node:
            case Literal(value=value):
                return BOOLEAN if isinstance(value, bool) else TEXT if isinstance(value, str) else NUMBER
            case Path():
                return self._path(node)
            case Not(operand=operand):
                self.truth(operand)
                return BOOLEAN
            case Logic(operands=operands):
                for operand in operands:
                    self.truth(operand)
                return BOOLEAN
            case Minus(operand=operand):
                return self.expect(operand, (Kind.NUMBER,))
            case Arithmetic():
                return self._arithmetic(node)
            case Comparison():
                return check_comparison(self, node)
            case Conditional(branches=branches, otherwise=otherwise):
                for condition, _ in branches:
                    self.truth(condition)
                return self.together(node, [*(value for _, value in branches), otherwise])
            case Listing(items=items):
                return LIST(self.together(node, items))
            case Loop():
                return self._loop(node)
            case Call():
                return check_call(self, node)
        raise AssertionError(node)

    def truth(self, node: Node) -> None:
        """Check that a part says yes or no."""
        found = self.type_of(node)
        if found.kind not in (Kind.BOOLEAN, Kind.ANY):
            message = msg("Di sini diperlukan syarat (ya/tidak), bukan %(kind)s.", kind=found.label)
            self.wrong(node, message, f"given({self.written(node)})" if isinstance(node, Path) else None)

    def expect(self, node: Node, kinds: Sequence[Kind]) -> Type:
        """Check that a part is of one of these kinds; its type, ANY when it is not."""
        return self._expected(node, self.type_of(node), kinds)

    def _expected(self, node: Node, found: Type, kinds: Sequence[Kind]) -> Type:
        if found.kind in kinds or found.kind == Kind.ANY:
            return found
        wanted = Type(kinds[0]).label
        suggestion = None
        if isinstance(node, Literal) and isinstance(node.value, str):
            suggestion = literal_instead(node.value, kinds)
        elif isinstance(node, Path) and kinds[0] == Kind.NUMBER and found.kind in TEXTUAL:
            suggestion = f"number({node.dotted})"
        message = msg("Di sini diperlukan %(wanted)s, bukan %(kind)s.", wanted=wanted, kind=found.label)
        return self.wrong(node, message, suggestion)

    def fits(self, node: Node, wanted: Type) -> None:
        """Check that the whole gives what is wanted: the type, and no text that is none of the options of a choice."""
        found = self.types[id(node)]
        several = (
            wanted.kind == Kind.CHOICES and found.kind == Kind.LIST and (found.of or ANY).kind in (*TEXTUAL, ANY.kind)
        )
        if united([found, wanted]) is None and not several:
            instead = literal_instead(str(node.value), (wanted.kind,)) if _is_text(node) else None
            message = msg(
                "Ungkapan ini harus memberi %(wanted)s, bukan %(kind)s.", wanted=wanted.label, kind=found.label
            )
            self.wrong(node, message, instead)
        elif wanted.kind in (Kind.CHOICE, Kind.CHOICES) and wanted.values is not None:
            for value in _given_values(node):
                if isinstance(value, Literal) and isinstance(value.value, str) and value.value not in wanted.values:
                    near = closest(value.value, wanted.values)
                    message = msg("“%(value)s” bukan salah satu pilihan yang tersedia.", value=value.value)
                    self.wrong(value, message, quoted(near) if near and near.isprintable() else None)

    def together(self, node: Node, values: Sequence[Node]) -> Type:
        """The common type of values of which one is taken."""
        types = [self.type_of(value) for value in values]
        found = united(types)
        if found is None and types:
            other = next(index for index in range(len(types)) if united(types[: index + 1]) is None)
            message = msg(
                "Nilai-nilai ini tidak sejenis: %(kind)s dan %(other)s.",
                kind=types[0].label,
                other=types[other].label,
            )
            return self.wrong(values[other], message)
        return found or ANY

    def _path(self, node: Path) -> Type:
        root, *rest = node.parts
        if root.name in self.variables:
            found = self.variables[root.name]
        else:
            there = self.scope.find(root.name)
            if there is None:
                spelled = WORDS_FOR.get(root.name.lower()) if not rest else None
                known = [*self.variables, *self.scope.known()]
                message = msg("Isian “%(name)s” tidak dikenal.", name=root.name)
                return self.wrong(root, message, spelled or closest(root.name, known))
            found = there.type
            if there.whole_form or self.scope.outer is None:
                dotted = node.dotted.removeprefix(f"{FORM}.") if root.name == FORM else node.dotted
                self.form_names.add(dotted)
        for part in rest:
            inner = inside(found, part.name)
            if inner is None:
                holder = found.item or found
                if not holder.fields:
                    return self.wrong(
                        node, msg("“%(name)s” tidak mempunyai bagian.", name=self.source[node.start : part.start - 1])
                    )
                message = msg("Bagian “%(name)s” tidak dikenal.", name=part.name)
                return self.wrong(part, message, closest(part.name, [name for name, _ in holder.fields]))
            found = inner
        return found

    def _arithmetic(self, node: Arithmetic) -> Type:
        operands = [node.first, *(operand for _, operand in node.rest)]
        found = [self.type_of(operand) for operand in operands]
        if all(sign == "+" for sign, _ in node.rest):
            if any(one.kind in TEXTUAL for one in found):
                for operand, one in zip(operands, found, strict=True):
                    if one.kind not in TEXTUAL and one.kind != Kind.ANY:
                        message = msg("Teks hanya dapat disambung dengan teks, bukan dengan %(kind)s.", kind=one.label)
                        self.wrong(operand, message, f"text({self.written(operand)})")
                return TEXT
            if all(one == ANY for one in found):
                return ANY
        for operand, one in zip(operands, found, strict=True):
            self.types[id(operand)] = self._expected(operand, one, (Kind.NUMBER,))
        return NUMBER

    def _loop(self, node: Loop) -> Type:
        over = self.type_of(node.over)
        item = over.item
        if item is None:
            message = msg("Setelah “in” diperlukan tabel atau daftar, bukan %(kind)s.", kind=over.label)
            item = self.wrong(node.over, message)
        outer = self.variables
        self.variables = {**outer, node.variable.name: item}
        for condition in node.conditions:
            self.truth(condition)
        body = self.type_of(node.body)
        self.variables = outer
        return LIST(body)


def _is_text(node: Node) -> TypeGuard[Literal]:
    return isinstance(node, Literal) and isinstance(node.value, str)


def _given_values(node: Node) -> Iterator[Node]:
    """The parts of which one is what the whole gives."""
    match node:
        case Conditional(branches=branches, otherwise=otherwise):
            for value in (*(value for _, value in branches), otherwise):
                yield from _given_values(value)
        case Listing(items=items):
            for item in items:
                yield from _given_values(item)
        case Call(name=name, arguments=arguments) if name.name == "coalesce":
            for argument in arguments:
                yield from _given_values(argument)
        case _:
            yield node


def inside(holder: Type, name: str) -> Type | None:
    """What a name after a dot leads to: a part of a record, or that column of all rows together."""
    if holder == ANY:
        return ANY
    if holder.kind == Kind.RECORD:
        return holder.field(name)
    if holder.kind == Kind.ROWS or (holder.kind == Kind.LIST and holder.of and holder.of.kind == Kind.RECORD):
        column = (holder.item or holder).field(name)
        if column is None:
            return None
        return column if column.kind in (Kind.ROWS, Kind.LIST) else LIST(column)
    return None
