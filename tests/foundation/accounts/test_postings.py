"""Postings: granted by the rules of the role, corrected, moved and ended on the record."""

import datetime

import pytest
from django.db import IntegrityError, transaction

from foundation.accounts import clock
from foundation.accounts.models import Area, Department, Posting, User
from foundation.accounts.postings import Grant, correct_period, end, grant
from foundation.accounts.refusals import Refused
from foundation.accounts.roles import Right, Role
from foundation.ledger.models import Entry
from foundation.ledger.record import read_body
from tests.people import COUNTY, TOWNSHIP, VILLAGE

TODAY = datetime.date(2026, 11, 4)
DAY = datetime.timedelta(days=1)
People = dict[str, User]
Areas = dict[str, Area]


@pytest.fixture
def newcomer(areas: Areas) -> User:
    """Somebody opened for the county who has no posting yet."""
    return User.objects.create_user("xinren", name="新人", home=areas[COUNTY])


def of(people: People, name: str) -> Posting:
    return Posting.objects.get(user=people[name])


def fresh(user: User) -> User:
    """The account as the next request reads it."""
    return User.objects.get(pk=user.pk)


def test_a_grant_gives_the_rights_of_the_role_and_an_entry(
    people: People, areas: Areas, newcomer: User
) -> None:
    posting = grant(Grant(newcomer, Role.VILLAGE_ASSISTANT, areas[VILLAGE], TODAY), by=people["anquan"])
    assert fresh(newcomer).holds(Right.VIEW_HOUSEHOLDS, VILLAGE)
    entry = Entry.objects.get(verb="posting.granted")
    assert (entry.object_id, entry.area, entry.role) == (str(posting.pk), VILLAGE, "security_admin")
    assert newcomer.name.encode() not in bytes(entry.body)


def test_a_posting_to_come_gives_nothing_before_its_first_day(
    people: People, areas: Areas, newcomer: User
) -> None:
    wanted = Grant(newcomer, Role.VILLAGE_ASSISTANT, areas[VILLAGE], TODAY + DAY)
    grant(wanted, by=people["anquan"])
    assert not fresh(newcomer).holds(Right.VIEW_HOUSEHOLDS)
    assert newcomer.duties(TODAY + DAY)


@pytest.mark.parametrize(
    ("role", "area", "field"),
    [
        (Role.VILLAGE_ASSISTANT, COUNTY, "area"),
        (Role.COUNTY_DISPATCHER, VILLAGE, "area"),
        (Role.DEPARTMENT_OFFICER, COUNTY, "department"),
        (Role.INSPECTOR, COUNTY, "until_day"),
        (Role.EXTERNAL_AUDITOR, COUNTY, "until_day"),
    ],
)
def test_the_rule_of_the_role_refuses_and_names_the_field(
    people: People, areas: Areas, newcomer: User, role: Role, area: str, field: str
) -> None:
    with pytest.raises(Refused) as refused:
        grant(Grant(newcomer, role, areas[area], TODAY), by=people["anquan"])
    assert refused.value.field == field


def test_only_a_department_role_takes_a_department(people: People, areas: Areas, newcomer: User) -> None:
    department = Department.objects.get(pk="education")
    with pytest.raises(Refused, match=r"部门|department"):
        grant(
            Grant(newcomer, Role.COUNTY_READER, areas[COUNTY], TODAY, department=department),
            by=people["anquan"],
        )


def test_a_retired_area_takes_no_posting(people: People, areas: Areas, newcomer: User) -> None:
    areas[VILLAGE].retired_on = TODAY
    with pytest.raises(Refused) as refused:
        grant(Grant(newcomer, Role.VILLAGE_ASSISTANT, areas[VILLAGE], TODAY), by=people["anquan"])
    assert refused.value.field == "area"


def test_a_disabled_account_gets_no_posting(people: People, areas: Areas, newcomer: User) -> None:
    newcomer.is_active = False
    with pytest.raises(Refused) as refused:
        grant(Grant(newcomer, Role.VILLAGE_ASSISTANT, areas[VILLAGE], TODAY), by=people["anquan"])
    assert refused.value.field == "user"


@pytest.mark.parametrize("name", ["xitong", "xian", "zhen", "lin_anquan", "shenjiyuan"])
def test_only_a_security_administrator_of_the_area_grants(
    people: People, areas: Areas, newcomer: User, name: str
) -> None:
    with pytest.raises(Refused):
        grant(Grant(newcomer, Role.GRID_MEMBER, areas[VILLAGE], TODAY), by=people[name])
    assert not newcomer.postings.exists()


