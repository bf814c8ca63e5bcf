"""Loans: one record, one person, one period, one reason; here the lent records are areas."""

import datetime

import pytest
from guardian.models import UserObjectPermission

from foundation.accounts.loans import lend, night_work, sweep_loans, take_back
from foundation.accounts.models import Area, Loan, User
from foundation.accounts.refusals import Refused
from foundation.accounts.tasks import close_loans
from foundation.ledger.models import Entry
from tests.people import COUNTY, VILLAGE

TODAY = datetime.date(2026, 11, 4)
LAST = datetime.date(2026, 11, 10)
People = dict[str, User]
Areas = dict[str, Area]


def sees(user: User, code: str) -> bool:
    return Area.objects.visible_to(User.objects.get(pk=user.pk)).filter(code=code).exists()


def lent(people: People, areas: Areas, until: datetime.date = LAST) -> Loan:
    return lend(areas[VILLAGE], COUNTY, people["lin_cun"], until, by=people["anquan"], reason="户籍迁移")


def test_a_lent_record_is_seen_alone_and_only_until_its_last_day(
    people: People, areas: Areas, settings: object
) -> None:
    lent(people, areas)
    assert sees(people["lin_cun"], VILLAGE)
    assert not sees(people["lin_cun"], "999901001")
    settings.SHOUWANG_TODAY = "2026-11-11"  # type: ignore[attr-defined]
    assert not sees(people["lin_cun"], VILLAGE)


def test_taking_back_ends_it_at_once(people: People, areas: Areas) -> None:
    loan = lent(people, areas)
    take_back(loan, by=people["anquan"])
    assert not sees(people["lin_cun"], VILLAGE)
    assert not UserObjectPermission.objects.exists()
    with pytest.raises(Refused):
        take_back(loan, by=people["anquan"])


def test_one_of_two_loans_of_a_record_taken_back_leaves_the_other(people: People, areas: Areas) -> None:
    first = lent(people, areas)
    lent(people, areas)
    take_back(first, by=people["anquan"])
    assert sees(people["lin_cun"], VILLAGE)


def test_the_permission_alone_opens_nothing(people: People, areas: Areas) -> None:
    lent(people, areas)
    Loan.objects.update(ended_on=TODAY)
    assert UserObjectPermission.objects.exists()
    assert not sees(people["lin_cun"], VILLAGE)


def test_the_sweep_forgets_permissions_of_loans_that_are_over(
    people: People, areas: Areas, settings: object
) -> None:
    lent(people, areas)
    system = User.objects.built_in("system")
    assert sweep_loans(by=system) == 0
    settings.SHOUWANG_TODAY = "2026-11-11"  # type: ignore[attr-defined]
    assert sweep_loans(by=system) == 1
    assert sweep_loans(by=system) == 0
    assert not UserObjectPermission.objects.exists()
    entry = Entry.objects.get(verb="record.loan_expired")
    assert (entry.actor, entry.area, entry.happened_on) == ("system", COUNTY, LAST)


def test_the_night_closes_loans_in_the_demonstration_and_elsewhere(
    people: People, areas: Areas, settings: object
) -> None:
    for night in (close_loans, lambda: night_work(by=User.objects.built_in("system"), on=LAST)):
        loan = lent(people, areas)
        settings.SHOUWANG_TODAY = "2026-11-11"  # type: ignore[attr-defined]
        night()
        assert Loan.objects.get(pk=loan.pk).ended_on == LAST
        settings.SHOUWANG_TODAY = "2026-11-04"  # type: ignore[attr-defined]


@pytest.mark.parametrize("name", ["xian", "xitong", "lin_anquan", "cun"])
def test_only_a_security_administrator_of_the_area_lends(people: People, areas: Areas, name: str) -> None:
    with pytest.raises(Refused):
        lend(areas[VILLAGE], COUNTY, people["lin_cun"], LAST, by=people[name], reason="户籍迁移")


def test_a_loan_needs_a_reason_a_future_and_another_person(people: People, areas: Areas) -> None:
    for borrower, until, reason, field in (
        ("lin_cun", LAST, " ", "reason"),
        ("lin_cun", datetime.date(2026, 11, 3), "x", "until_day"),
        ("anquan", LAST, "x", "borrower"),
    ):
        with pytest.raises(Refused) as refused:
            lend(areas[VILLAGE], COUNTY, people[borrower], until, by=people["anquan"], reason=reason)
        assert refused.value.field == field


def test_a_loan_counts_only_for_the_kind_of_record_it_names(people: People, areas: Areas) -> None:
    lent(people, areas)
    assert not User.objects.visible_to(people["lin_cun"]).filter(username="cun").exists()
