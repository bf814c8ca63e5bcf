"""Stores: a folder and an S3-compatible server behave alike, and neither ever holds what can be read."""

import datetime
import hashlib
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.test import override_settings
from minio import Minio
from moto.server import ThreadedMotoServer

from foundation.files import stores
from foundation.files.stores import BlobStore, FolderStore, Missing, S3Store

LATER = datetime.datetime.now(datetime.UTC) + datetime.timedelta(days=1)
LONG_AGO = datetime.datetime(2020, 1, 1, tzinfo=datetime.UTC)


@pytest.fixture(scope="module")
def s3_server() -> Iterator[tuple[str, int]]:
    """An S3 server on loopback."""
    environ = dict(os.environ)
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    yield server.get_host_and_port()
    server.stop()
    os.environ.clear()
    os.environ.update(environ)


@pytest.fixture(params=["folder", "s3"])
def any_store(request: pytest.FixtureRequest, tmp_path: Path) -> BlobStore:
    """Each kind of store, empty."""
    if request.param == "folder":
        return FolderStore(tmp_path / "store")
    host, port = request.getfixturevalue("s3_server")
    client = Minio(
        f"{host}:{port}", access_key="access", secret_key="secret-secret", secure=False, region="cn"
    )
    bucket = f"bucket-{os.urandom(4).hex()}"
    client.make_bucket(bucket)
    return S3Store(client, bucket)


def a_file(folder: Path, content: bytes) -> tuple[Path, str]:
    path = folder / os.urandom(8).hex()
    path.write_bytes(content)
    return path, hashlib.sha256(content).hexdigest()


@pytest.mark.parametrize("size", [0, 10, 20 * 2**20])
def test_what_was_put_comes_back(any_store: BlobStore, tmp_path: Path, size: int) -> None:
    content = os.urandom(size)
    path, key = a_file(tmp_path, content)
    any_store.put(path, key)
    assert not path.exists()
    assert any_store.exists(key)
    stream = any_store.open(key)
    parts = [stream.read(1000)]
    while part := stream.read(2**20):
        parts.append(part)
    stream.close()
    assert b"".join(parts) == content


def test_what_is_deleted_is_gone_and_twice_does_no_harm(any_store: BlobStore, tmp_path: Path) -> None:
    path, key = a_file(tmp_path, b"sealed")
    any_store.put(path, key)
    any_store.delete(key)
    any_store.delete(key)
    assert not any_store.exists(key)
    with pytest.raises(Missing):
        any_store.open(key)


def test_the_same_file_put_twice_is_there_once(any_store: BlobStore, tmp_path: Path) -> None:
    for _ in range(2):
        path, key = a_file(tmp_path, b"sealed")
        any_store.put(path, key)
    assert list(any_store.older_than(LATER)) == [key]
    assert list(any_store.older_than(LONG_AGO)) == []


@pytest.mark.parametrize("key", ["../../etc/passwd", "", "AB" * 32, "0" * 63, "/" + "0" * 63])
def test_a_folder_is_never_left(tmp_path: Path, key: str) -> None:
    with pytest.raises(ValueError, match="SHA-256"):
        FolderStore(tmp_path).open(key)


def test_the_setting_chooses_the_store(s3_server: tuple[str, int], own_folders: Path) -> None:
    assert isinstance(stores.store(), FolderStore)
    address = f"s3://{s3_server[0]}:{s3_server[1]}/files?region=cn&insecure=1"
    with override_settings(FILES_STORE=address), pytest.raises(ImproperlyConfigured, match="file_store"):
        stores.store()
    (own_folders / "keys").mkdir()
    (own_folders / "keys" / "file_store").write_text("access\nsecret-secret\n")
    with override_settings(FILES_STORE=address):
        assert isinstance(stores.store(), S3Store)


@pytest.mark.parametrize("address", ["s3://", "s3://host", "s3://host/a/b", "https://host/bucket"])
def test_a_wrong_setting_is_one_sentence(address: str) -> None:
    with (
        override_settings(FILES_STORE=address),
        pytest.raises(ImproperlyConfigured, match="SHOUWANG_FILE_STORE"),
    ):
        stores.store()
