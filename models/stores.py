"""Which store the settings name: a folder, unless they say a bucket."""

from functools import cache
from pathlib import Path
from typing import Literal
from urllib.parse import unquote, urlsplit

from models.bucket import Address, BucketStorage
from models.settings import Settings
from models.storage import Storage, Store
from models.uploads.searching import check_address

Kept = Literal["documents", "evidence"]
"""What is kept apart: papers the program made, and files that people sent."""


def open_store(settings: Settings, what: Kept) -> Store:
    """The store of one kind of files. Raises `ValueError` for an address that cannot be used."""
    if not settings.storage:
        return Storage(settings.subfolder(what))
    parts = urlsplit(settings.storage)
    if parts.scheme == "file":
        if parts.netloc or parts.query or not parts.path.startswith("/"):
            raise ValueError("KINERJA_STORAGE must look like file:///srv/kinerja")
        return Storage(Path(unquote(parts.path)) / what)
    return _bucket(settings.storage, what, settings.storage_key, settings.bucket_secret)


def check_places(settings: Settings) -> None:
    """Raise `ValueError` for an address in the settings that cannot be used: at the start, not at the first upload."""
    open_store(settings, "evidence")
    if settings.clamd:
        check_address(settings.clamd)


@cache
def _bucket(address: str, what: Kept, key: str, secret: str) -> BucketStorage:
    """One for each process, so that connections are kept."""
    return BucketStorage(Address.read(address), what, key=key, secret=secret)
