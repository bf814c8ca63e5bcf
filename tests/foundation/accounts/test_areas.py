"""Changing areas: names and codes keep their history, and what hangs on an area follows it."""

import datetime

import pytest
from django.test import override_settings

from foundation.accounts import areas
from foundation.accounts.models import Area, AreaName, AreaSuccession, Posting, User
from foundation.accounts.refusals import Refused
from foundation.accounts.roles import Role
from foundation.accounts.selectors import breadcrumb, roots, successors_of, with_counts
from foundation.ledger.models import Entry
from foundation.ledger.record import read_body
from tests.people import COUNTY, FIRST_DAY, NEIGHBOUR_COUNTY, NEIGHBOUR_VILLAGE, TOWNSHIP, VILLAGE

TODAY = datetime.date(2026, 11, 4)
YESTERDAY = datetime.date(2026, 11, 3)
OTHER_VILLAGE = "999901001002"
OTHER_TOWNSHIP = "999901002"
DOCUMENT = "示例民函〔2026〕1号"


@pytest.fixture
def admin(people: dict[str, User]) -> User:
    """The system administrator of the first county."""
    return people["xitong"]


@pytest.fixture
def city_admin(people: dict[str, User], areas: dict[str, Area]) -> User:
    """A system administrator of the city, above both counties."""
    user = User.objects.create_user("shi_xitong", name="shi_xitong")
    Posting.objects.create(user=user, role=Role.SYSTEM_ADMIN, area=areas["9999"], from_day=FIRST_DAY)
    return user


def area(code: str) -> Area:
    return Area.objects.get(pk=code)


def entry(verb: str) -> dict[str, object]:
    return read_body(Entry.objects.get(verb=verb))


class TestAdd:
    def test_an_area_is_added_under_its_parent_and_found_by_initials(self, admin: User) -> None:
        made = areas.add("999901001003", "白露村", by=admin)
        assert (made.parent_id, made.level, made.initials) == (TOWNSHIP, 12, "blc")
        assert entry("area.added")["area"] == "999901001003"

    def test_orphans_that_waited_for_it_get_their_parent(self, admin: User) -> None:
        Area.objects.create(code="999901003001", name="孤村", level=12)
        areas.add("999901003", "黑石镇", by=admin)
        assert area("999901003001").parent_id == "999901003"

    @pytest.mark.parametrize(
        ("code", "name", "field"),
        [
            ("99990", "五位", "code"),
            ("99990100100x", "字母", "code"),
            (VILLAGE, "已有", "code"),
            ("999901009001", "没有上级", "code"),
            ("999901001003", "  ", "name"),
        ],
    )
    def test_what_cannot_be_an_area_is_refused(self, code: str, name: str, field: str, admin: User) -> None:
        with pytest.raises(Refused) as refusal:
            areas.add(code, name, by=admin)
        assert refusal.value.field == field

    @pytest.mark.parametrize("code", ["999902001002", "9998", "98"])
    def test_outside_ones_own_areas_nothing_is_added(self, code: str, admin: User) -> None:
        with pytest.raises(Refused):
            areas.add(code, "别处", by=admin)

    @pytest.mark.parametrize("username", ["anquan", "shenjiyuan", "xian", "cun", "shi"])
    def test_only_a_system_administrator_adds(self, username: str, people: dict[str, User]) -> None:
        with pytest.raises(Refused):
            areas.add("999901001003", "白露村", by=people[username])


def former_names() -> list[tuple[str, datetime.date]]:
    """Return what the village was called before, each with its last day."""
    return list(AreaName.objects.filter(area=VILLAGE).order_by("until").values_list("name", "until"))


