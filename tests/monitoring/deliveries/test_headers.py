"""Confirmed headers on the page: seen by who delivers, taken back for files to come."""

from collections.abc import Callable

import pytest
from django.test import Client

from foundation.accounts.models import Area, User
from foundation.ledger.models import Entry
from monitoring.intake.headers import remember
from monitoring.models import Dataset, HeaderMeaning
from tests.people import COUNTY
from tests.reading import visible

SignedIn = Callable[[str], Client]


@pytest.fixture
def meaning(people: dict[str, User], areas: dict[str, Area]) -> HeaderMeaning:
    """The medical insurance office said what one of its headers means."""
    settlements = Dataset.objects.get(code="medical_settlement")
    (made,) = remember(settlements, areas[COUNTY], {"自费额": "个人自付"}, by=people["yibao"])
    return made


def test_who_delivers_sees_them_and_takes_one_back(signed_in: SignedIn, meaning: HeaderMeaning) -> None:
    office = signed_in("yibao")
    shown = visible(office.get("/deliveries/headers/"))
    assert "自费额" in shown
    assert "个人自付" in shown
    answer = office.post("/deliveries/headers/", {"meaning": meaning.pk}, follow=True)
    assert "自费额" in visible(answer), "the sentence names it"
    assert not HeaderMeaning.objects.exists()
    assert Entry.objects.filter(verb="headers.taken_back").count() == 1


@pytest.mark.parametrize(("who", "status"), [("jingban", 403), ("lin_xian", 404), ("cun", 403)])
def test_nobody_else_sees_or_takes_it(
    signed_in: SignedIn, meaning: HeaderMeaning, who: str, status: int
) -> None:
    other = signed_in(who)
    assert "自费额" not in visible(other.get("/deliveries/headers/"))
    assert other.post("/deliveries/headers/", {"meaning": meaning.pk}).status_code == status
    assert HeaderMeaning.objects.filter(pk=meaning.pk).exists()


def test_a_department_without_any_is_told_why(signed_in: SignedIn) -> None:
    assert 'class="empty' in signed_in("yibao").get("/deliveries/headers/").content.decode()
