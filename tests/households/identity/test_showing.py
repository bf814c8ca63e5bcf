"""Numbers are masked on pages, and shown in full for a reason that stays in the record."""

import json

import pytest
from django.test import Client
from django.utils import translation

from foundation.accounts import kin
from foundation.accounts.models import Kin, User
from foundation.accounts.refusals import Refused
from foundation.ledger.models import Entry
from households.identity import keeping, showing
from households.models import Household, Identity, Resident
from tests.house.answers import readable


@pytest.fixture
def head(home: Household) -> Resident:
    """The head of the family."""
    return home.residents.select_related("identity", "household").get(name="沈立夏")


def test_pages_show_masked_numbers(home: Household, head: Resident) -> None:
    shown = showing.masked([head.identity, home.phone, None])
    assert set(shown.values()) == {"9999************" + _number(head)[-2:], "1380*****34"}
    assert showing.masked_one(None) == ""


def test_l28_neither_a_page_nor_a_list_taken_out_holds_a_number_in_full(
    home: Household, head: Resident, people: dict[str, User]
) -> None:
    """What the household's page, its members' and both exports of the list really answer: masks, and nothing beside."""
    client = Client()
    client.force_login(people["cun"])
    page = client.get(f"/households/{home.pk}/").content.decode()
    assert "9999************" + _number(head)[-2:] in page
    assert "1380*****34" in page
    answers = [page, client.get("/households/").content.decode()]
    for form in ("csv", "xlsx"):
        taken = client.post("/export/", {"address": "/households/", "form": form})
        assert taken.status_code == 200
        answers.append(readable(taken))
    assert home.code in answers[-1]
    numbers = [keeping.opened(each.subject, each.sealed) for each in Identity.objects.all()]
    assert len(numbers) >= 5
    assert not [number for number in numbers for said in answers if number in said]


def test_a_damaged_number_does_not_take_down_the_list_around_it(home: Household, head: Resident) -> None:
    identity = head.identity
    assert identity is not None
    identity.sealed = b"damaged"
    with translation.override("en"):
        shown = showing.masked([identity, home.phone])
    assert set(shown.values()) == {"unreadable", "1380*****34"}


def test_a_number_is_shown_for_a_reason_and_the_record_says_who_saw_it(
    head: Resident, people: dict[str, User]
) -> None:
    assert showing.reveal(head.identity, about=head, reason=" 上门前电话核对 ", by=people["cun"]) == _number(
        head
    )
    entry = Entry.objects.get(verb="identity.revealed")
    assert (entry.object_type, entry.object_id, entry.actor) == (
        "resident",
        str(head.pk),
        f"staff:{people['cun'].pk}",
    )
    assert json.loads(bytes(entry.opening.content)) == {"reason": "上门前电话核对"}
    assert "核对" not in bytes(entry.body).decode(), "the record itself only commits to it"


def test_l28_nobody_looks_at_more_numbers_than_a_day_needs(
    head: Resident, people: dict[str, User], settings: pytest.FixtureRequest
) -> None:
    settings.NUMBERS_SHOWN_A_DAY = 2  # type: ignore[attr-defined]

    def look(name: str) -> str:
        return showing.reveal(head.identity, about=head, reason="核对", by=people[name])

    with pytest.raises(Refused), translation.override("en"):
        showing.reveal(head.identity, about=head, reason="", by=people["cun"])
    assert look("cun") == look("cun") == _number(head)
    with pytest.raises(Refused, match="2 numbers"), translation.override("en"):
        look("cun")
    assert look("zhen") == _number(head), "the others go on"
    assert Entry.objects.filter(verb="identity.revealed").count() == 3, "what was refused was not looked at"


def test_a_number_typed_into_the_reason_is_masked(
    home: Household, head: Resident, people: dict[str, User]
) -> None:
    number = _number(head)
    showing.reveal(home.phone, about=home, reason=f"号码 {number} 打不通 138 0000 1234", by=people["cun"])
    said = bytes(Entry.objects.get(verb="identity.revealed").opening.content).decode()
    assert number not in said
    assert "0000" not in said


@pytest.mark.parametrize("who", ["shuji", "bangfu", "lin_cun", "xitong", "lingdao", "wenshen"])
def test_who_may_not_see_it_gets_a_sentence_and_no_number(
    head: Resident, people: dict[str, User], who: str
) -> None:
    with pytest.raises(Refused):
        showing.reveal(head.identity, about=head, reason="核对", by=people[who])
    assert not Entry.objects.filter(verb="identity.revealed").exists()


@pytest.mark.parametrize("reason", ["", "  ", "核" * 201])
def test_a_reason_is_needed_and_short(head: Resident, people: dict[str, User], reason: str) -> None:
    with pytest.raises(Refused) as refused:
        showing.reveal(head.identity, about=head, reason=reason, by=people["cun"])
    assert refused.value.field == "reason"


def test_nobody_looks_up_their_own_household(
    home: Household, head: Resident, people: dict[str, User]
) -> None:
    kin.declare(home.code, Kin.Relation.values[0], by=people["cun"])
    with pytest.raises(Refused):
        showing.reveal(head.identity, about=head, reason="核对", by=people["cun"])


def test_a_number_of_somebody_else_is_not_shown_under_this_name(
    home: Household, head: Resident, people: dict[str, User]
) -> None:
    for identity in (home.phone, None):
        with pytest.raises(Refused):
            showing.reveal(identity, about=head, reason="核对", by=people["cun"])


def _number(resident: Resident) -> str:
    return keeping.opened(resident.identity.subject, resident.identity.sealed)
