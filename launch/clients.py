"""pg_dump and psql: found, and given an address without showing its password to the list of processes."""

import os
import shutil
import subprocess
from typing import Any

from psycopg2.extensions import parse_dsn

from launch.environment import Installation
from launch.identity import packaged_binaries

NAMES = {"dbname": "PGDATABASE"}


def run_client(
    place: Installation, program: str, address: str, *arguments: str, **options: Any
) -> "subprocess.CompletedProcess[str]":
    """Run a client program of PostgreSQL on a database."""
    # The embedded clients know no TLS, so for a server of yours the programs of the system come first.
    path = (shutil.which(program) if place.own_database else None) or str(packaged_binaries() / program)
    settings = {
        NAMES.get(name, f"PG{name.upper()}"): str(value) for name, value in parse_dsn(address).items()
    }
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PG")} | settings
    return subprocess.run(
        [path, *arguments], env=environment, stdin=subprocess.DEVNULL, text=True, check=False,
        stderr=subprocess.PIPE, **options,
    )  # fmt: skip
