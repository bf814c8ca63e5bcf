"""Scope: whose rows a person sees, from their postings alone."""

import datetime

import pytest
from django.http import Http404

from foundation.accounts import scope
from foundation.accounts.access import get_visible_or_404
from foundation.accounts.models import Area, Posting, User
from foundation.accounts.postings import end
from foundation.accounts.refusals import Refused
from foundation.accounts.roles import Right, Role
from foundation.accounts.sign_in import BACKEND
from tests.people import COUNTY, NEIGHBOUR_COUNTY, OUTSIDERS, POSTS, TOWNSHIP, VILLAGE

TODAY = datetime.date(2026, 11, 4)
People = dict[str, User]
Areas = dict[str, Area]


@pytest.mark.parametrize("name", [*POSTS, *OUTSIDERS])
def test_nobody_sees_an_area_outside_their_posting(people: People, name: str) -> None:
    _role, own, _department = (POSTS | OUTSIDERS)[name]
    seen = set(Area.objects.visible_to(people[name]).values_list("code", flat=True))
    assert seen == {code for code in Area.objects.values_list("code", flat=True) if code.startswith(own)}


@pytest.mark.parametrize("name", [*POSTS, *OUTSIDERS])
def test_nobody_sees_staff_or_postings_outside_their_area(people: People, name: str) -> None:
    role, own, _department = (POSTS | OUTSIDERS)[name]
    holds = people[name].holds(Right.VIEW_STAFF)
    seen = set(User.objects.visible_to(people[name]).values_list("username", flat=True))
    under = {other for other, (_r, area, _d) in (POSTS | OUTSIDERS).items() if area.startswith(own)}
    assert seen == (under if holds else {name})
    areas = Posting.objects.visible_to(people[name]).values_list("area_id", flat=True)
    assert all(area.startswith(own) for area in areas)
    assert bool(areas) == holds, role


def test_the_platforms_own_accounts_see_all_people_but_are_not_staff(people: People) -> None:
    shell = User.objects.built_in("shell")
    assert User.objects.visible_to(shell).count() == len(people)
    assert Area.objects.visible_to(shell).count() == Area.objects.count()


def test_without_a_right_nothing_is_seen(areas: Areas) -> None:
    nobody = User.objects.create_user("wugang", name="无岗")
    assert scope.prefixes(nobody, Right.VIEW_AREAS) == frozenset()
    assert not Area.objects.visible_to(nobody).exists()
    assert list(User.objects.visible_to(nobody)) == [nobody]


def test_a_code_does_not_cover_its_lookalikes(people: People, areas: Areas) -> None:
    assert scope.covers(people["xian"], Right.VIEW_AREAS, COUNTY + "009")
    assert not scope.covers(people["xian"], Right.VIEW_AREAS, "99990")
    assert not scope.covers(people["xian"], Right.VIEW_AREAS, NEIGHBOUR_COUNTY)


def test_prefixes_inside_another_are_dropped() -> None:
    assert scope.outermost([VILLAGE, COUNTY, TOWNSHIP, NEIGHBOUR_COUNTY]) == {COUNTY, NEIGHBOUR_COUNTY}


def test_of_several_duties_the_nearest_signs(people: People, areas: Areas) -> None:
    Posting.objects.create(user=people["shuji"], role=Role.COUNTY_READER, area=areas[COUNTY], from_day=TODAY)
    reader = User.objects.get(username="shuji")
    assert reader.authority(Right.VIEW_HOUSEHOLDS, VILLAGE).role == "first_secretary"
    assert reader.authority(Right.VIEW_HOUSEHOLDS, "999901002001").role == "county_reader"
    with pytest.raises(Refused):
        reader.authority(Right.VIEW_HOUSEHOLDS, NEIGHBOUR_COUNTY)


def test_outside_is_not_there(people: People) -> None:
    assert get_visible_or_404(Area.objects.all(), people["xian"], pk=VILLAGE).pk == VILLAGE
    for lookup in ({"pk": NEIGHBOUR_COUNTY}, {"pk": "no such code"}):
        with pytest.raises(Http404):
            get_visible_or_404(Area.objects.all(), people["xian"], **lookup)


def test_a_posting_ended_during_a_session_closes_its_pages_with_the_next_request(
    people: People, client: object
) -> None:
    client.force_login(people["zhen"], backend=BACKEND)  # type: ignore[attr-defined]
    assert client.get("/staff/").status_code == 200  # type: ignore[attr-defined]
    end(Posting.objects.get(user=people["zhen"]), by=people["anquan"], reason="免职")
    assert client.get("/staff/").status_code == 403  # type: ignore[attr-defined]


def test_a_person_once_posted_here_stays_known_here_but_their_new_post_does_not(
    people: People, areas: Areas
) -> None:
    end(Posting.objects.get(user=people["cun"]), by=people["anquan"], reason="调离")
    Posting.objects.create(
        user=people["cun"], role=Role.GRID_MEMBER, area=areas["999902001001"], from_day=TODAY
    )
    assert User.objects.visible_to(people["zhen"]).filter(username="cun").exists()
    seen = Posting.objects.visible_to(people["zhen"]).filter(user=people["cun"])
    assert [posting.area_id for posting in seen] == [VILLAGE]
