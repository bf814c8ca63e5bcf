"""The register in the search of the top bar: who is found, and where a hit leads."""

import pytest
from django.urls import reverse

from foundation.accounts.models import User
from foundation.desk.search import search
from households.models import Household
from tests.households.families import HEAD, MOTHER, make_household
from tests.people import NEIGHBOUR_VILLAGE

People = dict[str, User]


@pytest.mark.parametrize("typed", ["沈立夏", "沈立", "slx", "YS000001", "13800001234"])
def test_a_hit_leads_to_the_household(people: People, home: Household, typed: str) -> None:
    hits = [hit for group in search(people["cun"], typed) for hit in group.hits]
    assert reverse("households:household", args=[home.pk]) in {hit.url for hit in hits}
    assert not [hit for hit in hits if "13800001234" in hit.title + hit.detail]


def test_people_of_one_name_are_told_apart(people: People, home: Household) -> None:
    make_household("YS000002", "沈立夏", by=people["xian"])
    home.residents.filter(relation=MOTHER).update(name="沈立夏", left_on="2026-11-01", departure="died")
    (found,) = search(people["cun"], "沈立夏")
    assert len({(hit.title, hit.detail) for hit in found.hits}) == 3
    assert home.residents.get(relation=HEAD).area.name in found.hits[0].detail


def test_nothing_is_found_next_door(people: People, home: Household) -> None:
    make_household("LX000001", "沈立夏", by=people["xian"], area=NEIGHBOUR_VILLAGE, phone="13800009999")
    hits = [hit for group in search(people["lin_xian"], "沈立夏") for hit in group.hits]
    assert [hit.detail.split(" · ")[-1] for hit in hits] == ["LX000001"]
    assert search(people["xitong"], "沈立夏") == []
