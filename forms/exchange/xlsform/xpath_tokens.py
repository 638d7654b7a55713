"""The words and signs of an XPath expression."""

import re
from dataclasses import dataclass

from forms.text import Message, msg

_SAVED = "last-saved#"
_TOKEN = re.compile(
    r"""(?P<blank>\s+)
    |\$\{(?P<reference>[^{}]*)\}
    |(?P<text>"[^"]*"|'[^']*')
    |(?P<number>\d+(?:\.\d*)?|\.\d+)
    |(?P<name>[^\W\d](?:[\w.-]*[\w-])?(?::[^\W\d](?:[\w.-]*[\w-])?)?)
    |(?P<sign>!=|<=|>=|==|//|\.\.|::|[=<>+\-*|/.,()\[\]@])""",
    re.VERBOSE,
)


class NotXPath(ValueError):
    """The text is no expression; `message` says where it goes wrong."""

    def __init__(self, message: Message) -> None:
        super().__init__(str(message))
        self.message = message


@dataclass(frozen=True, slots=True)
class Token:
    """A word or sign: `text`, `number`, `name`, `reference`, `saved`, `sign` or `end`."""

    kind: str
    text: str
    start: int


def tokens(text: str) -> list[Token]:
    """The words and signs of a text, the last of kind `end`. Raises NotXPath."""
    found: list[Token] = []
    position = 0
    while position < len(text):
        match = _TOKEN.match(text, position)
        if match is None:
            raise NotXPath(unreadable(text, position))
        position = match.end()
        kind = match.lastgroup or ""
        if kind == "blank":
            continue
        if kind == "reference":
            name = match["reference"].strip()
            if not name:
                raise NotXPath(unreadable(text, match.start()))
            kind = "saved" if name.startswith(_SAVED) else "reference"
            found.append(Token(kind, name.removeprefix(_SAVED), match.start()))
        else:
            found.append(Token(kind, match.group(), match.start()))
    found.append(Token("end", "", len(text)))
    return found


def unreadable(text: str, position: int) -> Message:
    """Where an expression goes wrong."""
    near = text[position : position + 20].strip()
    if not near:
        return msg("Rumus ini belum selesai.")
    return msg("Rumus ini salah tulis di dekat “%(near)s”.", near=near)
