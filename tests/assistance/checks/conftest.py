"""What the tests of asset checks share: an archive in a folder of its own, and departments that deliver."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.test import Client, override_settings

from assistance.models import Case
from foundation.accounts.models import User
from foundation.accounts.sign_in import BACKEND
from households.models import Authorisation, Household
from tests.assistance.checks.made import waiting_case
from tests.households.authorisations.made import signed
from tests.households.families import make_household

KINDS = ["vehicle", "business", "real_estate", "public_payroll", "deposit"]


@pytest.fixture(autouse=True)
def own_folders(tmp_path: Path) -> Iterator[Path]:
    """Sealed files and the archive of the test lie in a folder of its own."""
    with override_settings(
        FILES_INCOMING=tmp_path / "incoming",
        FILES_FOLDER=tmp_path / "files",
        ARCHIVE_INCOMING=tmp_path / "drafts",
        ARCHIVE_FOLDER=tmp_path / "archive",
        ARCHIVE_CACHE=tmp_path / "cache",
    ):
        yield tmp_path


@pytest.fixture
def home(people: dict[str, User]) -> Household:
    """Return a household of head, spouse, son and mother in the village."""
    return make_household("YS000001", "沈立夏", "柳霜降", "沈秋分", "贺春分", by=people["xian"])


@pytest.fixture
def authorisation(home: Household, people: dict[str, User]) -> Authorisation:
    """Return what the whole household has signed, for some kinds of data."""
    return signed(home, by=people["cun"], kinds=KINDS)


@pytest.fixture
def case(home: Household, authorisation: Authorisation, people: dict[str, User]) -> Case:
    """Return the case of the household, which waits for its asset check."""
    return waiting_case(home, people)


@pytest.fixture
def signed_in(people: dict[str, User]) -> Callable[[str], Client]:
    """Return a client that is signed in as somebody of tests/people.py."""

    def client(username: str) -> Client:
        made = Client(headers={"Accept-Language": "en"})
        made.force_login(people[username], backend=BACKEND)
        return made

    return client
