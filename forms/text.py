"""Words: what the program says (messages with an Indonesian key) and what a design says (texts in two languages)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from pydantic import BaseModel, ConfigDict, field_validator, model_validator
from pydantic_core import PydanticCustomError

from forms.characters import UnreadableText, clean_paragraphs
from forms.wording import format_date, format_number, language_of


@dataclass(frozen=True, slots=True)
class Message:
    """A sentence whose Indonesian wording is its key in the translations, with the values to set into it.

    Decimals, dates, texts and messages among the values are written in the language of the sentence; whole numbers and
    strings as they are.
    """

    msgid: str
    params: Mapping[str, Any] = field(default_factory=dict, hash=False)

    def __str__(self) -> str:
        return self.say()

    def say(self, language: str = "id", translate: Callable[[str], str] | None = None) -> str:
        """The sentence in a language; `translate` turns the Indonesian sentence (before values are set in) into it."""
        sentence = translate(self.msgid) if translate else self.msgid
        if not self.params:
            return sentence
        return sentence % {name: _in_words(value, language, translate) for name, value in self.params.items()}


def msg(msgid: str, **params: Any) -> Message:
    """A message from its Indonesian sentence, with `%(name)s` where a value goes."""
    return Message(msgid, params)


def _in_words(value: Any, language: str, translate: Callable[[str], str] | None) -> Any:
    match value:
        case Decimal():
            return format_number(value, language=language)
        case date() if not isinstance(value, datetime):
            return format_date(value, language)
        case Text():
            return value.say(language)
        case Message():
            return value.say(language, translate)
    return value


class Text(BaseModel):
    """A text of a design, in Indonesian and, where somebody translated it, English. A plain string means Indonesian."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    en: str | None = None

    @model_validator(mode="before")
    @classmethod
    def _from_string(cls, value: Any) -> Any:
        return {"id": value} if isinstance(value, str) else value

    @field_validator("id", "en")
    @classmethod
    def _readable(cls, value: str | None) -> str | None:
        if value is None:
            return None
        try:
            value = clean_paragraphs(value)
        except UnreadableText as error:
            raise PydanticCustomError("text_unreadable", "the text holds a damaged character") from error
        if not value:
            raise PydanticCustomError("text_blank", "the text is blank")
        if len(value) > 4000:
            raise PydanticCustomError("text_long", "the text is longer than 4000 characters")
        return value

    def say(self, language: str = "id") -> str:
        """The text in a language, in Indonesian where there is no other."""
        return self.en if self.en is not None and language_of(language) == "en" else self.id

    def __str__(self) -> str:
        return self.id
