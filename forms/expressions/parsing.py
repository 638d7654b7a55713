"""From the text of an expression to its parts, by Python's parser; nothing is ever run."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from forms.expressions import limits
from forms.expressions.faults import Mistake, Unreadable
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
    Part,
    Path,
)
from forms.expressions.scanning import Scanned, quoted, scan, too_deep
from forms.text import Message, msg

_SUMS = {ast.Add: "+", ast.Sub: "-"}
_PRODUCTS = {ast.Mult: "*", ast.Div: "/"}
_COMPARED = {
    ast.Eq: "==",
    ast.NotEq: "!=",
    ast.Lt: "<",
    ast.LtE: "<=",
    ast.Gt: ">",
    ast.GtE: ">=",
    ast.In: "in",
    ast.NotIn: "not in",
}
_WRONG = msg("Bagian ini salah tulis atau belum lengkap.")
_NOT_USED = msg("Bentuk ini tidak dapat dipakai dalam ungkapan.")
_TOO_LARGE = msg("Ungkapan terlalu besar: paling banyak %(limit)s bagian. Bagilah.", limit=limits.NODES)


def parse(source: str) -> Node:
    """The expression in a source. Raises Unreadable with the places of what is wrong."""
    if not source.strip():
        raise Unreadable(Mistake(0, len(source), msg("Ungkapan ini masih kosong.")))
    scanned = scan(source)
    tree = _python_tree(scanned.plain)
    _measure(tree, scanned.plain)
    return _Reader(source, scanned).read(tree)


def _python_tree(plain: str) -> ast.expr:
    indent = len(plain) - len(plain.lstrip())
    try:
        tree = ast.parse(plain.strip(), mode="eval").body
    except SyntaxError as error:
        start = indent + max((error.offset or 0) - 1, 0)
        end = indent + max((error.end_offset or 0) - 1, 0)
        message = _WRONG
        if not error.offset:  # Python's parser was still waiting for more when the text ended
            end = len(plain.rstrip())
            start, message = plain.rfind(" ", 0, end) + 1, msg("Ungkapan ini belum selesai.")
        elif "'else'" in error.msg:
            message = msg("Setelah “a if b” tulis “else” dan nilai lainnya.")
        raise Unreadable(Mistake(start, max(end, start + 1), message)) from error
    except (ValueError, RecursionError, MemoryError, OverflowError) as error:
        raise Unreadable(Mistake(0, len(plain), too_deep())) from error
    for node in ast.walk(tree):
        if isinstance(node, ast.expr):
            node.col_offset += indent
            assert node.end_col_offset is not None
            node.end_col_offset += indent
    return tree


def _measure(tree: ast.expr, plain: str) -> None:
    """Size and nesting, without recursion, so that nothing after this can run out of stack."""
    waiting: list[tuple[ast.AST, int]] = [(tree, 1)]
    count = 0
    while waiting:
        node, depth = waiting.pop()
        count += isinstance(node, ast.expr)
        if count > limits.NODES:
            raise Unreadable(Mistake(0, len(plain), _TOO_LARGE))
        if depth > limits.DEPTH:
            raise Unreadable(_mistake(node, too_deep()))
        waiting += [
            (child, depth + (isinstance(child, ast.expr) and not _chained(node, child)))
            for child in ast.iter_child_nodes(node)
        ]


def _chained(node: ast.AST, child: ast.AST) -> bool:
    match node, child:
        case ast.BinOp(left=left, op=op), ast.BinOp(op=inner):
            return child is left and any(type(op) in ops and type(inner) in ops for ops in (_SUMS, _PRODUCTS))
        case ast.IfExp(orelse=orelse), ast.IfExp():
            return child is orelse
        case ast.Attribute(), ast.Attribute():
            return True
    return False


def _place(node: ast.AST) -> tuple[int, int]:
    assert isinstance(node, ast.expr | ast.keyword)
    return node.col_offset, node.end_col_offset or node.col_offset + 1


def _mistake(node: ast.AST, message: Message, suggestion: str | None = None) -> Mistake:
    if isinstance(node, ast.comprehension):
        node = node.target
    return Mistake(*_place(node), message, suggestion)


@dataclass(frozen=True, slots=True)
class _Reader:
    """Turns the tree of Python's parser into ours; whatever the language does not have is refused with its place."""

    source: str
    scanned: Scanned

    def read(self, node: ast.expr) -> Node:
        start, end = _place(node)
        match node:
            case ast.Constant():
                return self._literal(node)
            case ast.Name() | ast.Attribute():
                return self._path(node)
            case ast.UnaryOp(op=ast.Not(), operand=operand):
                return Not(start, end, self.read(operand))
            case ast.UnaryOp(op=ast.USub(), operand=operand):
                value = self.read(operand)
                if isinstance(value, Literal) and isinstance(value.value, Decimal):
                    return Literal(start, end, value.value.copy_negate())
                return Minus(start, end, value)
            case ast.BinOp(op=op) if type(op) in _SUMS or type(op) in _PRODUCTS:
                return self._chain(node)
            case ast.BoolOp(op=op, values=values):
                word = "and" if isinstance(op, ast.And) else "or"
                return Logic(start, end, word, tuple(self.read(value) for value in values))
            case ast.Compare():
                return self._comparison(node)
            case ast.IfExp():
                return self._conditional(node)
            case ast.Call(func=ast.Name() as name, args=arguments, keywords=[]):
                return Call(start, end, self._part(*_place(name)), tuple(self.read(one) for one in arguments))
            case ast.Call(func=ast.Attribute(attr=attr) as path, args=arguments):
                inside = self.source[slice(*_place(path.value))]
                rest = "".join(f", {self.source[slice(*_place(one))]}" for one in arguments)
                message = msg("Fungsi ditulis di depan, bukan di belakang titik.")
                raise Unreadable(_mistake(node, message, f"{attr}({inside}{rest})"))
            case ast.GeneratorExp():
                return self._loop(node)
            case ast.Tuple(elts=items):
                if self.source[start] != "(":
                    raise Unreadable(self._comma(node))
                return Listing(start, end, tuple(self.read(item) for item in items))
        raise Unreadable(_mistake(node, _NOT_USED))

    def _literal(self, node: ast.Constant) -> Literal:
        start, end = _place(node)
        written = self.source[start:end]
        if isinstance(node.value, bool):
            return Literal(start, end, node.value)
        if isinstance(node.value, int | float):
            return Literal(start, end, Decimal(written))
        if node.value is None:
            message = msg("None tidak dipakai. Apakah sesuatu sudah diisi ditanyakan dengan given(…).")
            raise Unreadable(_mistake(node, message))
        if not isinstance(node.value, str):  # three dots
            raise Unreadable(_mistake(node, _NOT_USED))
        text = self.scanned.texts[start]
        if text.end != end:
            raise Unreadable(_mistake(node, msg("Dua teks bersebelahan: mungkin ada koma yang kurang di antaranya.")))
        return Literal(start, end, text.value)

    def _part(self, start: int, end: int) -> Part:
        return Part(start, end, self.source[start:end])

    def _path(self, node: ast.expr) -> Path:
        start, end = _place(node)
        parts: list[Part] = []
        while isinstance(node, ast.Attribute):
            _, node_end = _place(node)
            parts.append(self._part(node_end - len(node.attr), node_end))
            node = node.value
        if not isinstance(node, ast.Name):
            raise Unreadable(_mistake(node, msg("Di depan titik hanya dapat ditulis nama isian.")))
        parts.append(self._part(*_place(node)))
        if len(parts) > limits.PATH:
            message = msg("Nama ini terlalu panjang: paling banyak %(limit)s bagian.", limit=limits.PATH)
            raise Unreadable(Mistake(start, end, message))
        return Path(start, end, tuple(reversed(parts)))

    def _chain(self, node: ast.expr) -> Arithmetic:
        start, end = _place(node)
        assert isinstance(node, ast.BinOp)
        signs = _SUMS if type(node.op) in _SUMS else _PRODUCTS
        rest: list[tuple[str, Node]] = []
        while isinstance(node, ast.BinOp) and type(node.op) in signs:
            # `(a + b) + c` is the same as `a + b + c`, so brackets on the left need no attention.
            rest.append((signs[type(node.op)], self.read(node.right)))
            node = node.left
        return Arithmetic(start, end, self.read(node), tuple(reversed(rest)))

    def _comparison(self, node: ast.Compare) -> Comparison:
        start, end = _place(node)
        operands = [node.left, *node.comparators]
        for op, one, other in zip(node.ops, operands, operands[1:], strict=False):
            for nothing, value in ((one, other), (other, one)):
                if isinstance(nothing, ast.Constant) and nothing.value is None:
                    asked = f"given({self.source[slice(*_place(value))]})"
                    given = isinstance(op, ast.NotEq | ast.IsNot)
                    message = msg("Apakah sesuatu sudah diisi ditanyakan dengan given(…).")
                    raise Unreadable(Mistake(start, end, message, asked if given else f"not {asked}"))
            if type(op) not in _COMPARED:
                message = msg("Untuk membandingkan, tulis == atau !=.")
                raise Unreadable(Mistake(_place(one)[1], _place(other)[0], message, None))
        pairs = zip(node.ops, node.comparators, strict=True)
        rest = tuple((_COMPARED[type(op)], self.read(value)) for op, value in pairs)
        return Comparison(start, end, self.read(node.left), rest)

    def _conditional(self, node: ast.expr) -> Conditional:
        start, end = _place(node)
        branches: list[tuple[Node, Node]] = []
        while isinstance(node, ast.IfExp):
            branches.append((self.read(node.test), self.read(node.body)))
            node = node.orelse
        return Conditional(start, end, tuple(branches), self.read(node))

    def _loop(self, node: ast.GeneratorExp) -> Loop:
        start, end = _place(node)
        first, *more = node.generators
        if more:
            raise Unreadable(_mistake(more[0], msg("Hanya satu “for” dalam satu daftar.")))
        if not isinstance(first.target, ast.Name):
            raise Unreadable(_mistake(first.target, msg("Setelah “for” ditulis satu nama.")))
        variable = self._part(*_place(first.target))
        conditions = tuple(self.read(one) for one in first.ifs)
        return Loop(start, end, self.read(node.elt), variable, self.read(first.iter), conditions)

    def _comma(self, node: ast.Tuple) -> Mistake:
        for before, after in zip(node.elts, node.elts[1:], strict=False):
            start, end = _last_number(before), _first_number(after)
            if start and end and start[1] + 1 == end[0]:
                written = self.source[start[0] : end[1]]
                return Mistake(start[0], end[1], msg("Desimal ditulis dengan titik."), written.replace(",", "."))
        comma = self.source.find(",", _place(node.elts[0])[1]) if node.elts else -1
        place = (comma, comma + 1) if comma >= 0 else _place(node)
        return Mistake(*place, msg("Koma di sini tidak pada tempatnya. Daftar ditulis dalam kurung."))


def _edges(node: ast.expr, last: bool) -> Iterator[ast.expr]:
    place = 1 if last else 0
    for found in ast.walk(node):
        if isinstance(found, ast.expr) and _place(found)[place] == _place(node)[place]:
            yield found


def _last_number(node: ast.expr) -> tuple[int, int] | None:
    return next((_place(one) for one in _edges(node, True) if _is_whole(one)), None)


def _first_number(node: ast.expr) -> tuple[int, int] | None:
    return next((_place(one) for one in _edges(node, False) if _is_whole(one)), None)


def _is_whole(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and type(node.value) is int


def literal_source(value: str | Decimal | bool) -> str:
    """A value as it is written in an expression."""
    if isinstance(value, bool):
        return str(value)
    return quoted(value) if isinstance(value, str) else format(value, "f")