class TestRename:
    def test_the_former_name_stays_with_its_last_day(self, admin: User) -> None:
        areas.rename(area(VILLAGE), "石桥新村", by=admin, reason=DOCUMENT)
        assert (area(VILLAGE).name, area(VILLAGE).initials) == ("石桥新村", "sqxc")
        assert former_names() == [("石桥村", YESTERDAY)]
        said = entry("area.renamed")
        assert (said["before"], said["after"], said["basis"]) == ("石桥村", "石桥新村", DOCUMENT)

    def test_a_mistaken_rename_is_reversed_by_another_and_leaves_no_former_name(self, admin: User) -> None:
        areas.rename(area(VILLAGE), "石乔村", by=admin)
        areas.rename(area(VILLAGE), "石桥村", by=admin)
        assert not AreaName.objects.exists()
        assert Entry.objects.filter(verb="area.renamed").count() == 2

    def test_names_of_several_years_are_told_apart(self, admin: User) -> None:
        areas.rename(area(VILLAGE), "二村", by=admin, on=datetime.date(2026, 10, 30))
        with override_settings(SHOUWANG_TODAY="2027-03-01"):
            areas.rename(area(VILLAGE), "三村", by=admin)
        first, second = datetime.date(2026, 10, 29), datetime.date(2027, 2, 28)
        assert former_names() == [("石桥村", first), ("二村", second)]
        assert area(VILLAGE).name == "三村"

    def test_a_rename_before_the_last_one_is_refused(self, admin: User) -> None:
        areas.rename(area(VILLAGE), "二村", by=admin, on=YESTERDAY)
        with pytest.raises(Refused) as refusal:
            areas.rename(area(VILLAGE), "三村", by=admin, on=datetime.date(2026, 11, 1))
        assert refusal.value.field == "happened_on"

    @pytest.mark.parametrize("name", ["石桥村", " ", ""])
    def test_no_name_and_the_same_name_are_refused(self, name: str, admin: User) -> None:
        with pytest.raises(Refused) as refusal:
            areas.rename(area(VILLAGE), name, by=admin)
        assert refusal.value.field == "name"

    def test_of_two_who_rename_the_slower_one_is_told(self, admin: User) -> None:
        seen = area(VILLAGE)
        areas.rename(area(VILLAGE), "二村", by=admin)
        with pytest.raises(Refused):
            areas.rename(seen, "三村", by=admin)


class TestMerge:
    def test_a_merged_village_names_its_successor(self, admin: User) -> None:
        areas.merge(area(VILLAGE), area(OTHER_VILLAGE), by=admin, reason=DOCUMENT)
        assert area(VILLAGE).retired_on == TODAY
        row = AreaSuccession.objects.get()
        assert (row.predecessor_id, row.successor_id, row.kind, row.on) == (
            VILLAGE, OTHER_VILLAGE, "merged", TODAY,
        )  # fmt: skip
        assert entry("area.merged")["details"] == {"successors": [OTHER_VILLAGE]}
        assert [found.code for found in successors_of(VILLAGE)] == [OTHER_VILLAGE]

    def test_an_area_with_living_areas_below_it_does_not_merge(self, admin: User) -> None:
        with pytest.raises(Refused, match="2"):
            areas.merge(area(TOWNSHIP), area(OTHER_TOWNSHIP), by=admin, reason=DOCUMENT)
        assert area(TOWNSHIP).retired_on is None

    def test_a_township_merges_once_its_villages_have_codes_of_the_other(self, admin: User) -> None:
        areas.renumber(area(VILLAGE), "999901002002", by=admin, reason=DOCUMENT)
        areas.renumber(area(OTHER_VILLAGE), "999901002003", by=admin, reason=DOCUMENT)
        areas.merge(area(TOWNSHIP), area(OTHER_TOWNSHIP), by=admin, reason=DOCUMENT)
        assert area("999901002002").name == "石桥村"
        assert area(TOWNSHIP).retired_on == TODAY

    def test_the_groups_of_a_village_go_along_under_the_next_free_number(self, admin: User) -> None:
        for code, name in (("001", "东组"), ("002", "西组")):
            areas.add(VILLAGE + code, name, by=admin)
        areas.add(OTHER_VILLAGE + "001", "南组", by=admin)
        areas.merge(area(VILLAGE), area(OTHER_VILLAGE), by=admin, reason=DOCUMENT)
        below = Area.objects.living().filter(parent=OTHER_VILLAGE).values_list("code", "name")
        assert [(code[12:], name) for code, name in below] == [
            ("001", "南组"),
            ("002", "西组"),
            ("003", "东组"),
        ]

    @pytest.mark.parametrize("into", [VILLAGE, TOWNSHIP])
    def test_only_another_area_of_the_same_level_can_follow(self, into: str, admin: User) -> None:
        with pytest.raises(Refused) as refusal:
            areas.merge(area(VILLAGE), area(into), by=admin, reason=DOCUMENT)
        assert refusal.value.field == "into"

    def test_into_a_neighbour_county_merges_only_who_may_change_both(
        self, admin: User, city_admin: User
    ) -> None:
        with pytest.raises(Refused):
            areas.merge(area(VILLAGE), area(NEIGHBOUR_VILLAGE), by=admin, reason=DOCUMENT)
        areas.merge(area(VILLAGE), area(NEIGHBOUR_VILLAGE), by=city_admin, reason=DOCUMENT)
        assert area(VILLAGE).retired_on == TODAY

    def test_it_needs_a_reason_and_happens_once(self, admin: User) -> None:
        with pytest.raises(Refused) as refusal:
            areas.merge(area(VILLAGE), area(OTHER_VILLAGE), by=admin, reason=" ")
        assert refusal.value.field == "reason"
        seen = area(VILLAGE)
        areas.merge(area(VILLAGE), area(OTHER_VILLAGE), by=admin, reason=DOCUMENT)
        with pytest.raises(Refused):
            areas.merge(seen, area(OTHER_VILLAGE), by=admin, reason=DOCUMENT)


