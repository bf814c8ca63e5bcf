"""First passwords for an area: for who has none, from who manages them, shown once."""

import datetime

import pytest
from django.contrib.auth import authenticate

from foundation.accounts.first_passwords import give_first_passwords
from foundation.accounts.models import Area, Posting, User
from foundation.accounts.refusals import Refused
from foundation.accounts.roles import Role
from foundation.ledger.models import Entry
from foundation.ledger.record import read_body
from tests.people import COUNTY, NEIGHBOUR_COUNTY, TOWNSHIP, VILLAGE

TODAY = datetime.date(2026, 11, 4)
People = dict[str, User]
Areas = dict[str, Area]


def given(people: People, area: Area, by: str = "xitong") -> set[str]:
    return {first.user.username for first in give_first_passwords(area, by=people[by])}


def test_everybody_of_the_area_who_has_none_gets_one_once(people: People, areas: Areas) -> None:
    first = give_first_passwords(areas[VILLAGE], by=people["xitong"])
    assert {each.user.username for each in first} == {"cun", "wangge", "bangfu", "shuji", "duiyuan"}
    signed_in = authenticate(username=first[0].user.username, password=first[0].password)
    assert isinstance(signed_in, User)
    assert signed_in.must_change_password
    with pytest.raises(Refused):
        give_first_passwords(areas[VILLAGE], by=people["xitong"])


def test_who_has_a_password_keeps_it(people: People, areas: Areas) -> None:
    people["cun"].set_password("ein-langes-eigenes-wort")
    people["cun"].save()
    assert "cun" not in given(people, areas[VILLAGE])


def test_administrators_and_people_who_also_work_elsewhere_are_left_out(people: People, areas: Areas) -> None:
    Posting.objects.create(
        user=people["cun"], role=Role.GRID_MEMBER, area=areas["999902001001"], from_day=TODAY
    )
    names = given(people, areas[COUNTY])
    assert not names & {"cun", "xitong", "anquan", "shenjiyuan", "lin_cun", "shi"}
    assert {"zhen", "xian", "yibao"} <= names


def test_an_account_without_a_post_belongs_to_its_home(people: People, areas: Areas) -> None:
    User.objects.create_user("xinren", name="新人", home=areas[TOWNSHIP])
    assert "xinren" in given(people, areas[TOWNSHIP])


@pytest.mark.parametrize("name", ["anquan", "xian", "zhen", "shenjiyuan"])
def test_only_a_system_administrator_of_the_area_makes_them(people: People, areas: Areas, name: str) -> None:
    with pytest.raises(Refused):
        give_first_passwords(areas[VILLAGE], by=people[name])
    with pytest.raises(Refused):
        give_first_passwords(areas[NEIGHBOUR_COUNTY], by=people["xitong"])


def test_one_entry_says_how_many_and_no_password(people: People, areas: Areas) -> None:
    first = give_first_passwords(areas[VILLAGE], by=people["xitong"])
    entry = Entry.objects.get(verb="staff.first_passwords_set")
    assert read_body(entry)["details"]["accounts"] == 5
    assert not any(each.password.encode() in bytes(entry.body) for each in first)
