"""Who comes to a household: read from the ID number, kept sealed, and never taken from another household."""

import datetime
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from foundation.accounts import kin
from foundation.accounts.models import Kin, User
from foundation.accounts.refusals import Refused
from foundation.ledger.models import Entry
from households.history import history_of
from households.identity import showing
from households.lineage.plans import Newcomer
from households.models import Household, Resident
from tests.households.arriving import arrive
from tests.households.departing import depart
from tests.households.families import HEAD, MOTHER, SON, SPOUSE, id_number, make_household
from tests.people import COUNTY

SignedIn = Callable[..., Client]
People = dict[str, User]
DAY = datetime.date(2026, 11, 4)
BORN = datetime.date(2026, 10, 20)
NUMBER = id_number(COUNTY, BORN, 622)
CHILD = Newcomer("沈谷雨", NUMBER, SON)


def test_a_child_is_born_into_a_household(people: People, home: Household) -> None:
    child = arrive(home, CHILD, BORN, by=people["cun"], reason="出生")
    child.refresh_from_db()
    assert (child.born_on, child.sex, child.initials, child.area_id) == (BORN, "2", "sgy", home.area_id)
    assert showing.masked_one(child.identity) == f"{NUMBER[:4]}{'*' * 12}{NUMBER[-2:]}"
    assert (child.source, child.source_day, child.revision.as_of) == ("hand", DAY, BORN)
    entry = Entry.objects.get(verb="resident.arrived")
    assert (entry.happened_on, entry.entered_on, entry.object_id) == (BORN, DAY, str(home.pk))
    assert "沈谷雨".encode() not in bytes(entry.body)
    steps = history_of(home, home.residents.all(), people["cun"])
    assert steps[0].arrived == ["沈谷雨"]


@pytest.mark.parametrize(
    ("newcomer", "field"),
    [
        (Newcomer("沈谷雨", NUMBER[:-1] + ("0" if NUMBER[-1] != "0" else "1"), SON), "id_number"),
        (Newcomer("沈谷雨", "9999**", SON), "id_number"),
        (Newcomer(" ", NUMBER, SON), "name"),
        (Newcomer("沈谷雨", NUMBER, "99"), "relation"),
        (Newcomer("沈谷雨", NUMBER, HEAD), "relation"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(
    people: People, home: Household, newcomer: Newcomer, field: str
) -> None:
    with pytest.raises(Refused) as refused:
        arrive(home, newcomer, DAY, by=people["cun"])
    assert refused.value.field == field
    assert home.residents.count() == 4


def test_nobody_comes_before_they_are_born(people: People, home: Household) -> None:
    with pytest.raises(Refused) as refused:
        arrive(home, CHILD, BORN - datetime.timedelta(days=1), by=people["cun"], reason="补录")
    assert refused.value.field == "happened_on"


def test_who_lives_elsewhere_is_not_taken_from_there(people: People, home: Household) -> None:
    other = make_household("YS000002", "杜谷雨", "万清明", by=people["xian"])
    bride = other.residents.get(relation=SPOUSE)
    number = id_number(COUNTY, bride.born_on, 4)
    with pytest.raises(Refused) as refused:
        arrive(home, Newcomer("万清明", number, "05"), DAY, by=people["cun"])
    assert "YS000002" not in refused.value.sentence
    depart(bride, Resident.Departure.MARRIED_OUT, DAY, by=people["cun"], seen=bride.revision_id)
    came = arrive(home, Newcomer("万清明", number, "05"), DAY, by=people["cun"])
    assert came.identity_id == bride.identity_id
    with pytest.raises(Refused):
        arrive(home, Newcomer("万清明", number, "05"), DAY, by=people["cun"])


def test_without_right_or_in_ones_own_household_nobody_comes(people: People, home: Household) -> None:
    for who in ("shuji", "lin_cun", "xitong"):
        with pytest.raises(Refused):
            arrive(home, CHILD, DAY, by=people[who])
    kin.declare(home.code, Kin.Relation.OWN, by=people["cun"])
    with pytest.raises(Refused):
        arrive(home, CHILD, DAY, by=people["cun"])


def test_to_a_dissolved_household_nobody_comes(people: People) -> None:
    gone = make_household("YS000002", by=people["xian"], dissolved_on="2026-05-01")
    with pytest.raises(Refused):
        arrive(gone, CHILD, DAY, by=people["cun"])


def test_the_page_takes_it_and_says_who_came(signed_in: SignedIn, home: Household) -> None:
    client, address = signed_in("cun"), reverse("households:member_came", args=[home.pk])
    assert address in client.get(reverse("households:household", args=[home.pk])).content.decode()
    sent = {"name": "沈谷雨", "relation": SON, "happened_on": str(BORN), "reason": "出生"}
    assert "paper" in client.post(address, sent | {"id_number": NUMBER}).context["form"].errors
    sent["paper"] = "出生医学证明 X650000001"
    wrong = client.post(address, sent | {"id_number": "123"})
    assert "id_number" in wrong.context["form"].errors
    assert "沈谷雨" in wrong.content.decode()
    done = client.post(address, sent | {"id_number": NUMBER}, follow=True)
    assert done.redirect_chain[-1][0] == reverse("households:household", args=[home.pk])
    assert "沈谷雨" in done.content.decode()
    assert NUMBER not in done.content.decode()
    assert home.residents.get(relation=MOTHER).left_on is None
