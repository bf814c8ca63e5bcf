"""Using the database and the broker: your own ones, or the embedded ones that the keeper holds."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit

import psycopg2
import redis

from launch import keeper
from launch.environment import Installation, Urls
from launch.locks import Lock, is_held
from launch.postgres import ensure_extensions
from launch.processes import is_alive, read_json
from launch.sentences import Stop, say


@contextmanager
def servers(place: Installation) -> Iterator[Urls]:
    """The addresses of running servers, which stay up at least until the end of the block."""
    if place.own_database and place.own_redis:
        yield _check(place, Urls(place.own_database, place.own_owner or place.own_database, place.own_redis))
        return
    try:
        with Lock(place.run / "users.lock") as users:
            users.shared()
            facts = attach(place)
            yield _check(place, _urls(place, facts))
    finally:
        _await_end(place)


def attach(place: Installation) -> dict[str, Any]:
    """The record of the running servers, started when there are none. The caller holds `users.lock`."""
    while True:
        facts = running(place)
        if facts:
            return facts
        if not is_held(place.run / "keeper.lock"):
            _start_keeper(place)
        time.sleep(0.05)


def running(place: Installation) -> dict[str, Any] | None:
    """The record of the embedded servers if they are up and ready."""
    facts = read_json(place.run / "servers.json")
    return facts if facts and "keeper" in facts and is_alive(facts["keeper"]) else None


def _start_keeper(place: Installation) -> None:
    """Start a keeper and pass on what it says until it is ready."""
    process = keeper.spawn(place)
    lines = process.stdout or ()
    last = ""
    for line in lines:
        word, _, rest = line.rstrip("\n").partition(" ")
        if word == keeper.READY or word == keeper.BUSY:
            return
        if word == keeper.FAILED:
            raise Stop("\n".join([rest, *(more.rstrip("\n") for more in lines if more.startswith("    "))]))
        last = line.rstrip("\n")
        say(last)
    raise Stop(f"The embedded servers did not start: {last or 'the process that holds them was ended'}.")


def _urls(place: Installation, facts: dict[str, Any]) -> Urls:
    database = place.own_database or facts.get("database")
    owner = place.own_owner or facts.get("owner")
    broker = place.own_redis or facts.get("redis")
    if not database or not owner or not broker:
        raise Stop(
            "The running servers were started with another DATABASE_URL or REDIS_URL: end their user first."
        )
    return Urls(database, owner, broker)


def _check(place: Installation, urls: Urls) -> Urls:
    """Prove that servers which are not ours can be reached; passwords never appear in a sentence."""
    if place.own_database:
        for name, address in (("DATABASE_URL", urls.database), ("DATABASE_OWNER_URL", urls.owner)):
            try:
                psycopg2.connect(address, connect_timeout=10).close()
            except (psycopg2.Error, ValueError) as error:
                raise Stop(f"{name} ({_shown(address)}) cannot be reached: {_first_line(error)}.") from None
        ensure_extensions(urls.owner, f"The database of DATABASE_URL ({_shown(urls.owner)})")
    if place.own_redis:
        try:
            redis.from_url(urls.redis, socket_connect_timeout=10).ping()
        except (redis.RedisError, ValueError, OSError) as error:
            raise Stop(f"REDIS_URL ({_shown(urls.redis)}) cannot be reached: {_first_line(error)}.") from None
    return urls


def _shown(address: str) -> str:
    """An address without its user and password."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return "not an address"
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}{parts.path}"


def _first_line(error: Exception) -> str:
    # A driver that cannot parse an address quotes it whole.
    text = "it is not a valid address" if "dsn" in str(error) else str(error)
    return (text.strip().splitlines() or [type(error).__name__])[0].rstrip(".")


def _await_end(place: Installation, patience_s: float = 90.0) -> None:
    """Wait until the keeper has ended the servers, unless somebody else uses them."""
    deadline = time.monotonic() + patience_s
    others = 0
    while time.monotonic() < deadline and is_held(place.run / "keeper.lock"):
        with Lock(place.run / "users.lock") as users:
            # Refused while servers are on record: somebody uses them (the keeper itself holds the lock only
            # for a moment before it takes the record away).
            others = others + 1 if not users.try_exclusive() and running(place) else 0
        if others > 3:
            return
        time.sleep(0.05)
