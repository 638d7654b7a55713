"""What an operation answers when it will not do what it was asked: each error carries words for a person."""

from forms.text import Message, msg


class DomainError(Exception):
    """The asked change is not possible; `message` says why and what to do, in words that can be translated."""

    def __init__(self, message: Message) -> None:
        super().__init__(str(message))
        self.message = message


class NotFound(DomainError):
    """There is no such thing for this actor: absent and forbidden answer alike."""

    def __init__(self) -> None:
        super().__init__(msg("Halaman tidak ditemukan atau Anda tidak memiliki akses."))


class Forbidden(DomainError):
    """The actor may see the subject, but not do this to it."""

    def __init__(self) -> None:
        super().__init__(msg("Anda tidak berwenang melakukan tindakan ini."))


class Conflict(DomainError):
    """The subject is not (or no longer) in a state in which this can be done."""


class Stale(Conflict):
    """Somebody changed the subject between reading and writing; nothing was overwritten."""


class Invalid(DomainError):
    """The values given cannot be accepted; `errors` names each place and why."""

    def __init__(self, message: Message, errors: dict[str, Message] | None = None) -> None:
        super().__init__(message)
        self.errors = errors or {}
