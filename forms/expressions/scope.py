"""Which names an expression can use, and what they stand for."""

from collections.abc import Mapping
from dataclasses import dataclass

from forms.expressions.types import RECORD, Type

FORM = "form"
"""The name that leads to the fields of the whole form from within rows."""


@dataclass(frozen=True, slots=True)
class Found:
    """What a name stands for. `whole_form`: it is a field of the form, seen from within rows."""

    type: Type
    whole_form: bool


@dataclass(frozen=True, slots=True)
class Scope:
    """Names with their types; `outer` is what surrounds rows, where a name is looked for when it is not found here."""

    names: Mapping[str, Type]
    outer: "Scope | None" = None

    @property
    def outermost(self) -> "Scope":
        """The fields of the whole form."""
        scope = self
        while scope.outer is not None:
            scope = scope.outer
        return scope

    def find(self, name: str) -> Found | None:
        """What a bare name stands for: innermost first, then outwards; `form` is the whole form."""
        scope: Scope | None = self
        while scope is not None:
            if name in scope.names:
                return Found(scope.names[name], whole_form=scope.outer is None and scope is not self)
            scope = scope.outer
        if name == FORM:
            return Found(RECORD(self.outermost.names), whole_form=True)
        return None

    def known(self) -> list[str]:
        """Every bare name that can be used here, innermost first."""
        names: dict[str, None] = {}
        scope: Scope | None = self
        while scope is not None:
            names.update(dict.fromkeys(scope.names))
            scope = scope.outer
        return list(names)
