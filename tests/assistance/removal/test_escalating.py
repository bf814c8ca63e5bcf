"""Overdue removals are told to the superior of who holds them, as overdue cases are."""

import datetime

import pytest

from assistance.models import Removal
from assistance.removal import escalating, proposing, tables
from foundation.accounts import clock
from foundation.accounts.models import User
from foundation.inbox.models import Notice
from foundation.ledger.models import Entry
from tests.assistance.removal.made import now, proposed

pytestmark = pytest.mark.usefixtures("english", "line")


def test_the_night_tells_the_superior_of_an_overdue_removal_once_for_each_deadline(
    people: dict[str, User],
) -> None:
    removal = proposed(people)
    assert removal.step_due_on is not None
    night, late = User.objects.built_in("system"), removal.step_due_on + datetime.timedelta(20)
    assert escalating.escalate(by=night, on=removal.step_due_on) == 0
    with clock.at(late):
        assert (escalating.escalate(by=night, on=late), escalating.escalate(by=night, on=late)) == (1, 0)
        assert escalating.is_escalated(now(removal), late)
    assert {row.recipient for row in Notice.objects.filter(kind="removals_overdue_below")} == {people["zhen"]}
    assert Entry.objects.filter(verb="removal.escalated").count() == 1
    later = late + datetime.timedelta(5)
    Removal.objects.filter(pk=removal.pk).update(step_due_on=later)
    assert not escalating.is_escalated(now(removal), later)
    over = later + datetime.timedelta(30)
    with clock.at(over):
        assert escalating.escalate(by=night, on=over) == 1
        assert list(tables.rows_for(people["zhen"]).filter(escalating.overdue(over))) == [removal]
    proposing.withdraw(now(removal), "不再提", by=people["cun"])
    with clock.at(over + datetime.timedelta(30)):
        assert escalating.escalate(by=night, on=over + datetime.timedelta(30)) == 0