class TestSplit:
    def test_one_successor_is_no_split(self, admin: User) -> None:
        with pytest.raises(Refused):
            areas.split(area(VILLAGE), [area(OTHER_VILLAGE)], by=admin, reason=DOCUMENT)


class TestRenumber:
    def test_a_county_takes_everything_below_it_along(
        self, city_admin: User, people: dict[str, User]
    ) -> None:
        new = areas.renumber(area(COUNTY), "999903", by=city_admin, reason=DOCUMENT)
        assert (new.code, new.name, new.parent_id) == ("999903", "示例县", "9999")
        assert Area.objects.living().filter(code__startswith=COUNTY).count() == 0
        assert area("999903001001").parent_id == "999903001"
        assert Posting.objects.in_force().get(user=people["cun"]).area_id == "999903001001"
        assert Posting.objects.in_force().get(user=people["xitong"]).area_id == "999903"
        assert area(NEIGHBOUR_COUNTY).retired_on is None
        assert Entry.objects.filter(verb="area.renumbered").count() == 1

    @pytest.mark.parametrize("code", ["999901002", NEIGHBOUR_VILLAGE, "999904001001", OTHER_VILLAGE])
    def test_a_code_of_another_level_or_owner_is_refused(self, code: str, admin: User) -> None:
        with pytest.raises(Refused):
            areas.renumber(area(VILLAGE), code, by=admin, reason=DOCUMENT)
        assert area(VILLAGE).retired_on is None


class TestRetireAndRestore:
    def test_an_area_where_somebody_works_is_not_retired(self, admin: User) -> None:
        with pytest.raises(Refused):
            areas.retire(area(VILLAGE), by=admin, reason=DOCUMENT)
        assert area(VILLAGE).retired_on is None

    def test_an_empty_area_is_retired_and_lives_again_when_that_was_a_mistake(self, admin: User) -> None:
        areas.retire(area(OTHER_VILLAGE), by=admin, reason=DOCUMENT)
        assert area(OTHER_VILLAGE).retired_on == TODAY
        areas.restore(area(OTHER_VILLAGE), by=admin, reason="录入错误")
        assert area(OTHER_VILLAGE).retired_on is None
        assert entry("area.restored")["basis"] == "录入错误"

    def test_a_merger_is_taken_back_by_restoring_and_merging_the_people_back(
        self, admin: User, people: dict[str, User]
    ) -> None:
        new = areas.renumber(area(VILLAGE), "999901001009", by=admin, reason="错")
        areas.restore(area(VILLAGE), by=admin, reason="录入错误")
        areas.merge(new, area(VILLAGE), by=admin, reason="录入错误")
        assert Posting.objects.in_force().get(user=people["cun"]).area_id == VILLAGE
        assert [found.code for found in successors_of("999901001009")] == [VILLAGE]

    def test_below_a_retired_area_nothing_is_restored(self, city_admin: User) -> None:
        areas.renumber(area(TOWNSHIP), "999901009", by=city_admin, reason="错")
        with pytest.raises(Refused):
            areas.restore(area(VILLAGE), by=city_admin, reason="录入错误")

    @pytest.mark.parametrize("act", [areas.merge, areas.rename])
    def test_a_retired_area_changes_no_more(self, act: object, admin: User) -> None:
        areas.retire(area(OTHER_VILLAGE), by=admin, reason=DOCUMENT)
        target = area(VILLAGE) if act is areas.merge else "新名"
        with pytest.raises(Refused):
            act(area(OTHER_VILLAGE), target, by=admin, reason=DOCUMENT)  # type: ignore[operator]


def test_reading_the_tree(people: dict[str, User]) -> None:
    assert [above.name for above in breadcrumb(area(VILLAGE))] == ["示例省", "示例市", "示例县", "青石镇"]
    assert [root.code for root in roots(people["xian"])] == [COUNTY]
    assert [root.code for root in roots(User.objects.built_in("shell"))] == ["99"]
    assert with_counts(Area.objects.filter(pk=TOWNSHIP)).get().children_count == 2  # type: ignore[attr-defined]
