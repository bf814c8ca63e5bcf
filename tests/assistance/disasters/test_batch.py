"""A disaster: listed, helped, its cases opened together, and who turns out unharmed leaves."""

import datetime

import pytest

from assistance.disasters.erasing import forget
from assistance.disasters.keeping import Struck, open_disaster
from assistance.disasters.listing import add_villages, leave_unharmed, put_back
from assistance.disasters.opening import open_cases
from assistance.disasters.recording import record_safe, set_harm
from assistance.fast_track.helping import Help, help_listed
from assistance.models import Case, CaseMember, Disaster, DisasterHousehold, FirstHelp
from foundation.accounts import clock
from foundation.accounts.models import Area, Kin, User
from foundation.accounts.refusals import Refused
from foundation.ledger.models import Entry
from households.models import Household
from tests.assistance.disasters.struck import OTHER_VILLAGE, VILLAGE, a_flood, add, listed
from tests.people import TOWNSHIP

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)


def test_the_list_opens_one_case_each_with_help_first_and_a_day_of_its_own(
    flood: Disaster, homes: list[Household], people: dict[str, User]
) -> None:
    keys = listed(flood, homes, people["zhen"])
    done = open_cases(flood, keys, by=people["zhen"])
    assert (done.count, done.refused) == (4, {})
    cases = list(Case.objects.order_by("household"))
    assert [case.household_id for case in cases] == [home.pk for home in homes]
    today = clock.today()
    for case in cases:
        assert (case.origin, case.state, case.fast_track) == ("disaster", "open", True)
        assert case.waits_for == ["apply"]
        assert case.papers_due_on == today + 30 * DAY
    assert CaseMember.objects.filter(case=cases[0]).count() == 2
    assert Entry.objects.filter(verb="case.open_case").count() == 4


def test_the_day_for_the_papers_counts_from_the_help(homes: list[Household], people: dict[str, User]) -> None:
    today = clock.today()
    struck = Struck(Area.objects.get(pk=TOWNSHIP), "0201", "山洪", today - 5 * DAY)
    flood = open_disaster(struck, by=people["zhen"])
    first, second = listed(flood, homes[:2], people["zhen"])
    help_listed(flood, [first], Help("food", "镇应急队", today - 3 * DAY), by=people["zhen"])
    open_cases(flood, [first, second], by=people["zhen"])
    due = {row.pk: row.case.papers_due_on for row in DisasterHousehold.objects.select_related("case")}
    assert due == {first: today + 27 * DAY, second: today + 30 * DAY}
    assert FirstHelp.objects.get().case is not None


def test_a_household_whose_case_runs_keeps_it(
    flood: Disaster, homes: list[Household], people: dict[str, User]
) -> None:
    keys = listed(flood, homes[:1], people["zhen"])
    open_cases(flood, keys, by=people["zhen"])
    case = Case.objects.get()
    second = a_flood(people["zhen"], VILLAGE)
    again = listed(second, homes[:1], people["zhen"])
    assert open_cases(second, again, by=people["zhen"]).count == 1
    assert Case.objects.get() == case
    assert DisasterHousehold.objects.get(pk=again[0]).case == case
    assert homes[0].code in open_cases(second, again, by=people["zhen"]).refused


def test_who_is_unharmed_leaves_with_a_reason_and_may_be_put_back(
    flood: Disaster, homes: list[Household], people: dict[str, User]
) -> None:
    keys = listed(flood, homes, people["zhen"])
    open_cases(flood, keys[:1], by=people["zhen"])
    with pytest.raises(Refused):
        leave_unharmed(flood, keys[:2], " ", by=people["cun"])
    assert leave_unharmed(flood, keys[:2], "房屋和庄稼均完好", by=people["cun"]).count == 2
    assert Case.objects.get().state == "unharmed"
    assert DisasterHousehold.objects.living().count() == 2
    put_back(flood, keys[:1], "又发现墙体开裂", by=people["zhen"])
    assert open_cases(flood, keys[:1], by=people["zhen"]).count == 1
    assert sorted(Case.objects.values_list("state", flat=True)) == ["open", "unharmed"]


def test_an_older_case_goes_on_where_its_household_is_unharmed(
    flood: Disaster, homes: list[Household], people: dict[str, User]
) -> None:
    older = listed(a_flood(people["zhen"], VILLAGE), homes[:1], people["zhen"])
    open_cases(Disaster.objects.get(area=VILLAGE), older, by=people["zhen"])
    Case.objects.update(origin="alert")
    keys = listed(flood, homes[:1], people["zhen"])
    open_cases(flood, keys, by=people["zhen"])
    leave_unharmed(flood, keys, "未受灾", by=people["cun"])
    assert Case.objects.get().state == "open"


