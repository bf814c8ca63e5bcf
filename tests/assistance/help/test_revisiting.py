"""A household with labour and no development measure is looked at again on the day that its plan named."""

import datetime
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from assistance.models import Case
from assistance.plans.checking import NoDevelopment
from assistance.plans.clocks import to_revisit
from assistance.plans.making import Wanted, approve, submit
from assistance.plans.worklists import of_plans
from foundation.accounts import clock
from foundation.accounts.models import User
from tests.assistance.help.helped import ENOUGH, ticked
from tests.assistance.removal.made import on

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]
SAID = "Households whose development measure is looked at again: 1"


def test_it_is_on_the_home_page_and_in_the_list_from_the_day_on(
    case: Case, people: dict[str, User], signed_in: Callable[[str], Client]
) -> None:
    day = clock.today() + datetime.timedelta(days=30)
    ticked(case, people["cun"], *ENOUGH[:2])
    plan = submit(case, Wanted("", NoDevelopment("照料病人", day)), by=people["cun"])
    with on(day):
        assert list(to_revisit(people["cun"])) == []  # nobody has approved it
    approve(plan, by=people["zhen"])
    assert SAID not in [item.title for item in of_plans(people["cun"])]
    with on(day):
        (line,) = (item for item in of_plans(people["cun"]) if item.title == SAID)
        assert line.due == day
        assert case.number in signed_in("cun").get(line.url).content.decode()
        assert SAID not in [item.title for item in of_plans(people["lin_cun"])]
    listed = signed_in("cun").get(f"{reverse('cases:plans')}?state=revisit").content.decode()
    assert case.number not in listed
