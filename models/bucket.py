"""The same store in a bucket of an S3-compatible service (MinIO, Ceph, a provider's object storage)."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import obstore
from obstore.exceptions import AlreadyExistsError
from obstore.store import S3Store

from models import clock
from models.storage import Stored, check_name, checked

YOUNG = timedelta(minutes=30)
"""So long an object counts as just stored; whoever stores an older one again writes it again."""
CONNECT_SECONDS, TOTAL_SECONDS = 5, 60


@dataclass(frozen=True)
class Address:
    """`s3://bucket/prefix?endpoint=https://s3.example&region=…`: where objects are kept."""

    bucket: str
    prefix: str = ""
    endpoint: str = ""
    region: str = "us-east-1"

    @classmethod
    def read(cls, text: str) -> "Address":
        """The parts of an address; raises `ValueError` for one that cannot be used."""
        parts = urlsplit(text)
        options = {name: values[-1] for name, values in parse_qs(parts.query).items()}
        unknown = sorted(set(options) - {"endpoint", "region"})
        if parts.scheme != "s3" or not parts.netloc or unknown or parts.username or parts.password:
            raise ValueError("KINERJA_STORAGE must look like s3://bucket/prefix?endpoint=https://s3.example.go.id")
        return cls(parts.netloc, parts.path.strip("/"), **options)


class BucketStorage:
    """Content-addressed objects below one prefix of a bucket."""

    def __init__(self, address: Address, name: str, *, key: str = "", secret: str = "") -> None:
        given: dict[str, Any] = {"access_key_id": key, "secret_access_key": secret} if key else {}
        if address.endpoint:
            given["endpoint"] = address.endpoint
        self._store = S3Store(
            address.bucket,
            prefix=f"{address.prefix}/{name}".strip("/"),
            region=address.region,
            client_options={
                "allow_http": address.endpoint.startswith("http://"),
                "connect_timeout": f"{CONNECT_SECONDS}s",
                "timeout": f"{TOTAL_SECONDS}s",
            },
            retry_config={"max_retries": 3, "retry_timeout": timedelta(seconds=TOTAL_SECONDS)},
            **given,
        )

    def put(self, content: bytes) -> Stored:
        digest = hashlib.sha256(content).hexdigest()
        place = _place(digest)
        try:
            obstore.put(self._store, place, content, mode="create", use_multipart=False)
        except AlreadyExistsError:
            if obstore.head(self._store, place)["last_modified"] < clock.now() - YOUNG:
                obstore.put(self._store, place, content, mode="overwrite", use_multipart=False)
        return Stored(digest, len(content))

    def get(self, sha256: str) -> bytes:
        return checked(sha256, bytes(obstore.get(self._store, _place(sha256)).bytes()))

    def size(self, sha256: str) -> int | None:
        try:
            return obstore.head(self._store, _place(sha256))["size"]
        except FileNotFoundError:
            return None

    def delete(self, sha256: str) -> None:
        obstore.delete(self._store, _place(sha256))

    def older(self, moment: datetime) -> Iterator[str]:
        for batch in obstore.list(self._store):
            for one in batch:
                if one["last_modified"] < moment:
                    yield one["path"].rpartition("/")[2]


def _place(sha256: str) -> str:
    return f"{check_name(sha256)[:2]}/{sha256[2:4]}/{sha256}"