def test_the_village_writes_for_its_own_households_only(
    flood: Disaster, homes: list[Household], people: dict[str, User]
) -> None:
    keys = listed(flood, homes, people["zhen"])
    done = record_safe(flood, keys, by=people["cun"])
    assert (done.count, list(done.refused)) == (3, [homes[3].code])
    assert DisasterHousehold.objects.get(pk=keys[3]).safe_on is None
    with pytest.raises(Refused):
        open_disaster(Struck(Area.objects.get(pk=VILLAGE), "0201", "山洪", clock.today()), by=people["cun"])
    assert open_cases(flood, keys[:1], by=people["cun"]).count == 0
    assert not Case.objects.exists()


def test_nobody_acts_on_their_kin(flood: Disaster, homes: list[Household], people: dict[str, User]) -> None:
    keys = listed(flood, homes, people["zhen"])
    Kin.objects.create(
        user=people["zhen"],
        household=homes[0].code,
        relation=Kin.Relation.values[0],
        declared_on=clock.today(),
    )
    done = open_cases(flood, keys, by=people["zhen"])
    assert (done.count, list(done.refused)) == (3, [homes[0].code])


def test_households_outside_the_place_are_counted_and_left_out(
    homes: list[Household], people: dict[str, User]
) -> None:
    flood = a_flood(people["zhen"], VILLAGE)
    told = add(flood, homes, people["zhen"], "affected")
    assert (told.added, told.known, told.outside) == (3, 0, 1)
    told = add(flood, homes[:1], people["zhen"], "heavy")
    assert (told.added, told.known, told.raised) == (0, 1, 1)
    told = add(flood, homes[:1], people["zhen"], "affected")
    assert (told.raised, DisasterHousehold.objects.get(household=homes[0]).harm) == (0, "heavy")


def test_whole_villages_are_drawn(flood: Disaster, homes: list[Household], people: dict[str, User]) -> None:
    assert add_villages(flood, [OTHER_VILLAGE], "affected", by=people["zhen"]).added == 1
    with pytest.raises(Refused):
        add_villages(flood, ["999902001001"], "affected", by=people["zhen"])


@pytest.mark.parametrize(
    ("kind", "giver", "days"), [("gold", "镇", 0), ("food", " ", 0), ("food", "镇", 1), ("food", "镇", -1)]
)
def test_help_that_cannot_be_is_refused(
    flood: Disaster, homes: list[Household], people: dict[str, User], kind: str, giver: str, days: int
) -> None:
    keys = listed(flood, homes[:1], people["zhen"])
    with pytest.raises(Refused):
        help_listed(flood, keys, Help(kind, giver, clock.today() + days * DAY), by=people["zhen"])
    assert not FirstHelp.objects.exists()


def test_the_same_disaster_is_not_entered_twice_nor_in_the_future(
    flood: Disaster, people: dict[str, User]
) -> None:
    with pytest.raises(Refused):
        a_flood(people["zhenling"])
    with pytest.raises(Refused):
        open_disaster(Struck(flood.area, "0206", "地震", clock.today() + DAY), by=people["zhen"])


def test_harm_is_set_by_who_was_there(
    flood: Disaster, homes: list[Household], people: dict[str, User]
) -> None:
    keys = listed(flood, homes[:2], people["zhen"], "affected")
    set_harm(flood, keys[:1], "heavy", by=people["cun"])
    assert list(DisasterHousehold.objects.order_by("pk").values_list("harm", flat=True)) == [
        "heavy",
        "affected",
    ]


def test_another_county_does_not_see_it(
    flood: Disaster, homes: list[Household], people: dict[str, User]
) -> None:
    assert not Disaster.objects.visible_to(people["cun"]).exists()
    listed(flood, homes, people["zhen"])
    assert Disaster.objects.visible_to(people["cun"]).get() == flood
    assert DisasterHousehold.objects.visible_to(people["cun"]).count() == 3
    assert not Disaster.objects.visible_to(people["lin_xian"]).exists()


def test_what_was_typed_goes_with_an_erased_person(
    flood: Disaster, homes: list[Household], people: dict[str, User]
) -> None:
    keys = listed(flood, homes[:2], people["zhen"])
    help_listed(flood, keys, Help("food", "镇应急队", clock.today(), "给沈立夏送大米"), by=people["cun"])
    leave_unharmed(flood, keys, "沈立夏家完好", by=people["cun"])
    forget([homes[0].residents.all()[0].pk], [])
    assert sorted(FirstHelp.objects.values_list("what", flat=True)) == ["", "给沈立夏送大米"]
    assert list(DisasterHousehold.objects.order_by("pk").values_list("left_reason", flat=True)) == [
        "*",
        "沈立夏家完好",
    ]
