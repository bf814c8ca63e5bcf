"""What the tables of the register promise by themselves."""

import datetime

import pytest
from django.db import IntegrityError, connection, transaction

from foundation.accounts.loans import lend
from foundation.accounts.models import Area, User
from foundation.accounts.refusals import Refused
from households.area_followers import households as follow
from households.models import Household, Resident, Standing
from tests.households.made import family, revision
from tests.people import NEIGHBOUR_VILLAGE, VILLAGE

pytestmark = pytest.mark.django_db

LAST = datetime.date(2026, 12, 31)
DAY = datetime.date(2026, 11, 4)


def test_the_version_before_a_change_stays(people: dict[str, User]) -> None:
    household = family("H1", "沈立夏", by=people["xian"], address="石桥村 1 号")
    corrected = revision(people["cun"], kind="hand")
    Household.objects.filter(pk=household.pk).update(address="石桥村 2 号", revision=corrected)
    Resident.objects.filter(household=household).delete()
    before = household.versions.get()
    assert (before.address, before.revision_id) == ("石桥村 1 号", household.revision_id)
    kept = Resident.pgh_event_model.objects.get()
    assert (kept.name, kept.pgh_label) == ("沈立夏", "before_delete")


def test_residents_are_where_their_household_is(people: dict[str, User]) -> None:
    household = family("H1", "沈立夏", "柳霜降", by=people["xian"])
    Household.objects.update(area=NEIGHBOUR_VILLAGE)
    assert set(household.residents.values_list("area_id", flat=True)) == {NEIGHBOUR_VILLAGE}
    Resident.objects.update(area=VILLAGE)
    with pytest.raises(IntegrityError), transaction.atomic():
        connection.cursor().execute("SET CONSTRAINTS ALL IMMEDIATE")
    Resident.objects.update(area=NEIGHBOUR_VILLAGE)


def test_one_sees_the_households_of_ones_own_area(people: dict[str, User]) -> None:
    family("H1", "沈立夏", by=people["xian"], standing="unstable")
    for rows in (Household.objects, Resident.objects, Standing.objects):
        assert [rows.visible_to(people[name]).count() for name in ("cun", "zhen", "xian", "shi")] == [1] * 4
        assert [rows.visible_to(people[name]).count() for name in ("lin_cun", "xitong", "bangfu")] == [0] * 3


def test_a_lent_household_is_seen_with_its_members(people: dict[str, User]) -> None:
    household = family("H1", "沈立夏", by=people["xian"], standing="unstable")
    family("H2", "何冬至", by=people["xian"])
    lend(household, VILLAGE, people["lin_zhen"], LAST, by=people["anquan"], reason="户籍迁移")
    for rows in (Household.objects, Resident.objects, Standing.objects):
        assert rows.visible_to(people["lin_zhen"]).count() == 1


def test_a_household_is_in_one_category_at_a_time(people: dict[str, User]) -> None:
    household = family("H1", "沈立夏", by=people["xian"], standing="unstable")
    with pytest.raises(IntegrityError), transaction.atomic():
        Standing.objects.create(
            household=household, kind="sudden", from_day=DAY, basis="hand", revision=household.revision
        )


def test_a_household_has_one_head_and_a_person_one_household(people: dict[str, User]) -> None:
    household = family("H1", "沈立夏", by=people["xian"])
    head = household.residents.get()
    with pytest.raises(IntegrityError), transaction.atomic():
        Resident.objects.create(
            household=household, area=household.area, name="柳霜降", relation="01",
            source="hand", source_day=DAY, revision=household.revision,
        )  # fmt: skip
    head.left_on, head.departure = DAY, "died"
    head.save()
    assert list(household.residents.present(DAY)) == []
    assert list(household.residents.present(DAY - datetime.timedelta(days=1))) == [head]


def test_households_go_where_their_village_goes(people: dict[str, User], areas: dict[str, Area]) -> None:
    household = family("H1", "沈立夏", by=people["xian"])
    with pytest.raises(Refused, match="1"):
        follow(areas[VILLAGE], [], by=people["xitong"], on=DAY)
    follow(areas[VILLAGE], [areas[NEIGHBOUR_VILLAGE]], by=people["xitong"], on=DAY)
    household.refresh_from_db()
    assert household.area_id == household.residents.get().area_id == NEIGHBOUR_VILLAGE
