"""What a watcher is told of the parts that a process needs."""

from typing import Any

import pytest
from django.test import Client

from foundation.desk import readiness


@pytest.fixture
def whole(settings: Any, tmp_path: Any, db: None) -> None:
    settings.KEYS_DIR, settings.VAR, settings.FILES_STORE = tmp_path / "keys", tmp_path, ""


def test_it_is_ready_where_every_part_answers(client: Client, whole: None) -> None:
    answer = client.get("/readyz/")
    assert (answer.status_code, answer.content) == (200, b"ready")


def test_the_parts_that_do_not_answer_are_named_and_nothing_of_them_is_told(
    client: Client, whole: None, settings: Any, tmp_path: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    settings.VAR = tmp_path / "gone"
    answer = client.get("/readyz/")
    assert (answer.status_code, answer.content.decode().split("\n")) == (503, ["broker", "files"])


def test_tables_of_another_version_are_not_ready(
    client: Client, whole: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(readiness, "_right", set())
    monkeypatch.setattr(readiness.MigrationExecutor, "migration_plan", lambda *_told: ["something"])
    assert client.get("/readyz/").content == b"migrations"
