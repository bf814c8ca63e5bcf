"""The grid: cells drawn by groups, as a whole, by hand; every household in one; the register's changes followed."""

import datetime
from collections import Counter

import pytest
from django.db import IntegrityError, transaction

from foundation.accounts.models import Area, Posting, User
from foundation.accounts.refusals import Refused
from foundation.ledger.models import Entry
from households.corrections import correct
from households.grid import drawing, following, membership, placing, selectors, undoing
from households.grid.drawing import GROUPS, HAND, WHOLE, Drawing, Shape
from households.grid.membership import Person
from households.lineage.acting import perform
from households.lineage.planning import Splitting, Told, plan_merge, plan_split
from households.lineage.undoing import undo as undo_event
from households.models import GridCell, GridMember, GridPlace, Household
from households.moving import answering
from households.moving.proposing import Wanted, propose
from tests.households.families import HEAD, make_household
from tests.people import TOWNSHIP, VILLAGE

D = datetime.date
DAY = D(2026, 11, 4)
NEXT_VILLAGE = "999901001002"
People = dict[str, User]


def village(code: str = VILLAGE) -> Area:
    return Area.objects.get(pk=code)


def homes(people: People) -> list[Household]:
    """Two households of the first group, one of the second, one of none."""
    groups = ("一组", "一组", "二组", "")
    names = [("沈立夏", "柳霜降", "沈小满"), ("杜谷雨",), ("莫白露",), ("何冬至",)]
    return [
        make_household(f"YS{number:06d}", *names[number - 1], by=people["xian"], group_name=group)
        for number, group in enumerate(groups, 1)
    ]


def where() -> dict[str, str]:
    """Household number → name of its cell."""
    rows = GridPlace.objects.current().order_by("household__code")
    return dict(rows.values_list("household__code", "cell__name"))


def cell(name: str) -> GridCell:
    return GridCell.objects.current().get(name=name)


def test_by_groups_then_the_rest_and_back(people: People) -> None:
    homes(people)
    act = drawing.draw(village(), Drawing(GROUPS), by=people["cun"])
    assert where() == {"YS000001": "一组", "YS000002": "一组", "YS000003": "二组"}
    figures = selectors.report(people["cun"], VILLAGE)
    assert (figures.households, figures.in_none, figures.in_two, figures.cells) == (4, 1, 0, 2)
    assert figures.without_member == 2
    assert [home.code for home in selectors.in_no_cell(people["cun"])] == ["YS000004"]
    whole = drawing.draw(village(), Drawing(WHOLE), by=people["zhen"])
    assert where()["YS000004"] == "石桥村"
    assert selectors.report(people["zhen"]).in_none == 0
    undoing.undo(whole, by=people["zhen"], reason="村级网格另行设置")
    assert "YS000004" not in where()
    undoing.undo(act, by=people["cun"], reason="点错")
    assert where() == {}
    assert not GridCell.objects.current().exists()
    verbs = Counter(Entry.objects.filter(verb__startswith="grid.").values_list("verb", flat=True))
    assert verbs == {"grid.drawn": 2, "grid.undone": 2}


def test_the_database_knows_no_overlap(people: People, english: None) -> None:
    first = homes(people)[0]
    drawing.draw(village(), Drawing(GROUPS), by=people["cun"])
    with pytest.raises(IntegrityError, match="a_household_is_in_one_cell"), transaction.atomic():
        GridPlace.objects.create(household=first, cell=cell("二组"), from_day=DAY)
    with pytest.raises(Refused, match="a group is in one"):
        drawing.draw(village(), Drawing(HAND, "东片", ("一组",)), by=people["cun"])
    with pytest.raises(Refused, match="cell of this name"):
        drawing.draw(village(), Drawing(HAND, "一组"), by=people["cun"])
    with pytest.raises(Refused, match="no villager group"):
        drawing.draw(village(), Drawing(GROUPS), by=people["cun"])
    drawing.draw(village(TOWNSHIP), Drawing(WHOLE), by=people["zhen"])
    with pytest.raises(Refused, match="one cell of its own"):
        drawing.draw(village(TOWNSHIP), Drawing(GROUPS), by=people["zhen"])
    for who in ("lin_cun", "shuji", "wangge"):
        with pytest.raises(Refused, match="no right"):
            drawing.draw(village(NEXT_VILLAGE), Drawing(WHOLE), by=people[who])


