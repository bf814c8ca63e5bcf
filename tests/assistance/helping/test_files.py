"""Who helps, in the file of the household and in the list of those who lack somebody."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from assistance.helping.assigning import end
from assistance.helping.files import HELPERS
from assistance.models import Case
from foundation.accounts.models import User
from tests.assistance.files.test_making import flat, words
from tests.assistance.helping.helped import helped, monitored

pytestmark = pytest.mark.usefixtures("english")


def lacks(case: Case, user: User) -> list[str]:
    return [lack.what for lack in HELPERS.lacking(case, user)]


def test_the_file_says_who_helps_and_who_helped(people: dict[str, User]) -> None:
    place = helped(monitored(people), people["bangfu"], people["zhen"])
    end(place, "调离", no_sheet="gone", by=people["zhen"])
    helped(place.case, people["shuji"], people["zhen"])
    (paper,) = HELPERS.papers(place.case, people["zhen"])
    (text,) = words(paper.pdf)
    assert flat("bangfu") in flat(text)
    assert flat("shuji") in flat(text)
    assert flat(str(place.ended_on)) in flat(text)


def test_a_household_that_nobody_helps_lacks_its_helper_in_the_file(people: dict[str, User]) -> None:
    case = monitored(people)
    assert list(HELPERS.papers(case, people["zhen"])) == []
    assert len(lacks(case, people["zhen"])) == 1
    helped(case, people["bangfu"], people["zhen"])
    assert lacks(case, people["zhen"]) == []
    assert lacks(monitored(people, origin="import"), people["zhen"]) == []


def test_a_household_from_before_this_platform_is_listed_as_lacking_a_helper(
    people: dict[str, User], signed_in: Callable[[str], Client]
) -> None:
    before, url = monitored(people, origin="import"), reverse("cases:helpers")
    ended = monitored(people, origin="import", state="ended")
    client = signed_in("zhen")
    for asked in ("", "?lack=any"):
        page = client.get(f"{url}{asked}").content.decode()
        assert before.household.code in page
        assert ended.household.code not in page
    assert before.household.code not in client.get(f"{url}?lack=overdue").content.decode()
    helped(before, people["bangfu"], people["zhen"])
    assert before.household.code not in client.get(f"{url}?lack=any").content.decode()
