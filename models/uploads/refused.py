"""Why a file is not taken, as a word that the parent process turns into a sentence."""


class Refused(ValueError):
    """The file is not taken; `reason` is a key of `models.uploads.examining.WORDS`."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason
