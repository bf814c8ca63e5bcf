"""What is registered of a family and what is open at it: the pages of both say so, and lead to each other."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from foundation.accounts.models import User
from households.models import Household
from monitoring.models import RegisterProposal
from tests.alerts.verification.made import assigned
from tests.assistance.made import opened
from tests.house.planted_feeds import a_register_proposal

People = dict[str, User]
SignedIn = Callable[[str], Client]
SAID = "A registered death of"
pytestmark = pytest.mark.usefixtures("english")


def death_of(home: Household, people: People) -> RegisterProposal:
    """Return a registered death of the eldest (the mother, or who lives alone) that waits."""
    row = a_register_proposal("proposed", people)
    RegisterProposal.objects.filter(pk=row.pk).update(
        household=home, area=home.area_id, resident=home.residents.order_by("born_on").first(),
        field="resident.membership", proposed={"event": "死亡", "on": "2026-10-09"}, present=None,
    )  # fmt: skip
    row.refresh_from_db()
    return row


def text(client: Client, url: str) -> str:
    return client.get(url, headers={"Accept-Language": "en"}).content.decode()


def test_a_case_and_a_registered_death_name_each_other(
    people: People, home: Household, signed_in: SignedIn
) -> None:
    case, row = opened(people, home), death_of(home, people)
    enter, page = reverse("proposals:enter", args=[row.pk]), reverse("cases:case", args=[case.pk])
    there = text(signed_in("cun"), page)
    assert row.resident is not None
    assert f"{SAID} {row.resident.name} (2026-10-09)" in there
    assert enter in there
    assert SAID in text(signed_in("shuji"), page)
    assert enter not in text(signed_in("shuji"), page)
    listed = text(signed_in("cun"), reverse("proposals:list"))
    assert "A case of this household goes on" in listed
    assert page in listed
    RegisterProposal.objects.filter(pk=row.pk).update(state="overtaken")
    assert SAID not in text(signed_in("cun"), page)


def test_a_warning_and_a_registered_death_name_each_other(people: People, signed_in: SignedIn) -> None:
    alert = assigned(people)
    row = death_of(alert.household, people)
    page = reverse("alerts:alert", args=[alert.pk])
    assert SAID in text(signed_in("cun"), page)
    assert reverse("proposals:enter", args=[row.pk]) in text(signed_in("cun"), page)
    listed = text(signed_in("cun"), reverse("proposals:list"))
    assert "A warning of this household is open" in listed
    assert page in listed
