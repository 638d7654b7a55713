"""Expressions of XLSForm (a part of XPath 1.0 with `${name}`) read into a tree; nothing is evaluated."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from forms.exchange.xlsform.xpath_tokens import NotXPath, Token, tokens, unreadable
from forms.text import msg

MOST_CHARACTERS = 4_000
LONGEST_CHAIN = 200
DEEPEST = 40
_LEVELS: tuple[tuple[str, ...], ...] = (
    ("or",),
    ("and",),
    ("=", "!="),
    ("<", "<=", ">", ">="),
    ("+", "-"),
    ("*", "div", "mod"),
)


@dataclass(frozen=True, slots=True)
class Literal:
    """A text or a number that is written down."""

    value: str
    number: bool = False


@dataclass(frozen=True, slots=True)
class Reference:
    """`${name}`, or a path that ends in a name; `predicate` says whether something in brackets follows."""

    name: str
    saved: bool = False
    predicate: bool = False


@dataclass(frozen=True, slots=True)
class Self:
    """`.`: the question itself."""


@dataclass(frozen=True, slots=True)
class Bare:
    """A name alone: a column of the choices sheet in a choice filter."""

    name: str


@dataclass(frozen=True, slots=True)
class Call:
    """A function with its arguments."""

    name: str
    arguments: tuple["XPath", ...]


@dataclass(frozen=True, slots=True)
class Binary:
    """Two operands and what is done with them: or and = != < <= > >= + - * div mod."""

    operator: str
    left: "XPath"
    right: "XPath"


@dataclass(frozen=True, slots=True)
class Minus:
    """A number with the opposite sign."""

    operand: "XPath"


@dataclass(frozen=True, slots=True)
class Foreign:
    """Something of XPath that is read but means nothing here, with its words."""

    text: str


XPath = Literal | Reference | Self | Bare | Call | Binary | Minus | Foreign


def parse(text: str) -> XPath:
    """The tree of an expression. Raises NotXPath."""
    text = text.strip()
    if len(text) > MOST_CHARACTERS:
        raise NotXPath(msg("Rumus ini terlalu panjang: paling banyak %(limit)s karakter.", limit=MOST_CHARACTERS))
    return _parsed(text)


@lru_cache(maxsize=1000)
def _parsed(text: str) -> XPath:
    return _Parser(text).whole()


def children(tree: XPath) -> tuple[XPath, ...]:
    """The parts directly below."""
    match tree:
        case Call(arguments=arguments):
            return arguments
        case Binary(left=left, right=right):
            return (left, right)
        case Minus(operand=operand):
            return (operand,)
    return ()


def references(tree: XPath) -> Iterator[Reference | Self]:
    """Every question an expression refers to, in order."""
    if isinstance(tree, Reference | Self):
        yield tree
    for child in children(tree):
        yield from references(child)


class _Parser:
    def __init__(self, text: str) -> None:
        self.text = text
        self.tokens = tokens(text)
        self.index = 0
        self.depth = 0

    @property
    def token(self) -> Token:
        return self.tokens[self.index]

    def whole(self) -> XPath:
        if self.token.kind == "end":
            raise NotXPath(msg("Rumus ini kosong."))
        tree = self.binary(0)
        if self.token.kind != "end":
            raise NotXPath(unreadable(self.text, self.token.start))
        return tree

    def sign(self, *signs: str) -> bool:
        """Whether one of these signs comes next; then it is passed."""
        if self.token.kind == "sign" and self.token.text in signs:
            self.index += 1
            return True
        return False

    def need(self, sign: str) -> None:
        if not self.sign(sign):
            raise NotXPath(unreadable(self.text, self.token.start))

    def operator(self, level: int) -> str | None:
        word = self.token.text.lower() if self.token.kind == "name" else self.token.text
        word = "=" if word == "==" else word
        if self.token.kind in ("name", "sign") and word in _LEVELS[level]:
            self.index += 1
            return word
        return None

    def binary(self, level: int) -> XPath:
        if level == len(_LEVELS):
            return self.unary()
        tree = self.binary(level + 1)
        links = 0
        while operator := self.operator(level):
            links += 1
            if links > LONGEST_CHAIN:
                raise NotXPath(msg("Rumus ini terlalu panjang: paling banyak %(limit)s bagian.", limit=LONGEST_CHAIN))
            tree = Binary(operator, tree, self.binary(level + 1))
        return tree

    def unary(self) -> XPath:
        self.depth += 1
        if self.depth > DEEPEST:
            raise NotXPath(msg("Rumus ini bersarang terlalu dalam."))
        try:
            if self.sign("-"):
                return Minus(self.unary())
            tree = self.primary()
            if self.token.kind == "sign" and self.token.text == "|":
                raise NotXPath(unreadable(self.text, self.token.start))
            return tree
        finally:
            self.depth -= 1

    def primary(self) -> XPath:
        token = self.token
        self.index += 1
        match token.kind:
            case "text":
                return Literal(token.text[1:-1])
            case "number":
                return Literal(token.text, number=True)
            case "reference" | "saved":
                return self.path(Reference(token.text, saved=token.kind == "saved"))
            case "name":
                if self.sign("("):
                    call = Call(token.text, self.arguments())
                    foreign = token.text.lower() not in ("current",)
                    return self.steps_after(call) if foreign else self.path(Bare(token.text))
                return self.path(Bare(token.text))
            case "sign" if token.text == "(":
                tree = self.binary(0)
                self.need(")")
                return tree
            case "sign" if token.text in (".", ".."):
                following = self.token.kind == "sign" and self.token.text == "/"
                if following:
                    return self.path(Bare(token.text))
                return Self() if token.text == "." else Foreign("..")
            case "sign" if token.text in ("/", "//"):
                self.index -= 1
                return self.path(Bare(""))
        raise NotXPath(unreadable(self.text, token.start))

    def arguments(self) -> tuple[XPath, ...]:
        if self.sign(")"):
            return ()
        found = [self.binary(0)]
        while self.sign(","):
            found.append(self.binary(0))
        self.need(")")
        return tuple(found)

    def path(self, start: Reference | Bare) -> XPath:
        """What follows a name: steps down, brackets. A path is known by its last name."""
        name, steps, predicate = start.name, 0, False
        while True:
            if self.token.kind == "sign" and self.token.text == "[":
                predicate = True
                self.index += 1
                self.binary(0)
                self.need("]")
            elif self.sign("/", "//"):
                token = self.token
                if token.kind in ("name", "reference") or (token.kind == "sign" and token.text in (".", "..", "*")):
                    self.index += 1
                    name, steps = token.text, steps + 1
                else:
                    raise NotXPath(unreadable(self.text, token.start))
            else:
                break
        if name in ("", ".", "..", "*"):
            return Foreign(name or "/")
        if isinstance(start, Bare) and not steps:
            return Foreign(f"{name}[…]") if predicate else start
        saved = isinstance(start, Reference) and start.saved
        return Reference(name, saved=saved, predicate=predicate)

    def steps_after(self, call: Call) -> XPath:
        """`instance('x')/root/item[…]/label`: read to its end, understood as one foreign thing."""
        foreign = False
        while self.token.kind == "sign" and self.token.text in ("/", "//", "["):
            foreign = True
            if self.sign("["):
                self.binary(0)
                self.need("]")
            else:
                self.index += 1
                if self.token.kind not in ("name", "reference") and self.token.text not in (".", "..", "*"):
                    raise NotXPath(unreadable(self.text, self.token.start))
                self.index += 1
        return Foreign(f"{call.name}(…)/…") if foreign else call
