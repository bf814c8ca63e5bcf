"""Who was born or moved in without a household is no silent loss: the report of the delivery says so line by line."""

from collections.abc import Callable

from django.test import Client
from django.urls import reverse

from foundation.accounts.models import User
from households.identity.numbers import check_character
from households.models import Household, Resident
from monitoring.models import RegisterProposal
from monitoring.proposals.unplaced import NO_HEAD, UNKNOWN_HEAD, unplaced
from tests.households.families import HEAD, SON, SPOUSE
from tests.monitoring.feeds import delivered, number_of
from tests.monitoring.proposals.conftest import Compare
from tests.monitoring.proposals.test_events import BORN

People = dict[str, User]
Member = Callable[[str], Resident]


def test_arrivals_without_a_household_stand_in_the_report(
    people: People, home: Household, member: Member, compare: Compare, signed_in: Callable[[str], Client]
) -> None:
    child = BORN + check_character(BORN)
    rows = [
        {"身份证号": child, "姓名": "沈秋分", "变动类型": "出生", "变动日期": "2026-10-01", "户主身份证号": ""},
        {"身份证号": child, "姓名": "沈秋分", "变动类型": "迁入", "变动日期": "2026-10-02",
         "户主身份证号": number_of(member(SPOUSE))},
        {"身份证号": child, "姓名": "沈秋分", "变动类型": "婚入", "变动日期": "2026-10-03",
         "户主身份证号": number_of(member(HEAD))},
        {"身份证号": number_of(member(SON)), "姓名": "x", "变动类型": "迁出", "变动日期": "2026-10-04",
         "户主身份证号": ""},
    ]  # fmt: skip
    made = delivered("household_registration", rows, by=people["xian"])
    compare("household_registration")
    assert RegisterProposal.objects.count() == 2
    assert [(each.line, each.event, each.why) for each in unplaced(made)] == [
        (2, "出生", NO_HEAD), (3, "迁入", UNKNOWN_HEAD),
    ]  # fmt: skip
    page = signed_in("xian").get(
        reverse("monitoring:delivery", args=[made.pk]), headers={"Accept-Language": "en"}
    )
    text = page.content.decode()
    assert "2 arrivals belong to no household" in text
    assert "The row names no head." in text
    assert "沈秋分" not in text


def test_delivered_again_with_the_number_or_entered_nothing_is_missing(
    people: People, home: Household, member: Member, compare: Compare
) -> None:
    row = {
        "身份证号": number_of(member(SON)), "姓名": member(SON).name, "变动类型": "出生", "变动日期": "2026-10-01",
        "户主身份证号": "",
    }  # fmt: skip
    assert unplaced(delivered("household_registration", [row], by=people["xian"])) == []
    child = BORN + check_character(BORN)
    row |= {"身份证号": child, "姓名": "沈秋分"}
    first = delivered("household_registration", [row], by=people["xian"])
    assert [each.line for each in unplaced(first)] == [2]
    again = delivered(
        "household_registration", [row | {"户主身份证号": number_of(member(HEAD))}], by=people["xian"]
    )
    first.refresh_from_db()
    assert unplaced(first) == unplaced(again) == []
