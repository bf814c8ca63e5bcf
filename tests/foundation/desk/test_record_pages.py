"""The record of acts: read by auditors of the area, searched, and never opened."""

import datetime

import pytest
from django.test import Client

from foundation.accounts import staff
from foundation.accounts.models import Area, User
from foundation.accounts.sign_in import BACKEND
from foundation.accounts.staff import NewAccount
from foundation.ledger.models import Entry, Opening
from foundation.ledger.record import Act, Actor, record
from tests.people import COUNTY, NEIGHBOUR_VILLAGE, VILLAGE

DAY = datetime.date(2026, 11, 4)
People = dict[str, User]


def read(people: People, url: str, name: str = "shenjiyuan", status: int = 200) -> str:
    browser = Client()
    browser.force_login(people[name], backend=BACKEND)
    answer = browser.get(url)
    assert answer.status_code == status, url
    return answer.content.decode()


@pytest.fixture
def opened(people: People, areas: dict[str, Area]) -> Entry:
    staff.open_account(NewAccount("xinren", "祁立冬", areas[VILLAGE]), by=people["xitong"])
    return Entry.objects.get(verb="staff.opened")


def act(area: str, day: datetime.date = DAY) -> Entry:
    return record(Act("posting.ended", "posting", "77", day, DAY, area=area), by=Actor("staff:1", "x", area))


def test_auditors_read_their_own_area(people: People, opened: Entry) -> None:
    foreign = act(NEIGHBOUR_VILLAGE)
    for name in ("shenjiyuan", "wenshen"):
        shown = read(people, "/record/", name)
        assert "账号开设" in shown
        assert "xitong" in shown, "the actor's name stands beside the pseudonym"
        assert str(foreign.uuid) not in shown
        read(people, f"/record/{foreign.uuid}/", name, 404)


@pytest.mark.parametrize("name", ["xitong", "anquan", "xian", "lingdao", "cun"])
def test_nobody_else_reads_it(people: People, opened: Entry, name: str) -> None:
    read(people, "/record/", name, 403)
    read(people, f"/record/{opened.uuid}/", name, 403)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("by=xitong", True),
        ("by=anquan", False),
        ("verb=staff.opened", True),
        ("verb=posting.ended", False),
        ("area=999901001", True),
        ("area=999901002", False),
        ("on=2026-11-04", True),
        ("on=2026-11-03", False),
        ("on=gestern", False),
        ("object=staff", True),
        ("object=staff:0", False),
    ],
)
def test_it_is_searched(people: People, opened: Entry, query: str, found: bool) -> None:
    assert (str(opened.uuid) in read(people, f"/record/?{query}")) == found


def test_an_entry_shows_its_bytes_and_only_the_commitment(people: People, opened: Entry) -> None:
    shown = read(people, f"/record/{opened.uuid}/")
    assert "staff.opened" in shown
    assert "规范格式" in shown
    assert "祁立冬" not in shown
    assert "原值另行保存" in shown
    Opening.objects.all().delete()
    assert "已彻底删除" in read(people, f"/record/{opened.uuid}/")


def test_a_day_entered_later_is_found_by_both_days(people: People) -> None:
    late = act(COUNTY, DAY - datetime.timedelta(days=9))
    assert str(late.uuid) in read(people, "/record/?on=2026-10-26")
    assert str(late.uuid) in read(people, "/record/?on=2026-11-04")
