"""A household that is identified again within a period keeps the sheet of its earlier case."""

from collections.abc import Callable
from decimal import Decimal

from django.test import Client
from django.urls import reverse

from assistance.income import confirming, selectors
from assistance.income.tables import collection_rows
from assistance.models import Case
from foundation.accounts.models import User
from tests.assistance.help.helped import monitored
from tests.assistance.income.made import PERIOD, confirmed


def test_a_household_identified_again_is_not_asked_for_the_sheet_of_its_closed_period(
    case: Case, people: dict[str, User], signed_in: Callable[[str], Client]
) -> None:
    cun = people["cun"]
    first = confirmed(case, cun, A1="20000")
    Case.objects.filter(pk=case.pk).update(state="removed")
    again = monitored(case.household)
    (row,) = collection_rows(people["xian"])
    assert (row.pk, row.sheet, row.net) == (again.pk, first.pk, Decimal("5000.00"))
    assert not selectors.missing(selectors.collecting(people["xian"])).exists()
    taken = selectors.taken_over(again, PERIOD)
    assert taken == first
    client = signed_in("cun")
    for name in ("cases:income_sheets", "cases:case"):
        page = client.get(reverse(name, args=[again.pk])).content.decode()
        assert case.number in page
        assert reverse("cases:income_sheet", args=[first.pk]) in page
    own = confirmed(again, cun, A1="8000")
    assert selectors.taken_over(again, PERIOD) is None
    (row,) = collection_rows(people["xian"])
    assert row.sheet == own.pk
    confirming.withdraw(own, "写错了户", by=cun)
    assert selectors.taken_over(again, PERIOD) == first
    confirming.withdraw(first, "写错了户", by=cun)
    assert selectors.missing(selectors.collecting(people["xian"])).get().pk == again.pk
