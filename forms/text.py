"""Words: what the program says (messages with an Indonesian key) and what a design says (texts in any language)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any, Self

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    GetJsonSchemaHandler,
    SerializerFunctionWrapHandler,
    model_serializer,
    model_validator,
)
from pydantic_core import CoreSchema, PydanticCustomError

from forms.characters import UnreadableText, clean_paragraphs
from forms.languages import SOURCE, language_codes
from forms.wording import format_date, format_number


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


MOST_CHARACTERS = 4000


def _readable(value: str) -> str:
    try:
        value = clean_paragraphs(value)
    except UnreadableText as error:
        raise PydanticCustomError("text_unreadable", "the text holds a damaged character") from error
    if not value:
        raise PydanticCustomError("text_blank", "the text is blank")
    if len(value) > MOST_CHARACTERS:
        raise PydanticCustomError("text_long", "the text is longer than 4000 characters")
    return value


def _known(code: str) -> str:
    if code not in language_codes():
        raise PydanticCustomError("language_unknown", "no language has this code")
    return code


_Words = Annotated[str, AfterValidator(_readable)]
_Code = Annotated[str, AfterValidator(_known)]


class Text(BaseModel):
    """A text of a design in Indonesian and in any other language somebody translated it into, by code.

    A plain string means Indonesian. `stale` names the translations that are older than the Indonesian text. What is
    not there is left out when the text is written, so that equal texts are written alike.
    """

    model_config = ConfigDict(frozen=True, extra="allow")
    __pydantic_extra__: dict[_Code, _Words]

    id: _Words = Field(description="The text in Indonesian.")
    en: _Words | None = Field(default=None, description="The text in English.")
    stale: tuple[str, ...] = Field(default=(), description="Codes of the languages whose translation is out of date.")

    @model_validator(mode="before")
    @classmethod
    def _from_string(cls, value: Any) -> Any:
        return {"id": value} if isinstance(value, str) else value

    @model_validator(mode="after")
    def _marks_what_is_there(self) -> Self:
        marked = tuple(sorted(set(self.stale) & set(self.translations)))
        if marked != self.stale:
            object.__setattr__(self, "stale", marked)
        return self

    @model_serializer(mode="wrap")
    def _compact(self, handler: SerializerFunctionWrapHandler) -> dict[str, Any]:
        written = handler(self)
        stale = written.pop("stale", None)
        compact = {code: written[code] for code in ("id", *self.translations) if code in written}
        return {**compact, "stale": stale} if stale else compact

    @classmethod
    def __get_pydantic_json_schema__(cls, core: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        parts = handler.resolve_ref_schema(handler(core))
        words = {"type": "string", "minLength": 1, "maxLength": MOST_CHARACTERS}
        names = {"enum": sorted(language_codes() | {"stale"})}
        whole = {**parts, "additionalProperties": words, "propertyNames": names}
        about = whole.pop("description")
        return {
            "title": "Text",
            "description": about,
            "anyOf": [{**words, "description": "The text in Indonesian."}, whole],
        }

    @property
    def translations(self) -> dict[str, str]:
        """The translations by language: English first, the others in order of their codes."""
        others = dict(sorted((self.__pydantic_extra__ or {}).items()))
        return others if self.en is None else {"en": self.en, **others}

    def say(self, language: str = SOURCE) -> str:
        """The text in a language (`jv`, or `jv_ID` where there is no text for just that), otherwise in Indonesian."""
        if language == SOURCE:
            return self.id
        if language == "en":
            return self.en or self.id
        found = self.translations
        code = language.replace("-", "_")
        return found.get(code) or found.get(code.partition("_")[0].lower()) or self.id

    def translated(self, language: str, words: str | None) -> "Text":
        """The same text with a current translation into a language, or without any."""
        kept = {code: said for code, said in self.translations.items() if code != language}
        given = {language: words} if words else {}
        stale = tuple(code for code in self.stale if code != language)
        return Text.model_validate({SOURCE: self.id, **kept, **given, "stale": stale})

    def reworded(self, words: str) -> "Text":
        """The text with other words in Indonesian; every translation is then out of date."""
        changed = Text.model_validate({SOURCE: words, **self.translations, "stale": tuple(self.translations)})
        return self if changed.id == self.id else changed

    def __str__(self) -> str:
        return self.id
