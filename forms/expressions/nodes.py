"""The parts an expression consists of after reading, each with its place in the source."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True, eq=False)
class Node:
    """Characters `start` to `end` (exclusive) of the source."""

    start: int
    end: int


@dataclass(frozen=True, slots=True, eq=False)
class Literal(Node):
    """A value that is written down."""

    value: str | Decimal | bool


@dataclass(frozen=True, slots=True, eq=False)
class Part(Node):
    """One name of a path."""

    name: str


@dataclass(frozen=True, slots=True, eq=False)
class Path(Node):
    """A field, or a column of one: `results.weight`."""

    parts: tuple[Part, ...]

    @property
    def dotted(self) -> str:
        return ".".join(part.name for part in self.parts)


@dataclass(frozen=True, slots=True, eq=False)
class Not(Node):
    operand: Node


@dataclass(frozen=True, slots=True, eq=False)
class Minus(Node):
    operand: Node


@dataclass(frozen=True, slots=True, eq=False)
class Arithmetic(Node):
    """A chain of `+` and `-`, or of `*` and `/`, from left to right."""

    first: Node
    rest: tuple[tuple[str, Node], ...]


@dataclass(frozen=True, slots=True, eq=False)
class Logic(Node):
    """`and` or `or` between two or more."""

    word: str
    operands: tuple[Node, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Comparison(Node):
    """`a < b <= c`: every neighbouring pair must hold. Operators: == != < <= > >= in, not in."""

    first: Node
    rest: tuple[tuple[str, Node], ...]


@dataclass(frozen=True, slots=True, eq=False)
class Conditional(Node):
    """`a if c else b`, chained: (condition, value) pairs and the value when none holds."""

    branches: tuple[tuple[Node, Node], ...]
    otherwise: Node


@dataclass(frozen=True, slots=True, eq=False)
class Call(Node):
    name: Part
    arguments: tuple[Node, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Loop(Node):
    """`body for variable in over if condition`."""

    body: Node
    variable: Part
    over: Node
    conditions: tuple[Node, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Listing(Node):
    """`("a", "b")`."""

    items: tuple[Node, ...]


def children(node: Node) -> Iterator[Node]:
    """The parts directly below, in the order of evaluation."""
    match node:
        case Not(operand=operand) | Minus(operand=operand):
            yield operand
        case Arithmetic(first=first, rest=rest) | Comparison(first=first, rest=rest):
            yield first
            yield from (operand for _, operand in rest)
        case Logic(operands=operands):
            yield from operands
        case Conditional(branches=branches, otherwise=otherwise):
            for condition, value in branches:
                yield condition
                yield value
            yield otherwise
        case Call(arguments=arguments):
            yield from arguments
        case Loop(body=body, over=over, conditions=conditions):
            yield over
            yield from conditions
            yield body
        case Listing(items=items):
            yield from items
