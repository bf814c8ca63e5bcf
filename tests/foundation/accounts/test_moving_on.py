"""Moving on: a person leaves one posting for another, and no day lies in both or in neither."""

import datetime

import pytest

from foundation.accounts.models import Area, Posting, User
from foundation.accounts.postings import Grant, move_on
from foundation.accounts.refusals import Refused
from foundation.accounts.roles import Role
from tests.people import VILLAGE

TODAY = datetime.date(2026, 11, 4)
DAY = datetime.timedelta(days=1)
People = dict[str, User]
Areas = dict[str, Area]


def of(people: People, name: str) -> Posting:
    return Posting.objects.get(user=people[name])


def test_moving_on_leaves_no_day_in_both_posts(people: People, areas: Areas) -> None:
    to = Grant(people["cun"], Role.VILLAGE_ASSISTANT, areas["999901001002"], TODAY)
    new = move_on(of(people, "cun"), to, by=people["anquan"], reason="对调")
    old = Posting.objects.exclude(pk=new.pk).get(user=people["cun"])
    assert (old.until_day, new.from_day) == (TODAY - DAY, TODAY)
    assert [duty.area for duty in User.objects.get(username="cun").duties()] == ["999901001002"]


def test_moving_on_to_a_refused_post_leaves_everything_as_it_was(people: People, areas: Areas) -> None:
    to = Grant(people["cun"], Role.COUNTY_DISPATCHER, areas[VILLAGE], TODAY)
    with pytest.raises(Refused):
        move_on(of(people, "cun"), to, by=people["anquan"], reason="对调")
    assert of(people, "cun").until_day is None


@pytest.mark.parametrize("first", [datetime.date(2025, 12, 31), datetime.date(2026, 1, 1)])
def test_nobody_moves_on_before_the_present_post_began(
    people: People, areas: Areas, first: datetime.date
) -> None:
    to = Grant(people["cun"], Role.VILLAGE_ASSISTANT, areas["999901001002"], first)
    with pytest.raises(Refused) as refused:
        move_on(of(people, "cun"), to, by=people["anquan"], reason="对调")
    assert refused.value.field == "from_day"


def test_nobody_moves_on_from_a_post_that_is_over_or_somebody_elses(people: People, areas: Areas) -> None:
    to = Grant(people["choucha"], Role.GRID_MEMBER, areas[VILLAGE], datetime.date(2027, 2, 1))
    for posting, field in ((of(people, "choucha"), "from_day"), (of(people, "cun"), "user")):
        with pytest.raises(Refused) as refused:
            move_on(posting, to, by=people["anquan"], reason="期满")
        assert refused.value.field == field