def test_nobody_grants_to_themselves(people: People, areas: Areas) -> None:
    with pytest.raises(Refused):
        grant(Grant(people["anquan"], Role.GRID_MEMBER, areas[VILLAGE], TODAY), by=people["anquan"])


def test_people_of_another_county_are_not_at_hand(people: People, areas: Areas) -> None:
    with pytest.raises(Refused) as refused:
        grant(Grant(people["lin_cun"], Role.GRID_MEMBER, areas[VILLAGE], TODAY), by=people["anquan"])
    assert refused.value.field == "user"


@pytest.mark.parametrize(
    ("holder", "role", "area"),
    [
        ("xitong", Role.SECURITY_ADMIN, COUNTY),
        ("xitong", Role.COUNTY_READER, COUNTY),
        ("xian", Role.COUNTY_APPROVER, COUNTY),
        ("zhen", Role.TOWNSHIP_APPROVER, TOWNSHIP),
        ("zhen", Role.VILLAGE_ASSISTANT, VILLAGE),
        ("wenshen", Role.GRID_MEMBER, VILLAGE),
        ("cun", Role.AUDIT_ADMIN, COUNTY),
    ],
)
def test_incompatible_roles_are_refused_at_grant_time(
    people: People, areas: Areas, holder: str, role: Role, area: str
) -> None:
    with pytest.raises(Refused) as refused:
        grant(Grant(people[holder], role, areas[area], TODAY), by=people["anquan"])
    assert refused.value.field == "role"


def test_an_incompatible_role_is_free_again_after_the_other_ended(people: People, areas: Areas) -> None:
    end(of(people, "xian"), by=people["anquan"], on=TODAY, reason="轮岗")
    wanted = Grant(people["xian"], Role.COUNTY_APPROVER, areas[COUNTY], TODAY + DAY)
    assert grant(wanted, by=people["anquan"]).pk


def test_the_database_itself_refuses_two_administrator_roles(people: People, areas: Areas) -> None:
    with pytest.raises(IntegrityError, match="nobody_holds_two_administrator_roles"), transaction.atomic():
        Posting.objects.create(
            user=people["xitong"], role=Role.AUDIT_ADMIN, area=areas["9999"], from_day=TODAY
        )


def test_the_same_posting_is_not_held_twice_on_a_day(people: People, areas: Areas) -> None:
    with pytest.raises(Refused):
        grant(Grant(people["cun"], Role.VILLAGE_ASSISTANT, areas[VILLAGE], TODAY), by=people["anquan"])
    with pytest.raises(IntegrityError, match="held_once_at_a_time"), transaction.atomic():
        Posting.objects.create(
            user=people["cun"], role=Role.VILLAGE_ASSISTANT, area=areas[VILLAGE], from_day=TODAY
        )


def test_a_first_day_long_past_needs_a_reason_and_a_second_person(
    people: People, areas: Areas, newcomer: User
) -> None:
    wanted = Grant(newcomer, Role.GRID_MEMBER, areas[VILLAGE], TODAY - 8 * DAY)
    asked = {"by": people["anquan"], "reason": "纸质任命先到"}
    for more in ({}, {"approved_by": people["anquan"]}, {"approved_by": people["xitong"], "reason": ""}):
        with pytest.raises(Refused) as refused:
            grant(wanted, **asked | more)  # type: ignore[arg-type]
        assert refused.value.field == ("reason" if more.get("reason") == "" else "from_day")
    grant(wanted, **asked, approved_by=people["xitong"])  # type: ignore[arg-type]
    entry = Entry.objects.get(verb="posting.granted")
    assert (entry.happened_on, entry.entered_on) == (TODAY - 8 * DAY, TODAY)


def test_ending_at_once_takes_the_rights_with_the_next_request(people: People) -> None:
    posting = end(of(people, "cun"), by=people["anquan"], reason="调离")
    assert posting.until_day == TODAY - DAY
    assert not fresh(people["cun"]).holds(Right.VIEW_HOUSEHOLDS)
    assert people["cun"].duties(TODAY - DAY)


def test_ending_today_leaves_the_rest_of_the_day(people: People) -> None:
    end(of(people, "cun"), by=people["anquan"], on=TODAY, reason="调离")
    assert fresh(people["cun"]).holds(Right.VIEW_HOUSEHOLDS, VILLAGE)
    assert not people["cun"].duties(TODAY + DAY)


