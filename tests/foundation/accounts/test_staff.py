"""Accounts: who opens, corrects and closes them, and whose passwords nobody beside them may set."""

import datetime

import pytest
from django.contrib.auth import authenticate
from django.test import Client

from foundation.accounts import staff
from foundation.accounts.models import Area, Posting, User
from foundation.accounts.refusals import Refused
from foundation.accounts.roles import Role
from foundation.accounts.sign_in import BACKEND
from foundation.accounts.staff import NewAccount
from foundation.ledger.models import Entry
from tests.people import NEIGHBOUR_COUNTY, VILLAGE

TODAY = datetime.date(2026, 11, 4)
People = dict[str, User]
Areas = dict[str, Area]


def opened(people: People, areas: Areas, username: str = "xinren", name: str = "单立夏") -> User:
    return staff.open_account(NewAccount(username, name, areas[VILLAGE]), by=people["xitong"])


def test_a_new_account_may_do_nothing_and_nobody_can_sign_in_with_it(people: People, areas: Areas) -> None:
    user = opened(people, areas)
    assert (user.initials, user.created_on, user.home_id) == ("slx", TODAY, VILLAGE)
    assert not user.has_usable_password()
    assert user.duties() == ()


def test_the_record_keeps_neither_name_nor_login_name(people: People, areas: Areas) -> None:
    opened(people, areas)
    body = bytes(Entry.objects.get(verb="staff.opened").body)
    assert "单立夏".encode() not in body
    assert b"xinren" not in body


def test_a_fresh_account_is_seen_by_who_grants_its_first_posting(people: People, areas: Areas) -> None:
    user = opened(people, areas)
    assert User.objects.visible_to(people["anquan"]).filter(pk=user.pk).exists()
    assert not User.objects.visible_to(people["lin_anquan"]).filter(pk=user.pk).exists()


@pytest.mark.parametrize("twin", ["ｘｉｎｒｅｎ", " XinRen ", "xinren"])
def test_one_login_name_is_one_account_however_it_is_typed(people: People, areas: Areas, twin: str) -> None:
    opened(people, areas)
    with pytest.raises(Refused) as refused:
        opened(people, areas, twin)
    assert refused.value.field == "username"


@pytest.mark.parametrize(
    "login", ["a", "张三", "two words", "13812345678", "999901199001011237", "system", ""]
)
def test_a_login_name_is_short_plain_and_says_nothing_private(
    people: People, areas: Areas, login: str
) -> None:
    with pytest.raises(Refused) as refused:
        opened(people, areas, login)
    assert refused.value.field == "username"


@pytest.mark.parametrize("name", ["anquan", "shenjiyuan", "xian", "zhen", "cun", "shi"])
def test_only_a_system_administrator_opens_accounts(people: People, areas: Areas, name: str) -> None:
    with pytest.raises(Refused):
        staff.open_account(NewAccount("xinren", "新人", areas[VILLAGE]), by=people[name])


def test_an_account_is_opened_only_for_ones_own_area(people: People, areas: Areas) -> None:
    with pytest.raises(Refused):
        staff.open_account(NewAccount("xinren", "新人", areas[NEIGHBOUR_COUNTY]), by=people["xitong"])


def test_a_name_is_corrected_with_its_initials(people: People, areas: Areas) -> None:
    user = staff.correct_name(opened(people, areas), " 单  谷雨 ", by=people["xitong"])
    assert (user.name, user.initials) == ("单 谷雨", "sgy")


def test_disabling_ends_the_session_with_its_next_request_and_for_good(people: People) -> None:
    browser = Client()
    browser.force_login(people["cun"], backend=BACKEND)
    assert browser.get("/").status_code == 200
    staff.disable(people["cun"], by=people["xitong"], reason="离职")
    assert browser.get("/").status_code == 302
    again = Client()
    again.cookies = browser.cookies
    staff.enable(people["cun"], by=people["xitong"], reason="返岗")
    assert again.get("/").status_code == 302


def test_disabling_needs_a_reason_and_happens_once(people: People) -> None:
    with pytest.raises(Refused):
        staff.disable(people["cun"], by=people["xitong"], reason=" ")
    staff.disable(people["cun"], by=people["xitong"], reason="离职")
    with pytest.raises(Refused):
        staff.disable(people["cun"], by=people["xitong"], reason="离职")
    assert Entry.objects.filter(verb="staff.disabled").count() == 1


def test_a_one_time_password_opens_the_door_once_and_must_be_changed(people: People) -> None:
    password = staff.set_one_time_password(people["cun"], by=people["xitong"])
    signed_in = authenticate(username="cun", password=password)
    assert signed_in is not None
    assert signed_in.must_change_password
    signed_in.refresh_from_db()
    assert signed_in.password.startswith("argon2")
    assert not any(password.encode() in bytes(entry.body) for entry in Entry.objects.all())


def test_passwords_are_random_and_readable() -> None:
    made = {staff.one_time_password() for _n in range(200)}
    assert len(made) == 200
    assert all(len(password) == 19 and not set("01loi") & set(password) for password in made)


@pytest.mark.parametrize("office", ["anquan", "shenjiyuan"])
def test_nobody_takes_over_the_office_beside_theirs_by_its_password(people: People, office: str) -> None:
    with pytest.raises(Refused, match="set_password"):
        staff.set_one_time_password(people[office], by=people["xitong"])
    assert staff.set_one_time_password(people[office], by=User.objects.built_in("shell"))


def test_a_system_administrator_of_the_city_sets_it(people: People, areas: Areas) -> None:
    city = User.objects.create_user("shixitong", name="市系统")
    Posting.objects.create(user=city, role=Role.SYSTEM_ADMIN, area=areas["9999"], from_day=TODAY)
    assert staff.set_one_time_password(people["anquan"], by=city)


def test_who_also_works_elsewhere_is_managed_one_level_up(people: People, areas: Areas) -> None:
    """A county must not get at a city's rights by the password of somebody posted in both."""
    Posting.objects.create(user=people["cun"], role=Role.CITY_OVERSEER, area=areas["9999"], from_day=TODAY)
    with pytest.raises(Refused):
        staff.set_one_time_password(people["cun"], by=people["xitong"])


def test_after_the_last_posting_the_home_area_manages_the_account(people: People, areas: Areas) -> None:
    user = opened(people, areas)
    assert staff.manages(user, by=people["xitong"])
    Posting.objects.create(
        user=user, role=Role.GRID_MEMBER, area=areas["999902001001"], from_day=TODAY, until_day=TODAY
    )
    assert not staff.manages(user, by=people["xitong"])


@pytest.mark.parametrize("act", ["disable", "enable"])
def test_outsiders_and_oneself_are_not_managed(people: People, act: str) -> None:
    for account in ("lin_cun", "xitong"):
        with pytest.raises(Refused):
            getattr(staff, act)(people[account], by=people["xitong"], reason="x")


def test_the_built_in_accounts_are_nobodys(people: People) -> None:
    with pytest.raises(Refused):
        staff.disable(User.objects.built_in("shell"), by=people["xitong"], reason="x")
