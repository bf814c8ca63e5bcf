"""Home: a person's own list in groups, tiles that a later stage brings, the first worklists."""

import datetime
from collections.abc import Callable

import pytest
from django.test import Client

from foundation.accounts.models import Area, Posting, StandIn, User
from foundation.accounts.roles import Role
from foundation.desk.home import State, groups, state_of, tiles
from foundation.desk.worklists import ending_posts, own_stand_ins

PARTS = "tests.foundation.desk.parts"
TODAY = datetime.date(2026, 11, 4)  # a Wednesday


def in_days(days: int) -> datetime.date:
    return TODAY + datetime.timedelta(days)


@pytest.mark.parametrize(
    ("days", "state"),
    [(-1, State.OVERDUE), (0, State.TODAY), (1, State.WEEK), (4, State.WEEK), (5, State.LATER)],
)
def test_work_is_due_this_week_until_its_sunday(days: int, state: State) -> None:
    assert state_of(in_days(days)) is state


def test_groups_come_overdue_first_and_each_begins_with_the_earliest(
    people: dict[str, User], compose: Callable[..., None]
) -> None:
    compose("WORKLISTS", f"{PARTS}.visits")
    found = groups(people["cun"])
    assert [group.state for group in found] == [State.OVERDUE, State.WEEK, State.WAITING, State.DONE]
    assert [item.title for item in found[1].items] == ["sooner in the week", "later in the week"]


def test_each_line_opens_the_act_itself(
    signed_in: Callable[..., Client], compose: Callable[..., None]
) -> None:
    compose("WORKLISTS", f"{PARTS}.visits")
    page = signed_in("cun").get("/").content.decode()
    assert all(f'<a href="/{word}/">' in page for word in ("o", "w1", "w2", "x", "d"))
    assert page.index("/o/") < page.index("/w1/") < page.index("/x/") < page.index("/d/")


def test_a_tile_stands_there_only_where_a_stage_brings_it_and_for_whom_it_is(
    people: dict[str, User], signed_in: Callable[..., Client], compose: Callable[..., None]
) -> None:
    compose("TILES")
    assert tiles(people["cun"]) == []
    assert "监测排查" not in signed_in("cun").get("/").content.decode()
    compose("TILES", f"{PARTS}.monitoring_tile")
    page = signed_in("cun").get("/").content.decode()
    assert "监测排查" in page
    assert "<strong>5</strong>" in page
    assert tiles(people["zhen"]) == []


def test_an_empty_list_says_how_work_gets_here_and_without_a_post_why_none_does(
    signed_in: Callable[..., Client], people: dict[str, User]
) -> None:
    client = signed_in("lingdao", headers={"accept-language": "en"})
    assert "Work comes here by itself" in client.get("/").content.decode()
    people["lingdao"].postings.update(until_day=in_days(-1))
    assert "You hold no post today" in client.get("/").content.decode()


def a_post_until(user: User, area: Area, days: int) -> Posting:
    return Posting.objects.create(
        user=user, role=Role.HELPER, area=area, from_day=datetime.date(2026, 2, 1), until_day=in_days(days)
    )


def test_who_grants_posts_is_told_of_those_that_end_within_thirty_days_in_their_areas(
    people: dict[str, User], areas: dict[str, Area]
) -> None:
    a_post_until(people["xian"], areas["999901001"], 30)
    a_post_until(people["xian"], areas["999901002"], 0)
    a_post_until(people["xian"], areas["999901"], 31)
    a_post_until(people["xian"], areas["999901001001"], -1)
    a_post_until(people["lin_xian"], areas["999902001"], 3)
    found = ending_posts(people["anquan"])
    assert [(item.due, item.state) for item in found] == [
        (in_days(0), State.TODAY),
        (in_days(30), State.LATER),
    ]
    assert "白河镇" in found[0].title
    assert ending_posts(people["xian"]) == []
    assert [item.due for item in ending_posts(people["lin_anquan"])] == [in_days(3)]


def test_who_stands_in_is_reminded_until_when(people: dict[str, User]) -> None:
    posting = people["zhenling"].postings.get()
    StandIn.objects.create(
        posting=posting, substitute=people["shending"], from_day=TODAY, until_day=in_days(2), reason="leave"
    )
    (item,) = own_stand_ins(people["shending"])
    assert item.state is State.WEEK
    assert "青石镇" in item.title
    assert own_stand_ins(people["zhenling"]) == []