def test_a_posting_granted_today_by_mistake_is_withdrawn_and_can_be_granted_again(
    people: People, areas: Areas, newcomer: User
) -> None:
    wanted = Grant(newcomer, Role.COUNTY_READER, areas[COUNTY], TODAY)
    posting = grant(wanted, by=people["anquan"])
    end(posting, by=people["anquan"], reason="授错人")
    assert not fresh(newcomer).duties()
    assert Entry.objects.filter(verb="posting.withdrawn", object_id=str(posting.pk)).exists()
    assert grant(wanted, by=people["anquan"]).pk != posting.pk


@pytest.mark.parametrize("on", [datetime.date(2025, 12, 31), None])
def test_ending_needs_a_reason_and_a_day_within_the_posting(people: People, on: datetime.date | None) -> None:
    with pytest.raises(Refused):
        end(of(people, "cun"), by=people["anquan"], on=on, reason="  " if on is None else "调离")


def test_of_two_who_end_a_posting_the_second_is_told(people: People) -> None:
    one, other = of(people, "cun"), of(people, "cun")
    end(one, by=people["anquan"], reason="调离")
    with pytest.raises(Refused):
        end(other, by=people["anquan"], reason="调离")
    assert Entry.objects.filter(verb="posting.ended").count() == 1


def test_followers_hear_of_the_end_in_the_same_transaction(
    people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(posting: Posting, *, by: User, on: datetime.date) -> None:
        raise Refused(f"{posting.role} hangs on until {on}")

    monkeypatch.setattr("foundation.accounts.postings.parts", lambda name: (refuse,))
    with pytest.raises(Refused, match="village_assistant hangs on until 2026-11-30"):
        end(of(people, "cun"), by=people["anquan"], on=datetime.date(2026, 11, 30), reason="调离")
    assert of(people, "cun").until_day is None
    assert not Entry.objects.filter(verb="posting.ended").exists()


def test_a_period_is_corrected_with_its_reason_kept(people: People) -> None:
    first, last = datetime.date(2026, 9, 1), datetime.date(2026, 11, 30)
    correct_period(of(people, "choucha"), first, last, by=people["anquan"], reason="登记错误")
    assert (of(people, "choucha").from_day, of(people, "choucha").until_day) == (first, last)
    body = read_body(Entry.objects.get(verb="posting.period_corrected"))
    assert (body["before"], body["after"]) == ("2026-01-01/2026-12-31", "2026-09-01/2026-11-30")


def test_a_longer_time_is_a_new_grant(people: People, areas: Areas, newcomer: User) -> None:
    with pytest.raises(Refused):
        correct_period(
            of(people, "choucha"),
            datetime.date(2026, 1, 1),
            datetime.date(2027, 1, 1),
            by=people["anquan"],
            reason="延期",
        )
    later = grant(Grant(newcomer, Role.GRID_MEMBER, areas[VILLAGE], TODAY + 9 * DAY), by=people["anquan"])
    with pytest.raises(Refused):
        correct_period(later, TODAY, None, by=people["anquan"], reason="提前")


def test_a_time_limited_posting_is_not_made_endless(people: People) -> None:
    with pytest.raises(Refused) as refused:
        correct_period(of(people, "choucha"), TODAY, None, by=people["anquan"], reason="延期")
    assert refused.value.field == "until_day"


def test_a_corrected_period_still_minds_incompatible_roles(people: People, areas: Areas) -> None:
    end(of(people, "xian"), by=people["anquan"], on=TODAY - 9 * DAY, reason="轮岗")
    wanted = Grant(people["xian"], Role.COUNTY_APPROVER, areas[COUNTY], TODAY)
    posting = grant(wanted, by=people["anquan"])
    with pytest.raises(Refused) as refused:
        correct_period(posting, TODAY - 9 * DAY, None, by=people["anquan"], reason="补登")
    assert refused.value.field == "role"


def test_nobody_ends_their_own_posting(people: People) -> None:
    with pytest.raises(Refused):
        end(of(people, "anquan"), by=people["anquan"], reason="辞职")


def test_the_clock_says_when_a_posting_is_over(people: People, settings: object) -> None:
    assert people["choucha"].duties()
    settings.SHOUWANG_TODAY = "2027-01-01"  # type: ignore[attr-defined]
    assert clock.today() == datetime.date(2027, 1, 1)
    assert not fresh(people["choucha"]).duties()
