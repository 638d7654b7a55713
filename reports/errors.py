"""How making a paper fails: always as one exception that names the document and says why."""


class RenderFailed(Exception):
    """A document could not be made; `document` is its name, `reason` one line for the person who runs the system."""

    def __init__(self, document: str, reason: str) -> None:
        super().__init__(f"{document}: {reason}")
        self.document = document
        self.reason = reason