def test_by_hand_changed_and_closed(people: People) -> None:
    homes(people)
    drawing.draw(village(), Drawing(GROUPS), by=people["cun"])
    drawing.draw(village(), Drawing(HAND, "水库移民片"), by=people["cun"])
    put = placing.put(cell("水库移民片"), ["YS000001", "YS000004"], by=people["cun"], reason="住在水库边")
    assert where() == {
        "YS000001": "水库移民片", "YS000002": "一组", "YS000003": "二组", "YS000004": "水库移民片",
    }  # fmt: skip
    placing.let_go(cell("水库移民片"), ["YS000001"], by=people["cun"], reason="搬回")
    assert where()["YS000001"] == "一组"
    assert undoing.why_not(put) != "", "somebody was let go since"
    closed = drawing.close(cell("二组"), by=people["cun"], reason="并入一组")
    assert "YS000003" not in where()
    undoing.undo(closed, by=people["cun"], reason="不并了")
    assert where()["YS000003"] == "二组"
    drawing.close(cell("二组"), by=people["cun"], reason="并入一组")
    changed = drawing.change(cell("一组"), Shape("一二组", ("一组", "二组")), by=people["cun"], reason="合并")
    assert where()["YS000003"] == "一二组"
    undoing.undo(changed, by=people["cun"], reason="不并了")
    assert (where()["YS000001"], "YS000003" in where()) == ("一组", False)
    history = GridPlace.objects.filter(household__code="YS000001").order_by("pk")
    assert [each.cell.name for each in history] == ["一组", "水库移民片", "一组"]


def test_who_looks_after_a_cell(people: People, english: None) -> None:
    homes(people)
    drawing.draw(village(), Drawing(GROUPS), by=people["cun"])
    staff = membership.join(
        cell("一组"), Person(D(2026, 11, 1), people["wangge"], leads=True), by=people["cun"]
    )
    named = membership.join(cell("一组"), Person(DAY, name="邓雨水", phone="13800000001"), by=people["cun"])
    assert named.phone is not None
    assert b"13800000001" not in bytes(named.phone.sealed)
    with pytest.raises(Refused, match="leader already"):
        membership.join(cell("一组"), Person(DAY, people["shuji"], leads=True), by=people["cun"])
    with pytest.raises(Refused, match="looks after the cell already"):
        membership.join(cell("一组"), Person(DAY, people["wangge"]), by=people["cun"])
    with pytest.raises(Refused, match="telephone"):
        membership.join(cell("一组"), Person(DAY, name="甲"), by=people["cun"])
    assert membership.telephone(named, "商量入户", by=people["cun"]) == "13800000001"
    assert Entry.objects.filter(verb="grid.telephone_shown").count() == 1
    figures = selectors.report(people["cun"])
    assert (figures.without_member, figures.unposted) == (1, 0)
    Posting.objects.filter(user=people["wangge"]).update(until_day=D(2026, 11, 3))
    assert selectors.report(people["cun"]).unposted == 1
    act = membership.leave(staff, DAY, by=people["cun"], reason="换届")
    assert list(GridMember.objects.current()) == [named]
    undoing.undo(act, by=people["cun"], reason="没有换")
    again = GridMember.objects.current().get(user=people["wangge"])
    assert (again.leads, again.from_day, GridMember.objects.count()) == (True, DAY, 3)


