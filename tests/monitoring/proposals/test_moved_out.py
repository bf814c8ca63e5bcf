"""A whole family registered as moved out: its household moves, and what was registered is settled with that."""

from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client
from django.urls import reverse

from foundation.accounts.models import User
from households.models import Household, HouseholdMove, Resident
from households.moving import answering
from households.moving.proposing import propose
from monitoring.models import RegisterProposal
from tests.households.families import SON
from tests.households.moving.moved import NEXT_VILLAGE, wanted
from tests.monitoring.feeds import delivered, number_of
from tests.monitoring.proposals.conftest import Compare
from tests.people import VILLAGE

People = dict[str, User]
SignedIn = Callable[[str], Client]
ENGLISH = {"Accept-Language": "en"}


def moved_out(people: People, compare: Compare, *who: Resident) -> list[RegisterProposal]:
    rows = [
        {"身份证号": number_of(each), "姓名": each.name, "变动类型": "迁出", "变动日期": "2026-10-11"}
        for each in who
    ]
    delivered("household_registration", rows, by=people["xian"])
    compare("household_registration")
    return list(RegisterProposal.objects.order_by("pk"))


@pytest.fixture
def family(home: Household) -> list[Resident]:
    """All four of the household."""
    return list(home.residents.select_related("household", "identity"))


def test_the_move_settles_what_was_registered_and_its_undoing_lets_it_wait(
    people: People, home: Household, family: list[Resident], compare: Compare
) -> None:
    moved_out(people, compare, *family)
    row = propose(home, wanted(NEXT_VILLAGE), by=people["zhen"])
    assert row.state == "accepted"
    states = RegisterProposal.objects.order_by().values_list("state", "area")
    assert list(states.distinct()) == [("overtaken", NEXT_VILLAGE)]
    # The police still say so; nobody is asked once more to let the family leave where it has just come.
    assert compare("household_registration").new == 0
    answering.undo(row, "迁错了村", by=people["zhen"])
    states = RegisterProposal.objects.order_by().values_list("state", "area", "decided_on")
    assert list(states.distinct()) == [("proposed", VILLAGE, None)]
    done = compare("household_registration")
    assert (done.new, done.overtaken, RegisterProposal.objects.count()) == (0, 0, len(family))


def test_who_is_registered_later_than_the_move_is_asked_about(
    people: People, home: Household, family: list[Resident], compare: Compare
) -> None:
    """What the move did not settle is not lost: only the very rows that waited then are answered by it."""
    moved_out(people, compare, *family[1:])
    propose(home, wanted(NEXT_VILLAGE), by=people["zhen"])
    found = [row for row in moved_out(people, compare, family[0]) if row.state == "proposed"]
    assert [row.resident for row in found] == [family[0]]


def test_moving_the_household_is_offered_on_both_pages(
    people: People, home: Household, family: list[Resident], compare: Compare, signed_in: SignedIn
) -> None:
    moved_out(people, compare, *family)
    client = signed_in("cun")
    for page in (reverse("proposals:list"), reverse("households:household", args=[home.pk])):
        text = client.get(page, headers=ENGLISH).content.decode()
        assert "All of this household were registered as moved out" in text
    assert "All of this household" not in signed_in("shuji").get(page, headers=ENGLISH).content.decode()
    (group,) = client.get(reverse("proposals:list")).context["groups"]
    assert (group.leaving.whole, group.leaving.waits) == (True, False)
    assert parse_qs(urlsplit(group.leaving.url).query)["moved_on"] == ["2026-10-11"]
    form = client.get(group.leaving.url).context["form"]
    assert form.initial["moved_on"] == "2026-10-11"
    assert ", line " in form.initial["document"]
    told = {
        "to_area": NEXT_VILLAGE,
        "moved_on": "2026-10-11",
        "why": "随子女迁居",
        "document": "x",
        "look": "1",
    }
    seen = client.post(group.leaving.url, told, headers=ENGLISH).content.decode()
    assert "4 registered movings out are settled by this move" in seen
    row = HouseholdMove.objects.create(
        household=home, from_area=home.area, to_area_id=NEXT_VILLAGE, persons=4, moved_on="2026-10-11",
        proposed_on="2026-11-04", state="proposed",
    )  # fmt: skip
    (group,) = client.get(reverse("proposals:list")).context["groups"]
    assert (group.leaving.waits, group.leaving.url) == (True, reverse("moves:move", args=[row.pk]))


def test_of_one_who_moved_out_the_move_is_the_second_way(
    people: People, family: list[Resident], compare: Compare, signed_in: SignedIn
) -> None:
    (row,) = moved_out(people, compare, next(each for each in family if each.relation == SON))
    page = signed_in("cun").get(reverse("proposals:list"), headers=ENGLISH)
    (group,) = page.context["groups"]
    assert not group.leaving.whole
    text = page.content.decode()
    assert "Did the whole household move?" in text
    assert reverse("proposals:enter", args=[row.pk]) in text
