"""No work without an owner: who owns it today, and which posts stand empty."""

import datetime

import pytest

from foundation.accounts.models import Area, Posting, StandIn, User
from foundation.accounts.roles import Role
from foundation.accounts.vacancies import Owner, Via, empty_roles, ending_soon, owners, vacancies
from tests.people import COUNTY, TOWNSHIP, VILLAGE

TODAY = datetime.date(2026, 11, 4)
DAY = datetime.timedelta(days=1)
People = dict[str, User]
Areas = dict[str, Area]
EMPTY_VILLAGE = "999901001002"


def said(found: tuple[Owner, ...]) -> list[tuple[str, str, str]]:
    return [(owner.user.username, owner.area, owner.via.value) for owner in found]


def stand_in(people: People, absent: str, substitute: str) -> StandIn:
    return StandIn.objects.create(
        posting=Posting.objects.get(user=people[absent]),
        substitute=people[substitute],
        from_day=TODAY,
        until_day=TODAY + DAY,
        reason="产假",
    )


def test_who_is_posted_owns_the_work(people: People) -> None:
    assert said(owners(VILLAGE, Role.VILLAGE_ASSISTANT)) == [("cun", VILLAGE, "posting")]


def test_while_the_holder_is_absent_the_stand_in_owns_it(people: People) -> None:
    stand_in(people, "cun", "wangge")
    assert said(owners(VILLAGE, Role.VILLAGE_ASSISTANT)) == [("wangge", VILLAGE, "stand_in")]
    assert said(owners(VILLAGE, Role.VILLAGE_ASSISTANT, TODAY + 2 * DAY)) == [("cun", VILLAGE, "posting")]


def test_an_empty_post_falls_to_the_next_level(people: People) -> None:
    assert said(owners(EMPTY_VILLAGE, Role.VILLAGE_ASSISTANT)) == [("zhen", TOWNSHIP, "next_level")]


def test_the_next_level_climbs_as_far_as_it_must(people: People) -> None:
    Posting.objects.filter(role__in=["township_verifier", "county_dispatcher"]).delete()
    assert said(owners(EMPTY_VILLAGE, Role.VILLAGE_ASSISTANT)) == [("shi", "9999", "next_level")]
    Posting.objects.filter(role="city_overseer").delete()
    assert said(owners(EMPTY_VILLAGE, Role.VILLAGE_ASSISTANT)) == [("sheng", "99", "next_level")]
    Posting.objects.filter(role="province_overseer").delete()
    assert owners(EMPTY_VILLAGE, Role.VILLAGE_ASSISTANT) == ()


def test_at_the_next_level_too_the_stand_in_acts(people: People) -> None:
    stand_in(people, "zhen", "zhenling")
    assert said(owners(EMPTY_VILLAGE, Role.VILLAGE_ASSISTANT)) == [("zhenling", TOWNSHIP, "next_level")]


def test_a_disabled_account_owns_nothing(people: People) -> None:
    User.objects.filter(username="cun").update(is_active=False)
    assert said(owners(VILLAGE, Role.VILLAGE_ASSISTANT)) == [("zhen", TOWNSHIP, "next_level")]


def test_who_may_not_act_is_passed_over(people: People) -> None:
    found = owners(VILLAGE, Role.VILLAGE_ASSISTANT, without={people["cun"].pk})
    assert said(found) == [("zhen", TOWNSHIP, "next_level")]


def test_work_of_a_group_belongs_to_its_village(people: People, areas: Areas) -> None:
    Area.objects.create(code=f"{VILLAGE}001", name="一组", level=15, parent=areas[VILLAGE])
    assert said(owners(f"{VILLAGE}001", Role.VILLAGE_ASSISTANT)) == [("cun", VILLAGE, "posting")]


def test_owners_cost_two_queries(people: People, django_assert_num_queries: object) -> None:
    with django_assert_num_queries(2):  # type: ignore[operator]
        assert owners(EMPTY_VILLAGE, Role.VILLAGE_ASSISTANT)[0].via is Via.NEXT_LEVEL


def test_vacancies_are_the_empty_posts_of_ones_own_areas(people: People) -> None:
    seen = list(vacancies(people["xian"]).values_list("code", flat=True).order_by("code"))
    assert seen == [EMPTY_VILLAGE, "999901002", "999901002001"]
    assert not vacancies(people["lin_xian"]).filter(code__startswith=COUNTY).exists()
    assert not vacancies(people["cun"]).exists()


def test_each_area_says_which_posts_are_empty(people: People, areas: Areas) -> None:
    Posting.objects.filter(role="county_approver").delete()
    empty = empty_roles([areas[COUNTY], areas[VILLAGE], areas[EMPTY_VILLAGE]])
    assert empty[COUNTY] == [Role.COUNTY_APPROVER]
    assert empty[VILLAGE] == []
    assert empty[EMPTY_VILLAGE] == [Role.VILLAGE_ASSISTANT]


def test_retired_areas_are_no_vacancies(people: People) -> None:
    Area.objects.filter(code=EMPTY_VILLAGE).update(retired_on=TODAY)
    assert EMPTY_VILLAGE not in vacancies(people["xian"]).values_list("code", flat=True)


def test_postings_that_end_within_thirty_days_are_listed(people: People) -> None:
    assert not ending_soon(people["xian"]).exists()
    Posting.objects.filter(role="inspector").update(until_day=TODAY + 30 * DAY)
    assert [posting.user.username for posting in ending_soon(people["xian"])] == ["choucha"]
    assert not ending_soon(people["lin_xian"]).exists()


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_a_province_of_thirty_thousand_villages_is_asked_in_one_statement(people: People) -> None:
    villages = [
        Area(code=f"99{number:010d}", name=f"村{number}", level=12) for number in range(10_000, 40_000)
    ]
    Area.objects.bulk_create(villages, batch_size=5000)
    filled = User.objects.create_user("duoren", name="多人")
    Posting.objects.bulk_create(
        Posting(user=filled, role=Role.VILLAGE_ASSISTANT, area=village, from_day=TODAY)
        for village in villages[::2]
    )
    assert vacancies(people["sheng"]).count() == 15_000 + 4
    page = list(vacancies(people["sheng"]).order_by("code")[:50])
    assert len(empty_roles(page)) == 50
