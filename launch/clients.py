"""pg_dump and psql: found, and given an address without showing its password to the list of processes."""

import os
import shutil
import subprocess
from typing import Any

from psycopg2.extensions import parse_dsn

from launch.identity import packaged_binaries

NAMES = {"dbname": "PGDATABASE"}
TLS = ("require", "verify-ca", "verify-full")


def run_client(
    program: str, address: str, *arguments: str, **options: Any
) -> "subprocess.CompletedProcess[str]":
    """Run a client program of PostgreSQL on a database."""
    parts = parse_dsn(address)
    # The embedded programs are the newest and read any server, but know no TLS: there those of the system help.
    system = shutil.which(program) if parts.get("sslmode") in TLS else None
    path = system or str(packaged_binaries() / program)
    settings = {NAMES.get(name, f"PG{name.upper()}"): str(value) for name, value in parts.items()}
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PG")} | settings
    return subprocess.run(
        [path, *arguments], env=environment, stdin=subprocess.DEVNULL, text=True, check=False,
        stderr=subprocess.PIPE, **options,
    )  # fmt: skip
