"""./run restore: all is read, checked and loaded aside first, and only then takes the place of the old."""

import hashlib
import json
import os
import shutil
import tarfile
import tempfile
from contextlib import closing
from pathlib import Path, PurePosixPath
from typing import Any

import psycopg2
import redis

from launch.application import prepare_database
from launch.backup import DUMP, FILES, FORMAT, MANIFEST, data_folders, keys_file
from launch.clients import run_client
from launch.environment import DATA_VERSION, Installation, Urls, process_environment
from launch.machine import NEEDED_MB, check_space
from launch.postgres import DATABASE, OWNER, SUPERUSER, url
from launch.reset import alone, confirm
from launch.sealed import ask_passphrase, unseal
from launch.sentences import Stop, disk_full, last_words, say, speaks_of_full_disk
from launch.servers import running, servers

ASIDE = "shouwang_restore"


def restore(place: Installation, file: Path, *, yes: bool) -> int:
    """Put the data of a backup in the place of the present ones."""
    with alone(place), tempfile.TemporaryDirectory(prefix="restore-", dir=place.run) as folder:
        if not file.is_file() or not keys_file(file).is_file():
            raise Stop(f"A backup is two files, {file} and {keys_file(file)}: one of them is not there.", 2)
        aside = Path(folder)
        check_space(place.var, NEEDED_MB + 3 * (file.stat().st_size >> 20))
        manifest = _unpack(file, aside)
        passphrase = ask_passphrase(twice=False)
        keys = unseal(keys_file(file).read_bytes(), str(manifest["backup"]), passphrase, str(keys_file(file)))
        with servers(place) as urls:
            if not yes and not _is_empty(urls.owner):
                confirm(f"The data in {place.var} will be replaced by those of {manifest['made']}.")
            say("Loading the database.")
            _load_database(place, urls, aside / DUMP)
            _put_files(place, aside, keys)
            if not place.own_redis:
                redis.from_url(urls.redis).flushall()  # doorbells of the data that were replaced
            # A dump holds no rights, so they are given again even when the tables are of today.
            prepare_database(place, process_environment(place, urls), always=True)
    say(f"Restored: the data of {manifest['made']} are in place.")
    return 0


def _unpack(file: Path, aside: Path) -> dict[str, Any]:
    """Lay out the members of the tar, and hold every one of them against the manifest."""
    digests: dict[str, str] = {}
    manifest: dict[str, Any] = {}
    try:
        with tarfile.open(file, mode="r:") as tar:
            for member in tar:
                content = tar.extractfile(member) if member.isfile() else None
                path = PurePosixPath(member.name)
                if (
                    content is None
                    or path.is_absolute()
                    or ".." in path.parts
                    or path.parts[0] not in (DUMP, MANIFEST, FILES)
                ):
                    raise Stop(f"{file} holds {member.name!r}, which no backup has; nothing was restored.")
                target = aside / path
                target.parent.mkdir(parents=True, exist_ok=True)
                with target.open("wb") as copy:
                    shutil.copyfileobj(content, copy, 1 << 20)
                with target.open("rb") as copy:
                    digests[member.name] = hashlib.file_digest(copy, "sha256").hexdigest()
        manifest = json.loads((aside / MANIFEST).read_bytes())
    except (tarfile.TarError, FileNotFoundError, ValueError, EOFError):
        raise Stop(f"{file} is not a whole backup; nothing was restored.") from None
    digests.pop(MANIFEST)
    if manifest.get("format") != FORMAT or manifest.get("data_version") != DATA_VERSION:
        raise Stop(
            f"{file} is of format {manifest.get('format')} and data version {manifest.get('data_version')}; "
            f"this program reads format {FORMAT} and data version {DATA_VERSION}."
        )
    if digests != manifest.get("sha256"):
        raise Stop(f"{file} was changed or damaged since it was made; nothing was restored.")
    return manifest


def _is_empty(address: str) -> bool:
    """Whether a database has no tables of ours."""
    with closing(psycopg2.connect(address)) as connection, connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema')"
        )
        row = cursor.fetchone()
    return not row or row[0] == 0


def _load_database(place: Installation, urls: Urls, dump: Path) -> None:
    if place.own_database:
        if not _is_empty(urls.owner):
            raise Stop("The database of DATABASE_URL is not empty: name a new, empty one to restore into.")
        _load(place, urls.owner, dump)
        return
    sockets = Path((running(place) or {})["sockets"])
    with closing(psycopg2.connect(url(sockets, SUPERUSER, "postgres"))) as connection:
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute(f"DROP DATABASE IF EXISTS {ASIDE} WITH (FORCE)")
            cursor.execute(f"CREATE DATABASE {ASIDE} OWNER {OWNER}")
    _load(place, url(sockets, OWNER, ASIDE), dump)
    before = f"{DATABASE}_before"
    with closing(psycopg2.connect(url(sockets, SUPERUSER, "postgres"))) as connection:
        with connection, connection.cursor() as cursor:  # both names change in one step, or none does
            cursor.execute(f"ALTER DATABASE {DATABASE} RENAME TO {before}")
            cursor.execute(f"ALTER DATABASE {ASIDE} RENAME TO {DATABASE}")
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute(f"DROP DATABASE {before} WITH (FORCE)")


def _load(place: Installation, address: str, dump: Path) -> None:
    flags = ("-X", "-q", "-v", "ON_ERROR_STOP=1", "--single-transaction", "-o", os.devnull)
    done = run_client("psql", address, *flags, "-f", str(dump))
    if done.returncode:
        if speaks_of_full_disk(done.stderr):
            raise disk_full(place.var)
        raise Stop(f"The dump could not be loaded; psql's last words were:\n{last_words(done.stderr)}")


def _put_files(place: Installation, aside: Path, keys: dict[str, bytes]) -> None:
    """Exchange folders by renaming, so that none is ever half old and half new."""
    old = aside / "replaced"
    old.mkdir()
    sealed = aside / FILES / "keys"
    for name, content in keys.items():
        path = sealed / name
        if not path.resolve().is_relative_to(sealed.resolve()):
            raise Stop("The keys of this backup name a file outside their folder; they were not restored.")
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            file.write(content)
    for folder in [*data_folders(place.var), place.keys]:
        if folder.exists():
            folder.rename(old / folder.name)
    for folder in (aside / FILES).iterdir():
        folder.rename(place.var / folder.name)
    place.keys.chmod(0o700)
