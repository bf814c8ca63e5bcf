"""Erasing a person through the pages: by whom, after which sentence, and what the page tells afterwards."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from foundation.accounts import kin
from foundation.accounts.models import Kin, User
from foundation.ledger.models import Entry
from households.models import Household, Resident
from tests.households.families import MOTHER, SPOUSE, make_household
from tests.people import NEIGHBOUR_VILLAGE

SignedIn = Callable[..., Client]
People = dict[str, User]


@pytest.fixture
def spouse(home: Household) -> Resident:
    found: Resident = home.residents.get(relation=SPOUSE)
    return found


def address(member: Resident) -> str:
    return reverse("households:member_erase", args=[member.pk])


def sent(member: Resident, **other: Any) -> dict[str, Any]:
    return {"ground": "request", "sentence": f"永久清除{member.name}"} | other


def test_only_who_may_erase_is_led_there(signed_in: SignedIn, home: Household, spouse: Resident) -> None:
    page = reverse("households:household", args=[home.pk])
    assert address(spouse) in signed_in("shending").get(page).content.decode()
    assert address(spouse) not in signed_in("cun").get(page).content.decode()
    assert signed_in("cun").get(address(spouse)).status_code == 403


def test_the_page_says_what_goes_and_asks_for_the_sentence(signed_in: SignedIn, spouse: Resident) -> None:
    client = signed_in("shending")
    shown = client.get(address(spouse)).content.decode()
    assert "永久清除柳霜降" in shown
    assert "YS000001" in shown
    for wrong in ({"sentence": "永久清除沈立夏"}, {"sentence": ""}, {"ground": "revenge"}):
        answer = client.post(address(spouse), sent(spouse, **wrong))
        assert answer.context["form"].errors.keys() == wrong.keys()
    spouse.refresh_from_db()
    assert spouse.name == "柳霜降"
    assert not Entry.objects.filter(verb="identity.erased").exists()


def test_after_the_sentence_the_entry_stands_on_the_page(
    signed_in: SignedIn, home: Household, spouse: Resident
) -> None:
    client = signed_in("shending")
    answer = client.post(address(spouse), sent(spouse, sentence=" 永久清除 柳霜降 ", phone="on"), follow=True)
    assert answer.redirect_chain == [(address(spouse), 302)]
    entry = Entry.objects.get(verb="identity.erased")
    told = answer.context["erasure"]
    assert (told.read.entry, told.who, told.phone, told.counts["rows"]) == (entry, "shending", True, 1)
    assert str(entry.uuid) in answer.content.decode()
    home.refresh_from_db()
    assert home.phone is None
    shown = client.get(reverse("households:household", args=[home.pk])).content.decode()
    assert "柳霜降" not in shown
    assert "已清除的人" in shown


def test_who_is_erased_already_is_told_and_not_asked_again(signed_in: SignedIn, spouse: Resident) -> None:
    client = signed_in("shending")
    wanted = sent(spouse)
    client.post(address(spouse), wanted)
    again = client.post(address(spouse), wanted)
    assert again.context["erasure"].on
    assert Entry.objects.filter(verb="identity.erased").count() == 1


def test_elsewhere_there_is_nobody_and_kin_are_left_to_others(
    signed_in: SignedIn, people: People, home: Household, spouse: Resident
) -> None:
    far = make_household("LX1", "贺春分", by=people["xian"], area=NEIGHBOUR_VILLAGE).residents.get()
    assert signed_in("shending").post(address(far), sent(far)).status_code == 404
    kin.declare(home.code, Kin.Relation.KIN, by=people["shending"])
    back = signed_in("shending").post(address(spouse), sent(spouse))
    assert back["Location"] == reverse("households:household", args=[home.pk])
    assert not Entry.objects.filter(verb="identity.erased").exists()


def test_an_erased_member_cannot_be_corrected_into_somebody(
    signed_in: SignedIn, people: People, home: Household, spouse: Resident
) -> None:
    signed_in("shending").post(address(spouse), sent(spouse))
    spouse.refresh_from_db()
    page = signed_in("cun").get(reverse("households:household", args=[home.pk])).content.decode()
    assert reverse("households:member_correct", args=[spouse.pk]) not in page
    mother = home.residents.get(relation=MOTHER)
    assert reverse("households:member_correct", args=[mother.pk]) in page
    typed = {"seen": spouse.revision_id, "happened_on": "2026-11-04", "name": "柳霜降", "relation": "02"}
    answer = signed_in("cun").post(reverse("households:member_correct", args=[spouse.pk]), typed)
    assert answer.context["form"].errors
    spouse.refresh_from_db()
    assert spouse.is_erased
