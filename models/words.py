"""Words and figures as JSON, so that a sentence written today can be said in any language later."""

from decimal import Decimal
from typing import Any

from forms.text import Message, Text


def kept(value: Any) -> Any:
    """A text, a figure or a sentence as JSON; `restored` is the way back. Other values stay as they are."""
    match value:
        case Text():
            return {"text": value.model_dump(exclude_none=True)}
        case Decimal():
            return {"decimal": str(value)}
        case Message():
            return {"msgid": value.msgid, "params": {name: kept(one) for name, one in value.params.items()}}
    return value


def restored(value: Any) -> Any:
    """What `kept` was given."""
    match value:
        case {"text": text}:
            return Text.model_validate(text)
        case {"decimal": digits}:
            return Decimal(digits)
        case {"msgid": msgid, "params": params}:
            return Message(msgid, {name: restored(one) for name, one in params.items()})
    return value
