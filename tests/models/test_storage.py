"""Keeping bytes under their digest: in a folder, and in a bucket of a real S3 server."""

import hashlib
import os
import secrets
import stat
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import httpx
import obstore
import pytest

from models import clock
from models.bucket import Address, BucketStorage
from models.settings import Settings
from models.storage import Storage, Store
from models.stores import open_store

CONTENT = b"%PDF-1.7 evidence"
SHA256 = hashlib.sha256(CONTENT).hexdigest()


@pytest.fixture(scope="module")
def s3() -> Iterator[str]:
    """The address of an S3 server, TEST_S3_URL or one that lives as long as this module."""
    if given := os.environ.get("TEST_S3_URL"):
        yield given
        return
    from moto.server import ThreadedMotoServer

    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture
def bucket(s3: str) -> str:
    """A fresh bucket as the settings name it."""
    name = f"kinerja-{secrets.token_hex(4)}"
    assert httpx.put(f"{s3}/{name}").status_code == 200
    return f"s3://{name}/nanggalo?endpoint={s3}"


@pytest.fixture(params=["folder", "bucket"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Store:
    if request.param == "folder":
        return open_store(Settings(data=tmp_path), "evidence")
    address = request.getfixturevalue("bucket")
    return open_store(
        Settings(data=tmp_path, storage=address, storage_key="kinerja", storage_secret="rahasia"), "evidence"
    )


def test_bytes_are_kept_under_their_digest_once(store: Store) -> None:
    assert store.put(CONTENT).sha256 == SHA256
    assert store.put(CONTENT).size == len(CONTENT)
    assert store.get(SHA256) == CONTENT
    assert store.size(SHA256) == len(CONTENT)
    assert list(store.older(clock.now() + timedelta(days=1))) == [SHA256]
    assert list(store.older(clock.now() - timedelta(days=1))) == []


def test_what_is_not_there_is_not_found(store: Store) -> None:
    assert store.size(SHA256) is None
    with pytest.raises(FileNotFoundError):
        store.get(SHA256)
    store.delete(SHA256)


def test_deleted_bytes_are_gone(store: Store) -> None:
    store.put(CONTENT)
    store.delete(SHA256)
    assert store.size(SHA256) is None


@pytest.mark.parametrize("name", ["../../etc/passwd", "", "AB" * 32, "ab" * 33, f"{SHA256}/x"])
def test_only_a_digest_is_ever_a_name(store: Store, name: str) -> None:
    for ask in (store.get, store.size, store.delete):
        with pytest.raises(ValueError, match="SHA-256"):
            ask(name)


def test_bytes_that_were_altered_in_the_folder_are_not_given_out(tmp_path: Path) -> None:
    storage = Storage(tmp_path)
    storage.put(CONTENT)
    assert stat.S_IMODE(storage.path(SHA256).stat().st_mode) == 0o600
    storage.path(SHA256).write_bytes(b"other")
    with pytest.raises(ValueError, match="altered"):
        storage.get(SHA256)


def test_bytes_that_were_altered_in_the_bucket_are_not_given_out(bucket: str) -> None:
    store = BucketStorage(Address.read(bucket), "evidence", key="kinerja", secret="rahasia")
    store.put(CONTENT)
    obstore.put(store._store, f"{SHA256[:2]}/{SHA256[2:4]}/{SHA256}", b"other")
    with pytest.raises(ValueError, match="altered"):
        store.get(SHA256)


def test_an_old_file_that_is_stored_again_is_young_again(tmp_path: Path) -> None:
    storage = Storage(tmp_path)
    storage.put(CONTENT)
    long_ago = (clock.now() - timedelta(days=9)).timestamp()
    os.utime(storage.path(SHA256), (long_ago, long_ago))
    assert list(storage.older(clock.now() - timedelta(days=1))) == [SHA256]
    storage.put(CONTENT)
    assert list(storage.older(clock.now() - timedelta(days=1))) == []


def test_the_settings_say_where(tmp_path: Path) -> None:
    elsewhere = open_store(Settings(data=tmp_path, storage=f"file://{tmp_path}/disk%202"), "documents")
    elsewhere.put(CONTENT)
    assert (tmp_path / "disk 2" / "documents" / SHA256[:2] / SHA256[2:4] / SHA256).is_file()


@pytest.mark.parametrize(
    "address",
    [
        "ftp://host/x",
        "s3://",
        "s3://key:secret@bucket",
        "s3://bucket?endpiont=http://x",
        "file://host/srv",
        "file:srv/kinerja",
        "/srv/kinerja",
    ],
)
def test_an_address_that_cannot_be_used_is_refused_at_once(address: str, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="KINERJA_STORAGE must look like"):
        open_store(Settings(data=tmp_path, storage=address), "evidence")


def test_the_secret_of_the_bucket_may_lie_in_a_file(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("rahasia\n")
    assert Settings(data=tmp_path, storage_secret_file=tmp_path / "secret").bucket_secret == "rahasia"
