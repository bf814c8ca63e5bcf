"""The planted world, for whoever walks through it."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.db import transaction
from django.test import override_settings
from pytest_django.plugin import DjangoDbBlocker

from tests.house.world import World, planted
from tests.people import make_areas, make_people

UNLIMITED = dict.fromkeys(
    ("API_REQUESTS_A_MINUTE", "API_ACTS_A_MINUTE", "API_REQUESTS_OF_NOBODY_A_MINUTE"), 10**9
)


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """Keys and files of the walk, in a folder of the module's own; a walk asks more often than any program may."""
    folder = tmp_path_factory.mktemp("walk")
    names = {"KEYS_DIR": "keys", "FILES_INCOMING": "incoming", "FILES_FOLDER": "kept"}
    return {setting: folder / name for setting, name in names.items()} | {"FILES_STORE": ""} | UNLIMITED


@pytest.fixture(scope="module")
def planted_once(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, folders: dict[str, Any]
) -> Iterator[World]:
    """Everything of tests/people.py, marked; planted once, because every walk must leave it as it was."""
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    told = folders | {"SHOUWANG_TODAY": "2026-11-04", "STORAGES": settings.STORAGES | {"staticfiles": plain}}
    with django_db_blocker.unblock(), transaction.atomic(), override_settings(**told):
        areas = make_areas()
        yield planted(areas, make_people(areas))
        transaction.set_rollback(True)


@pytest.fixture
def world(planted_once: World, folders: dict[str, Any], db: None) -> Iterator[World]:
    """The planted world in a savepoint of the test."""
    with override_settings(**folders):
        yield planted_once
