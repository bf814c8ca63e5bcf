"""The pages of the grid: from the report to a drawn village, a cell with its members, and back."""

import datetime
from collections.abc import Callable

from django.test import Client
from django.urls import reverse

from foundation.accounts.models import Area, User
from households.grid import drawing, membership
from households.grid.drawing import GROUPS, Drawing
from households.grid.membership import Person
from households.models import GridAct, GridCell, GridMember, GridPlace, Household, Resident
from tests.households.families import make_household
from tests.people import COUNTY, TOWNSHIP, VILLAGE

SignedIn = Callable[[str], Client]
DAY = datetime.date(2026, 11, 4)


def posted(client: Client, route: str, *args: object, **said: object) -> int:
    return client.post(reverse(f"grid:{route}", args=args), said).status_code


def test_a_village_is_drawn_looked_after_and_taken_back(
    people: dict[str, User], signed_in: SignedIn, english: None
) -> None:
    make_household("YS000001", "沈立夏", by=people["xian"], group_name="一组")
    make_household("YS000002", "杜谷雨", by=people["xian"])
    client = signed_in("cun")
    page = client.get(reverse("grid:overview")).content.decode()
    assert "no cell drawn" in page
    assert reverse("grid:area", args=[VILLAGE]) in page
    assert posted(client, "draw", VILLAGE, how="groups", name="") == 302
    cell = GridCell.objects.get()
    listed = client.get(reverse("grid:gap")).content.decode()
    assert "YS000002" in listed
    assert "YS000001" not in listed
    household = client.get(reverse("households:household", args=[cell.places.get().household_id]))
    assert reverse("grid:cell", args=[cell.pk]) in household.content.decode()
    assert posted(client, "put", cell.pk, numbers="YS000002", reason="独居，由一组照看") == 302
    assert "Every household here is in one cell" in client.get(reverse("grid:gap")).content.decode()
    said = {"user": people["wangge"].pk, "leads": "on", "from_day": "2026-11-04"}
    assert posted(client, "join", cell.pk, **said) == 302
    assert posted(client, "join", cell.pk, name="邓雨水", phone="13800000001", from_day="2026-11-04") == 302
    shown = client.get(reverse("grid:cell", args=[cell.pk])).content.decode()
    assert people["wangge"].name in shown
    assert "13800000001" not in shown
    named = GridMember.objects.get(name="邓雨水")
    answer = client.post(reverse("grid:telephone", args=[named.pk]), {"reason": "约定入户"})
    assert ("13800000001" in answer.content.decode(), answer["Cache-Control"]) == (True, "no-store")
    assert posted(client, "leave", named.pk, last_day="2026-11-04", reason="搬走") == 302
    assert posted(client, "let_go", cell.pk, numbers="YS000002", reason="不必") == 302
    assert posted(client, "change", cell.pk, name="东片", groups="一组", reason="改名") == 302
    assert "东片" in client.get(reverse("grid:cells")).content.decode()
    renamed = GridAct.objects.filter(kind="changed").get()
    assert posted(client, "undo", renamed.pk, reason="名字不对") == 302
    assert posted(client, "close", cell.pk, reason="重新划分") == 302
    assert not GridPlace.objects.current().exists()


def test_each_level_has_its_page_and_its_export(people: dict[str, User], signed_in: SignedIn) -> None:
    make_household("YS000001", "沈立夏", by=people["xian"], group_name="一组")
    assert posted(signed_in("zhen"), "draw", TOWNSHIP, name="青石镇网格") == 302
    client = signed_in("xian")
    for code in (COUNTY, TOWNSHIP, VILLAGE):
        assert client.get(reverse("grid:area", args=[code])).status_code == 200
    cell = GridCell.objects.get()
    assert "YS000001" in client.get(reverse("grid:cell", args=[cell.pk])).content.decode()
    outside = signed_in("lin_xian")
    assert outside.get(reverse("grid:area", args=[VILLAGE])).status_code == 404
    assert outside.get(reverse("grid:cell", args=[cell.pk])).status_code == 404
    assert posted(signed_in("lingdao"), "close", cell.pk, reason="x") == 403


def test_being_named_in_a_cell_opens_no_household(
    people: dict[str, User], signed_in: SignedIn, areas: dict[str, Area]
) -> None:
    """Scope is a posting, never a membership: of the cell, of the next one, and when it has ended (0090)."""
    home = make_household("YS000001", "沈立夏", by=people["xian"], group_name="一组")
    beside = make_household("YS000002", "杜谷雨", by=people["xian"], group_name="二组")
    drawing.draw(areas[VILLAGE], Drawing(GROUPS), by=people["cun"])
    cell = GridCell.objects.get(places__household=home)
    for who in ("wangge", "lin_cun"):
        member = membership.join(cell, Person(DAY, people[who]), by=people["cun"])
        person = User.objects.get(pk=people[who].pk)
        for ended in (False, True):
            assert not Household.objects.visible_to(person).exists()
            assert not Resident.objects.visible_to(person).exists()
            for each in (home, beside):
                page = signed_in(who).get(reverse("households:household", args=[each.pk]))
                assert page.status_code in (403, 404)
                assert each.code not in page.content.decode()
            if not ended:
                membership.leave(member, DAY, by=people["cun"], reason="换届")
