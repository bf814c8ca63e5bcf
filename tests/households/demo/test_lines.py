"""The county's own line of every year, set by two people of the county on the record."""

import datetime

import pytest

from foundation.accounts import clock
from foundation.accounts.models import User
from foundation.ledger.models import Entry
from foundation.regulations.lookup import value
from households.demo import lines
from households.demo.figures import LINES
from households.demo.loading import LINES_SET

pytestmark = pytest.mark.django_db


def test_each_year_has_its_line_and_two_people_stand_for_it(demonstration):
    assert not lines.are_set()
    xian, shending = (User.objects.get(username=name) for name in ("xian", "shending"))
    with clock.at(LINES_SET):
        lines.set_lines(xian, shending)
    assert lines.are_set()
    told = {year: value(lines.SUBJECT, area="999901001001", on=datetime.date(year, 6, 1)) for year in LINES}
    assert {year: answer.amount for year, answer in told.items()} == LINES
    assert told[2026].amount == 8800
    assert value(lines.SUBJECT, area="999902", on=datetime.date(2026, 6, 1)).silent
    actors = Entry.objects.filter(verb__startswith="local_value.").values_list("verb", "actor").distinct()
    assert set(actors) == {
        ("local_value.propose", f"staff:{xian.pk}"),
        ("local_value.approve", f"staff:{shending.pk}"),
    }
