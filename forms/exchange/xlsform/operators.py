"""Operators, names and written values of XPath in our expressions: same meaning, also for questions left blank."""

from abc import ABC, abstractmethod
from dataclasses import dataclass, field
from decimal import Decimal

from forms.exchange.xlsform.days import day_of, days_compared, days_moved, hour_of
from forms.exchange.xlsform.elements import Element, Names
from forms.exchange.xlsform.said import (
    AND,
    ATOM,
    COMPARED,
    CONDITIONAL,
    MISSING,
    NOT,
    OR,
    PRODUCT,
    SIGN,
    SUM,
    Said,
    Untranslatable,
    equal,
    given,
    negated,
    number_source,
    of_rows,
    quoted_text,
    whole,
)
from forms.exchange.xlsform.xpath import Bare, Binary, Call, Foreign, Literal, Minus, Reference, Self, XPath
from forms.expressions import BOOLEAN, LIST, NUMBER, TEXT, Kind
from forms.text import Message, msg

_TOO_DEEP = msg("Rumus ini terlalu rumit untuk dialihkan.")


@dataclass
class Operators(ABC):
    """What expressions say that stand in the rows `chain`; `own` is the question that `.` means."""

    names: Names
    chain: tuple[str, ...] = ()
    own: Element | None = None
    columns: dict[str, str] | None = None
    """In a choice filter: what the columns of the choice hold."""
    notes: list[Message] = field(default_factory=list)
    """What changes a little, for the report."""

    def condition(self, tree: XPath) -> Said:
        """The expression as a condition. Raises Untranslatable."""
        try:
            return self.truth(self.said(tree))
        except RecursionError as wrong:
            raise Untranslatable(_TOO_DEEP) from wrong

    def value(self, tree: XPath) -> Said:
        """The expression as a value. Raises Untranslatable."""
        try:
            said = self.said(tree)
        except RecursionError as wrong:
            raise Untranslatable(_TOO_DEEP) from wrong
        if said.moved:
            raise Untranslatable(msg("Tanggal yang digeser beberapa hari hanya dapat dibandingkan, tidak disimpan."))
        if said.type == MISSING:
            return Said('""', TEXT)
        return said

    def said(self, tree: XPath) -> Said:
        match tree:
            case Literal(value=value, number=True):
                return self.number(Said(value, NUMBER, literal=value))
            case Literal(value=value):
                return Said(quoted_text(value), TEXT, literal=value) if value else Said('""', MISSING, literal="")
            case Reference():
                return self._reference(tree)
            case Self():
                if self.own is None:
                    raise Untranslatable(msg("Titik (.) di sini tidak menunjuk pertanyaan mana pun."))
                return self.element(self.own)
            case Bare(name=name):
                return self._bare(name)
            case Minus(operand=operand):
                said = self.number(self.said(operand))
                return Said(f"-{said.at(SIGN)}", NUMBER, SIGN)
            case Binary(operator="and" | "or"):
                return self._joined(tree)
            case Binary(operator="=" | "!="):
                return self._equal(tree)
            case Binary(operator="<" | "<=" | ">" | ">="):
                return self._compared(tree)
            case Binary():
                return self._arithmetic(tree)
            case Call():
                return self.call(tree)
            case Foreign(text=text):
                raise Untranslatable(msg("“%(part)s” tidak dapat dialihkan.", part=text))
        raise AssertionError(tree)

    def said_self(self) -> Said:
        """What `.` says."""
        return self.said(Self())

    def _bare(self, name: str) -> Said:
        if self.columns is not None:
            value = self.columns.get(name, "")
            return Said(quoted_text(value), TEXT, literal=value) if value else Said('""', MISSING, literal="")
        if self.names.find(name, self.chain) is not None:
            raise Untranslatable(msg("Nama “%(name)s” harus ditulis ${%(name)s}.", name=name))
        raise Untranslatable(msg("“%(name)s” tidak dikenal.", name=name))

    def _reference(self, tree: Reference) -> Said:
        if tree.saved:
            raise Untranslatable(msg("Jawaban dari pengisian sebelumnya (last-saved) tidak dapat dialihkan."))
        if tree.predicate:
            raise Untranslatable(
                msg("Penyaringan dengan kurung siku pada “%(name)s” tidak dapat dialihkan.", name=tree.name)
            )
        element = self.names.find(tree.name, self.chain)
        if element is None:
            raise Untranslatable(msg("Pertanyaan “%(name)s” tidak ada.", name=tree.name))
        return self.element(element)

    def element(self, element: Element) -> Said:
        if element.settle is not None:
            element.settle()
        if element.missing is not None:
            raise Untranslatable(
                msg(
                    "Merujuk “%(name)s”, yang tidak dapat dialihkan: %(reason)s",
                    name=element.node.name,
                    reason=element.missing,
                )
            )
        source, many = self.names.source(element, self.chain)
        if many and element.type.kind != Kind.ROWS:
            return Said(source, LIST(element.type), values=element.values)
        return Said(source, element.type, values=element.values)

    def _joined(self, tree: Binary) -> Said:
        parts = [self.truth(self.said(part)) for part in _chain(tree, tree.operator)]
        nothing, everything = ("True", "False") if tree.operator == "and" else ("False", "True")
        parts = [part for part in parts if part.source != nothing]
        if any(part.source == everything for part in parts):
            return Said(everything, BOOLEAN)
        if not parts:
            return Said(nothing, BOOLEAN)
        if len(parts) == 1:
            return parts[0]
        level = AND if tree.operator == "and" else OR
        return Said(
            f" {tree.operator} ".join(part.at(level + 1 if level == OR else NOT) for part in parts), BOOLEAN, level
        )

    def _equal(self, tree: Binary) -> Said:
        left, right = self.said(tree.left), self.said(tree.right)
        if left.literal is not None and right.literal is None:
            left, right = right, left
        same = self.same(left, right)
        return same if tree.operator == "=" else negated(same)

    def same(self, left: Said, right: Said) -> Said:
        if left.literal is not None and right.literal is not None:
            return Said(str(_equal_literals(left, right)), BOOLEAN)
        if right.type == MISSING:
            return negated(given(left))
        kind = left.type.kind
        if kind == Kind.LIST or right.type.kind == Kind.LIST:
            raise Untranslatable(of_rows(left if kind == Kind.LIST else right))
        if right.literal is not None:
            return self._same_as_written(left, right)
        if kind == Kind.BOOLEAN or right.type.kind == Kind.BOOLEAN:
            left, right = self.truth(left), self.truth(right)
        elif left.moved or right.moved or Kind.DATE in (kind, right.type.kind):
            return days_compared(left, "==", right)
        elif Kind.NUMBER in (kind, right.type.kind):
            left, right = self.number(left), self.number(right)
        elif Kind.CHOICES in (kind, right.type.kind) and kind != right.type.kind:
            raise Untranslatable(msg("Bandingkan pilihan ganda dengan selected(), bukan dengan tanda sama dengan."))
        return equal(left.at(SUM), right.at(SUM))

    def _same_as_written(self, left: Said, right: Said) -> Said:
        """Equality with a text or number that is written down, as the kind of the other side reads it."""
        written = right.literal or ""
        match left.type.kind:
            case Kind.CHOICE:
                return self.chosen(left, written)
            case Kind.CHOICES:
                one = self.ticked(left, written)
                if one.source == "False":
                    return one
                return Said(f"{one.at(NOT)} and count({left.source}) == 1", BOOLEAN, AND)
            case Kind.NUMBER:
                number = number_source(written)
                if number is None:
                    return self.never(left, written)
                return equal(left.at(SUM), number)
            case Kind.BOOLEAN:
                if written.lower() in ("ok", "true", "yes", "1", "ya"):
                    return left
                if written.lower() in ("false", "no", "0", "tidak"):
                    return negated(left)
                return self.never(left, written)
            case Kind.DATE:
                return days_compared(left, "==", day_of(right))
            case Kind.TIME:
                return equal(left.source, hour_of(written).source)
        return equal(left.at(SUM), quoted_text(written))

    def never(self, said: Said, written: str) -> Said:
        self.notes.append(
            msg(
                "“%(value)s” tidak mungkin menjadi jawaban “%(name)s”; perbandingan ini selalu salah.",
                value=written,
                name=said.source,
            )
        )
        return Said("False", BOOLEAN)

    def chosen(self, said: Said, written: str) -> Said:
        values = (said.values or {}).get(written)
        if said.values is None and said.type.values is None:
            values = (written,)
        if not values:
            return self.never(said, written)
        if len(values) == 1:
            return equal(said.at(SUM), quoted_text(values[0]))
        return Said(f"{said.at(SUM)} in ({', '.join(map(quoted_text, values))})", BOOLEAN, COMPARED)

    def ticked(self, said: Said, written: str) -> Said:
        values = (said.values or {}).get(written)
        if not values:
            return self.never(said, written)
        if len(values) == 1:
            value, where = quoted_text(values[0]), said.at(SUM)
            return Said(f"{value} in {where}", BOOLEAN, COMPARED, opposite=(f"{value} not in {where}", COMPARED))
        parts = [f"{quoted_text(value)} in {said.at(SUM)}" for value in values]
        return Said(" or ".join(parts), BOOLEAN, OR)

    def _compared(self, tree: Binary) -> Said:
        left, right = self.said(tree.left), self.said(tree.right)
        days = (Kind.DATE,)
        if left.moved or right.moved or left.type.kind in days or right.type.kind in days:
            return days_compared(left, tree.operator, right)
        if Kind.TIME in (left.type.kind, right.type.kind):
            left, right = (hour_of(one.literal) if one.literal else one for one in (left, right))
        else:
            left, right = self.number(left), self.number(right)
        if left.literal is not None and right.literal is not None:
            one, other = Decimal(left.literal), Decimal(right.literal)
            holds = {"<": one < other, "<=": one <= other, ">": one > other, ">=": one >= other}[tree.operator]
            return Said(str(holds), BOOLEAN)
        return Said(f"{left.at(SUM)} {tree.operator} {right.at(SUM)}", BOOLEAN, COMPARED)

    def _arithmetic(self, tree: Binary) -> Said:
        left, right = self.said(tree.left), self.said(tree.right)
        if tree.operator in ("+", "-") and Kind.DATE in (left.type.kind, right.type.kind):
            return days_moved(left, tree.operator, right, self.number)
        left, right = self.number(left), self.number(right)
        match tree.operator:
            case "+" | "-":
                return Said(f"{left.at(SUM)} {tree.operator} {right.at(PRODUCT)}", NUMBER, SUM)
            case "*":
                return Said(f"{left.at(PRODUCT)} * {right.at(SIGN)}", NUMBER, PRODUCT)
            case "div":
                return Said(f"{left.at(PRODUCT)} / {right.at(SIGN)}", NUMBER, PRODUCT)
        quotient = whole(Said(f"{left.at(PRODUCT)} / {right.at(SIGN)}", NUMBER, PRODUCT))
        return Said(f"{left.at(SUM)} - {right.at(PRODUCT)} * {quotient.at(SIGN)}", NUMBER, SUM)

    @abstractmethod
    def call(self, tree: Call) -> Said:
        """What a function says. Raises Untranslatable."""

    def truth(self, said: Said) -> Said:
        """A part as yes or no, as XPath takes it: a text that is not empty, a number that is not zero."""
        if said.literal is not None:
            number = said.type == NUMBER
            return Said(str(bool(Decimal(said.literal)) if number else bool(said.literal)), BOOLEAN)
        match said.type.kind:
            case Kind.BOOLEAN:
                return said
            case Kind.NUMBER:
                return Said(f"{given(said).source} and {said.at(SUM)} != 0", BOOLEAN, AND)
            case Kind.LIST:
                raise Untranslatable(of_rows(said))
            case Kind.ROWS:
                return Said(f"count({said.source}) > 0", BOOLEAN, COMPARED)
        return given(said)

    def number(self, said: Said) -> Said:
        """A part as a number; choices whose names are numbers count as these."""
        if said.literal is not None:
            number = number_source(said.literal)
            if number is None:
                if said.type == MISSING:
                    return Said('number("")', NUMBER)
                raise Untranslatable(msg("“%(part)s” bukan angka.", part=said.literal))
            return Said(number, NUMBER, literal=said.literal.strip(), level=SIGN if number.startswith("-") else ATOM)
        match said.type.kind:
            case Kind.NUMBER | Kind.ANY:
                return said
            case Kind.BOOLEAN:
                return Said(f"number({said.source})", NUMBER)
            case Kind.TEXT | Kind.CHOICE:
                if said.values is not None and any(values != (name,) for name, values in said.values.items()):
                    raise Untranslatable(msg("Pilihan “%(name)s” bukan angka.", name=said.source))
                return Said(f"number({said.source})", NUMBER)
            case Kind.LIST:
                raise Untranslatable(of_rows(said))
        raise Untranslatable(
            msg("Di sini diperlukan angka, bukan %(kind)s (%(part)s).", kind=said.type.label, part=said.source)
        )

    def text(self, said: Said) -> Said:
        """A part as a text that is empty, not missing, when nothing is given."""
        if said.literal is not None:
            return Said(quoted_text(said.literal), TEXT)
        match said.type.kind:
            case Kind.TEXT | Kind.CHOICE | Kind.ANY:
                return said
            case Kind.NUMBER | Kind.DATE | Kind.TIME:
                return Said(f"text({said.source})", TEXT)
            case Kind.BOOLEAN:
                return Said(f'"true" if {said.at(OR)} else "false"', TEXT, CONDITIONAL)
            case Kind.CHOICES:
                return Said(f'join({said.source}, " ")', TEXT)
            case Kind.LIST:
                raise Untranslatable(of_rows(said))
        raise Untranslatable(
            msg("Di sini diperlukan teks, bukan %(kind)s (%(part)s).", kind=said.type.label, part=said.source)
        )


def _chain(tree: XPath, operator: str) -> list[XPath]:
    found: list[XPath] = []
    while isinstance(tree, Binary) and tree.operator == operator:
        found.append(tree.right)
        tree = tree.left
    return [tree, *reversed(found)]


def _equal_literals(left: Said, right: Said) -> bool:
    if NUMBER in (left.type, right.type):
        one, other = number_source(left.literal or ""), number_source(right.literal or "")
        return one is not None and one == other
    return left.literal == right.literal