def test_too_many_households_are_shown(people: People, monkeypatch: pytest.MonkeyPatch) -> None:
    homes(people)
    drawing.draw(village(), Drawing(GROUPS), by=people["cun"])
    assert selectors.report(people["xian"]).too_large == 0
    monkeypatch.setattr(selectors, "limit", lambda _area: 1)
    assert [each.name for each in selectors.cells_of(people["xian"]).filter(too_large=True)] == ["一组"]


def test_a_new_household_begins_beside_its_parent_and_goes_with_the_way_back(people: People) -> None:
    first = homes(people)[0]
    drawing.draw(village(), Drawing(GROUPS), by=people["cun"])
    drawing.draw(village(), Drawing(HAND, "水库移民片"), by=people["cun"])
    son = first.residents.get(name="沈小满")
    for by_hand, expected in ((False, "一组"), (True, "水库移民片")):
        if by_hand:
            placing.put(cell("水库移民片"), ["YS000001"], by=people["cun"], reason="住在水库边")
        split = plan_split(first, Splitting({son.pk: HEAD}), Told(DAY, "", "户口簿"), by=people["cun"])
        act = perform(split, by=people["cun"])
        assert where()["YS000001-1"] == expected
        undo_event(act, by=people["cun"], reason="没有分")
        assert "YS000001-1" not in where()
    other = Household.objects.get(code="YS000002")
    relations = {each.pk: "28" for each in first.residents.present()}
    merged = perform(
        plan_merge(first, other, relations, Told(DAY, "", "户口簿"), by=people["cun"]), by=people["cun"]
    )
    assert "YS000001" not in where()
    undo_event(merged, by=people["cun"], reason="没有并")
    assert where()["YS000001"] == "水库移民片"


def test_the_register_is_followed(people: People) -> None:
    first, second, *_rest = homes(people)
    drawing.draw(village(), Drawing(GROUPS), by=people["cun"])
    drawing.draw(village(NEXT_VILLAGE), Drawing(WHOLE), by=people["zhen"])
    correct(second, {"group_name": "二组"}, by=people["cun"], checked_on=DAY, seen=second.revision_id)
    assert where()["YS000002"] == "二组"
    new = make_household("YS000009", "万清明", by=people["xian"], group_name="一组")
    correct(new, {"address": "村东"}, by=people["cun"], checked_on=DAY, seen=new.revision_id)
    assert where()["YS000009"] == "一组"
    drawing.draw(village(), Drawing(HAND, "水库移民片"), by=people["cun"])
    placing.put(cell("水库移民片"), ["YS000001"], by=people["cun"], reason="住在水库边")
    move = propose(first, Wanted(village(NEXT_VILLAGE), DAY, "随子女迁居"), by=people["zhen"])
    assert (move.state, where()["YS000001"]) == ("accepted", "芒种村")
    answering.undo(move, "登记错了", by=people["zhen"])
    assert where()["YS000001"] == "水库移民片"
    assert Entry.objects.filter(verb="grid.followed").count() >= 3


def test_cells_go_where_their_village_goes(people: People, areas: dict[str, Area]) -> None:
    homes(people)
    drawing.draw(village(), Drawing(GROUPS), by=people["cun"])
    drawing.draw(village(), Drawing(WHOLE), by=people["cun"])
    drawing.draw(village(NEXT_VILLAGE), Drawing(WHOLE), by=people["zhen"])
    drawing.draw(village(NEXT_VILLAGE), Drawing(HAND, "一组"), by=people["zhen"])
    Household.objects.filter(area=VILLAGE).update(area=NEXT_VILLAGE)
    following.areas(areas[VILLAGE], [areas[NEXT_VILLAGE]], by=people["xitong"], on=DAY)
    assert not GridCell.objects.filter(area=VILLAGE).exists()
    assert where()["YS000004"] == "芒种村", "the village has one cell of its own"
    assert where()["YS000001"].startswith("一组 "), "two cells of one name are told apart"
    assert selectors.report(people["zhen"]).in_none == 0
