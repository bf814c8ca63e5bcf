"""Counties made for the tests: a small one for most, the full one for what is said of shares."""

from collections.abc import Iterator

import pytest
from django.test import override_settings

from foundation.accounts.models import User
from households.demo.county import HOUSEHOLDS, County
from households.demo.files import Totals, write_county
from households.demo.loading import load_demo_register
from households.demo.records import Home
from tests.databases import filled_once, own_clone

#: Households of the demonstration whose register is really taken in.
LOADED = 300


@pytest.fixture(scope="session")
def small_county() -> list[Home]:
    """Five hundred households, those of the stories among them."""
    return list(County("999901", 500).homes())


@pytest.fixture(scope="session")
def whole_county() -> list[Home]:
    """The county as `./run` makes it (two seconds)."""
    return list(County("999901", HOUSEHOLDS).homes())


@pytest.fixture(scope="session")
def demonstration_with_register(
    staffed_demonstration, django_db_blocker, _folder_of_files
) -> Iterator[tuple[str, dict[str, int]]]:
    """The demonstration with a small register, taken in once: its database, and what the loading answered."""

    def fill() -> dict[str, int]:
        with override_settings(KEYS_DIR=_folder_of_files / "keys"):  # where every test looks for them
            return load_demo_register(by=User.objects.built_in("shell"), households=LOADED)

    with filled_once("register", fill, django_db_blocker, staffed_demonstration[0]) as made:
        yield made


@pytest.fixture(scope="module")
def loaded(request, demonstration_with_register, django_db_blocker) -> Iterator[dict[str, int]]:
    """The demonstration with its register, in a database of the module; what the loading answered."""
    name, answer = demonstration_with_register
    with own_clone(request.node.nodeid, django_db_blocker, name):
        yield answer


@pytest.fixture(scope="session")
def written(tmp_path_factory) -> Totals:
    """What the files of that register hold."""
    return write_county(tmp_path_factory.mktemp("county"), "999901", households=LOADED).totals
